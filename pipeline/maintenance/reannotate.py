"""Packages into the database of a rebuild: articles that another version of warta has annotated are annotated anew."""

from __future__ import annotations

import logging
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipeline import load as loader
from pipeline import package as packages
from pipeline.annotate import annotate_articles, marked
from pipeline.package import Package
from pipeline.pool import Pool
from pipeline.progress import progress
from pipeline.settings import DEFAULT_LANGUAGES
from pipeline.validate import Frames, reject_orphans, validate_frames
from warehouse.contract import annotation_tables, package_tables
from warehouse.home import Home
from warta.text.language import language
from warta.version import extractor_version

log = logging.getLogger("warta.rebuild")


def load_packages(folders: list[Path], rebuilding: Home, stale: int, workers: int) -> None:
    """Load every package into the database of `rebuilding`; `stale`: articles that will be annotated anew."""
    if stale:
        log.info("%d articles to annotate anew", stale)
        progress().start("annotate", stale)
    loader.pending(rebuilding)  # makes the database
    used = set()
    with Pool(workers) as pool:
        for folder in folders:
            used.add(made := reannotate(folder, rebuilding, pool))
            loader.load(rebuilding, made)  # before the next one, which may repeat its articles
    for unused in set(packages.complete(rebuilding)) - used:
        shutil.rmtree(unused)


def stale_articles(package: Package) -> pl.DataFrame:
    """The package's articles that another version has annotated."""
    return package.frame("articles").filter(pl.col("extractor_version") != extractor_version())


def reannotate(folder: Path, rebuilding: Home, pool: Pool) -> Path:
    """Make the package anew under `rebuilding` and return its folder; the given one where nothing in it is stale.

    The language of an article is told anew; as in the run that made the package, articles in others than that run's
    languages are not annotated. An article that the present version cannot annotate keeps the rows it has. What an
    earlier call made of the same package is used again.
    """
    old = packages.read(folder)
    if (old_articles := stale_articles(old)).is_empty():
        return folder
    made = rebuilding.packages / folder.name
    about: dict[str, Any] = {"made_of": old.manifest_sha256, "extractor": extractor_version()}
    if made.exists():
        if about.items() <= packages.read(made).manifest.items():
            return made
        shutil.rmtree(made)
    languages = old.manifest.get("languages", DEFAULT_LANGUAGES)
    annotated = annotate_articles(marked(_as_of_now(old_articles), languages), pool)
    for article in annotated.failures:
        log.warning("article %s keeps what was found before", article)
    frames = _merge(old, annotated.frames)
    earlier_rejects = frames["rejects"]
    frames = reject_orphans(validate_frames(frames, {}, old.run_id, old.package_id), rebuilding)
    frames["rejects"] = pl.concat([earlier_rejects, frames["rejects"]])
    if packages.is_merged(folder):
        frames[packages.REGISTERED] = old.registered
    about |= {
        "versions": old.manifest.get("versions"),
        "languages": languages,
        "created_at": datetime.now(UTC).isoformat(),
    }
    return packages.write(rebuilding, old.package_id, old.run_id, frames, about)


def _as_of_now(articles: pl.DataFrame) -> pl.DataFrame:
    """The articles with what the present version says of them."""
    told = pl.Series("language", map(language, articles["text"]), dtype=pl.String)
    return articles.with_columns(told, extractor_version=pl.lit(extractor_version()))


def _merge(old: Package, annotated: Frames) -> Frames:
    """The package's rows, with those of articles that were annotated anew, or rejected, replaced."""
    again = annotated["articles"].select("article_id")
    of_documents = old.frame("documents").join(again, on="article_id", how="semi").select("document_id")
    frames = {}
    for table in package_tables():
        frame = old.frame(table.name)
        if table.name == "rejects":
            frame = frame.join(of_documents, on="document_id", how="anti")
        elif table.name in annotation_tables():
            frame = frame.join(again, on="article_id", how="anti")
        frames[table.name] = pl.concat([frame, annotated.get(table.name, frame.clear())])
    return frames
