"""What a table, a view and a column mean, said in the published file itself, where any client shows it."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from warehouse.contract import mart_columns, mart_grain, tables
from warehouse.db import transaction


def comment(connection: duckdb.DuckDBPyConnection) -> None:
    """Comment every table, mart and column of a snapshot in the words of the contract."""
    views = {name for (name,) in connection.execute("SELECT view_name FROM duckdb_views()").fetchall()}
    with transaction(connection):  # one for all: each alone would be written to the disk
        connection.execute(";\n".join(_statements(views)))


def _statements(views: set[str]) -> Iterator[str]:
    for name, about, columns in _described():
        yield f"COMMENT ON {'VIEW' if name in views else 'TABLE'} {name} IS {_quoted(about)}"
        for column, meaning in columns.items():
            yield f'COMMENT ON COLUMN {name}."{column}" IS {_quoted(meaning)}'


def _described() -> Iterator[tuple[str, str, dict[str, str]]]:
    for table in tables().values():
        yield table.name, f"{table.description} {table.grain}", {c.name: c.about for c in table.columns.values()}
    for name, columns in mart_columns().items():
        yield name, mart_grain(name), columns


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
