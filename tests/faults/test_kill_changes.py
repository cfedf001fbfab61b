"""Killed while it changes a copy of what was published: the next run publishes what an undisturbed one does."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

import articles
import ledger
from disturbed import disturbed_run, whatever_happens, wrong
from warehouse import faults
from warehouse.db import reader
from warehouse.digest import digest
from warehouse.home import Home

SEEDS = 10  # at each point, and twice as many at random moments
MOMENTS = 50


@dataclass(frozen=True)
class Control:
    """A home with articles, more articles, and the digests before and after they came by a change."""

    home: Home
    source: Path
    before: dict[str, str]
    after: dict[str, str]
    seconds: float


def run(home: Home, source: Path, said: Path, fault: str = "") -> int:
    with whatever_happens(disturbed_run(home.root, source, said=said, fault=fault)) as started:
        code = started.ended()
        assert started.orphans() == []
    return code


def copy(home: Home, to: Home) -> None:
    """A home of its own with the very file that was published: a copy of that would be made whole."""

    def copied(source: str, target: str) -> None:
        (os.link if source == str(home.published) else shutil.copy2)(source, target)

    shutil.copytree(home.root, to.root, copy_function=copied)


@pytest.fixture(scope="module")
def control(tmp_path_factory: pytest.TempPathFactory) -> Control:
    folder = tmp_path_factory.mktemp("changes")
    home, said = Home(folder / "home"), folder / "said"
    first, more = articles.write(folder / "a.jsonl", 40), articles.write(folder / "b.jsonl", 5, first=40)
    assert run(home, first, said) == 0, said.read_text()
    before, changed = digest(home.published), Home(folder / "changed")
    copy(home, changed)
    began = time.monotonic()
    assert run(changed, more, said) == 0, said.read_text()
    with reader(changed.published) as connection:
        assert connection.execute("SELECT changed FROM kept.made_with").fetchall() == [(5,)]
    return Control(home, more, before, digest(changed.published), time.monotonic() - began)


def killed_and_made_good(control: Control, folder: Path, fault: str) -> None:
    home, said = Home(folder / "home"), folder / "said"
    copy(control.home, home)
    assert run(home, control.source, said, fault) == -signal.SIGKILL, said.read_text()
    assert digest(home.published) in (control.before, control.after)
    assert run(home, control.source, said) == 0, said.read_text()
    assert digest(home.published) == control.after
    assert wrong(home) == []


@pytest.mark.parametrize("point", ["publish.copied", "publish.changed"])
def test_killed_in_a_change(control: Control, tmp_path: Path, point: str) -> None:
    killed_and_made_good(control, tmp_path, f"{point}:1:kill")


@pytest.mark.whole
@pytest.mark.parametrize("seed", range(SEEDS))
def test_killed_at_every_point_of_a_change(control: Control, tmp_path: Path, seed: int) -> None:
    ledger.skip_if_done(f"kill change {seed}")
    for point in faults.CHANGE_POINTS:
        killed_and_made_good(control, tmp_path / point, f"{point}:1:kill")
    ledger.shown(f"kill change {seed}", "kill -9 of a change", Counter(faults.CHANGE_POINTS))


@pytest.mark.whole
@pytest.mark.parametrize("seed", range(MOMENTS))
def test_killed_at_any_moment_of_a_change(control: Control, tmp_path: Path, seed: int) -> None:
    ledger.skip_if_done(f"kill change at a moment {seed}")
    home, said = Home(tmp_path / "home"), tmp_path / "said"
    copy(control.home, home)
    with whatever_happens(disturbed_run(home.root, control.source, said=said, fault="publish:1:sleep")) as started:
        started.until_stopped()
        os.kill(started.pid, signal.SIGCONT)
        time.sleep(random.Random(seed).uniform(0, control.seconds / 2))
        started.process.kill()
        started.ended()
        assert started.orphans() == []
    assert digest(home.published) in (control.before, control.after)
    assert run(home, control.source, said) == 0, said.read_text()
    assert digest(home.published) == control.after
    ledger.shown(f"kill change at a moment {seed}", "kill -9 of a change", {"at a random moment": 1})
