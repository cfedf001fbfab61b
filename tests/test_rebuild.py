"""A new version of warta annotates the stored articles anew; the old warehouse stays until all is checked."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import pipeline.annotate
import pipeline.maintenance.reannotate
import pipeline.maintenance.rebuild
import pipeline.validate
import pipeline.worker
from conftest import SAMPLES, ingest
from expectations.validate import Outcome
from pipeline import package
from pipeline.maintenance.checks import check_home as check
from pipeline.maintenance.rebuild import RebuildRefused, rebuild
from pipeline.maintenance.rebuild_swap import finish_swap, replace_warehouse
from pipeline.publish import PublicationStopped
from pipeline.summary import RunSummary
from pipeline.worker import annotate_row
from warehouse.db import reader
from warehouse.digest import digest
from warehouse.home import Home, writer_lock
from warta.version import extractor_version

RUN_SUITES = pipeline.validate.run_suites


def of_another_version(frames: Mapping[str, pl.DataFrame]) -> Outcome:
    """That version finds no quotes."""
    articles = frames["articles"].with_columns(extractor_version=pl.lit("0"))
    return RUN_SUITES({**frames, "articles": articles, "quotes": frames["quotes"].clear()})


def shifted(frames: Mapping[str, pl.DataFrame]) -> Outcome:
    quotes = frames["quotes"].with_columns(pl.col("start_char", "end_char") + 1)
    return RUN_SUITES({**frames, "quotes": quotes})


def too_strict(frames: Mapping[str, pl.DataFrame]) -> Outcome:
    return RUN_SUITES({**frames, "articles": frames["articles"].with_columns(word_count=0)})


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The samples as another version took them, in two runs; do not write to it."""
    home = Home(tmp_path_factory.mktemp("old") / "home")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline.validate, "run_suites", of_another_version)
        ingest(home.root, SAMPLES / "daerah.jsonl")
        ingest(home.root, SAMPLES)
    return home


