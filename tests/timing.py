"""How tests ask for linear time: the least of several tries, of this thread alone.

Other threads of the process (a flow server, polars) and passes of the garbage collector are no cost of the work.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TRIES, LONGER, TOO_LONG = 3, 4, 10  # four times the text: 4 times in linear time, 16 times in quadratic
QUICK = 0.05  # seconds in which noise is as large as what is measured


def seconds(work: Callable[[], object], tries: int = TRIES) -> float:
    """Least processor seconds of this thread in `tries` calls."""
    return min(_seconds(work) for _ in range(tries))


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    began = time.thread_time()
    try:
        work()
        return time.thread_time() - began
    finally:
        gc.enable()


def assert_linear(work: Callable[[int], object], size: int) -> None:
    """`work(size)` beside `work(4 * size)`; sizes are whatever `work` takes."""
    long = seconds(lambda: work(LONGER * size), tries=1)
    if long < TOO_LONG * QUICK:
        return
    short = max(seconds(lambda: work(size)), QUICK)
    assert min(long, seconds(lambda: work(LONGER * size))) < TOO_LONG * short
