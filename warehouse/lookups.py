"""What the loader's database already holds of what a run has found; the questions stand in `lookups/*.sql`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from warehouse.db import writer
from warehouse.home import Home

_FOLDER = Path(__file__).parent / "lookups"


def known_documents(home: Home, documents: pl.DataFrame) -> pl.DataFrame:
    """(document_id, known_status) of those of `documents` that were seen before."""
    return _lookup(home, "known_documents", documents.select("document_id"))


def known_articles(home: Home, documents: pl.DataFrame) -> pl.Series:
    """The article ids of `documents` that are loaded."""
    return _lookup(home, "known_articles", documents.select("article_id").drop_nulls())["article_id"]


def statuses(home: Home, documents: pl.DataFrame) -> dict[str, int]:
    """How many of `documents` are in each status now."""
    return dict(_lookup(home, "statuses", documents.select("document_id")).iter_rows())


def rejected_documents(home: Home, documents: pl.DataFrame) -> list[dict[str, Any]]:
    """Those of `documents` that were rejected: source_uri, locator, reason."""
    return _lookup(home, "rejected_documents", documents.select("document_id")).to_dicts()


def interrupted_runs(home: Home) -> list[dict[str, Any]]:
    """Rows of `runs`, in state crashed, for runs of which packages are loaded but not their end."""
    return _lookup(home, "interrupted_runs").to_dicts()


def _lookup(home: Home, query: str, asked: pl.DataFrame | None = None) -> pl.DataFrame:
    with writer(home, must_exist=True) as connection:
        if asked is not None:
            connection.register("asked", asked.to_arrow())
        found: pl.DataFrame = connection.sql((_FOLDER / f"{query}.sql").read_text("utf-8")).pl()
        return found
