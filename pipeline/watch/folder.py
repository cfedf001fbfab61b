"""Ingest files as they arrive in folders."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import watchfiles

from pipeline.sources import SourceFile
from pipeline.watch.arrivals import Arrivals
from warehouse.home import Home

# Files a run: a back-fill of many thousands lets others write, and newer files overtake, after each of them.
FILES_AT_ONCE = 1_000
# Notifications get lost on network drives and when too many come at once, so the folder is looked through anyway.
LOOK_AGAIN_SECONDS = 60.0
PAUSE_SECONDS = 30.0
# Between two runs of a back-fill: longer than a waiting run (warehouse/home.py) takes to look whether it may begin.
TURN_SECONDS = 1.0

log = logging.getLogger("warta.watch")
Handler = Callable[[list[SourceFile]], None]


def watch(
    folders: Sequence[Path], home: Home, handle: Handler, *, still: float = 2.0, most: int = FILES_AT_ONCE,
    pause: float = PAUSE_SECONDS, stop: threading.Event | None = None,
) -> None:  # fmt: skip
    """Call `handle` with the files to ingest, until `stop` or Ctrl-C.

    Files for which it raises are offered again after `pause` seconds. `still`: seconds for which a file must not have
    changed; `most`: files a call.
    """
    home.create()
    arrivals = Arrivals(folders, home.root, home.root / "watched.json", still)
    looked, paused_until = float("-inf"), float("-inf")
    for changed in watchfiles.watch(
        *folders,
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
            handle(due)
        except Exception as error:
            log.error("%d files could not be ingested, trying again in %.0f s: %s", len(due), pause, error)
            paused_until = time.monotonic() + pause
        else:
            arrivals.remember(due)
            if arrivals.waiting:
                time.sleep(TURN_SECONDS)
