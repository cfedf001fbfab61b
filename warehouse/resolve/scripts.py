"""The SQL of this package, by the name of its file in `sql/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb
import polars as pl

_FOLDER = Path(__file__).with_name("sql")


@cache
def sql(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return (_FOLDER / f"{name}.sql").read_text("utf-8")


def run(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Run these scripts in turn."""
    for name in names:
        connection.execute(sql(name))


def temp_table(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    """Make a temporary table of a frame, in place of one of that name."""
    connection.register("given", frame.to_arrow())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM given")
    connection.unregister("given")
