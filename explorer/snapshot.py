"""The published warehouse as many requests read it at once, always the newest one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Condition, Event, Thread

import duckdb

from warehouse.db import NoWarehouse, reader

# For all requests together; what needs more fails.
MEMORY = "4GiB"


class Snapshot:
    """Cursors on the published warehouse, each with a limit of time, all with one of memory.

    DuckDB gives a process that opens a path again the database that it still holds, so a new snapshot is opened once
    nobody reads the old one any more; the limit of time bounds that wait.
    """

    def __init__(self, database: Path, seconds: float) -> None:
        self._database = database
        self._seconds = seconds
        self._free = Condition()
        self._readers = 0
        self._opened: tuple[int, int] | None = None
        self._stack = ExitStack()
        self._connection: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for one request. Raises NoWarehouse; statements past the limit raise duckdb.InterruptException."""
        cursor = self._enter()
        done = Event()
        watch = Thread(target=self._stop_when_late, args=(cursor, done), daemon=True)
        watch.start()
        try:
            yield cursor
        finally:
            done.set()
            watch.join()
            cursor.close()
            with self._free:
                self._readers -= 1
                self._free.notify_all()

    def _stop_when_late(self, cursor: duckdb.DuckDBPyConnection, done: Event) -> None:
        """An interruption reaches only the statement that runs at that moment: late requests get more than one."""
        ended = done.wait(self._seconds)
        while not ended:
            cursor.interrupt()
            ended = done.wait(0.05)

    def _enter(self) -> duckdb.DuckDBPyConnection:
        with self._free:
            while (found := self._found()) != self._opened:
                if self._readers:
                    self._free.wait()
                    continue
                self._stack.close()
                self._opened = None
                self._connection = self._stack.enter_context(reader(self._database, MEMORY))
                self._opened = found
            assert self._connection is not None
            self._readers += 1
            return self._connection.cursor()

    def _found(self) -> tuple[int, int]:
        try:
            status = self._database.stat()
        except FileNotFoundError:
            raise NoWarehouse(f"there is no warehouse at {self._database} yet; `warta run` makes one") from None
        return status.st_ino, status.st_mtime_ns

    def close(self) -> None:
        self._stack.close()
