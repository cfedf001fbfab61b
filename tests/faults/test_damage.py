"""Wrong bytes on the disk: a reader refuses or answers right, and `warta repair` makes all sound again."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from damage import cut, flip, garble, in_blocks, leave_log

import ledger
from conftest import SAMPLES, take
from flows.pipeline import RunSummary
from flows.repair import repair
from flows.upkeep import check
from warehouse import db, package
from warehouse import load as loader
from warehouse.db import Unreadable
from warehouse.digest import digest
from warehouse.home import Home, writer_lock


@pytest.fixture
def home(sample_run: RunSummary, tmp_path: Path) -> Home:
    return Home(shutil.copytree(sample_run.home.root, tmp_path / "home"))


@pytest.mark.parametrize("damage", [cut, in_blocks, garble])
@pytest.mark.parametrize("which", ["warehouse.duckdb", "work/loading.duckdb", "work/loading.duckdb.wal"])
def test_damaged_database_is_moved_aside_and_made_anew(
    home: Home, sample_run: RunSummary, which: str, damage: Callable[[Path], None]
) -> None:
    path = home.root / which
    if which.endswith(".wal"):
        leave_log(home)
    damage(path)
    damaged = path.read_bytes()
    done = list(repair(home))
    assert digest(home.published) == digest(sample_run.home.published)
    assert all(ok for _, ok, _ in check(home))
    # Of a log that was cut DuckDB takes what is whole; what it lacks is loaded again, and nothing has to be moved.
    kept = [file.read_bytes() for file in home.quarantine.glob(f"*/{path.name}")]
    assert kept == [damaged] or (path.suffix == ".wal" and damage is not in_blocks), done


@pytest.mark.parametrize("when", ["before_truncate", "before_header", "after_free_list_write"])
def test_checkpoint_that_breaks_off_loses_nothing(
    home: Home, sample_run: RunSummary, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    home.loading.unlink()
    with writer_lock(home), monkeypatch.context() as patched:
        pending = loader.pending(home)
        patched.setitem(db._SETTINGS, "debug_checkpoint_abort", when)
        with pytest.raises(duckdb.Error, match="checkpoint"):
            loader.load(home, pending[0])
    take(home.root, SAMPLES / "daerah.jsonl")
    assert digest(home.published) == digest(sample_run.home.published)


def test_damaged_package_is_moved_aside_and_its_sources_are_taken_again(home: Home, sample_run: RunSummary) -> None:
    damaged = package.complete(home)[0]
    flip(damaged / "quotes.parquet", 1000)
    assert "moved to" in next(iter(list(repair(home))))
    assert (home.quarantine / next(home.quarantine.iterdir()) / damaged.name / "articles.parquet").exists()
    take(home.root, SAMPLES)
    assert digest(home.published) == digest(sample_run.home.published)


def test_sound_home_stays_as_it_is(home: Home, sample_run: RunSummary) -> None:
    (said,) = repair(home)
    assert "0 of them were loaded" in said
    assert not home.quarantine.exists()
    assert digest(home.published) == digest(sample_run.home.published)


def flipped_bits(path: Path, good: dict[str, str], seeds: range) -> Counter[str]:
    found, size = Counter[str](), path.stat().st_size
    whole = path.read_bytes()
    for seed in seeds:
        path.write_bytes(whole)
        flip(path, random.Random(seed).randrange(8 * size))
        try:
            found["right" if digest(path) == good else "wrong"] += 1
        except (Unreadable, duckdb.Error):
            found["refused"] += 1
    return found


def test_flipped_bit_never_gives_a_wrong_answer(home: Home, sample_run: RunSummary) -> None:
    assert not flipped_bits(home.published, digest(sample_run.home.published), range(10))["wrong"]


@pytest.mark.whole
def test_200_flipped_bits(home: Home, sample_run: RunSummary) -> None:
    ledger.skip_if_done("flips")
    found = flipped_bits(home.published, digest(sample_run.home.published), range(200))
    assert not found["wrong"]
    ledger.shown("flips", "one bit of the database flipped", found)
