"""Stage 1: which files are there to read?"""

from __future__ import annotations

from pathlib import Path

from pipeline import sources
from pipeline.sources import Found
from warehouse import faults


def discover(named: list[str], home: Path) -> list[Found]:
    """The files that the named files, folders and patterns lead to, and what could not be read as a file."""
    found = sources.expand(named, home)
    faults.point("discover")
    return found
