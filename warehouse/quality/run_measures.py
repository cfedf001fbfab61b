"""Measures of a run as a whole. They are kept in the loader's database: each needs a scan of all rows of the run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import yaml

_FOLDER = Path(__file__).parent
_BOUNDS: dict[str, Any] = {
    "measure": pl.String,
    "minimum": pl.Float64,
    "maximum": pl.Float64,
    "drift": pl.List(pl.Float64),
    "rise": pl.Float64,
    "severity": pl.String,
}


def measure_runs(connection: duckdb.DuckDBPyConnection) -> None:
    """Measure the runs that ended since the last call, in the loader's database."""
    columns = "run_id VARCHAR, measure VARCHAR, value DOUBLE, detail VARCHAR"
    connection.execute(f"CREATE TABLE IF NOT EXISTS run_measures ({columns})")
    connection.execute((_FOLDER / "measures.sql").read_text("utf-8"))


def make_run_quality(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the published table `run_quality`: each measure with its bounds. `loaded` must be attached."""
    bounds = pl.DataFrame(yaml.safe_load((_FOLDER / "bounds.yml").read_text("utf-8")), schema=_BOUNDS)
    connection.register("bounds", bounds.to_arrow())
    connection.execute(f"CREATE TABLE run_quality AS {(_FOLDER / 'run_quality.sql').read_text('utf-8')}")
    connection.unregister("bounds")
