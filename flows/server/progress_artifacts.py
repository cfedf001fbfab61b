"""How far a flow run is, as progress artifacts that move in the Prefect UI."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact

from pipeline.progress import Progress

# Each update is a request and a row: at most one in this time a stage.
SECONDS_BETWEEN = 3.0

log = logging.getLogger("warta")


@dataclass
class _Stage:
    name: str
    total: int | None
    done: int = 0
    shown: float = float("-inf")
    artifact: UUID | None = None


class ProgressArtifacts(Progress):
    """One artifact a stage, beside whatever else shows progress. A server that fails costs them, not the run."""

    def __init__(self, beside: Progress) -> None:
        self._beside = beside
        self._stages: dict[str, _Stage] = {}
        self._failed = False

    def start(self, stage: str, total: int | None = None) -> None:
        self._beside.start(stage, total)
        self._stages[stage] = _Stage(stage, total)

    def advance(self, stage: str, count: int = 1) -> None:
        self._beside.advance(stage, count)
        moved = self._stages[stage]
        moved.done += count
        if time.monotonic() - moved.shown >= SECONDS_BETWEEN:
            self._show(moved, 100.0 * moved.done / moved.total if moved.total else 0.0)

    def finish(self) -> None:
        """Every stage that was begun is at its end."""
        for stage in self._stages.values():
            self._show(stage, 100.0)

    def _show(self, stage: _Stage, percent: float) -> None:
        if self._failed:
            return
        stage.shown = time.monotonic()
        said = f"{stage.name}: {stage.done:,}" + (f" of {stage.total:,}" if stage.total else "")
        try:
            if stage.artifact is None:
                made = create_progress_artifact(percent, key=f"progress-{stage.name}", description=said)
                stage.artifact = cast(UUID, made)  # a coroutine only where it is awaited
            else:
                update_progress_artifact(stage.artifact, percent, description=said)
        except Exception as error:  # each try may take long
            self._failed = True
            log.warning("progress is no longer shown: %s", error)
