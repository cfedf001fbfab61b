"""A progress bar on stderr; without a terminal there is none."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from pipeline.progress import Progress


class ProgressBar(Progress):
    """Shows one line a stage."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._shown = RichProgress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty())
        self._stages: dict[str, TaskID] = {}

    def __enter__(self) -> ProgressBar:
        self._shown.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._shown.stop()

    def start(self, stage: str, total: int | None = None) -> None:
        self._stages[stage] = self._shown.add_task(stage, total=total)

    def advance(self, stage: str, count: int = 1) -> None:
        self._shown.advance(self._stages[stage], count)
