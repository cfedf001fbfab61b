"""Language knowledge as functions of SQL: each is pure, so a query asks it once per distinct value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from warehouse.ids import stable_id
from warehouse.resolve import names
from warehouse.resolve.name_rules import read_name

_TEXT, _YES_OR_NO = "VARCHAR", "BOOLEAN"
_NAME = f"STRUCT(folded {_TEXT}, form {_TEXT}, key {_TEXT}, rule {_TEXT}, because {_TEXT}, matched {_YES_OR_NO})"
# Name in SQL: the function, what it takes, what it gives.
_FUNCTIONS: dict[str, tuple[Any, list[str], str]] = {
    "fold": (names.fold, [_TEXT], _TEXT),
    "spells": (names.spells, [_TEXT, _TEXT], _YES_OR_NO),
    "is_initials": (names.is_initials, [_TEXT, _TEXT], _YES_OR_NO),
    "office": (lambda role: names.office(role) or "", [_TEXT], _TEXT),
    "stable_id": (lambda parts: stable_id(*parts), [f"{_TEXT}[]"], _TEXT),
    "read_name": (lambda local, type, name: read_name(local, type, name)._asdict(), [_TEXT, _TEXT, _TEXT], _NAME),
}


@contextmanager
def functions(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """The functions are known to the connection's statements while the context is open."""
    known = []
    try:
        for name, (function, takes, gives) in _FUNCTIONS.items():
            connection.create_function(name, function, list(takes), gives)
            known.append(name)
        yield
    finally:
        for name in known:
            connection.remove_function(name)
