"""Stage 1: which files are there to read?"""

from __future__ import annotations

from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks import sources
from tasks.sources import Found
from warehouse import faults


@task(name="discover", tags={"discover"}, cache_policy=NO_CACHE)
def discover(named: list[str], home: Path) -> list[Found]:
    """The files that the named files, folders and patterns lead to, and what could not be read as a file."""
    found = sources.find(named, home)
    faults.point("discover")
    return found
