"""Tables that hold less for a while, so that a query of all rows answers for some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import duckdb


@contextmanager
def narrowed(connection: duckdb.DuckDBPyConnection, conditions: Mapping[str, str]) -> Iterator[None]:
    """The name of a table stands for those of its rows that its condition keeps; `main.` before it for all of them."""
    connection.execute("DROP SCHEMA IF EXISTS touched CASCADE")
    connection.execute("CREATE SCHEMA touched")
    for table, condition in conditions.items():
        connection.execute(f"CREATE VIEW touched.{table} AS FROM main.{table} WHERE {condition}")
    connection.execute("SET search_path = 'touched,main'")
    yield
    connection.execute("SET search_path = 'main'")
    connection.execute("DROP SCHEMA touched CASCADE")
