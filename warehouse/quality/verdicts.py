"""The verdict on a snapshot before it is published: what lies out of its bounds?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from warehouse.db import reader

_BROKEN_BOUNDS = Path(__file__).with_name("broken_bounds.sql")


def broken_bounds(snapshot: Path) -> list[dict[str, Any]]:
    """Measures of the snapshot's last run that broke their bounds, and those of any run that broke a critical one.

    A row holds run_id, measure, value, minimum, maximum, severity, detail and said. A rule of the contract that
    published rows break counts as a critical measure of the last run.
    """
    with reader(snapshot) as connection:
        found: pl.DataFrame = connection.sql(_BROKEN_BOUNDS.read_text("utf-8")).pl()
        return found.to_dicts()
