"""The work goes on when the Prefect server goes away in the middle of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from prefect.concurrency.asyncio import ConcurrencySlotAcquisitionError

from flows.server.prefect_runner import PrefectRunner, TaskStage
from pipeline.stages import PLAIN, Stages, one_thread, prefetched


class FakeTask:
    """A task whose runs cannot begin any more after `served` of them; counts how it was called."""

    def __init__(self, served: int, error: Exception) -> None:
        self.served, self.error, self.as_task, self.as_function = served, error, 0, 0

    def __call__(self, value: int) -> int:
        self.as_task += 1
        if self.as_task > self.served:
            raise self.error
        return 2 * value

    def function(self, value: int) -> int:
        self.as_function += 1
        return 2 * value

    def submit(self, value: int) -> SimpleNamespace:
        return SimpleNamespace(result=lambda: self(value))


def stage_of(task: FakeTask, runner: PrefectRunner | None = None) -> TaskStage[..., int]:
    return TaskStage(runner or PrefectRunner(), task, task.function)  # type: ignore[arg-type]


GONE = [httpx.ConnectError("refused"), ConcurrencySlotAcquisitionError("no slots")]


@pytest.mark.parametrize("error", GONE, ids=lambda error: type(error).__name__)
def test_after_the_server_went_functions_do_the_rest(error: Exception) -> None:
    task = FakeTask(2, error)
    stage = stage_of(task)
    assert [stage(value) for value in range(5)] == [0, 2, 4, 6, 8]
    assert (task.as_task, task.as_function) == (3, 3)  # one try in vain, none after it


@pytest.mark.parametrize("error", GONE, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("served", [0, 1, 4, 5])
def test_what_was_submitted_before_is_not_lost(error: Exception, served: int) -> None:
    task, runner = FakeTask(served, error), PrefectRunner()
    stage = stage_of(task, runner)
    with runner.background() as begin:
        assert list(prefetched((begin(stage, value) for value in range(5)), at_once=2)) == [0, 2, 4, 6, 8]
    assert task.as_function == 5 - min(served, 5)


def broken(value: int) -> int:
    raise ZeroDivisionError


def test_other_faults_are_not_taken_for_it() -> None:
    task, runner = FakeTask(0, ZeroDivisionError()), PrefectRunner()
    stage = stage_of(task, runner)
    with pytest.raises(ZeroDivisionError):
        stage(1)
    with pytest.raises(ZeroDivisionError), runner.background() as begin:
        begin(stage, 1)()
    with pytest.raises(ZeroDivisionError), one_thread() as plain:
        plain(broken, 1)()
    assert (runner.gone, task.as_function) == (False, 0)


@pytest.mark.parametrize("at_once", [1, 2, 3, 9])
def test_results_come_in_order_and_no_more_than_so_many_are_begun(at_once: int) -> None:
    begun: list[int] = []

    def begin(value: int) -> Callable[[], int]:
        begun.append(value)
        return lambda: value

    ahead = []
    for value in prefetched(map(begin, range(5)), at_once):
        ahead.append(len(begun) - value)
    assert begun == [0, 1, 2, 3, 4]
    assert max(ahead) == min(at_once, 5)


def test_every_stage_of_a_flow_run_is_a_task() -> None:
    """None is forgotten, and each has the plain function of its own name."""
    stages = PrefectRunner().stages()
    for field in fields(Stages):
        value: Any = getattr(stages, field.name)
        if field.name != "background":
            assert isinstance(value, TaskStage), field.name
            assert value.function is getattr(PLAIN, field.name)
            assert value.task.fn is value.function
