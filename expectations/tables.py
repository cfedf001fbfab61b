"""What is published, table by table, before it is: does every row keep the rules of the contract?"""

from __future__ import annotations

from typing import Any

import polars as pl

from expectations.validate import run_expectations

_SUITE = [
    {
        "type": "expect_column_values_to_be_between",
        "kwargs": {"column": "unexpected", "max_value": 0},
        "severity": "critical",
        "meta": {"rule": "contract_is_kept"},
    }
]


def broken(counted: pl.DataFrame) -> list[dict[str, Any]]:
    """Those rows of `table_quality` (table_name, rule, checked, unexpected) whose rule is broken."""
    if counted.is_empty():
        return []
    (result,) = run_expectations("tables", _SUITE, counted)
    return [counted.row(position, named=True) for position in result.result.get("unexpected_index_list") or []]
