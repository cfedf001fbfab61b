"""The published warehouse as many requests read it at once, always the newest one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Condition, Timer

import duckdb

from warehouse.db import NoWarehouse, reader


class Snapshot:
    """Cursors on the published warehouse, each with a limit of time.

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
        timer = Timer(self._seconds, cursor.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield cursor
        finally:
            timer.cancel()
            cursor.close()
            with self._free:
                self._readers -= 1
                self._free.notify_all()

    def _enter(self) -> duckdb.DuckDBPyConnection:
        with self._free:
            while (found := self._found()) != self._opened:
                if self._readers:
                    self._free.wait()
                    continue
                self._stack.close()
                self._opened = None
                self._connection = self._stack.enter_context(reader(self._database))
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
