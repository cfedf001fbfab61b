"""How long a process may work on something, whatever else the machine has to do meanwhile.

What counts is the processor time that it takes, so that a busy machine gives up nothing that an idle one finishes. A
process that waits for something takes none; that ends by the clock.
"""

from __future__ import annotations

import time

# Below that share of one processor a process waits rather than works, however busy the machine is.
_WAITING_SHARE = 0.02
_SHORTEST_LOOK = 0.1


class Deadline:
    """Passes when process `pid` has taken `seconds` of processor time from now on, or next to none for `seconds`."""

    def __init__(self, pid: int, seconds: float) -> None:
        self._pid, self._seconds = pid, seconds
        self._first = self._used = self._used_at_window = processor_seconds(pid)
        self._looked = self._window = time.monotonic()

    @property
    def next_look(self) -> float:
        """The time, on the monotonic clock, before which it cannot pass."""
        left = max(_SHORTEST_LOOK, self._seconds - (self._used - self._first))
        return min(self._looked + left, self._window + self._seconds)

    def has_passed(self) -> bool:
        now = time.monotonic()
        if now < self.next_look:
            return False
        self._used, self._looked = processor_seconds(self._pid), now
        if self._used - self._first >= self._seconds:
            return True
        if now < self._window + self._seconds:
            return False
        waits = self._used - self._used_at_window < _WAITING_SHARE * (now - self._window)
        self._used_at_window, self._window = self._used, now
        return waits


def processor_seconds(pid: int) -> float:
    """Processor time that all threads of a process have taken; 0 where it has ended."""
    try:
        return time.clock_gettime(~pid << 3 | 2)  # Linux: the clock that clock_getcpuclockid(3) names
    except OSError:
        return 0.0
