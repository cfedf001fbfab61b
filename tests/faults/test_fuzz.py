"""Damaged samples, as many as fit into a fixed time: none crashes, hangs or gives a row that is not where it says."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

import mutants
import pytest

import ledger
from pipeline.pool import Failure, Pool


def mutate_for(seconds: float, first: int) -> int:
    """Ingests mutants until the time is over; returns how many. A failure names the mutant's number."""

    def numbers() -> Iterator[int]:
        until = time.monotonic() + seconds
        yield from itertools.takewhile(lambda _: time.monotonic() < until, itertools.count(first))

    done = 0
    with Pool(1, deadline=60) as pool:
        for index, result in pool.map(mutants.ingest, numbers()):
            assert not isinstance(result, Failure), f"mutant {first + index}: {result}"
            done += 1
    return done


def test_mutants_for_some_seconds() -> None:
    assert mutate_for(8, first=0) > 0


@pytest.mark.whole
def test_mutants_for_minutes() -> None:
    ledger.skip_if_done("mutants")
    ledger.shown("mutants", "damaged samples", {"ingested or rejected with a reason": mutate_for(300, first=1_000_000)})
