"""Search by words: an inverted index in tables, ranked by BM25 in SQL (`docs/decisions/0006` says why)."""

from __future__ import annotations

from pathlib import Path

import duckdb

_INDEX = Path(__file__).with_name("search.sql")


def index(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the index of the published quotes and articles; `FROM search('quote', 'harga beras')` reads it."""
    connection.execute(_INDEX.read_text("utf-8"))
