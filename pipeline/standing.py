"""A process that runs again and again keeps one of its workers, which take a second to start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pipeline.pool import Pool

_KEPT: ContextVar[Pool | None] = ContextVar("kept", default=None)


@contextmanager
def standing(workers: int) -> Iterator[None]:
    """Runs inside the block share a pool of at most so many workers."""
    with Pool(workers) as pool:
        token = _KEPT.set(pool)
        try:
            yield
        finally:
            _KEPT.reset(token)


@contextmanager
def pool_of(workers: int) -> Iterator[Pool]:
    """The pool that is kept, if any, of which one worker stays; else one of so many workers for this block alone."""
    kept = _KEPT.get()
    if kept is None:
        with Pool(workers) as pool:
            yield pool
        return
    try:
        yield kept
    finally:
        kept.shrink(1)
