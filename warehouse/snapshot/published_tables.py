"""The published tables (`published/*.sql`): what every article says by itself, and what is known over all of them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from warehouse.contract import annotation_tables, tables

_QUERIES = Path(__file__).parents[1] / "published"


def create(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Make published tables of all loaded rows."""
    _read_fresh(connection)
    for name in names:
        connection.execute(f"CREATE TABLE {name} AS {query(name)}")


def rewrite(connection: duckdb.DuckDBPyConnection, articles: str, *names: str) -> None:
    """Make the rows of some articles anew; `articles` is a query for their ids."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE rewritten AS SELECT DISTINCT article_id FROM ({articles})")
    _read_fresh(connection, "WHERE t.article_id IN (FROM rewritten)")
    for name in names:
        connection.execute(f"DELETE FROM {name} WHERE article_id IN (FROM rewritten)")
        connection.execute(f"INSERT INTO {name} {query(name)}")


def follow(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Bring tables that are published as they are loaded to what is loaded now."""
    for name in names:
        table = tables()[name]
        columns, key = ", ".join(table.columns), ", ".join(table.key)
        other = f"SELECT {columns} FROM {name} EXCEPT SELECT {columns} FROM loaded.{name}"
        connection.execute(
            f"DELETE FROM {name} WHERE rowid IN (SELECT t.rowid FROM {name} t SEMI JOIN ({other}) USING ({key}))"
        )
        connection.execute(f"INSERT INTO {name} SELECT {columns} FROM loaded.{name} ANTI JOIN {name} USING ({key})")


def put(connection: duckdb.DuckDBPyConnection, name: str, rows: pl.DataFrame) -> None:
    """All rows of a small table are these now."""
    connection.register("given", rows.to_arrow())
    connection.execute(f"CREATE TABLE IF NOT EXISTS {name} AS FROM given LIMIT 0")
    connection.execute(f"DELETE FROM {name}")
    connection.execute(f"INSERT INTO {name} BY NAME FROM given")
    connection.unregister("given")


def _read_fresh(connection: duckdb.DuckDBPyConnection, which: str = "") -> None:
    """The schema `fresh`: the rows that are to be published, with their places in `loaded`."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS fresh")
    for name in annotation_tables():
        rows = (
            "SELECT t.*, t.rowid AS loaded_row FROM loaded.articles t"
            if name == "articles"
            else f"FROM current.{name} t"
        )
        connection.execute(f"CREATE OR REPLACE VIEW fresh.{name} AS {rows} {which}")


def query(name: str) -> str:
    columns = ", ".join(tables()[name].columns)
    path = _QUERIES / f"{name}.sql"
    given = f"FROM {'fresh' if name in annotation_tables() else 'loaded'}.{name}"
    return f"SELECT {columns} FROM ({path.read_text('utf-8') if path.exists() else given})"
