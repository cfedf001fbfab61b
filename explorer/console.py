"""The page for SQL: the questions of `warehouse/queries/` as forms, and statements of one's own."""

from __future__ import annotations

from typing import Any

import duckdb

from explorer.listings import EXPORT_ROWS, Listing, MissingParameter, ask_statement
from explorer.render import Request
from warehouse.errors import WartaError
from warehouse.queries import Query, load_queries

SHOWN_ROWS = 200
_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


class NotAQuestion(WartaError):
    """Something else than a single SELECT."""


def console(cursor: duckdb.DuckDBPyConnection, asked: Request) -> tuple[Listing | None, dict[str, Any]]:
    """The answer, where something was asked, and what the form shows. A statement that fails is told, not raised."""
    queries = load_queries()
    chosen = queries.get(asked.path.get("name", ""))
    statement = asked.query.get("q", "")
    context: dict[str, Any] = {"queries": queries, "chosen": chosen, "statement": statement, "error": None}
    rows = EXPORT_ROWS if "format" in asked.query else SHOWN_ROWS
    try:
        if chosen is not None:
            given = {name: asked.query.get(name, default) for name, default in chosen.defaults.items()}
            if any(value is None for value in given.values()):
                return None, context
            return ask_statement(cursor, chosen, {n: str(v) for n, v in given.items()}, rows), context
        if statement:
            query = Query("sql", "", single_select(statement), {})
            return ask_statement(cursor, query, {}, rows), context
    except duckdb.InterruptException:
        raise
    except (duckdb.Error, NotAQuestion, MissingParameter) as error:
        context["error"] = str(error)
    return None, context


def single_select(statement: str) -> str:
    """The statement itself; raises NotAQuestion where it is not one SELECT (or EXPLAIN)."""
    found = duckdb.extract_statements(statement)
    if len(found) != 1 or found[0].type not in _READING:
        raise NotAQuestion("one SELECT at a time")
    return found[0].query
