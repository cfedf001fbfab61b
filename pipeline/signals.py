"""Ctrl-C and SIGTERM: the first lets the batch at hand end, the second ends at once, and the next run goes on.

Either way the process ends within five seconds. Python runs handlers of signals only between its own instructions,
and a statement of DuckDB is one of them: a thread beside interrupts statements, and ends the process where that is not
enough. To be ended anywhere does no harm, as a kill does none.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import duckdb

from warehouse.db import interrupt_statements

log = logging.getLogger("warta")

GRACE = 2.5  # seconds for the batch at hand
LIMIT = 3.5  # seconds until the process is ended, whatever it does; a busy machine needs some more
_EVERY = 0.05  # an interruption reaches only the statement that runs at that moment
_ENDING = (signal.SIGINT, signal.SIGTERM)


class Interrupted(KeyboardInterrupt):
    """Somebody asked the run to end, by the signal of this number."""

    def __init__(self, signum: int) -> None:
        super().__init__(f"signal {signum}")
        self.signum = signum

    @property
    def exit_code(self) -> int:
        """As a shell gives it: 130 for Ctrl-C, 143 for SIGTERM."""
        return 128 + self.signum


class Signals:
    """Raises Interrupted in the main thread when a signal comes, or at the end of what is `postponed`."""

    def __init__(self) -> None:
        self.came: int | None = None
        self._postponed = False

    @contextmanager
    def postponed(self) -> Iterator[None]:
        """The first signal waits for the end of the block, at most GRACE seconds."""
        self._postponed = True
        try:
            yield
        finally:
            self._postponed = False
        if self.came is not None:
            raise Interrupted(self.came)

    def handle(self, signum: int, frame: FrameType | None) -> None:
        first, self.came = self.came is None, signum
        if self._postponed and first:
            log.warning("ending after the batch at hand; once more ends at once")
            return
        interrupt_statements()  # an error that is raised while DuckDB works ends the waiting for it, not the work
        raise Interrupted(signum)

    def watch(self, came: int) -> None:
        """Read the numbers of signals from a pipe until it is closed; from the first on, see to it that all ends."""
        number = _number(came)
        if number is None:
            return
        ends = time.monotonic() + LIMIT
        if self._postponed and not _readable(came, GRACE):
            self._postponed = False
            signal.pthread_kill(_main(), number)
        while time.monotonic() < ends:
            interrupt_statements()
            if _readable(came, _EVERY):
                if (again := _number(came)) is None:
                    return
                number = again
        sys.stderr.write("ended as asked, before all was ingested; the same command goes on\n")
        sys.stderr.flush()
        os._exit(Interrupted(number).exit_code)


@contextmanager
def handle_signals() -> Iterator[Signals]:
    """Signals are dealt with inside the block; in threads, which get none, nothing happens."""
    found = Signals()
    if threading.current_thread() is not threading.main_thread():
        yield found
        return
    came, tell = os.pipe()
    os.set_blocking(tell, False)
    watch = threading.Thread(target=found.watch, args=(came,), daemon=True, name="signals")
    watch.start()
    before = {number: signal.signal(number, found.handle) for number in _ENDING}
    told = signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    try:
        yield found
    except (duckdb.Error, RuntimeError) as error:  # what DuckDB makes of an interruption
        if found.came is None:
            raise
        raise Interrupted(found.came) from error
    finally:
        signal.set_wakeup_fd(told, warn_on_full_buffer=False)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(tell)
        watch.join()
        os.close(came)


def _number(came: int) -> int | None:
    """The next signal that is to end the process; waits for it. None where there will be none."""
    while data := os.read(came, 1):
        if data[0] in _ENDING:
            return data[0]
    return None


def _readable(came: int, seconds: float) -> bool:
    return bool(select.select([came], [], [], seconds)[0])


def _main() -> int:
    ident = threading.main_thread().ident
    assert ident is not None
    return ident
