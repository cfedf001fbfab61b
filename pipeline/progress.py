"""How far a run is. The command line shows it; by default nobody looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Progress:
    """Told by the stages; `total` is None where the stage cannot know."""

    def start(self, stage: str, total: int | None = None) -> None: ...

    def advance(self, stage: str, count: int = 1) -> None: ...


_SILENT = Progress()
_CURRENT: ContextVar[Progress] = ContextVar("progress", default=_SILENT)


def progress() -> Progress:
    """The one that was asked to be shown, if any."""
    return _CURRENT.get()


@contextmanager
def showing(shown: Progress) -> Iterator[None]:
    """Tell `shown` about all that is run inside the block."""
    token = _CURRENT.set(shown)
    try:
        yield
    finally:
        _CURRENT.reset(token)
