"""The answers to SQL files: rows to show, and the statement that made them as one could type it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from warehouse.db import execute
from warehouse.errors import WartaError
from warehouse.queries import Query

EXPORT_ROWS = 100_000
_NAMED = re.compile(r"\$([a-z]\w*)")


class MissingParameter(WartaError):
    """A question was asked without a parameter that has no default."""


@dataclass(frozen=True)
class Listing:
    """`more`: whether rows follow after these; `rows` are dictionaries by column."""

    query: Query
    parameters: dict[str, str]
    columns: list[str]
    rows: list[dict[str, Any]]
    more: bool = False

    @property
    def first(self) -> dict[str, Any]:
        return self.rows[0]

    @property
    def offset(self) -> int:
        return int(self.parameters.get("offset", "0"))

    @property
    def limit(self) -> int:
        return int(self.parameters["limit"])

    @property
    def sql(self) -> str:
        """The statement with its parameters in place, for `warta sql`."""
        return with_values(self.query.sql, self.parameters)


def ask(cursor: duckdb.DuckDBPyConnection, query: Query, given: Mapping[str, str]) -> Listing:
    """Ask with the given parameters where the question takes them, else with its defaults.

    Where it has an `offset`, one row more is fetched to know whether there are more. Raises MissingParameter.
    """
    parameters = _parameters(query, given)
    if "offset" not in parameters:
        return ask_statement(cursor, query, parameters, EXPORT_ROWS)
    shown = int(parameters["limit"])
    answer = ask_statement(cursor, query, {**parameters, "limit": str(shown + 1)}, shown)
    return replace(answer, parameters=parameters)


def ask_all(cursor: duckdb.DuckDBPyConnection, query: Query, given: Mapping[str, str]) -> Listing:
    """All rows, for an export: `limit` and `offset` do not count, EXPORT_ROWS does."""
    parameters = _parameters(query, given)
    everything = {"limit": str(EXPORT_ROWS), "offset": "0"}
    asked = {name: everything.get(name, value) for name, value in parameters.items()}
    return ask_statement(cursor, query, asked, EXPORT_ROWS)


def ask_statement(cursor: duckdb.DuckDBPyConnection, query: Query, parameters: dict[str, str], rows: int) -> Listing:
    """Ask and keep at most so many rows."""
    answered = execute(cursor, query.sql, parameters)
    columns = [column[0] for column in answered.description or []]
    return to_listing(query, parameters, columns, answered.fetchmany(rows + 1), rows)


def to_listing(
    query: Query, parameters: dict[str, str], columns: list[str], found: Sequence[Sequence[Any]], rows: int
) -> Listing:
    """A listing of at most so many rows of those that were found."""
    names = _distinct(columns)
    kept = [dict(zip(names, row, strict=True)) for row in found[:rows]]
    return Listing(query, parameters, names, kept, more=len(found) > rows)


def with_values(sql: str, parameters: Mapping[str, str]) -> str:
    """SQL with every `$name` of a parameter replaced by its value as a literal."""
    literals = {name: "'" + value.replace("'", "''") + "'" for name, value in parameters.items()}
    return _NAMED.sub(lambda m: literals.get(m[1], m[0]), sql)


def _parameters(query: Query, given: Mapping[str, str]) -> dict[str, str]:
    values = {name: given.get(name, default) for name, default in query.defaults.items()}
    missing = [name for name, value in values.items() if value is None]
    if missing:
        raise MissingParameter(f"{query.name} needs {', '.join(missing)}")
    return {name: value for name, value in values.items() if value is not None}


def _distinct(columns: list[str]) -> list[str]:
    """Two columns of one name are told apart."""
    return [name if name not in columns[:n] else f"{name}_{n + 1}" for n, name in enumerate(columns)]
