"""A visitor's own SQL, each statement in a process of its own: it may be killed, and its memory has an end.

DuckDB's limits of time and memory do not hold for what is made as one value (`range(100000000)`, `repeat`).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore
from typing import Any

from warehouse.db import NoWarehouse
from warehouse.errors import WartaError

STATEMENTS = 4
_ROOT = Path(__file__).parents[1]
# What `explorer.statement` writes as a pair of kind and value.
_READ: dict[str, Callable[[Any], Any]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "Decimal": Decimal,
    "nested": lambda value: value,
}


class Refused(WartaError):
    """The statement cannot be asked; the message is DuckDB's."""


class Stopped(WartaError):
    """The statement was not answered. `label` names the text that says why."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.label = label


@dataclass(frozen=True)
class Answer:
    columns: list[str]
    rows: list[list[Any]]


class Sandbox:
    """Asks at most STATEMENTS statements at a time.

    A process needs half a second to start, so one that is ready waits for the next statement.
    """

    def __init__(self, database: Path, seconds: float) -> None:
        self._database = database.resolve()
        self._seconds = seconds
        self._turns = BoundedSemaphore(STATEMENTS)
        self._waiting: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()

    def ask(self, statement: str, rows: int, longest: int | None) -> Answer:
        """At most `rows` rows; text is cut after `longest` characters and one.

        Raises NoWarehouse, Refused, and Stopped where the statement needs too long or too much, or others wait already.
        """
        if not self._database.is_file():
            raise NoWarehouse(f"there is no warehouse at {self._database} yet; `warta run` makes one")
        with self._turn():
            given = [str(self._database), statement, rows, longest, self._seconds]
            return _answer(self._ask(json.dumps(given).encode()))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(blocking=False):
            raise Stopped("busy")
        try:
            yield
        finally:
            self._turns.release()

    def _ask(self, given: bytes) -> bytes:
        with self._process() as process:
            assert process.stdout is not None
            if not process.stdout.readline():  # it is ready: only now does its time begin
                raise ChildProcessError("explorer.statement does not start")
            try:
                written = process.communicate(given, timeout=self._seconds)[0]
            except subprocess.TimeoutExpired:
                raise Stopped("too_slow") from None
            finally:
                if self._waiting.empty():
                    self._waiting.put(_start())
            if process.returncode < 0:  # killed where memory was asked for beyond the limit
                raise Stopped("too_large")
            return written

    @contextmanager
    def _process(self) -> Iterator[subprocess.Popen[bytes]]:
        with self._next() as process:
            try:
                yield process
            finally:
                process.kill()

    def _next(self) -> subprocess.Popen[bytes]:
        try:
            waiting = self._waiting.get_nowait()
        except Empty:
            return _start()
        return waiting if waiting.poll() is None else _start()

    def close(self) -> None:
        with suppress(Empty):
            while True:
                with self._waiting.get_nowait() as process:
                    process.kill()


def _start() -> subprocess.Popen[bytes]:
    """A process that waits for its statement. It ends when its input does, so it never outlives this one for long;
    Ctrl-C in a terminal does not reach it.
    """
    command = [sys.executable, "-m", "explorer.statement"]
    return subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)


def _answer(written: bytes) -> Answer:
    """What the process wrote."""
    found = json.loads(written)
    if "refused" in found:
        raise Refused(found["refused"])
    if "stopped" in found:
        raise Stopped(found["stopped"])
    return Answer(found["columns"], [[_value(cell) for cell in row] for row in found["rows"]])


def _value(cell: Any) -> Any:
    return _READ[cell[0]](cell[1]) if isinstance(cell, list) else cell
