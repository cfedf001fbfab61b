"""Measures of a run as a whole. They are kept in the loader's database: each needs a scan of all rows of the run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import yaml

from warehouse.quality.sentences import sentence

_FOLDER = Path(__file__).parent
_BOUNDS: dict[str, Any] = {
    "measure": pl.String,
    "minimum": pl.Float64,
    "maximum": pl.Float64,
    "drift": pl.List(pl.Float64),
    "rise": pl.Float64,
    "least": pl.Int64,
    "severity": pl.String,
    "says": pl.String,
    "see": pl.String,
}


def measure_runs(connection: duckdb.DuckDBPyConnection) -> None:
    """Measure the runs that ended since the last call, in the loader's database."""
    columns = "run_id VARCHAR, measure VARCHAR, value DOUBLE, cases BIGINT, examples VARCHAR[], detail VARCHAR"
    connection.execute(f"CREATE TABLE IF NOT EXISTS run_measures ({columns})")
    connection.execute((_FOLDER / "measures.sql").read_text("utf-8"))


def judge_runs(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Rows of `run_quality`: each measure with its bounds. `loaded` must be attached."""
    bounds = pl.DataFrame(yaml.safe_load((_FOLDER / "bounds.yml").read_text("utf-8")), schema=_BOUNDS)
    connection.register("bounds", bounds.to_arrow())
    judged: pl.DataFrame = connection.sql((_FOLDER / "run_quality.sql").read_text("utf-8")).pl()
    connection.unregister("bounds")
    words = {row["measure"]: row for row in bounds.iter_rows(named=True)}
    said = (None if row["holds"] else _said(row, words[row["measure"]]) for row in judged.iter_rows(named=True))
    return judged.with_columns(pl.Series("said", said, dtype=pl.String))


def _said(measured: dict[str, Any], words: dict[str, Any]) -> str:
    return sentence(measured, words["says"], words["see"])
