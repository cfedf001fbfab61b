"""The warehouse made anew from its packages, beside the old one, which stays until the new one is checked."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.settings import cores
from flows.upkeep import check_rows
from tasks.pool import Pool
from tasks.progress import progress
from tasks.publish import publish
from tasks.renew import renew, stale
from warehouse import beside, load, package
from warehouse.contract import tables
from warehouse.db import NoWarehouse, Unreadable, reader
from warehouse.home import Home, writer_lock

log = logging.getLogger("warta.rebuild")

# That share of the articles may be refused by the new warehouse though the old one had them.
_LOST_SHARE = 0.01


class RebuildRefused(RuntimeError):
    """The new warehouse is not fit to take the place of the old one, which stays."""


@dataclass(frozen=True)
class Remade:
    """Packages loaded, articles annotated anew, and the rows of each table before (none: there was none) and after."""

    packages: int
    annotated: int
    before: dict[str, int]
    after: dict[str, int]


def remake(home: Home, wait: float = 0.0, workers: int | None = None) -> Remade:
    """Load all packages into a new database, annotate articles of other versions of warta anew, and swap it in.

    Raises PackageDamaged, PublicationStopped or RebuildRefused before anything of the old warehouse has changed.
    After a kill the next call uses the packages that were made.
    """
    with writer_lock(home, wait):
        beside.finish(home)
        folders = package.complete(home)
        articles = old_articles = 0
        for folder in folders:
            held = package.read(folder)
            articles += held.frame("articles").height
            old_articles += stale(held).height
        before = _rows(home)
        with writer_lock(home.beside):
            _make(home, folders, old_articles, workers or cores())
            after = _rows(home.beside)
            _check(home.beside, articles - after["articles"], articles)
        beside.replace(home)
    return Remade(len(folders), old_articles, before, after)


def _make(home: Home, folders: list[Path], old_articles: int, workers: int) -> None:
    new = home.beside
    for left in (new.work, new.published, new.corrections):
        shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
    new.create()
    if home.corrections.exists():
        shutil.copy(home.corrections, new.corrections)
    if old_articles:
        log.info("%d articles to annotate anew", old_articles)
        progress().start("annotate", old_articles)
    load.pending(new)  # makes the database
    used = set()
    with Pool(workers) as pool:
        for folder in folders:
            used.add(made := renew(folder, new, pool))
            load.load(new, made)  # before the next one, which may repeat its articles
    for unused in set(package.complete(new)) - used:
        shutil.rmtree(unused)
    publish.fn(new)


def _check(new: Home, lost: int, articles: int) -> None:
    wrong = [f"{what}: {detail}" for what, ok, detail in check_rows(new) if not ok]
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
