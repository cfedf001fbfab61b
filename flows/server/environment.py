"""Settings of Prefect that have to be made before it is imported. Imports nothing of it."""

from __future__ import annotations

import os


def prepare_prefect(verbose: bool = False) -> None:
    """Defaults for Prefect, to be set before it is imported; what the user has set stays.

    An ephemeral server needs more than its standard 20 seconds to start on a small machine. Nothing is reported home.
    """
    defaults = {
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
        # A server that has gone holds up each request by this many tries: 15 seconds instead of 75.
        "PREFECT_CLIENT_MAX_RETRIES": "3",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "warta",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",  # `--no-prefect` logs too
        # The console gets our own progress; Prefect's log of the run is in its UI.
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "INFO" if verbose else "WARNING",
    }
    if not verbose:
        defaults["PREFECT_LOGGING_HANDLERS_CONSOLE_CLASS"] = "flows.server.log_handler.WithoutTraces"
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
