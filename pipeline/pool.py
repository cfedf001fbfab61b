"""A supervised pool of worker processes for untrusted input.

One hostile article must not take its neighbours with it: each result has a deadline, each worker a memory cap, and a
worker that dies is replaced, with only the item it held reported as failed. Workers are spawned, never forked (a fork
would share the warehouse's file handles), and run functions of modules that do not import Prefect.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any

from pipeline.deadline import Deadline
from warehouse.errors import WartaError

START_UP_SECONDS = 120.0


@dataclass(frozen=True)
class Failure:
    """Why an item gave no (further) result: `reason` is a stable code, `detail` a sentence, `trace` where it broke."""

    reason: str
    detail: str
    trace: str = ""


class PoolBroken(WartaError):
    """Workers die before they have started: a fault of the installation, not of an item."""


@dataclass
class _Worker:
    process: SpawnProcess
    pipe: Connection
    deadline: Deadline
    ready: bool = False
    item: int | None = None
    given: Any = None
    results: int = 0


class Pool:
    """`with Pool(workers=2) as pool: for index, result in pool.map(function, items): ...`

    `function(item)` yields any number of results; a Failure is yielded in place of those it could not give. An item
    whose worker died before the first result is tried once more: the kernel, short of memory, may have killed any.
    """

    def __init__(self, workers: int, deadline: float = 120.0, memory: int = 4 << 30) -> None:
        """`deadline`: seconds of processor time that one result of an item may take (pipeline/deadline.py); the longest
        text takes a third of them. `memory`: bytes of address space that a worker may take."""
        self._size, self._seconds, self._memory = workers, deadline, memory
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._again = deque[tuple[int, Any]]()
        self._retried = set[int]()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            self._end(worker)
        self._workers = []

    def shrink(self, size: int) -> None:
        """End all workers but so many."""
        for worker in self._workers[size:]:
            self._end(worker)
        del self._workers[size:]

    def map(self, function: Callable[[Any], Iterable[Any]], items: Iterable[Any]) -> Iterator[tuple[int, Any]]:
        """(index of the item, result or Failure), in the order in which results come."""
        waiting = enumerate(items)
        self._again.clear()
        self._retried.clear()
        try:
            while True:
                self._feed(function, waiting)
                busy = [worker for worker in self._workers if worker.item is not None]
                if not busy:
                    return
                yield from self._collect(busy)
        finally:
            for worker in [w for w in self._workers if w.item is not None]:  # left by an abandoned iteration
                self._drop(worker)

    def _feed(self, function: Callable[[Any], Iterable[Any]], waiting: Iterator[tuple[int, Any]]) -> None:
        while True:
            idle = next((w for w in self._workers if w.item is None), None)
            if idle is None and len(self._workers) >= self._size:
                return
            index, item = self._again.popleft() if self._again else next(waiting, (None, None))
            if index is None:
                return
            worker = idle or self._start()
            worker.item, worker.given, worker.results = index, item, 0
            if worker.ready:
                worker.deadline = self._deadline_of(worker.process)
            try:
                worker.pipe.send((function, item))
            except (BrokenPipeError, ConnectionResetError):
                continue  # it died idle; _collect sees the end of its pipe and reports the item

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._memory), daemon=True)
        with _without_interrupts():
            process.start()
        theirs.close()
        worker = _Worker(process, ours, Deadline(process.pid or 0, START_UP_SECONDS))
        self._workers.append(worker)
        return worker

    def _collect(self, busy: list[_Worker]) -> Iterator[tuple[int, Any]]:
        next_look = min(worker.deadline.next_look for worker in busy)
        readable = set(wait([worker.pipe for worker in busy], timeout=max(0.0, next_look - time.monotonic())))
        for worker in busy:
            index = worker.item
            assert index is not None
            if worker.pipe in readable:
                yield from self._receive(worker, index)
            elif worker.deadline.has_passed():
                self._drop(worker)
                yield index, Failure("timeout", f"gave no result within {self._seconds:.0f} seconds")

    def _receive(self, worker: _Worker, index: int) -> Iterator[tuple[int, Any]]:
        try:
            kind, value = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            self._drop(worker)
            code = worker.process.exitcode
            if not worker.ready:
                raise PoolBroken(f"a worker process ended while it started (exit code {code})") from None
            if not worker.results and index not in self._retried:
                self._retried.add(index)
                self._again.append((index, worker.given))
                return
            yield index, Failure("worker_died", f"ended its worker process with code {code}")
            return
        worker.ready, worker.deadline = True, self._deadline_of(worker.process)
        if kind == "result":
            worker.results += 1
            yield index, value
        elif kind == "failure":
            worker.item = None
            yield index, value
        elif kind == "done":
            worker.item = None

    def _deadline_of(self, process: SpawnProcess) -> Deadline:
        return Deadline(process.pid or 0, self._seconds)

    def _drop(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        self._end(worker)

    @staticmethod
    def _end(worker: _Worker) -> None:
        with suppress(OSError):
            worker.pipe.close()
        worker.process.kill()
        worker.process.join()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C goes to all processes of a terminal; a worker that still starts would die of it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, memory: int) -> None:
    """A worker's life: take an item, send its results, until the pipe ends (with the parent, if that dies)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send(("ready", None))
        while True:
            function, item = pipe.recv()
            try:
                for result in function(item):
                    pipe.send(("result", result))
                pipe.send(("done", None))
            except MemoryError:
                pipe.send(("failure", Failure("out_of_memory", f"needed more than {memory >> 20} MiB")))
            except (BrokenPipeError, ConnectionResetError):
                return
            except Exception as error:
                detail = f"met a fault of warta: {type(error).__name__}: {error}"[:500]
                pipe.send(("failure", Failure("internal_error", detail, traceback.format_exc())))
