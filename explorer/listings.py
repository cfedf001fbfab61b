"""The answers to SQL files: rows to show, and the statement that made them as one could type it."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
        return _answer(cursor, query, parameters)
    shown = int(parameters["limit"])
    answer = _answer(cursor, query, {**parameters, "limit": str(shown + 1)})
    return replace(answer, parameters=parameters, rows=answer.rows[:shown], more=len(answer.rows) > shown)


def ask_all(cursor: duckdb.DuckDBPyConnection, query: Query, given: Mapping[str, str]) -> Listing:
    """All rows, for an export: `limit` and `offset` do not count, EXPORT_ROWS does."""
    parameters = _parameters(query, given)
    everything = {"limit": str(EXPORT_ROWS), "offset": "0"}
    return _answer(cursor, query, {name: everything.get(name, value) for name, value in parameters.items()})


def ask_statement(cursor: duckdb.DuckDBPyConnection, query: Query, parameters: dict[str, str], rows: int) -> Listing:
    """Ask and keep at most so many rows."""
    answer = _answer(cursor, query, parameters, rows + 1)
    return replace(answer, rows=answer.rows[:rows], more=len(answer.rows) > rows)


def with_values(sql: str, parameters: Mapping[str, str]) -> str:
    """SQL with every `$name` replaced by its value as a literal."""
    return _NAMED.sub(lambda m: "'" + parameters[m[1]].replace("'", "''") + "'", sql)


def _parameters(query: Query, given: Mapping[str, str]) -> dict[str, str]:
    values = {name: given.get(name, default) for name, default in query.defaults.items()}
    missing = [name for name, value in values.items() if value is None]
    if missing:
        raise MissingParameter(f"{query.name} needs {', '.join(missing)}")
    return {name: value for name, value in values.items() if value is not None}


def _answer(
    cursor: duckdb.DuckDBPyConnection, query: Query, parameters: dict[str, str], most: int = EXPORT_ROWS
) -> Listing:
    answered = execute(cursor, query.sql, parameters)
    columns = _distinct([column[0] for column in answered.description or []])
    found = [dict(zip(columns, row, strict=True)) for row in answered.fetchmany(most)]
    return Listing(query, parameters, columns, found)


def _distinct(columns: list[str]) -> list[str]:
    """Two columns of one name are told apart."""
    return [name if name not in columns[:n] else f"{name}_{n + 1}" for n, name in enumerate(columns)]
