"""The stages of a run as values: plain functions by default, Prefect tasks where a flow puts them in their place."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from contextvars import copy_context
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar

from pipeline import load as loader
from pipeline import package as packages
from pipeline.annotate import Annotated, annotate
from pipeline.cluster_batches import DoneBatch, SentBatch, annotate_on_worker, fetch_batch, send_batch
from pipeline.deduplicate import Batch, DeduplicationResult, deduplicate
from pipeline.discover import discover
from pipeline.maintenance.checks import Finding, check_packages, check_published
from pipeline.maintenance.reannotate import load_packages
from pipeline.pool import Pool
from pipeline.publish import publish
from pipeline.read import Staging, read
from pipeline.recognise import Recognised, recognise
from pipeline.recover import recover
from pipeline.shared_storage import SharedStorage
from pipeline.sources import Found, SourceFile
from pipeline.validate import Frames, validate
from warehouse.home import Home
from warta.records import Rejection

P = ParamSpec("P")
R = TypeVar("R")


class Begin(Protocol):
    """Begins a stage in the background; returns what waits for its result."""

    def __call__(self, stage: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]: ...


@contextmanager
def one_thread() -> Iterator[Begin]:
    """Stages in one thread beside this one, in order: annotation has a pool of processes of its own."""
    with ThreadPoolExecutor(max_workers=1) as executor:

        def begin(stage: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
            return executor.submit(copy_context().run, partial(stage, *args, **kwargs)).result

        yield begin


def prefetched(begun: Iterable[Callable[[], R]], at_once: int) -> Iterator[R]:
    """Results in order. `begun` begins a call whenever it is advanced: of at most `at_once` calls one is in use."""
    running = deque[Callable[[], R]]()
    for wait in begun:
        running.append(wait)
        if len(running) == at_once:
            yield running.popleft()()
    while running:
        yield running.popleft()()


@dataclass(frozen=True)
class Stages:
    """What a run and the maintenance of a home call."""

    # A run, in its order.
    recover: Callable[[Home], None] = recover
    discover: Callable[[list[str], Path], list[Found]] = discover
    recognise: Callable[[list[SourceFile | Rejection], Home, bool], Recognised] = recognise
    read: Callable[[list[SourceFile | Rejection], Pool, Path], Staging] = read
    deduplicate: Callable[[Staging, Home, int, bool], DeduplicationResult] = deduplicate
    annotate: Callable[[Batch, Staging, Pool, Iterable[str]], Annotated] = annotate
    validate: Callable[[Batch, Annotated, Home, str, str, datetime], Frames] = validate
    package: Callable[[Home, str, str, Frames, dict[str, Any]], Path] = packages.write
    load: Callable[[Home, Path], dict[str, int]] = loader.load
    publish: Callable[[Home], None] = publish
    # Annotation and validation on a cluster.
    send_batch: Callable[[Batch, Staging, SharedStorage, str, str, datetime, Iterable[str]], SentBatch] = send_batch
    annotate_on_worker: Callable[[SentBatch], DoneBatch] = annotate_on_worker
    fetch_batch: Callable[[SharedStorage, DoneBatch, Home], Frames] = fetch_batch
    # Maintenance.
    load_packages: Callable[[list[Path], Home, int, int], None] = load_packages
    check_packages: Callable[[Home], list[Finding]] = check_packages
    check_published: Callable[[Home], list[Finding]] = check_published
    # Where stages run in the background.
    background: Callable[[], AbstractContextManager[Begin]] = one_thread


PLAIN = Stages()
