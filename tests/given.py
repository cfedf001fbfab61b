"""Small warehouses made of given rows: what a row leaves out gets a harmless value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import polars as pl

from warehouse.contract import Column, Table, tables
from warehouse.stories.versions import make_versions

Rows = Mapping[str, list[dict[str, Any]]]

_DEFAULTS: dict[str, Any] = {
    "id": "x", "text": "x", "texts": [], "int": 1, "bigint": 1, "float": 0.5, "bool": False,
    "date": date(2025, 10, 6), "timestamp": datetime(2025, 10, 6, 12, tzinfo=UTC),
}  # fmt: skip


def fill(connection: duckdb.DuckDBPyConnection, rows: Rows, schema: str = "main") -> None:
    """Create the contract's tables in a schema and put the rows into them."""
    for table in tables().values():
        connection.execute(table.ddl.replace(f"EXISTS {table.name}", f"EXISTS {schema}.{table.name}"))
    insert(connection, rows, schema)


def insert(connection: duckdb.DuckDBPyConnection, rows: Rows, schema: str = "main") -> None:
    """Put more rows into the tables."""
    for table in tables().values():
        given = [_whole(table, row, number) for number, row in enumerate(rows.get(table.name, []))]
        if given:
            connection.register("given", pl.DataFrame(given, schema=table.polars_schema).to_arrow())
            connection.execute(f"INSERT INTO {schema}.{table.name} BY NAME FROM given")
            connection.unregister("given")


def fill_loaded(connection: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    """The same as what a publication starts from: the loader's tables, and the latest versions in `current`."""
    fill(connection, rows, "loaded")
    make_versions(connection)


def _whole(table: Table, row: dict[str, Any], number: int) -> dict[str, Any]:
    unknown = row.keys() - table.columns.keys()
    assert not unknown, f"{table.name} has no {unknown}"
    return {c.name: _value(table, c, row, number) for c in table.columns.values()}


def _value(table: Table, column: Column, row: dict[str, Any], number: int) -> Any:
    if column.name in row:
        value = row[column.name]
        return datetime.fromisoformat(value) if column.type == "timestamp" and isinstance(value, str) else value
    if column.name == "is_latest":
        return True
    if column.nullable:
        return None
    if column.name in table.key:
        return number if column.type == "int" else f"{table.name}{number}"
    return column.values[0] if column.values else _DEFAULTS[column.type]
