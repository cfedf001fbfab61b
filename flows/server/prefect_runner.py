"""The stages as task runs that Prefect sees, names and retries; inside a flow run only.

When its server goes away, the work goes on as the plain functions: what fails then is the start of a task run.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, ParamSpec, TypeVar

import httpx
from prefect import Task
from prefect.concurrency.asyncio import ConcurrencySlotAcquisitionError

from pipeline.stages import PLAIN, Begin, Stages
from tasks import stages as tasks

# What Prefect raises when its server cannot be reached; before each task run it asks for the slots of the task's tags.
SERVER_GONE = (httpx.TransportError, ConcurrencySlotAcquisitionError)

log = logging.getLogger("warta")

P = ParamSpec("P")
R = TypeVar("R")


class TaskStage(Generic[P, R]):
    """A stage as a task of `runner`, or as its plain function once the server has gone."""

    def __init__(self, runner: PrefectRunner, task: Task[P, R], function: Callable[P, R]) -> None:
        self._runner, self.task, self.function = runner, task, function

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if self._runner.gone:
            return self.function(*args, **kwargs)
        return self.finish(lambda: self.task(*args, **kwargs), *args, **kwargs)

    def begin(self, *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        """Submit the task; what is returned waits for its result."""
        if self._runner.gone:
            return lambda: self.function(*args, **kwargs)
        wait = self._runner.submit(self, *args, **kwargs)
        return lambda: self.finish(wait, *args, **kwargs)

    def finish(self, wait: Callable[[], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """The result of a task run; of the plain function where the server has gone."""
        try:
            return wait()
        except SERVER_GONE as error:
            log.warning("the Prefect server has gone, the work goes on without it: %s", error)
            self._runner.gone = True
            return self.function(*args, **kwargs)


class PrefectRunner:
    """Makes the stages of a flow run; `gone`: whether its server has gone."""

    def __init__(self) -> None:
        self.gone = False

    def stages(self) -> Stages:
        """Every stage of `tasks/`, in the place of its plain function."""
        return Stages(
            recover=TaskStage(self, tasks.recover, PLAIN.recover),
            discover=TaskStage(self, tasks.discover, PLAIN.discover),
            recognise=TaskStage(self, tasks.recognise, PLAIN.recognise),
            read=TaskStage(self, tasks.read, PLAIN.read),
            deduplicate=TaskStage(self, tasks.deduplicate, PLAIN.deduplicate),
            annotate=TaskStage(self, tasks.annotate, PLAIN.annotate),
            validate=TaskStage(self, tasks.validate, PLAIN.validate),
            package=TaskStage(self, tasks.package, PLAIN.package),
            load=TaskStage(self, tasks.load, PLAIN.load),
            publish=TaskStage(self, tasks.publish, PLAIN.publish),
            send_batch=TaskStage(self, tasks.send_batch, PLAIN.send_batch),
            annotate_on_worker=TaskStage(self, tasks.annotate_on_worker, PLAIN.annotate_on_worker),
            fetch_batch=TaskStage(self, tasks.fetch_batch, PLAIN.fetch_batch),
            load_packages=TaskStage(self, tasks.load_packages, PLAIN.load_packages),
            check_packages=TaskStage(self, tasks.check_packages, PLAIN.check_packages),
            check_published=TaskStage(self, tasks.check_published, PLAIN.check_published),
            background=self.background,
        )

    def submit(self, stage: TaskStage[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        """Hand a task run to the flow's task runner."""
        future = stage.task.submit(*args, **kwargs)
        return lambda: _result(future)

    @contextmanager
    def background(self) -> Iterator[Begin]:
        """Task runs of the flow's task runner."""

        def begin(stage: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
            assert isinstance(stage, TaskStage), "only stages of this runner are begun here"
            begun: Callable[[], R] = stage.begin(*args, **kwargs)
            return begun

        yield begin


def _result(future: Any) -> Any:
    return future.result()
