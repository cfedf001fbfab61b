"""What the loader's database already holds of what a run has found; the questions stand in `lookups/*.sql`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polars as pl

from warehouse.db import writer
from warehouse.home import Home

LOOKUPS = Path(__file__).parent / "lookups"  # the loader asks some of them in its transaction


def known_documents(home: Home, documents: pl.DataFrame, *, version: str, retry_rejected: bool = False) -> pl.DataFrame:
    """(document_id, known_status) of those of `documents` that need not be looked at again.

    They were seen before, and not rejected by another than this `version`, or, with `retry_rejected`, by any.
    """
    asked = documents.select("document_id")
    return _lookup(home, "known_documents", asked, version=version, retry_rejected=retry_rejected)


def known_articles(home: Home, documents: pl.DataFrame) -> pl.Series:
    """The article ids of `documents` that are loaded."""
    return _lookup(home, "known_articles", documents.select("article_id").drop_nulls())["article_id"]


def known_carriers(home: Home, documents: pl.DataFrame) -> pl.DataFrame:
    """The articles of `documents` that are loaded, with what tells how early their carrier is."""
    return _lookup(home, "known_carriers", documents.select("article_id").drop_nulls().unique())


def known_pages(home: Home, addresses: pl.DataFrame) -> pl.DataFrame:
    """Publications with their articles at those of `addresses` (address, has_pages) that have several pages."""
    return _lookup(home, "known_pages", addresses)


def statuses(home: Home, documents: pl.DataFrame) -> dict[str, int]:
    """How many of `documents` are in each status now."""
    return dict(_lookup(home, "statuses", documents.select("document_id")).iter_rows())


def rejected_documents(home: Home, documents: pl.DataFrame) -> list[dict[str, Any]]:
    """Those of `documents` that were rejected: source_uri, locator, reason. `line 2` comes before `line 10`."""
    found = _lookup(home, "rejected_documents", documents.select("document_id")).to_dicts()
    return sorted(found, key=lambda row: [_natural_order(row[name] or "") for name in row])


def _natural_order(text: str) -> list[tuple[int, str]]:
    """A key that orders numbers in a text by their value, however long they are."""
    parts = re.split("([0-9]+)", text)
    parts[1::2] = [number.lstrip("0") for number in parts[1::2]]
    return [(len(part) if i % 2 else 0, part) for i, part in enumerate(parts)]


def interrupted_runs(home: Home) -> list[dict[str, Any]]:
    """Rows of `runs`, in state crashed, for runs of which packages are loaded but not their end."""
    return _lookup(home, "interrupted_runs").to_dicts()


def _lookup(home: Home, query: str, asked: pl.DataFrame | None = None, **parameters: str | bool) -> pl.DataFrame:
    with writer(home, must_exist=True) as connection:
        if asked is not None:
            connection.register("asked", asked.to_arrow())
        found: pl.DataFrame = connection.sql((LOOKUPS / f"{query}.sql").read_text("utf-8"), params=parameters).pl()
        return found
