"""Packages of a contract without publications are read as if their documents had carried their articles all along."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import polars as pl
from test_versions import article, rows, write

from conftest import ingest, warta
from pipeline import package
from pipeline.older_packages import brought_up_to_date
from warehouse.contract import tables
from warehouse.home import Home

NEW = ("document_id", "is_latest", "version_of", "first_seen_at", "last_seen_at", "pages")


def older(folder: Path) -> None:
    """Write the package again as versions did that knew no publications."""
    made = package.read(folder)
    shutil.rmtree(folder)
    frames = {name: frame for name, frame in made.frames.items() if name != "publications"}
    if "articles" in frames:
        frames["articles"] = frames["articles"].with_columns(pl.lit(None).alias(column) for column in NEW)
    package.write(Home(folder.parent.parent), made.package_id, made.run_id, frames, {})


def test_a_home_of_an_older_version_goes_on(tmp_path: Path) -> None:
    home, first = tmp_path / "home", [article(n) for n in range(3)]
    ingest(home, write(tmp_path / "1.jsonl", *first))
    for folder in package.complete(Home(home)):
        older(folder)
    for left in Home(home).work.iterdir():
        left.unlink()
    again: list[dict[str, Any]] = [article(0, 2), article(1, url="https://koran.example/1", tanggal="2025-10-09")]
    ingest(home, write(tmp_path / "2.jsonl", *again))
    assert rows(home, "SELECT count(*), count(version_of) FROM articles") == [(4, 1)]
    assert rows(home, "SELECT count(*), count(DISTINCT outlet) FROM publications") == [(5, 2)]
    assert warta("check", "--home", home).returncode == 0


def test_what_has_publications_stays_as_it_is() -> None:
    names = ("articles", "documents", "publications")
    frames = {name: pl.DataFrame(schema=tables()[name].polars_schema) for name in names}
    assert brought_up_to_date(frames)["publications"] is frames["publications"]
