"""Two ways to deal with files that arrive: take them, or tell Prefect's server."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from flows.deployments import WAIT_SECONDS
from flows.ingest import ingest
from flows.pipeline import run
from flows.settings import Settings
from flows.stages import Direct
from flows.summary import counts
from flows.watch import Take
from tasks.sources import SourceFile
from warehouse.home import Home

ARRIVED = "warta.files.arrived"


def taker(home: Home, workers: int, say: Callable[[str], None]) -> Take:
    """Takes files into the home, as a flow run where PREFECT_API_URL names a server, and says what became of them."""

    def take(files: list[SourceFile]) -> None:
        sources = [str(file.path) for file in files]
        if os.environ.get("PREFECT_API_URL"):
            summary = ingest(sources, str(home.root), workers, wait=WAIT_SECONDS)
        else:
            summary = run(Settings(tuple(sources), home.root, workers, wait=WAIT_SECONDS), Direct())
        say(f"{len(files)} files, documents: {counts(summary)}")

    return take


def announcer(folder: Path) -> Take:
    """Emits an event that names the files; a deployment with a trigger on it takes them (see prefect.yaml)."""
    from prefect.events import emit_event

    def take(files: list[SourceFile]) -> None:
        resource = {"prefect.resource.id": f"warta.folder.{folder.resolve()}"}
        emit_event(ARRIVED, resource=resource, payload={"sources": [str(file.path) for file in files]})

    return take
