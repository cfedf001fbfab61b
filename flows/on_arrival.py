"""Two ways to deal with files that arrive: take them, or tell Prefect's server."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from flows.deployments import WAIT_SECONDS
from flows.settings import Settings
from flows.summary import counts
from flows.take import take as take_sources
from flows.watch import Take
from tasks.sources import SourceFile
from warehouse.home import Home

ARRIVED = "warta.files.arrived"


def taker(home: Home, workers: int, say: Callable[[str], None]) -> Take:
    """Takes files into the home, as a flow run where PREFECT_API_URL names a server, and says what became of them."""

    def take(files: list[SourceFile]) -> None:
        sources = tuple(str(file.path) for file in files)
        settings = Settings(sources, home.root, workers, wait=WAIT_SECONDS)
        summary = take_sources(settings, "PREFECT_API_URL" in os.environ, say)
        say(f"{len(files)} files, documents: {counts(summary)}")

    return take


def announcer(folder: Path) -> Take:
    """Emits an event that names the files; a deployment with a trigger on it takes them (see prefect.yaml)."""
    from prefect.events import emit_event

    def take(files: list[SourceFile]) -> None:
        resource = {"prefect.resource.id": f"warta.folder.{folder.resolve()}"}
        emit_event(ARRIVED, resource=resource, payload={"sources": [str(file.path) for file in files]})

    return take
