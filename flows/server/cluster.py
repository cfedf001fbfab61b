"""Annotation on a Dask or Ray cluster, through Prefect's task runners for them."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from prefect.task_runners import TaskRunner
from prefect.utilities.callables import get_call_parameters

from flows.server.prefect_runner import SERVER_GONE, PrefectRunner, TaskStage
from pipeline.settings import Runner, Settings
from warehouse.errors import WartaError

# A batch whose worker died goes to another one; where this many died of it, the run fails.
TRIES = 3

log = logging.getLogger("warta")

P = ParamSpec("P")
R = TypeVar("R")


class RunnerMissing(WartaError):
    """The libraries of a runner are not installed."""


class ClusterFailed(WartaError):
    """The cluster has gone, or a batch failed on it however often it was tried."""


class ClusterRunner(PrefectRunner):
    """As PrefectRunner, with the stages that are begun in the background on the workers of a cluster."""

    def __init__(self, runner: TaskRunner[Any]) -> None:
        super().__init__()
        self._runner = runner

    def submit(self, stage: TaskStage[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        parameters = get_call_parameters(stage.function, args, dict(kwargs))

        def submitted() -> Any:
            try:
                return self._runner.submit(stage.task, parameters)
            except SERVER_GONE:
                raise
            except Exception as error:  # the cluster has gone
                raise _failed(error) from error

        first = submitted()
        return lambda: _result(first, submitted)


def _result(future: Any, submit_again: Callable[[], Any]) -> Any:
    """The result of the first try that gives one."""
    for left in reversed(range(TRIES)):
        try:
            return future.result()
        except SERVER_GONE:
            raise
        except Exception as error:
            if not left:
                raise _failed(error) from error
            log.warning("a worker of the cluster failed, another one tries: %s: %s", type(error).__name__, error)
        future = submit_again()
    raise AssertionError("unreachable")


def _failed(error: Exception) -> ClusterFailed:
    return ClusterFailed(f"{type(error).__name__}: {error}; the same command goes on from what is loaded")


def require(runner: Runner) -> None:
    """Raise RunnerMissing where the libraries of this runner are not installed."""
    if runner is not Runner.LOCAL and importlib.util.find_spec(f"prefect_{runner}") is None:
        raise RunnerMissing(f"--runner {runner} needs more libraries: pip install 'warta[{runner}]'")


@contextmanager
def runner_for(settings: Settings) -> Iterator[PrefectRunner]:
    """The runner of a flow run, with the cluster that its settings ask for."""
    if settings.runner is Runner.LOCAL:
        yield PrefectRunner()
        return
    require(settings.runner)
    with _task_runner(settings) as runner:
        yield ClusterRunner(runner)


def _task_runner(settings: Settings) -> TaskRunner[Any]:
    if settings.runner is Runner.RAY:
        from prefect_ray import RayTaskRunner

        ray: TaskRunner[Any] = RayTaskRunner(address=settings.cluster)
        return ray
    import dask
    from prefect_dask import DaskTaskRunner

    if settings.cluster:
        options: dict[str, Any] = {"address": settings.cluster}
    else:
        # Workers have to start a process of their own, in which articles are annotated.
        dask.config.set({"distributed.worker.daemon": False})
        own = {"n_workers": settings.workers, "threads_per_worker": 1, "dashboard_address": None}
        options = {"cluster_kwargs": own}
    runner: TaskRunner[Any] = DaskTaskRunner(**options)
    return runner
