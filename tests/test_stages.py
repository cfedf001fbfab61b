"""The work goes on when the Prefect server goes away in the middle of a run."""

from __future__ import annotations

from types import SimpleNamespace

import httpx
import pytest
from prefect.concurrency.asyncio import ConcurrencySlotAcquisitionError

from flows.stages import Direct, Prefect, Stages


class Stage:
    """A task whose runs cannot begin any more after `served` of them; counts how it was called."""

    name = "stage"

    def __init__(self, served: int, error: Exception) -> None:
        self.served, self.error, self.as_task, self.as_function = served, error, 0, 0

    def __call__(self, value: int) -> int:
        self.as_task += 1
        if self.as_task > self.served:
            raise self.error
        return 2 * value

    def fn(self, value: int) -> int:
        self.as_function += 1
        return 2 * value

    def submit(self, value: int) -> SimpleNamespace:
        return SimpleNamespace(result=lambda: self(value))


GONE = [httpx.ConnectError("refused"), ConcurrencySlotAcquisitionError("no slots")]


@pytest.mark.parametrize("error", GONE, ids=lambda error: type(error).__name__)
def test_after_the_server_went_functions_do_the_rest(error: Exception) -> None:
    stages, stage = Prefect(), Stage(2, error)
    assert [stages.call(stage, value) for value in range(5)] == [0, 2, 4, 6, 8]  # type: ignore[arg-type]
    assert (stage.as_task, stage.as_function) == (3, 3)  # one try in vain, none after it


@pytest.mark.parametrize("error", GONE, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("served", [0, 1, 4, 5])
def test_what_was_submitted_before_is_not_lost(error: Exception, served: int) -> None:
    stages, stage = Prefect(), Stage(served, error)
    assert list(stages.ahead(stage, [(value,) for value in range(5)])) == [0, 2, 4, 6, 8]  # type: ignore[arg-type]
    assert stage.as_function == 5 - min(served, 5)


@pytest.mark.parametrize("stages", [Prefect(), Direct()], ids=lambda stages: type(stages).__name__)
def test_other_faults_are_not_taken_for_it(stages: Stages) -> None:
    def broken(value: int) -> int:
        raise ZeroDivisionError

    stage = Stage(0, ZeroDivisionError())
    stage.fn = broken  # type: ignore[method-assign]
    with pytest.raises(ZeroDivisionError):
        stages.call(stage, 1)  # type: ignore[arg-type]
    with pytest.raises(ZeroDivisionError):
        list(stages.ahead(stage, [(1,)]))  # type: ignore[arg-type]
