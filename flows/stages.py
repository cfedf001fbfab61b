"""Two ways to run the same tasks: under Prefect, or directly."""

from __future__ import annotations

import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Any, Protocol

import httpx
from prefect import Task
from prefect.concurrency.asyncio import ConcurrencySlotAcquisitionError

# What Prefect raises when its server cannot be reached; before each task run it asks for the slots of the task's tags.
SERVER_GONE = (httpx.TransportError, ConcurrencySlotAcquisitionError)

log = logging.getLogger("warta")


class Stages(Protocol):
    """How a flow calls its tasks; `seconds` adds up the time by task name."""

    seconds: Counter[str]

    def call(self, stage: Task[..., Any], *arguments: Any) -> Any:
        """Run one task and wait for its result."""

    def ahead(self, stage: Task[..., Any], calls: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """The results of one task for several arguments, in order; the next is computed while one is used."""


class _Timed:
    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def _timed(self, stage: Task[..., Any], function: Callable[..., Any], *arguments: Any) -> Any:
        began = time.monotonic()
        try:
            return function(*arguments)
        finally:
            self.seconds[stage.name] += time.monotonic() - began


class Direct(_Timed):
    """The plain functions below the tasks: no server, no records."""

    def call(self, stage: Task[..., Any], *arguments: Any) -> Any:
        return self._timed(stage, stage.fn, *arguments)

    def ahead(self, stage: Task[..., Any], calls: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        with ThreadPoolExecutor(max_workers=1) as executor:
            yield from _some_at_a_time(
                2, lambda call: executor.submit(copy_context().run, stage.fn, *call).result, calls
            )


class Prefect(_Timed):
    """Task runs that Prefect sees, names and retries; inside a flow run only.

    When its server goes away (`gone`), the work goes on as the plain functions: what fails is the start of a task run.
    """

    def __init__(self, at_once: int = 2) -> None:
        """`at_once`: calls of `ahead` that may wait or run at a time."""
        super().__init__()
        self._at_once = at_once
        self.gone = False

    def call(self, stage: Task[..., Any], *arguments: Any) -> Any:
        run = partial(stage.fn if self.gone else stage, *arguments)
        return self._timed(stage, self._run, stage, run, arguments)

    def ahead(self, stage: Task[..., Any], calls: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        yield from _some_at_a_time(self._at_once, lambda call: self._submit(stage, call), calls)

    def _submit(self, stage: Task[..., Any], call: tuple[Any, ...]) -> Callable[[], Any]:
        run = partial(stage.fn, *call) if self.gone else stage.submit(*call).result
        return partial(self._run, stage, run, call)

    def _run(self, stage: Task[..., Any], run: Callable[[], Any], arguments: tuple[Any, ...]) -> Any:
        try:
            return run()
        except SERVER_GONE as error:
            log.warning("the Prefect server has gone, the work goes on without it: %s", error)
            self.gone = True
            return stage.fn(*arguments)


def _some_at_a_time(
    at_once: int, submit: Callable[[tuple[Any, ...]], Callable[[], Any]], calls: Iterable[tuple[Any, ...]]
) -> Iterator[Any]:
    """One result in use, the others on their way: no more in memory. `submit` begins a call and returns what waits for
    it."""
    running = deque[Callable[[], Any]]()
    for call in calls:
        running.append(submit(call))
        if len(running) == at_once:
            yield running.popleft()()
    while running:
        yield running.popleft()()
