"""Which articles are the latest versions? They are what a reader is to count."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.contract import annotation_tables

_VERSIONS = Path(__file__).with_name("versions.sql")


def make_versions(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table `versions`, and the schema `current`: `loaded`, but of articles as they are now.

    A row of `current` has its place in `loaded` as `loaded_row`.
    """
    connection.execute(_VERSIONS.read_text("utf-8"))
    connection.execute("CREATE SCHEMA current")
    # As a table, since other cursors do not see temporary ones.
    connection.execute("CREATE TABLE current.superseded AS SELECT article_id FROM versions WHERE NOT is_latest")
    for name in annotation_tables():
        rows = (
            f"SELECT t.*, t.rowid AS loaded_row FROM loaded.{name} t ANTI JOIN current.superseded s USING (article_id)"
        )
        connection.execute(f"CREATE VIEW current.{name} AS {rows}")


def drop_current(connection: duckdb.DuckDBPyConnection) -> None:
    """Take the schemas out that look at `loaded`, which a published file must not have."""
    for schema in ("current", "fresh"):
        connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
