"""Killed anywhere, at any time: the next run ends with the warehouse that an undisturbed run makes."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

import articles
import ledger
from disturbed import Disturbed, can_fail, disturbed_run, start, whatever_happens, wrong
from warehouse import faults
from warehouse.digest import digest
from warehouse.home import Home

MOMENTS = 12
# Where a run is killed, and how often there, before the next one may come further. The order matters: a package that
# is pending is loaded by the next run before anything else, and so is the end of a run that was killed.
COURSE = (
    ("discover", 1), ("read", 2), ("deduplicate", 1), ("annotate", 2), ("validate", 1), ("package.before_rename", 1),
    ("package.after_rename", 1),  # the first batch is pending
    ("load.in_transaction", 4), ("load.after_commit", 1),  # it is loaded, the end of its run is not written
    ("package.before_rename", 3), ("package.after_rename", 1), ("load.in_transaction", 2), ("checkpoint", 1),
    ("annotate", 1), ("validate", 1), ("package.after_rename", 1),  # the second batch is pending
    ("load.in_transaction", 3), ("checkpoint", 1), ("remember", 1),
    ("package.before_rename", 2), ("package.after_rename", 1), ("load.after_commit", 1),
    ("publish", 2), ("publish.before_rename", 1), ("publish.after_rename", 1),
)  # fmt: skip
# Points that are passed once a document: any of these passages.
PASSAGES = {"read": 500, "annotate": 250}


@dataclass(frozen=True)
class Control:
    """What was undisturbed: the articles, the digest of their warehouse, and the seconds that the run took."""

    source: Path
    digest: dict[str, str]
    seconds: float


def undisturbed(folder: Path, count: int) -> Control:
    source = articles.write(folder / "articles.jsonl", count)
    can_fail()  # starts the server, which is no part of the time
    began = time.monotonic()
    with whatever_happens(disturbed_run(folder / "home", source, said=folder / "said", batch_size=count // 2)) as run:
        assert run.ended() == 0
    return Control(source, digest(Home(folder / "home").published), time.monotonic() - began)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Control:
    return undisturbed(tmp_path_factory.mktemp("few"), 20)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Control:
    return undisturbed(tmp_path_factory.mktemp("many"), 500)


class Chain:
    """Runs over the same source into one home, one after the other."""

    def __init__(self, folder: Path, control: Control, count: int) -> None:
        folder.mkdir(exist_ok=True)
        self.home, self._control, self._said, self._batch = Home(folder / "home"), control, folder / "said", count // 2
        self.killed = Counter[str]()

    def _start(self, fault: str = "") -> Disturbed:
        return disturbed_run(self.home.root, self._control.source, said=self._said, batch_size=self._batch, fault=fault)

    def kill_at(self, point: str, passage: int) -> None:
        with whatever_happens(self._start(f"{point}:{passage}:kill")) as run:
            assert run.ended() == -signal.SIGKILL, self._said.read_text()
            self._after(run, point)

    def kill_after(self, seconds: float) -> bool:
        """False where the run ended before."""
        with whatever_happens(self._start()) as run:
            run.process.join(seconds)
            if run.process.exitcode == 0:
                return False
            run.process.kill()
            assert run.ended() == -signal.SIGKILL, self._said.read_text()
            self._after(run, "at a random moment")
        return True

    def _after(self, run: Disturbed, what: str) -> None:
        self.killed[what] += 1
        assert run.orphans() == []

    def finish(self) -> None:
        """The next run that nobody disturbs makes everything right."""
        with whatever_happens(self._start()) as run:
            assert run.ended() == 0, self._said.read_text()
        assert digest(self.home.published) == self._control.digest
        assert wrong(self.home) == []


def test_killed_at_some_points(tmp_path: Path, few: Control) -> None:
    chain = Chain(tmp_path, few, 20)
    for point in ("read", "annotate", "package.after_rename", "load.in_transaction", "publish.before_rename"):
        chain.kill_at(point, 1)
    chain.finish()


def test_the_course_leads_past_every_point() -> None:
    assert {point for point, _ in COURSE} == {point for point in faults.POINTS if not point.startswith("worker.")}


@pytest.mark.whole
@pytest.mark.parametrize("seed", range(20))
def test_killed_at_every_point(tmp_path: Path, many: Control, seed: int) -> None:
    ledger.skip_if_done(f"points {seed}")
    dice, chain = random.Random(seed), Chain(tmp_path, many, 500)
    for point, times in COURSE:
        for _ in range(times):
            chain.kill_at(point, dice.randint(1, PASSAGES.get(point, 1)))
    chain.finish()
    ledger.shown(f"points {seed}", "kill -9", chain.killed)


@pytest.mark.whole
@pytest.mark.parametrize("seed", range(10))
def test_a_compaction_killed_at_every_point(tmp_path: Path, seed: int) -> None:
    """Of six runs, which leave twelve packages; then it ends, and the warehouse is made of what it has left."""
    ledger.skip_if_done(f"compaction {seed}")
    dice, home, said, killed = random.Random(seed), Home(tmp_path / "home"), tmp_path / "said", Counter[str]()
    for number in range(6):
        source = articles.write(tmp_path / f"{number}.jsonl", 5, first=5 * number)
        assert disturbed_run(home.root, source, said=said).ended() == 0, said.read_text()
    expected = digest(home.published)
    for point in faults.OF_COMPACTION:
        passage = dice.randint(1, 4) if point == "compact.drop" else 1
        run = start("compact", "--home", home.root, fault=f"{point}:{passage}:kill", said=said)
        assert run.ended() == -signal.SIGKILL, said.read_text()
        killed[point] += 1
    for command in ("compact", "rebuild"):
        assert start(command, "--home", home.root, said=said).ended() == 0, said.read_text()
    assert digest(home.published) == expected
    assert wrong(home) == [] and len(list(home.packages.iterdir())) == 1
    ledger.shown(f"compaction {seed}", "kill -9 of a compaction", killed)


@pytest.mark.whole
@pytest.mark.parametrize("seed", range(20))
def test_killed_at_random_moments(tmp_path: Path, many: Control, seed: int) -> None:
    ledger.skip_if_done(f"moments {seed}")
    dice, killed = random.Random(seed), Counter[str]()
    for number in range(MOMENTS):
        chain = Chain(tmp_path / str(number), many, 500)
        # Often early, since the longer a run may go on, the fewer times it is killed before it is through.
        while killed.total() < MOMENTS and chain.kill_after(dice.uniform(0, many.seconds * dice.choice((0.2, 0.5, 1)))):
            killed["at a random moment"] += 1
        chain.finish()
        if killed.total() == MOMENTS:
            break
    ledger.shown(f"moments {seed}", "kill -9", killed)
