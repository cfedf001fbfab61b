"""How far a flow run is, as progress artifacts that move in the Prefect UI."""

from __future__ import annotations

import logging
import time
from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact

from tasks.progress import Progress

# Each update is a request and a row: at most one in this time a stage.
SECONDS_BETWEEN = 3.0

log = logging.getLogger("warta")


class Artifacts(Progress):
    """One artifact a stage, beside whatever else shows progress. A server that fails costs them, not the run."""

    def __init__(self, beside: Progress) -> None:
        self._beside = beside
        self._stages: dict[str, _Stage] = {}

    def start(self, stage: str, total: int | None = None) -> None:
        self._beside.start(stage, total)
        self._stages[stage] = _Stage(stage, total)

    def advance(self, stage: str, count: int = 1) -> None:
        self._beside.advance(stage, count)
        self._stages[stage].advance(count)

    def finish(self) -> None:
        """Every stage that was begun is at its end."""
        for stage in self._stages.values():
            stage.show(100.0)


class _Stage:
    def __init__(self, name: str, total: int | None) -> None:
        self._name, self._total, self._done = name, total, 0
        self._shown = float("-inf")
        self._artifact: UUID | None = None

    def advance(self, count: int) -> None:
        self._done += count
        if time.monotonic() - self._shown >= SECONDS_BETWEEN:
            self.show(100.0 * self._done / self._total if self._total else 0.0)

    def show(self, percent: float) -> None:
        self._shown = time.monotonic()
        said = f"{self._name}: {self._done:,}" + (f" of {self._total:,}" if self._total else "")
        try:
            if self._artifact is None:
                self._artifact = create_progress_artifact(percent, key=f"progress-{self._name}", description=said)
            else:
                update_progress_artifact(self._artifact, percent, description=said)
        except Exception as error:
            log.warning("progress of %s cannot be shown: %s", self._name, error)