@pytest.fixture(scope="module")
def made(old: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A rebuild that was killed just before the new warehouse takes its place; do not write to it."""
    home = Home(shutil.copytree(old.root, tmp_path_factory.mktemp("made") / "home"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline.maintenance.rebuild, "replace_warehouse", killed)
        with pytest.raises(KeyboardInterrupt):
            rebuild(home, workers=1)
    return home


def killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture
def home(made: Home, tmp_path: Path) -> Home:
    return Home(shutil.copytree(made.root, tmp_path / "home"))


def versions(home: Home) -> set[str]:
    return {v for folder in package.complete(home) for v in package.read(folder).frame("articles")["extractor_version"]}


def test_old_warehouse_stays_until_the_new_one_takes_its_place(made: Home, old: Home, sample_run: RunSummary) -> None:
    assert digest(made.published) == digest(old.published)
    assert versions(made) == {"0"}
    advice = {what: detail for what, _, detail in check(made)}["extractor"]
    assert advice.startswith(f"{sample_run.accepted} articles annotated by another version")


def test_rebuild_says_what_a_fresh_run_of_this_version_says(
    home: Home, sample_run: RunSummary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        pipeline.maintenance.reannotate, "annotate_articles", killed
    )  # what the killed rebuild made is used
    done = rebuild(home)
    assert (done.annotated, done.before["quotes"], done.after["articles"]) == (
        sample_run.accepted,
        0,
        sample_run.accepted,
    )
    assert digest(home.published) == digest(sample_run.home.published)
    assert versions(home) == {extractor_version()}
    assert all(ok for _, ok, _ in check(home))
    assert not home.rebuilding.root.exists() and not home.rebuilt.root.exists()
    assert rebuild(home).annotated == 0
    assert digest(home.published) == digest(sample_run.home.published)


def moves(monkeypatch: pytest.MonkeyPatch, stop_at: int) -> None:
    """The process dies instead of moving something for the `stop_at`-th time."""
    numbers = itertools.count()
    for name in ("rename", "replace"):
        honest = getattr(Path, name)

        def move(self: Path, target: Path, honest: Callable[[Path, Path], Path] = honest) -> Path:
            if next(numbers) == stop_at:
                raise KeyboardInterrupt
            return honest(self, target)

        monkeypatch.setattr(Path, name, move)


@pytest.mark.parametrize("stop_at", range(7))
def test_swap_that_was_killed_is_ended_by_whoever_comes_next(
    home: Home, old: Home, sample_run: RunSummary, monkeypatch: pytest.MonkeyPatch, stop_at: int
) -> None:
    with writer_lock(home):
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            moves(patched, stop_at)
            replace_warehouse(home)
        finish_swap(home)
    decided = stop_at > 0
    assert digest(home.published) == digest((sample_run.home if decided else old).published)
    assert versions(home) == {extractor_version() if decided else "0"}
    assert {folder.name for folder in package.complete(home)} == {folder.name for folder in package.complete(old)}
    assert not home.rebuilt.root.exists()


def test_next_run_ends_it_too(home: Home, sample_run: RunSummary, monkeypatch: pytest.MonkeyPatch) -> None:
    with writer_lock(home), monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        moves(patched, 3)
        replace_warehouse(home)
    assert ingest(home.root, SAMPLES).known == sample_run.documents
    assert digest(home.published) == digest(sample_run.home.published)


def test_broken_extraction_changes_nothing(old: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(shutil.copytree(old.root, tmp_path / "home"))
    monkeypatch.setattr(pipeline.validate, "run_suites", shifted)
    with pytest.raises(PublicationStopped, match=r"100 %\) broke a rule"):
        rebuild(home)
    assert digest(home.published) == digest(old.published)
    assert versions(home) == {"0"}


@pytest.fixture(scope="module")
def small_of_now(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("small")
    for who in ("Wayan Sudira", "Ratna Dewi"):
        text = f'Kepala desa {who} membuka pasar baru, Senin (6/10/2025).\n"Pasar ini ramai," kata {who}.\n'
        (folder / f"{who}.txt").write_text(text)
    return ingest(folder / "home", *folder.glob("*.txt")).home


@pytest.fixture
def small(small_of_now: Home, tmp_path: Path) -> Home:
    """Two articles, Wayan's and Ratna's."""
    return Home(shutil.copytree(small_of_now.root, tmp_path / "small"))


def test_articles_may_not_get_lost(small: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(small.published)
    monkeypatch.setattr(pipeline.maintenance.reannotate, "extractor_version", lambda: "next")
    monkeypatch.setattr(pipeline.validate, "run_suites", too_strict)
    with pytest.raises(RebuildRefused, match="2 of 2 articles are lost"):
        rebuild(small)
    assert digest(small.published) == before


def breaks_on_wayan(row: dict[str, Any]) -> Iterator[Any]:
    if "Wayan" in row["text"]:
        raise ValueError("no such name")
    yield from annotate_row(row)


def test_article_that_cannot_be_annotated_anew_keeps_its_rows(small: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(small.published)
    monkeypatch.setattr(pipeline.maintenance.reannotate, "extractor_version", lambda: "next")
    monkeypatch.setattr(pipeline.worker, "annotate_row", breaks_on_wayan)
    assert rebuild(small).annotated == 2
    assert digest(small.published) == before
    with reader(small.published) as connection:
        found = connection.execute("SELECT extractor_version, text LIKE '%Wayan%' FROM articles").fetchall()
    assert set(found) == {("next", False), (extractor_version(), True)}


def test_rebuild_of_a_damaged_warehouse(small: Home) -> None:
    before = digest(small.published)
    small.published.write_bytes(b"no database" * 1000)
    small.loading.write_bytes(b"no database" * 1000)
    assert rebuild(small).before == {}
    assert digest(small.published) == before
