"""Search by words: an inverted index in tables, ranked by BM25 in SQL (`docs/decisions/0006` says why)."""

from __future__ import annotations

from pathlib import Path

import duckdb

_FOLDER = Path(__file__).parent
_TEXTS = """
    SELECT 'quote' AS kind, quote_id AS id, article_id, text AS body FROM quotes
    UNION ALL
    SELECT 'article', article_id, article_id, coalesce(title, '') || ' ' || text FROM articles WHERE is_latest
"""


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the index of the published quotes and articles; `FROM search('quote', 'harga beras')` reads it."""
    _run(connection, "make")
    _add(connection, _TEXTS)


def remove(connection: duckdb.DuckDBPyConnection, articles: str) -> None:
    """Take the texts of some articles out, before their rows change; `articles` is a query for their ids."""
    texts = f"SELECT id FROM ({_TEXTS}) SEMI JOIN ({articles}) USING (article_id)"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE to_remove AS {texts}")
    _run(connection, "remove")


def add(connection: duckdb.DuckDBPyConnection, articles: str) -> None:
    """Put the texts of some articles in, once their rows have changed."""
    _add(connection, f"SELECT * FROM ({_TEXTS}) SEMI JOIN ({articles}) USING (article_id)")


def _add(connection: duckdb.DuckDBPyConnection, texts: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP VIEW to_index AS {texts}")
    _run(connection, "add")


def _run(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute((_FOLDER / f"{name}.sql").read_text("utf-8"))
