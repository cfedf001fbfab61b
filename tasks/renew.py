"""A package whose articles another version of warta has annotated, made anew by the present one."""

from __future__ import annotations

import logging
import shutil
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from tasks.annotate import annotate_articles
from tasks.pool import Pool
from tasks.validate import judged, settle
from warehouse import package as packages
from warehouse.contract import package_tables
from warehouse.home import Home
from warehouse.package import Package
from warta.version import extractor_version

log = logging.getLogger("warta.renew")

# Tables that tell of documents and runs; all others tell what an article says.
_NOT_ANNOTATED = {"documents", "rejects", "runs", "validation_results"}


def stale(package: Package) -> pl.DataFrame:
    """The package's articles that another version has annotated."""
    return package.frame("articles").filter(pl.col("extractor_version") != extractor_version())


def renew(folder: Path, beside: Home, pool: Pool) -> Path:
    """Make the package anew under `beside` and return its folder; the given one where nothing in it is stale.

    An article that the present version cannot annotate keeps the rows it has. What an earlier call made of the same
    package is used again.
    """
    old = packages.read(folder)
    if (old_articles := stale(old)).is_empty():
        return folder
    made = beside.packages / folder.name
    about = {"made_of": old.manifest_sha256, "extractor": extractor_version()}
    if made.exists():
        if about.items() <= packages.read(made).manifest.items():
            return made
        shutil.rmtree(made)
    found = annotate_articles(old_articles.with_columns(extractor_version=pl.lit(extractor_version())), pool)
    for article in found.failures:
        log.warning("article %s keeps what was found before", article)
    frames = _frames(old, found.frames)
    kept = frames["rejects"]
    frames = settle(judged(frames, {}, old.run_id, old.package_id), beside)
    frames["rejects"] = pl.concat([kept, frames["rejects"]])
    about |= {"versions": old.manifest.get("versions"), "created_at": datetime.now(UTC).isoformat()}
    return packages.write(beside, old.package_id, old.run_id, frames, about)


def _frames(old: Package, found: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """What the package holds, but for what was found anew in its articles, and for rows of these that were rejected."""
    again = found["articles"].select("article_id")
    of_documents = old.frame("documents").join(again, on="article_id", how="semi").select("document_id")
    frames = {}
    for table in package_tables():
        frame = old.frame(table.name)
        if table.name == "rejects":
            frame = frame.join(of_documents, on="document_id", how="anti")
        elif table.name not in _NOT_ANNOTATED:
            frame = frame.join(again, on="article_id", how="anti")
        frames[table.name] = pl.concat([frame, found.get(table.name, frame.clear())])
    return frames
