"""Which files were read to their end, and what they held: a table of the loader's database that only saves reading.

An entry counts only while every document of it is loaded, so losing entries, or the packages they tell of, costs time
and no row. It knows a file by a hash of its content: sizes and times of files can stay when the content changes.
"""

from __future__ import annotations

import duckdb
import polars as pl

from warehouse.db import NoWarehouse, Unreadable, reader, transaction, writer
from warehouse.home import Home
from warehouse.lookups import LOOKUPS

_TABLE = (LOOKUPS / "read_files.sql").read_text("utf-8")
_COLUMNS = "source_uri, content_sha256, extractor_version, documents"


def known_files(home: Home, contents: pl.DataFrame, *, version: str, retry_rejected: bool = False) -> pl.DataFrame:
    """(source_uri, documents) of those of `contents` (source_uri, content_sha256) that need not be read again."""
    with writer(home, must_exist=True) as connection:
        connection.execute(_TABLE)
        connection.register("asked", contents.to_arrow())
        parameters = {"version": version, "retry_rejected": retry_rejected}
        found: pl.DataFrame = connection.sql((LOOKUPS / "known_files.sql").read_text("utf-8"), params=parameters).pl()
        return found


def remember_files(home: Home, entries: pl.DataFrame) -> None:
    """Keep these entries, in the place of earlier ones of the same files."""
    with writer(home, must_exist=True) as connection:
        connection.execute(_TABLE)
        connection.register("entries", entries.to_arrow())
        with transaction(connection):
            connection.execute("DELETE FROM read_files WHERE source_uri IN (SELECT source_uri FROM entries)")
            connection.execute(f"INSERT INTO read_files SELECT {_COLUMNS} FROM entries")
        connection.execute("CHECKPOINT")


def all_entries(home: Home) -> pl.DataFrame | None:
    """Every entry that the loader's database holds; None where it cannot be read, or knows no files."""
    try:
        with reader(home.loading, with_log=True) as connection:
            entries: pl.DataFrame = connection.sql(f"SELECT {_COLUMNS} FROM read_files").pl()
            return entries
    except (NoWarehouse, Unreadable, duckdb.Error):
        return None
