"""Take files as they arrive in a folder."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

import watchfiles

from tasks.arrivals import Arrivals
from tasks.sources import SourceFile
from warehouse.home import Home

# Files a run: a back-fill of many thousands lets others write, and newer files overtake, after each of them.
FILES_AT_ONCE = 1_000
# Notifications get lost on network drives and when too many come at once, so the folder is looked through anyway.
LOOK_AGAIN_SECONDS = 60.0
PAUSE_SECONDS = 30.0
# Between two runs of a back-fill: longer than a waiting run (warehouse/home.py) takes to look whether it may begin.
TURN_SECONDS = 1.0

log = logging.getLogger("warta.watch")
Take = Callable[[list[SourceFile]], None]


def watch(
    folder: Path, home: Home, take: Take, *, still: float = 2.0, most: int = FILES_AT_ONCE,
    stop: threading.Event | None = None,
) -> None:  # fmt: skip
    """Call `take` with the files that are to be taken, until `stop` or Ctrl-C.

    Files for which it raises are offered again after PAUSE_SECONDS.
    """
    home.create()
    arrivals = Arrivals(folder, home.root, home.root / "watched.json", still)
    looked, paused_until = float("-inf"), float("-inf")
    for changed in watchfiles.watch(
        folder,
        watch_filter=lambda change, path: home.root not in Path(path).parents,
        rust_timeout=int(still * 1000),
        yield_on_timeout=True,
        stop_event=stop,
    ):
        now = time.monotonic()
        if now < paused_until or not (changed or arrivals.waiting or now - looked > LOOK_AGAIN_SECONDS):
            continue
        looked = now
        if not (due := arrivals.due(now, most)):
            continue
        try:
            take(due)
        except Exception as error:
            log.error("%d files could not be taken, trying again in %.0f s: %s", len(due), PAUSE_SECONDS, error)
            paused_until = time.monotonic() + PAUSE_SECONDS
        else:
            arrivals.take(due)
            if arrivals.waiting:
                time.sleep(TURN_SECONDS)
