"""Many readers and two writers at once: nobody waits, nobody sees half a load, nobody loses a row."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

import articles
from disturbed import Disturbed, disturbed_run, start, whatever_happens
from warehouse.db import reader
from warehouse.digest import digest
from warehouse.home import Home, writer_lock

COUNT = "SELECT count(*) AS n FROM articles"


@pytest.fixture
def loading(sample_home: Home, tmp_path: Path) -> Iterator[Disturbed]:
    """A run that stands still in the middle of a load, over a home that has a published warehouse."""
    source = articles.write(tmp_path / "a.jsonl", 3)
    with whatever_happens(
        disturbed_run(sample_home.root, source, said=tmp_path / "said", fault="load.in_transaction:1:sleep")
    ) as run:
        run.until_stopped()
        yield run


def count(home: Home) -> int:
    with reader(home.published) as connection:
        return connection.execute(COUNT).fetchall()[0][0]


def test_a_load_is_not_seen_before_it_is_published(sample_home: Home, loading: Disturbed, tmp_path: Path) -> None:
    before = digest(sample_home.published)
    # A second writer is refused, and told who holds the home.
    second = disturbed_run(sample_home.root, tmp_path / "a.jsonl", said=tmp_path / "second")
    assert second.ended() == 3
    assert f"process {loading.pid}" in (tmp_path / "second").read_text()
    # Fifty readers get the old answer.
    asked = [
        start("sql", COUNT, "--format", "json", "--home", sample_home.root, said=tmp_path / f"asked{n}")
        for n in range(50)
    ]
    assert [run.ended() for run in asked] == [0] * 50
    answers = [(tmp_path / f"asked{n}").read_text().replace("1 rows\n", "") for n in range(50)]
    assert [json.loads(answer) for answer in answers] == [[{"n": 16}]] * 50
    assert digest(sample_home.published) == before
    # A reader that stays keeps its snapshot while the load is published.
    with reader(sample_home.published) as stays:
        os.kill(loading.pid, signal.SIGCONT)
        assert loading.ended() == 0
        assert stays.execute(COUNT).fetchall() == [(16,)]
    assert count(sample_home) == 19


def test_lock_of_a_dead_process_is_free(sample_home: Home) -> None:
    sample_home.lock.write_text("999999")
    with writer_lock(sample_home):
        assert sample_home.lock.read_text() == str(os.getpid())
