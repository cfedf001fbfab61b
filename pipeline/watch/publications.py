"""When a watch publishes: with the first files after a while, and else only so often while files keep arriving."""

from __future__ import annotations

QUIET_SECONDS = 10.0  # without a file: then they have stopped


class Publications:
    """Decides from monotonic times in seconds; `every`: seconds from one publication to the next while files arrive."""

    def __init__(self, every: float, *, pending: bool) -> None:
        """`pending`: whether something may be loaded that readers do not see, as after a kill."""
        self._every, self._pending = every, pending
        self._published = self._arrived = float("-inf")

    def with_files(self, now: float) -> bool:
        """Whether a run on files that have arrived is to publish."""
        self._arrived = now
        return now - self._published >= self._every

    def without_files(self, now: float, waiting: int) -> bool:
        """Whether to publish what was loaded before, while no files are due and `waiting` are still being written."""
        stopped = not waiting and now - self._arrived >= QUIET_SECONDS
        return self._pending and (stopped or now - self._published >= self._every)

    @property
    def pending(self) -> bool:
        return self._pending

    def loaded(self, now: float, *, published: bool) -> None:
        """A run has ended."""
        self._pending = not published
        if published:
            self._published = now
