"""What Prefect says on the terminal."""

from __future__ import annotations

import copy
import logging

from prefect.logging.handlers import PrefectConsoleHandler


class WithoutTraces(PrefectConsoleHandler):
    """What failed is said in a line; its stack trace is in the log of the run, which the UI shows."""

    def format(self, record: logging.LogRecord) -> str:
        record = copy.copy(record)  # other handlers have it too
        record.exc_info = record.exc_text = None
        return super().format(record)
