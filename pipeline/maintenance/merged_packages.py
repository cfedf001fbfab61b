"""One package in the place of several; once it is complete, those that it stands for go."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from pipeline import package
from pipeline.package import PackageDamaged
from warehouse import faults
from warehouse.durable_files import sync
from warehouse.home import Home, require_lock

log = logging.getLogger("warta.compact")


def merge(home: Home, folders: Sequence[Path]) -> Path:
    """Make one package of the rows of several, in their order, and drop those; returns its folder."""
    parts = [package.read(folder) for folder in folders]
    names = {name for part in parts for name in part.frames if name != package.REGISTERED}
    frames = {name: pl.concat([part.frame(name) for part in parts]) for name in names}
    frames[package.REGISTERED] = pl.concat([part.registered for part in parts])
    last = parts[-1]
    about = {"created_at": datetime.now(UTC).isoformat()}
    about |= {name: last.manifest[name] for name in ("versions", "languages") if name in last.manifest}
    merged = package.write(home, package.merged_id(folders[0], folders[-1]), last.run_id, frames, about)
    _drop(home, folders, merged)
    return merged


def finish_compaction(home: Home) -> None:
    """Drop the packages that a killed compaction has merged already."""
    require_lock(home)
    folders = package.complete(home)
    for merged in filter(package.is_merged, folders):
        if left := [folder for folder in folders if folder != merged and _lies_in(folder, merged)]:
            try:
                _drop(home, left, merged)
            except PackageDamaged as error:
                log.warning("%s; the packages that were merged into it stay", error)


def _lies_in(folder: Path, merged: Path) -> bool:
    (first, last), (begin, end) = package.first_and_last(folder), package.first_and_last(merged)
    return begin <= first and last <= end


def _drop(home: Home, folders: Sequence[Path], merged: Path) -> None:
    """Drop those of the packages that the merged one stands for. Raises PackageDamaged where that is not sound."""
    held = set(package.read(merged).registered["package_id"])
    for folder in folders:
        if package.ids(folder) <= held:
            faults.point("compact.drop")
            folder.rename(dropped := home.work / folder.name)  # so that no half of it is ever taken for a package
            shutil.rmtree(dropped)
    sync(home.packages)
