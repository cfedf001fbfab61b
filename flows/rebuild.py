"""The Prefect flow that makes a warehouse anew from its packages and compares the two."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows import upkeep
from flows.check import NotAsItShouldBe
from flows.settings import DEFAULT_HOME
from warehouse.digest import digest
from warehouse.home import Home


@flow(
    name="rebuild",
    flow_run_name="rebuild {home}",
    description="Makes the warehouse anew from its packages; both must say the same.",
)
def rebuild(home: str = DEFAULT_HOME, wait: float = 0.0) -> None:
    """Make the warehouse anew from its packages and publish it; fails where it says something else than before.

    Args:
        home: The folder that holds the packages and the published warehouse.
        wait: Seconds to wait for a run on this home to end; after that this one fails.
    """
    place = Home(Path(home).resolve())
    before = digest(place.published)
    upkeep.rebuild(place, wait)
    after = digest(place.published)
    rows = [{"table": table, "same": before.get(table) == after[table]} for table in after]
    create_table_artifact(rows, key="rebuild", description="The rebuilt tables beside those before")
    if changed := [row["table"] for row in rows if not row["same"]]:
        raise NotAsItShouldBe(f"the warehouse was not what its packages make; changed: {', '.join(map(str, changed))}")
