"""The Prefect flow that joins entities anew, so that corrections are seen without waiting for the next article."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from flows.server.prefect_runner import PrefectRunner
from pipeline.home_settings import shared_home
from pipeline.maintenance.resolve import resolve as resolve_home
from pipeline.settings import DEFAULT_HOME


@flow(
    name="resolve",
    flow_run_name="resolve {home}",
    description="Joins entities and stories over all articles anew, with corrections.csv as it is now, and publishes.",
)
def resolve(home: str = DEFAULT_HOME, wait: float = 0.0) -> None:
    """Join entities and stories anew and publish; fails where corrections.csv has a fault.

    Args:
        home: The folder that holds the packages and the published warehouse.
        wait: Seconds to wait for a run on this home to end; after that this one fails.
    """
    resolve_home(shared_home(Path(home)), wait=wait, stages=PrefectRunner().stages())
