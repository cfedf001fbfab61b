"""A snapshot before it is published: do its runs measure what was expected of them, do its rows keep the contract?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from expectations.tables import broken
from expectations.validate import run_expectations
from warehouse.db import reader

_JUDGED = """
    SELECT q.*
    FROM run_quality q
    JOIN runs r USING (run_id)
    WHERE r.started_at = (SELECT max(started_at) FROM runs) OR (q.severity = 'critical' AND NOT q.holds)
    ORDER BY r.started_at, q.run_id, q.measure
"""


def unexpected(made: Path) -> list[dict[str, Any]]:
    """Measures of the snapshot's last run that broke their bounds, and those of any run that broke a critical one.

    A row holds run_id, measure, value, minimum, maximum, severity and detail. Rows that break the contract count as a
    measure of the last run.
    """
    with reader(made) as connection:
        measures: pl.DataFrame = connection.sql(_JUDGED).pl()
        counted: pl.DataFrame = connection.sql("FROM table_quality").pl()
        last = connection.execute("SELECT arg_max(run_id, started_at) FROM runs").fetchall()[0][0]
    found = []
    for (run,), of_run in measures.group_by("run_id", maintain_order=True):
        found += _out_of_bounds(str(run), of_run)
    return found + [_as_measure(row, last) for row in broken(counted)]


def _as_measure(row: dict[str, Any], run: str) -> dict[str, Any]:
    return {
        "run_id": run,
        "measure": f"rows of {row['table_name']} that break {row['rule']}",
        "value": row["unexpected"],
        "minimum": None,
        "maximum": 0,
        "severity": "critical",
        "detail": f"of {row['checked']}",
    }


def _out_of_bounds(run: str, measures: pl.DataFrame) -> list[dict[str, Any]]:
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
