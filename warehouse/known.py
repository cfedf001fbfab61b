"""What the loader's database already holds of what a run has found."""

from __future__ import annotations

from typing import Any

import polars as pl

from warehouse.db import writer
from warehouse.home import Home


def known_documents(home: Home, documents: pl.DataFrame) -> pl.DataFrame:
    """(document_id, known_status) of those of `documents` that were seen before."""
    return _lookup(
        home,
        documents.select("document_id"),
        "SELECT document_id, status AS known_status FROM documents SEMI JOIN asked USING (document_id)",
    )


def known_articles(home: Home, documents: pl.DataFrame) -> pl.Series:
    """The article ids of `documents` that are loaded."""
    asked = documents.select("article_id").drop_nulls()
    found = _lookup(home, asked, "SELECT article_id FROM articles SEMI JOIN asked USING (article_id)")
    return found["article_id"]


def statuses(home: Home, documents: pl.DataFrame) -> dict[str, int]:
    """How many of `documents` are in each status now."""
    query = "SELECT status, count(*) AS n FROM documents SEMI JOIN asked USING (document_id) GROUP BY status"
    return dict(_lookup(home, documents.select("document_id"), query).iter_rows())


def _lookup(home: Home, asked: pl.DataFrame, query: str) -> pl.DataFrame:
    with writer(home, must_exist=True) as connection:
        connection.register("asked", asked.to_arrow())
        found: pl.DataFrame = connection.sql(query).pl()
        return found


def interrupted_runs(home: Home) -> list[dict[str, Any]]:
    """Rows of `runs`, in state crashed, for runs of which packages are loaded but not their end."""
    query = """
        SELECT run_id, min(seen_at) AS started_at, 'crashed' AS state, count(*) AS documents,
            count(*) FILTER (status = 'accepted') AS accepted, count(*) FILTER (status = 'duplicate') AS duplicates,
            count(*) FILTER (status = 'rejected') AS rejected, 0 AS known, '{}' AS versions, '{}' AS settings
        FROM documents ANTI JOIN runs USING (run_id)
        GROUP BY run_id
        ORDER BY run_id
    """
    with writer(home, must_exist=True) as connection:
        found: pl.DataFrame = connection.sql(query).pl()
        return found.to_dicts()


def rejected_documents(home: Home, documents: pl.DataFrame) -> list[dict[str, Any]]:
    """Those of `documents` that were rejected: source_uri, locator, reason."""
    query = """
        SELECT source_uri, locator, reason FROM documents SEMI JOIN asked USING (document_id)
        WHERE status = 'rejected' ORDER BY ALL
    """
    return _lookup(home, documents.select("document_id"), query).to_dicts()
