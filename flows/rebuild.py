"""The Prefect flow that makes a warehouse anew from its packages and compares the two."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows.check import NotAsItShouldBe
from flows.progress import Artifacts
from flows.remake import remake
from flows.settings import DEFAULT_HOME
from tasks.progress import progress, showing
from warehouse.digest import digest
from warehouse.home import Home


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
    place = Home(Path(home).resolve())
    before = digest(place.published)
    artifacts = Artifacts(beside=progress())
    with showing(artifacts):
        remade = remake(place, wait)
        artifacts.finish()
    after = digest(place.published)
    rows = [
        {
            "table": table,
            "rows before": remade.before.get(table),
            "rows after": remade.after[table],
            "same": before.get(table) == after[table],
        }
        for table in after
    ]
    described = f"The rebuilt tables beside those before; {remade.annotated} articles annotated anew"
    create_table_artifact(rows, key="rebuild", description=described)
    if not remade.annotated and (changed := [row["table"] for row in rows if not row["same"]]):
        raise NotAsItShouldBe(f"the warehouse was not what its packages make; changed: {', '.join(map(str, changed))}")
