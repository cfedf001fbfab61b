"""Expectation suites as plain data: the rules of the contract, and `rules/*.yml` for what a contract cannot say.

Those are shares of rows (`mostly`) and lengths of texts. Types need no expectation: a frame is made with the schema of
the contract, or not at all.

Each expectation has a severity. Rows that break a `critical` one are kept out of their table; `warning` and `info`
are only reported.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from warehouse.contract import Exists, InRange, Known, Present, RightSpan, Rule, Table, Unique

_RULES = Path(__file__).parent / "rules"
LEAST_FOR_A_SHARE = 20  # rows


def suite(table: Table) -> list[dict[str, Any]]:
    """All expectations of a table, as Great Expectations' configuration dictionaries."""
    return [_of_rule(rule) for rule in package_rules(table)] + _of_file(_RULES / f"{table.name}.yml")


def for_rows(expectations: list[dict[str, Any]], rows: int) -> list[dict[str, Any]]:
    """The expectations that so many rows can be asked: a share of a few rows says nothing."""
    if rows >= LEAST_FOR_A_SHARE:
        return expectations
    return [expectation for expectation in expectations if "mostly" not in expectation["kwargs"]]


def package_rules(table: Table) -> list[Rule]:
    """The rules of the contract that a package alone can be checked with."""
    return [rule for rule in table.rules() if not (isinstance(rule, Exists) and rule.only_published)]


def _of_rule(rule: Rule) -> dict[str, Any]:
    match rule:
        case Unique(columns=(column,)):
            return _expectation(rule.name, "expect_column_values_to_be_unique", {"column": column})
        case Unique():
            return _expectation(rule.name, "expect_compound_columns_to_be_unique", {"column_list": list(rule.columns)})
        case Present():
            return _expectation(rule.name, "expect_column_values_to_not_be_null", {"column": rule.column})
        case Known():
            return _in_set(rule.name, rule.column, list(rule.values))
        case InRange():
            limits = {"min_value": rule.minimum, "max_value": rule.maximum}
            return _expectation(rule.name, "expect_column_values_to_be_between", {"column": rule.column, **limits})
        case RightSpan() | Exists():  # computed by checks.py, in a column named after the rule
            return _in_set(rule.name, rule.name, [True])


def _in_set(rule: str, column: str, values: list[Any]) -> dict[str, Any]:
    return _expectation(rule, "expect_column_values_to_be_in_set", {"column": column, "value_set": values})


def _of_file(path: Path) -> list[dict[str, Any]]:
    rules = yaml.safe_load(path.read_text("utf-8")) if path.exists() else []
    return [_expectation(r["rule"], r["expectation"], r["kwargs"], r["severity"]) for r in rules]


def _expectation(rule: str, kind: str, kwargs: dict[str, Any], severity: str = "critical") -> dict[str, Any]:
    return {"type": kind, "kwargs": kwargs, "severity": severity, "meta": {"rule": rule}}
