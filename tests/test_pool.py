"""One bad item fails alone, whatever it does."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import deadline as deadline_module
from pipeline import standing as standing_module
from pipeline.deadline import Deadline, processor_seconds
from pipeline.pool import Failure, Pool
from pipeline.standing import pool_of


def behave(item: str) -> Iterator[str]:
    yield f"{item} began"
    match item:
        case "dies":
            os._exit(3)
        case "hangs":
            time.sleep(600)
        case "eats":
            bytearray(1 << 40)
        case "raises":
            raise ValueError("no good")
    yield f"{item} ended"


def outcomes(items: list[str], workers: int = 2) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {item: [] for item in items}
    with Pool(workers, deadline=3) as pool:
        for index, result in pool.map(behave, items):
            found[items[index]].append(result.reason if isinstance(result, Failure) else result)
    return found


@pytest.mark.parametrize(
    ("bad", "reason"),
    [("dies", "worker_died"), ("hangs", "timeout"), ("eats", "out_of_memory"), ("raises", "internal_error")],
)
def test_bad_item_fails_alone(bad: str, reason: str) -> None:
    good = [f"good {number}" for number in range(6)]
    found = outcomes([*good[:3], bad, *good[3:]])
    assert found.pop(bad) == [f"{bad} began", reason]
    assert found == {item: [f"{item} began", f"{item} ended"] for item in good}


def die(marker: Path) -> Iterator[str]:
    """Ends its process, where `marker` is a file only until it has removed that."""
    if marker.name == "always" or marker.exists():
        marker.unlink(missing_ok=True)
        os._exit(139)
    yield "lived"


def test_item_whose_worker_died_is_tried_once_more(tmp_path: Path) -> None:
    (tmp_path / "once").touch()
    with Pool(2) as pool:
        found = dict(pool.map(die, [tmp_path / n for n in ("once", "always", "never")]))
    assert (found[0], found[1].reason, found[2]) == ("lived", "worker_died", "lived")


def test_abandoned_map_leaves_the_pool_usable() -> None:
    with Pool(1, deadline=60) as pool:
        for _ in pool.map(behave, ["a", "b", "c"]):
            break
        assert [result for _, result in pool.map(behave, ["d"])] == ["d began", "d ended"]


def test_no_worker_outlives_the_pool() -> None:
    with Pool(2) as pool:
        list(pool.map(behave, ["a", "b"]))
        processes = [worker.process for worker in pool._workers]
    assert processes
    assert not any(process.is_alive() for process in processes)


def test_a_deadline_counts_from_result_to_result() -> None:
    """Many slow results of one item are no reason to give it up, however long it takes as a whole."""
    with Pool(1, deadline=2) as pool:
        assert [result for _, result in pool.map(work_slowly, [8])] == list(range(8))


def work_slowly(results: int) -> Iterator[int]:
    for number in range(results):
        until = time.process_time() + 0.5
        while time.process_time() < until:
            pass
        yield number


def test_an_item_that_never_stops_working_ends() -> None:
    with Pool(1, deadline=1) as pool:
        ((_, failure),) = pool.map(work_for_ever, [None])
    assert failure.reason == "timeout"


def work_for_ever(_: None) -> Iterator[None]:
    while True:
        time.process_time()
    yield


@pytest.mark.parametrize(
    ("share", "ends"),
    [
        (1.0, 60),  # it works all the time
        (0.25, 240),  # the machine is busy with other things: it gets its time all the same
        (0.05, 1200),
        (0.0, 60),  # it waits for something
        (0.01, 60),  # it looks from time to time whether that has come
    ],
)
def test_a_busy_machine_changes_no_deadline(share: float, ends: float, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr(deadline_module.time, "monotonic", lambda: now)
    monkeypatch.setattr(deadline_module, "processor_seconds", lambda pid: share * now)
    deadline = Deadline(1, 60)
    looks = 0
    while not deadline.has_passed():
        looks += 1
        now = max(deadline.next_look, now + 0.01)
    assert ends <= now - 1_000 <= ends + 61
    assert looks < 200


def test_processor_time_of_a_process() -> None:
    used = processor_seconds(os.getpid())
    assert abs(used - time.process_time()) < 1
    assert processor_seconds(1 << 22) == 0  # there is none of that number


def process(_: object) -> Iterator[int]:
    time.sleep(0.2)  # so that the other worker takes the next item
    yield os.getpid()


def workers_of_a_run(workers: int) -> set[int]:
    with pool_of(workers) as pool:
        return {found for _, found in pool.map(process, range(4)) if isinstance(found, int)}


def test_a_standing_process_keeps_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing_module, "Pool", Pool)
    with standing_module.standing(2):
        first, second = workers_of_a_run(2), workers_of_a_run(2)
        assert len(first) == len(second) == 2
        (kept,) = first & second
    assert not Path(f"/proc/{kept}").exists()
    assert not (workers_of_a_run(1) & workers_of_a_run(1))
