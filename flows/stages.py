"""Two ways to run the same tasks: under Prefect, or directly."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, Protocol

from prefect import Task


class Stages(Protocol):
    """How a flow calls its tasks; `seconds` adds up the time by task name."""

    seconds: Counter[str]

    def call(self, stage: Task[..., Any], *arguments: Any) -> Any:
        """Run one task and wait for its result."""

    def ahead(self, stage: Task[..., Any], calls: list[tuple[Any, ...]]) -> Iterator[Any]:
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

    def ahead(self, stage: Task[..., Any], calls: list[tuple[Any, ...]]) -> Iterator[Any]:
        with ThreadPoolExecutor(max_workers=1) as executor:
            yield from _two_at_a_time(lambda call: executor.submit(copy_context().run, stage.fn, *call), calls)


class Prefect(_Timed):
    """Task runs that Prefect sees, names and retries; inside a flow run only."""

    def call(self, stage: Task[..., Any], *arguments: Any) -> Any:
        return self._timed(stage, stage, *arguments)

    def ahead(self, stage: Task[..., Any], calls: list[tuple[Any, ...]]) -> Iterator[Any]:
        yield from _two_at_a_time(lambda call: stage.submit(*call), calls)


def _two_at_a_time(submit: Callable[[tuple[Any, ...]], Any], calls: list[tuple[Any, ...]]) -> Iterator[Any]:
    """One result in use, one on its way: no more lies in memory."""
    waiting, running = deque(calls), deque[Any]()
    while waiting or running:
        while waiting and len(running) < 2:
            running.append(submit(waiting.popleft()))
        yield running.popleft().result()
