"""The page for SQL: the questions of `warehouse/queries/` as forms, and statements of one's own."""

from __future__ import annotations

from typing import Any

import duckdb

from explorer.listings import EXPORT_ROWS, Listing, MissingParameter, ask_statement, to_listing
from explorer.render import LONGEST_CELL, Request
from explorer.sandbox import Refused, Sandbox
from explorer.snapshot import Snapshot
from warehouse.queries import Query, load_queries

SHOWN_ROWS = 200


def console(snapshot: Snapshot, sandbox: Sandbox, asked: Request) -> tuple[Listing | None, dict[str, Any]]:
    """The answer, where something was asked, and what the form shows. A statement that fails is told, not raised."""
    queries = load_queries()
    chosen = queries.get(asked.path.get("name", ""))
    statement = asked.query.get("q", "")
    context: dict[str, Any] = {"queries": queries, "chosen": chosen, "statement": statement, "error": None}
    try:
        if chosen is not None:
            return _ready_question(snapshot, chosen, asked), context
        if statement:
            return _own_statement(sandbox, statement, asked), context
    except duckdb.InterruptException:
        raise
    except (duckdb.Error, Refused, MissingParameter) as error:
        context["error"] = str(error)
    return None, context


def _ready_question(snapshot: Snapshot, chosen: Query, asked: Request) -> Listing | None:
    """None where a parameter without a default is missing yet."""
    given = {name: asked.query.get(name, default) for name, default in chosen.defaults.items()}
    if any(value is None for value in given.values()):
        return None
    with snapshot.cursor() as cursor:
        return ask_statement(cursor, chosen, {n: str(v) for n, v in given.items()}, _most(asked))


def _own_statement(sandbox: Sandbox, statement: str, asked: Request) -> Listing:
    """Cells are cut on a page; an export has all of them."""
    rows = _most(asked)
    answer = sandbox.ask(statement, rows + 1, None if "format" in asked.query else LONGEST_CELL)
    return to_listing(Query("sql", "", statement, {}), {}, answer.columns, answer.rows, rows)


def _most(asked: Request) -> int:
    return EXPORT_ROWS if "format" in asked.query else SHOWN_ROWS
