"""The Prefect flow that removes what killed runs left behind."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows.server.prefect_runner import PrefectRunner
from pipeline.home_settings import shared_home
from pipeline.maintenance.prune import prune as prune_home
from pipeline.settings import DEFAULT_HOME


@flow(
    name="prune",
    flow_run_name="prune {home}",
    description="Removes what killed runs left in the home and on shared storage. Packages and tables stay.",
)
def prune(home: str = DEFAULT_HOME, storage: str | None = None, wait: float = 0.0) -> None:
    """Load what killed runs had packaged, and remove the rest of them; packages and tables stay.

    Args:
        home: The folder that holds the packages and the published warehouse.
        storage: Where a cluster's workers left their batches, as in `ingest`; the home's own work folder if empty.
        wait: Seconds to wait for a run on this home to end; after that this one fails.
    """
    folder = shared_home(Path(home))
    removed = prune_home(folder, storage=storage, wait=wait, stages=PrefectRunner().stages())
    rows = [{"removed": name} for name in removed]
    create_table_artifact(rows, key="prune", description="What killed runs had left")
