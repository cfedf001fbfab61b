"""Sources into the warehouse, as a flow run where that is wanted and can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flows.ingest import ingest
from flows.pipeline import RunSummary, run
from flows.settings import LOCAL, Settings
from flows.stages import SERVER_GONE, Direct
from flows.upkeep import server_failure


def take(settings: Settings, prefect: bool, say: Callable[[str], None]) -> RunSummary:
    """Run the pipeline; `prefect` False, or its server not to be reached: without it. Raises WarehouseBusy."""
    if prefect and (failure := server_failure()):
        say(f"{failure}; running without it")
        prefect = False
    if prefect:
        try:
            return ingest(
                list(settings.sources), str(settings.home), settings.workers, settings.batch_size, settings.dry_run,
                settings.wait, settings.runner, settings.cluster, settings.storage,
            )  # fmt: skip
        except SERVER_GONE as error:
            # What was loaded is known by now: only the rest is taken, and the counts are those of all sources.
            say(f"the Prefect server has gone, finishing without it: {error}")
    return run(replace(settings, runner=LOCAL), Direct())
