"""Ctrl-C and SIGTERM end a run after its batch, or at once; either way the next one goes on."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

import articles
from disturbed import disturbed_run, whatever_happens
from pipeline import package
from warehouse.home import Home

INT, TERM = signal.SIGINT, signal.SIGTERM


@pytest.mark.parametrize(
    ("at", "signals", "code", "packages"),
    [
        ("validate:1", [TERM], 143, 1),  # the batch at hand ends, the second is not begun
        ("validate:1", [INT, TERM], 143, 0),
        ("read:1", [INT], 130, 0),  # there is no batch at hand
    ],
)
def test_a_signal_ends_the_run(tmp_path: Path, at: str, signals: list[int], code: int, packages: int) -> None:
    source, home, said = articles.write(tmp_path / "a.jsonl", 4), Home(tmp_path / "home"), tmp_path / "said"
    with whatever_happens(disturbed_run(home.root, source, said=said, batch_size=2, fault=f"{at}:sleep")) as run:
        run.until_stopped()
        for number in (*signals, signal.SIGCONT):
            os.kill(run.pid, number)
        assert run.ended() == code, said.read_text()
        assert run.orphans() == []
    assert "the same command goes on" in said.read_text() and "Traceback" not in said.read_text()
    assert len(package.complete(home)) == packages
