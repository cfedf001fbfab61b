"""What had not reached the disk is gone: the log of the database ends anywhere, or any file of a home is short."""

from __future__ import annotations

import random
from collections import Counter

import duckdb
import pytest

import ledger
from conftest import SAMPLES, ingest
from damage import cut_at_random, leave_log
from pipeline import load as loader
from pipeline import package
from pipeline.maintenance.checks import check_home as check
from pipeline.maintenance.repair import repair
from pipeline.summary import RunSummary
from warehouse.db import DatabaseDamaged, writer
from warehouse.digest import digest
from warehouse.home import Home, writer_lock


def state(home: Home) -> str:
    """Whether the loader's database holds its first package; it must not hold a part of it."""
    first = package.read(package.complete(home)[0])
    with writer_lock(home):
        try:
            with writer(home, must_exist=True) as connection:
                if first.package_id in loader.loaded_packages(connection):
                    loader.verify(connection, first)
                    return "the package is there"
                rows = [connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in first.frames]
                assert rows == [0] * len(rows), rows
                return "no package is there"
        except (DatabaseDamaged, duckdb.Error):
            return "refused"


def log_cut(home: Home, good: dict[str, str], seeds: range) -> Counter[str]:
    """What the database says whose log was cut somewhere; `warta repair` has to make it whole each time."""
    leave_log(home)
    logs = list(home.work.glob(f"{home.loading.name}*"))
    left, found = {path: path.read_bytes() for path in logs}, Counter[str]()
    assert len(left) == 2
    for seed in seeds:
        for path, data in left.items():
            path.write_bytes(data)
        cut_at_random(next(path for path in logs if path.suffix == ".wal"), random.Random(seed))
        found[state(home)] += 1
        list(repair(home))
        assert digest(home.published) == good
        assert all(ok for _, ok, _ in check(home))
    return found


def file_cut(home: Home, good: dict[str, str], seed: int) -> str:
    """Any file of the home is short; after `repair` and another run over the sources nothing lacks. The file's kind."""
    dice = random.Random(seed)
    path = dice.choice(sorted(path for path in home.root.rglob("*") if path.is_file() and path.stat().st_size > 0))
    cut_at_random(path, dice)
    list(repair(home))
    ingest(home.root, SAMPLES)
    assert digest(home.published) == good, path
    assert all(ok for _, ok, _ in check(home)), path
    return path.suffix.lstrip(".") or "lock"


def test_log_that_ends_anywhere(sample_home: Home, sample_run: RunSummary) -> None:
    found = log_cut(sample_home, digest(sample_run.home.published), range(3))
    assert found["no package is there"] > 0


@pytest.mark.parametrize("seed", range(2))
def test_file_that_is_short(sample_home: Home, sample_run: RunSummary, seed: int) -> None:
    file_cut(sample_home, digest(sample_run.home.published), seed)


@pytest.mark.whole
def test_log_that_ends_at_100_places(sample_home: Home, sample_run: RunSummary) -> None:
    ledger.skip_if_done("power cut, log")
    found = log_cut(sample_home, digest(sample_run.home.published), range(1_000, 1_100))
    ledger.shown("power cut, log", "the log of the database ends anywhere", found)


@pytest.mark.whole
@pytest.mark.parametrize("seed", range(1_000, 1_050))
def test_50_files_that_are_short(sample_home: Home, sample_run: RunSummary, seed: int) -> None:
    ledger.skip_if_done(f"power cut, file {seed}")
    kind = file_cut(sample_home, digest(sample_run.home.published), seed)
    ledger.shown(f"power cut, file {seed}", "any file of a home is short", {kind: 1})
