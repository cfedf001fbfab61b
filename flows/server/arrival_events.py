"""Files that arrived, as an event on Prefect's server. A deployment with a trigger on it ingests them."""

from __future__ import annotations

from pathlib import Path

from prefect.events import emit_event

from pipeline.sources import SourceFile
from pipeline.watch.folder import Handler

ARRIVED = "warta.files.arrived"


def event_emitter(folders: list[Path]) -> Handler:
    """Emits an event that names the files."""

    def emit(files: list[SourceFile], publish: bool) -> None:
        if not files:
            return  # whoever ingests them publishes
        resource = {"prefect.resource.id": f"warta.folder.{','.join(str(folder.resolve()) for folder in folders)}"}
        emit_event(ARRIVED, resource=resource, payload={"sources": [str(file.path) for file in files]})

    return emit
