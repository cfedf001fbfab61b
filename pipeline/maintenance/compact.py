"""Small packages, two of which every run makes, become large ones, which are read and loaded faster.

A merged package has the rows of its parts in their order. Loading it gives the same rows as loading the parts, because
only packages that follow each other are merged, and none that has to find the rows of one before it in its place: an
article that another document takes over, a document that was tried again, pages put together anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from pipeline import package
from pipeline.maintenance.merged_packages import merge
from pipeline.package import Package
from pipeline.signals import handle_signals
from pipeline.stages import PLAIN, Stages
from warehouse.home import Home, writer_lock

MOST_ROWS = 500_000  # of a merged package; 2,500 articles have as many
SMALL = MOST_ROWS // 2  # what has more rows stays as it is, so that no row is merged again and again


@dataclass(frozen=True)
class Compacted:
    """Folders under `packages/` before and after."""

    before: int
    after: int


def compact(home: Home, *, wait: float = 0.0, stages: Stages = PLAIN) -> Compacted:
    """Merge small packages. Killed anywhere, no row is lost and the next run or compaction finishes the work.

    Raises PackageDamaged where a package cannot be read (`warta repair`).
    """
    with writer_lock(home, wait), handle_signals() as signals:
        stages.recover(home)  # what is pending is loaded, a package a transaction, before it is merged
        folders = package.complete(home)
        for group in groups(folders):
            with signals.postponed():
                merge(home, group)
        return Compacted(len(folders), len(package.complete(home)))


def groups(folders: Iterable[Path]) -> Iterator[list[Path]]:
    """Packages to merge: small ones that follow each other and go together, as many as a merged one may hold."""
    group = _Group()
    for folder in folders:
        part = _Part.of(folder) if _rows(folder) < SMALL else None
        if part is None or not group.takes(part):
            yield from group.found()
            group = _Group()
        if part:
            group.add(folder, part)
    yield from group.found()


@dataclass(frozen=True)
class _Part:
    """What decides whether a package goes with others: `touched` are the rows that it makes, changes or replaces."""

    rows: int
    about: tuple[str, ...]
    touched: frozenset[str]

    @classmethod
    def of(cls, folder: Path) -> _Part:
        held = package.read(folder)
        about = tuple(json.dumps(held.manifest.get(name)) for name in ("versions", "languages"))
        return cls(held.row_count, about, frozenset(_touched(held)))


def _touched(held: Package) -> set[str]:
    documents, articles = held.frame("documents"), held.frame("articles")
    wholes = articles.filter(pl.col("pages").is_not_null()).select("article_id")
    touched = [
        documents["document_id"],
        documents.filter(pl.col("status") == "accepted")["article_id"],
        articles["article_id"],
        held.frame("publications").join(wholes, on="article_id", how="semi")["address"],
    ]
    return {key for keys in touched for key in keys if key}


@dataclass
class _Group:
    folders: list[Path] = field(default_factory=list)
    rows: int = 0
    about: tuple[str, ...] = ()
    touched: set[str] = field(default_factory=set)

    def takes(self, part: _Part) -> bool:
        if not self.folders:
            return True
        fits = self.rows + part.rows <= MOST_ROWS and self.about == part.about
        return fits and self.touched.isdisjoint(part.touched)

    def add(self, folder: Path, part: _Part) -> None:
        self.folders.append(folder)
        self.rows, self.about = self.rows + part.rows, part.about
        self.touched |= part.touched

    def found(self) -> Iterator[list[Path]]:
        if len(self.folders) > 1:
            yield self.folders


def _rows(folder: Path) -> int:
    """As its manifest says; 0 where it cannot be read, which reading the package tells."""
    try:
        listed = json.loads((folder / package.MANIFEST).read_bytes())["tables"]
        return sum(about["rows"] for name, about in listed.items() if name != package.REGISTERED)
    except (OSError, ValueError, KeyError, TypeError):
        return 0
