"""Annotation on a Dask or Ray cluster, through Prefect's task runners for them."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from prefect import Task
from prefect.task_runners import TaskRunner
from prefect.utilities.callables import get_call_parameters

from flows.settings import LOCAL, RAY, Settings
from flows.stages import SERVER_GONE, Prefect

# A batch whose worker died goes to another one; where this many died of it, the run fails.
TRIES = 3

log = logging.getLogger("warta")


class RunnerMissing(RuntimeError):
    """The libraries of a runner are not installed."""


class ClusterFailed(RuntimeError):
    """The cluster has gone, or a batch failed on it however often it was tried."""


class Cluster(Prefect):
    """As Prefect, with the tasks of `ahead` on the workers of a cluster."""

    def __init__(self, runner: TaskRunner[Any], workers: int) -> None:
        super().__init__(at_once=2 * workers)
        self._runner = runner

    def ahead(self, stage: Task[..., Any], calls: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        try:
            yield from super().ahead(stage, calls)
        except SERVER_GONE:
            raise
        except Exception as error:
            said = f"{type(error).__name__}: {error}; the same command goes on from what is loaded"
            raise ClusterFailed(said) from error

    def _submit(self, stage: Task[..., Any], call: tuple[Any, ...]) -> Callable[[], Any]:
        if self.gone:
            return super()._submit(stage, call)
        first = self._future(stage, call)
        return lambda: self._run(stage, lambda: self._result(first, stage, call), call)

    def _future(self, stage: Task[..., Any], call: tuple[Any, ...]) -> Any:
        return self._runner.submit(stage, get_call_parameters(stage.fn, call, {}))

    def _result(self, future: Any, stage: Task[..., Any], call: tuple[Any, ...]) -> Any:
        for _ in range(TRIES - 1):
            try:
                return future.result()
            except SERVER_GONE:
                raise
            except Exception as error:
                log.warning("a worker of the cluster failed, another one tries: %s: %s", type(error).__name__, error)
                future = self._future(stage, call)
        return future.result()


def require(runner: str) -> None:
    """Raise RunnerMissing where the libraries of this runner are not installed."""
    if runner != LOCAL and importlib.util.find_spec(f"prefect_{runner}") is None:
        raise RunnerMissing(f"--runner {runner} needs more libraries: pip install 'warta[{runner}]'")


@contextmanager
def stages_for(settings: Settings) -> Iterator[Prefect]:
    """The stages of a flow run, with the cluster that its settings ask for."""
    if settings.runner == LOCAL:
        yield Prefect()
        return
    require(settings.runner)
    with _runner(settings) as runner:
        yield Cluster(runner, settings.workers)


def _runner(settings: Settings) -> TaskRunner[Any]:
    if settings.runner == RAY:
        from prefect_ray import RayTaskRunner

        return RayTaskRunner(address=settings.cluster)
    import dask
    from prefect_dask import DaskTaskRunner

    if settings.cluster:
        return DaskTaskRunner(address=settings.cluster)
    # Workers have to start a process of their own, in which articles are annotated.
    dask.config.set({"distributed.worker.daemon": False})
    own = {"n_workers": settings.workers, "threads_per_worker": 1, "dashboard_address": None}
    return DaskTaskRunner(cluster_kwargs=own)
