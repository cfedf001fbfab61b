"""Wrong bytes on the disk: a reader refuses or answers right, and `warta repair` makes all sound again."""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import foreign
import pytest
from test_kill import Control, undisturbed

import ledger
from conftest import SAMPLES, ingest
from damage import cut, flip, garble, in_blocks, leave_log, overwrite
from disturbed import disturbed_run, whatever_happens
from pipeline import load as loader
from pipeline import package
from pipeline.maintenance.checks import check_home as check
from pipeline.maintenance.repair import repair
from pipeline.summary import RunSummary
from warehouse import db
from warehouse.db import Unreadable
from warehouse.digest import digest
from warehouse.home import Home, logs_beside, writer_lock


@pytest.mark.parametrize("damage", [cut, in_blocks, garble])
@pytest.mark.parametrize("which", ["warehouse.duckdb", "work/loading.duckdb", "work/loading.duckdb.wal"])
def test_damaged_database_is_moved_aside_and_made_anew(
    sample_home: Home, sample_run: RunSummary, which: str, damage: Callable[[Path], None]
) -> None:
    path = sample_home.root / which
    if which.endswith(".wal"):
        leave_log(sample_home)
    damage(path)
    damaged = path.read_bytes()
    done = list(repair(sample_home))
    assert digest(sample_home.published) == digest(sample_run.home.published)
    assert all(ok for _, ok, _ in check(sample_home))
    # Of a log that was cut DuckDB takes what is whole; what it lacks is loaded again, and nothing has to be moved.
    kept = [file.read_bytes() for file in sample_home.quarantine.glob(f"*/{path.name}")]
    assert kept == [damaged] or (path.suffix == ".wal" and damage is not in_blocks), done


@pytest.mark.parametrize("when", ["before_truncate", "before_header", "after_free_list_write"])
def test_checkpoint_that_breaks_off_loses_nothing(
    sample_home: Home, sample_run: RunSummary, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    sample_home.loading.unlink()
    with writer_lock(sample_home), monkeypatch.context() as patched:
        pending = loader.pending(sample_home)
        patched.setitem(db._SETTINGS, "debug_checkpoint_abort", when)
        with pytest.raises(duckdb.Error, match="checkpoint"):
            loader.load(sample_home, pending[0])
    ingest(sample_home.root, SAMPLES / "daerah.jsonl")
    assert digest(sample_home.published) == digest(sample_run.home.published)


def test_damaged_package_is_moved_aside_and_its_sources_are_taken_again(
    sample_home: Home, sample_run: RunSummary
) -> None:
    damaged = package.complete(sample_home)[0]
    flip(damaged / "quotes.parquet", 1000)
    assert "moved to" in next(iter(list(repair(sample_home))))
    assert list(sample_home.quarantine.glob(f"*/{damaged.name}/articles.parquet"))
    ingest(sample_home.root, SAMPLES)
    assert digest(sample_home.published) == digest(sample_run.home.published)


def test_sound_home_stays_as_it_is(sample_home: Home, sample_run: RunSummary) -> None:
    (said,) = repair(sample_home)
    assert "0 of them were loaded" in said
    assert not sample_home.quarantine.exists()
    assert digest(sample_home.published) == digest(sample_run.home.published)


def flipped_bits(path: Path, good: dict[str, str], seeds: range) -> Counter[str]:
    found, size = Counter[str](), path.stat().st_size
    whole = path.read_bytes()
    for seed in seeds:
        overwrite(path, whole)
        flip(path, random.Random(seed).randrange(8 * size))
        try:
            found["right" if digest(path) == good else "wrong"] += 1
        except (Unreadable, duckdb.Error):
            found["refused"] += 1
    return found


def test_flipped_bit_never_gives_a_wrong_answer(sample_home: Home, sample_run: RunSummary) -> None:
    assert not flipped_bits(sample_home.published, digest(sample_run.home.published), range(10))["wrong"]


@pytest.mark.whole
def test_200_flipped_bits(sample_home: Home, sample_run: RunSummary) -> None:
    ledger.skip_if_done("flips")
    found = flipped_bits(sample_home.published, digest(sample_run.home.published), range(200))
    assert not found["wrong"]
    ledger.shown("flips", "one bit of the database flipped", found)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Control:
    return undisturbed(tmp_path_factory.mktemp("few"), 20)


def log_left_at_a_moment(folder: Path, control: Control, seed: int) -> str:
    """A client that has the published file open writes at any moment of a run. What it took to make all well."""
    dice, said = random.Random(seed), folder / "said"
    home = Home(shutil.copytree(control.source.parent / "home", folder / "home"))
    with foreign.client_of(home.published) as client:
        with whatever_happens(disturbed_run(home.root, control.source, said=said)) as run:
            time.sleep(dice.uniform(0, control.seconds))
            client.does(foreign.CREATE, foreign.DELETE)
            if dice.random() < 0.5:
                client.killed()
            assert run.ended() == 0, said.read_text()
        assert digest(home.published) == control.digest
        left = bool(logs_beside(home.published))
        list(repair(home))
    assert digest(home.published) == control.digest
    assert duckdb.connect(str(home.published), read_only=True).execute("SELECT count(*) FROM articles").fetchall()
    assert all(ok for _, ok, _ in check(home))
    return "moved aside by `warta repair`" if left else "moved aside by the run"


def test_log_of_a_client_at_a_moment(tmp_path: Path, few: Control) -> None:
    log_left_at_a_moment(tmp_path, few, 1)


@pytest.mark.whole
@pytest.mark.parametrize("seed", range(20))
def test_log_of_a_client_at_20_moments(tmp_path: Path, few: Control, seed: int) -> None:
    ledger.skip_if_done(f"foreign log {seed}")
    ended = log_left_at_a_moment(tmp_path, few, seed)
    ledger.shown(f"foreign log {seed}", "another program writes to the published file", {ended: 1})
