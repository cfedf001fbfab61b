"""Expectation suites as plain data: from the contract (presence, values, keys, offsets, references) plus `rules/*.yml`.

Types need no expectation: a frame is made with the schema of the contract, or not at all.

Each expectation has a severity. Rows that break a `critical` one are kept out of their table; `warning` and `info`
are only reported.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from warehouse.contract import Column, Table

_RULES = Path(__file__).parent / "rules"


def _expectation(rule: str, kind: str, kwargs: dict[str, Any], severity: str = "critical") -> dict[str, Any]:
    return {"type": kind, "kwargs": kwargs, "severity": severity, "meta": {"rule": rule}}


def _of_column(column: Column) -> list[dict[str, Any]]:
    name = column.name
    found = []
    if not column.nullable:
        found.append(_expectation(f"{name}_present", "expect_column_values_to_not_be_null", {"column": name}))
    if column.values:
        kwargs = {"column": name, "value_set": list(column.values)}
        found.append(_expectation(f"{name}_known", "expect_column_values_to_be_in_set", kwargs))
    if column.minimum is not None or column.maximum is not None:
        kwargs = {"column": name, "min_value": column.minimum, "max_value": column.maximum}
        found.append(_expectation(f"{name}_in_range", "expect_column_values_to_be_between", kwargs))
    return found


def unique_rule(table: Table) -> str:
    return "_".join(table.key) + "_unique"


def _key(table: Table) -> dict[str, Any]:
    if len(table.key) == 1:
        return _expectation(unique_rule(table), "expect_column_values_to_be_unique", {"column": table.key[0]})
    kwargs = {"column_list": list(table.key)}
    return _expectation(unique_rule(table), "expect_compound_columns_to_be_unique", kwargs)


def _rules(table: Table) -> list[dict[str, Any]]:
    path = _RULES / f"{table.name}.yml"
    if not path.exists():
        return []
    rules = yaml.safe_load(path.read_text("utf-8"))
    return [_expectation(r["rule"], r["expectation"], r["kwargs"], r["severity"]) for r in rules]


def span_checks(table: Table) -> dict[str, Any]:
    """Names of the computed columns that say whether a row's offsets are right, with the span each one checks."""
    return {f"{span.start}_to_{span.end}_right": span for span in table.spans}


def reference_checks(table: Table) -> dict[str, Column]:
    """Names of the computed columns that say whether what a row refers to is there, with the column each one checks."""
    return {f"{c.name}_exists": c for c in table.columns.values() if c.references and not c.unchecked}


def suite(table: Table) -> list[dict[str, Any]]:
    """All expectations of a table, as Great Expectations' configuration dictionaries."""
    found = [_key(table)]
    for column in table.columns.values():
        found += _of_column(column)
    for check in (*span_checks(table), *reference_checks(table)):
        found.append(_expectation(check, "expect_column_values_to_be_in_set", {"column": check, "value_set": [True]}))
    return found + _rules(table)
