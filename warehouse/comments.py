"""What a table, a view and a column mean, said in the published file itself, where any client shows it.

Keys and references are said here too: declared, each key would have an index, which makes the file more than twice as
large (benchmarks/RESULTS.md, Keys).
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from warehouse.contract import Column, Table, mart_columns, mart_grain, tables
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
        about = f"{table.description} {table.grain} Key: {', '.join(table.key)}."
        yield table.name, about, {column.name: _meaning(table, column) for column in table.columns.values()}
    for name, columns in mart_columns().items():
        yield name, mart_grain(name), columns


def _meaning(table: Table, column: Column) -> str:
    key = "Key. " if column.name in table.key else ""
    return f"{key}{column.about}{f' Refers to {column.references}.' if column.references else ''}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
