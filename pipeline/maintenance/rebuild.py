"""The warehouse made anew from its packages, beside the old one, which stays until the new one is checked."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass

import duckdb
import polars as pl

from pipeline import package
from pipeline.maintenance.checks import problems
from pipeline.maintenance.merged_packages import finish_compaction
from pipeline.maintenance.reannotate import stale_articles
from pipeline.maintenance.rebuild_swap import finish_swap, replace_warehouse
from pipeline.settings import cores
from pipeline.signals import handle_signals
from pipeline.stages import PLAIN, Stages
from warehouse.contract import tables
from warehouse.db import NoWarehouse, Unreadable, reader
from warehouse.errors import WartaError
from warehouse.file_ledger import all_entries, remember_files
from warehouse.home import Home, writer_lock

log = logging.getLogger("warta.rebuild")

# That share of the articles may be refused by the new warehouse though the old one had them.
_LOST_SHARE = 0.01


class RebuildRefused(WartaError):
    """The new warehouse is not fit to take the place of the old one, which stays."""


@dataclass(frozen=True)
class Rebuilt:
    """Packages loaded, articles annotated anew, and the rows of each table before (none: there was none) and after."""

    packages: int
    annotated: int
    before: dict[str, int]
    after: dict[str, int]


def rebuild(home: Home, *, wait: float = 0.0, workers: int | None = None, stages: Stages = PLAIN) -> Rebuilt:
    """Load all packages into a new database, annotate articles of other versions of warta anew, and swap it in.

    Raises PackageDamaged, PublicationStopped or RebuildRefused before anything of the old warehouse has changed.
    After a kill the next call uses the packages that were made.
    """
    with writer_lock(home, wait), handle_signals():
        finish_swap(home)
        finish_compaction(home)
        folders = package.complete(home)
        texts, stale = set[str](), 0
        for folder in folders:
            held = package.read(folder)
            texts |= set(_of_documents(held))
            stale += stale_articles(held).height
        before = _rows(home)
        with writer_lock(home.rebuilding):
            _prepare(home)
            stages.load_packages(folders, home.rebuilding, stale, workers or cores())
            if (entries := all_entries(home)) is not None:
                remember_files(home.rebuilding, entries)
            stages.publish(home.rebuilding)
            after = _rows(home.rebuilding)
            _check(home.rebuilding, stages, lost=len(texts) - after["articles"], articles=len(texts))
        replace_warehouse(home)
    return Rebuilt(len(folders), stale, before, after)


def _of_documents(held: package.Package) -> pl.Series:
    """The articles of a package but for those put together from pages, which others may take the place of."""
    return held.frame("articles").filter(pl.col("pages").is_null())["article_id"]


def _prepare(home: Home) -> None:
    """An empty folder for the new warehouse, but for the packages that an earlier, killed rebuild has made."""
    new = home.rebuilding
    for left in (new.work, new.published, new.corrections):
        shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
    new.create()
    if home.corrections.exists():
        shutil.copy(home.corrections, new.corrections)


def _check(new: Home, stages: Stages, *, lost: int, articles: int) -> None:
    wrong = problems(stages.check_published(new))
    if lost > _LOST_SHARE * articles:
        wrong.append(f"{lost} of {articles} articles are lost (`warta query rejected --home {new.root}` tells why)")
    if wrong:
        raise RebuildRefused(f"{'; '.join(wrong)}; the warehouse stays as it was, what was made lies in {new.root}")


def _rows(home: Home) -> dict[str, int]:
    """Rows of each table that is there: the former warehouse may be of another contract, or damaged."""
    try:
        with reader(home.published) as connection:
            there = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
            counts = {name: f"SELECT count(*) FROM {name}" for name in tables() if name in there}
            return {name: connection.execute(count).fetchall()[0][0] for name, count in counts.items()}
    except NoWarehouse:
        return {}
    except (Unreadable, duckdb.Error) as error:
        log.warning("the former warehouse cannot be read: %s", error)
        return {}
