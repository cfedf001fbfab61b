"""The Prefect flow that makes a warehouse anew from its packages and compares the two."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows.check import CheckFailed
from flows.server.prefect_runner import PrefectRunner
from flows.server.progress_artifacts import ProgressArtifacts
from pipeline.home_settings import shared_home
from pipeline.maintenance.rebuild import rebuild as rebuild_warehouse
from pipeline.progress import progress, showing
from pipeline.settings import DEFAULT_HOME
from warehouse.digest import digest


@flow(
    name="rebuild",
    flow_run_name="rebuild {home}",
    description="Makes the warehouse anew from its packages; both must say the same unless warta has another version.",
)
def rebuild(home: str = DEFAULT_HOME, wait: float = 0.0) -> None:
    """Make the warehouse anew beside the old one and swap it in; fails where it says something else than before.

    Articles of other versions of warta are annotated anew; then it may say something else.

    Args:
        home: The folder that holds the packages and the published warehouse.
        wait: Seconds to wait for a run on this home to end; after that this one fails.
    """
    folder = shared_home(Path(home))
    before = digest(folder.published)
    artifacts = ProgressArtifacts(beside=progress())
    with showing(artifacts):
        rebuilt = rebuild_warehouse(folder, wait=wait, stages=PrefectRunner().stages())
        artifacts.finish()
    after = digest(folder.published)
    rows = [
        {
            "table": table,
            "rows before": rebuilt.before.get(table),
            "rows after": rebuilt.after[table],
            "same": before.get(table) == after[table],
        }
        for table in after
    ]
    described = f"The rebuilt tables beside those before; {rebuilt.annotated} articles annotated anew"
    create_table_artifact(rows, key="rebuild", description=described)
    if not rebuilt.annotated and (changed := [row["table"] for row in rows if not row["same"]]):
        raise CheckFailed(f"the warehouse was not what its packages make; changed: {', '.join(map(str, changed))}")
