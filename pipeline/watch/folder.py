"""Ingest files as they arrive in folders."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import watchfiles

from pipeline.sources import SourceFile
from pipeline.watch.arrivals import Arrivals
from pipeline.watch.publications import Publications
from warehouse.home import Home

# Files a run: a back-fill of many thousands lets others write, and newer files overtake, after each of them.
FILES_AT_ONCE = 1_000
# Notifications get lost on network drives and when too many come at once, so the folder is looked through anyway.
LOOK_AGAIN_SECONDS = 60.0
PAUSE_SECONDS = 30.0
# Between two runs of a back-fill: longer than a waiting run (warehouse/home.py) takes to look whether it may begin.
TURN_SECONDS = 1.0

log = logging.getLogger("warta.watch")


class Handler(Protocol):
    """Ingests files and, where `publish` says so, shows all that is loaded; without files it does only that."""

    def __call__(self, files: list[SourceFile], publish: bool) -> None: ...


def watch(
    folders: Sequence[Path], home: Home, handle: Handler, *, publish_every: float = 0.0, still: float = 2.0,
    most: int = FILES_AT_ONCE, pause: float = PAUSE_SECONDS, stop: threading.Event | None = None,
) -> None:  # fmt: skip
    """Call `handle` with the files to ingest, until `stop` or Ctrl-C. While they keep arriving, it has to publish only
    once in `publish_every` seconds.

    Files for which it raises are offered again after `pause` seconds. `still`: seconds for which a file must not have
    changed; `most`: files a call.
    """
    home.create()
    arrivals = Arrivals(folders, home.root, home.root / "watched.json", still)
    publications = Publications(publish_every, pending=any(home.packages.iterdir()))
    looked, paused_until = float("-inf"), float("-inf")
    for changed in watchfiles.watch(
        *folders,
        watch_filter=lambda change, path: home.root not in Path(path).parents,
        rust_timeout=int(still * 1000),
        yield_on_timeout=True,
        stop_event=stop,
    ):
        now = time.monotonic()
        wanted = changed or arrivals.waiting or publications.pending or now - looked > LOOK_AGAIN_SECONDS
        if now < paused_until or not wanted:
            continue
        looked, due = now, arrivals.due(now, most)
        publish = publications.with_files(now) if due else publications.without_files(now, arrivals.waiting)
        if not (due or publish):
            continue
        try:
            handle(due, publish)
        except Exception as error:
            log.error("%d files could not be ingested, trying again in %.0f s: %s", len(due), pause, error)
            paused_until = time.monotonic() + pause
        else:
            arrivals.remember(due)
            publications.loaded(time.monotonic(), published=publish)
            if arrivals.waiting:
                time.sleep(TURN_SECONDS)
