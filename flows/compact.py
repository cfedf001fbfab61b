"""The Prefect flow that merges small packages."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows.server.prefect_runner import PrefectRunner
from pipeline.maintenance.compact import compact as compact_home
from pipeline.settings import DEFAULT_HOME
from warehouse.home import Home


@flow(
    name="compact",
    flow_run_name="compact {home}",
    description="Merges small packages into large ones, which say the same and are read faster.",
)
def compact(home: str = DEFAULT_HOME, wait: float = 0.0) -> None:
    """Merge small packages; the warehouse stays as it is.

    Args:
        home: The folder that holds the packages and the published warehouse.
        wait: Seconds to wait for a run on this home to end; after that this one fails.
    """
    done = compact_home(Home(Path(home).resolve()), wait=wait, stages=PrefectRunner().stages())
    rows = [{"packages before": done.before, "packages after": done.after}]
    create_table_artifact(rows, key="compact", description="Folders of packages")
