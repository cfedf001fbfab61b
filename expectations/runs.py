"""Runs as a whole before they are published: do they measure what was expected of them?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from expectations.validate import run_expectations
from warehouse.db import NoWarehouse, reader
from warehouse.home import Home


def unexpected(home: Home, made: Path) -> list[dict[str, Any]]:
    """The measures of runs, new in the snapshot `made`, that broke their bounds: run_id, measure, value, severity."""
    with reader(made) as connection:
        quality: pl.DataFrame = connection.sql("FROM run_quality ORDER BY run_id, measure").pl()
    known = _published_runs(home)
    found = []
    for (run,), measures in quality.group_by("run_id", maintain_order=True):
        if run not in known:
            found += _broken(str(run), measures)
    return found


def _published_runs(home: Home) -> set[str]:
    try:
        with reader(home.published) as connection:
            return {run for (run,) in connection.execute("SELECT run_id FROM runs").fetchall()}
    except NoWarehouse:
        return set()


def _broken(run: str, measures: pl.DataFrame) -> list[dict[str, Any]]:
    """One row, one column a measure, one expectation a bound."""
    rows = [row for row in measures.iter_rows(named=True) if row["value"] is not None]
    bounded = [row for row in rows if row["minimum"] is not None or row["maximum"] is not None]
    frame = pl.DataFrame({row["measure"]: [row["value"]] for row in rows})
    suite = [
        {
            "type": "expect_column_values_to_be_between",
            "kwargs": {"column": row["measure"], "min_value": row["minimum"], "max_value": row["maximum"]},
            "severity": row["severity"],
            "meta": {"rule": row["measure"]},
        }
        for row in bounded
    ]
    if not suite:
        return []
    results = run_expectations("run", suite, frame)
    failed = {result.expectation_config.meta["rule"] for result in results if not result.success}
    return [{**row, "run_id": run} for row in bounded if row["measure"] in failed]
