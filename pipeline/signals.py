"""Ctrl-C and SIGTERM: the first lets the batch at hand end, the second ends at once, and the next run goes on."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

log = logging.getLogger("warta")


class Interrupted(KeyboardInterrupt):
    """Somebody asked the run to end, by the signal of this number."""

    def __init__(self, signum: int) -> None:
        super().__init__(f"signal {signum}")
        self.signum = signum


class Signals:
    """Raises Interrupted in the main thread when a signal comes, or at the end of what is `postponed`."""

    def __init__(self) -> None:
        self._postponed = False
        self._came: int | None = None

    @contextmanager
    def postponed(self) -> Iterator[None]:
        """The first signal waits for the end of the block."""
        self._postponed = True
        try:
            yield
        finally:
            self._postponed = False
        if self._came is not None:
            raise Interrupted(self._came)

    def handle(self, signum: int, frame: FrameType | None) -> None:
        if not self._postponed or self._came is not None:
            raise Interrupted(signum)
        self._came = signum
        log.warning("ending after the batch at hand; once more ends at once")


@contextmanager
def handle_signals() -> Iterator[Signals]:
    """Signals are dealt with inside the block; in threads, which get none, nothing happens."""
    found = Signals()
    if threading.current_thread() is not threading.main_thread():
        yield found
        return
    before = {number: signal.signal(number, found.handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield found
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
