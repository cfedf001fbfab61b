"""The Prefect flow that looks whether a published warehouse is what its packages and rules say."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows import upkeep
from flows.settings import DEFAULT_HOME
from warehouse.home import Home


class NotAsItShouldBe(RuntimeError):
    """A finding that somebody should look at; fails the flow run, so that alerts see it."""


@flow(
    name="check",
    flow_run_name="check {home}",
    description="Compares the published warehouse with its packages and its own rules.",
)
def check(home: str = DEFAULT_HOME) -> None:
    """Compare the published warehouse with its packages and its own rules; fails where something is wrong.

    Args:
        home: The folder that holds the packages and the published warehouse.
    """
    findings = upkeep.check(Home(Path(home).resolve()))
    rows = [{"what": what, "ok": ok, "detail": detail} for what, ok, detail in findings]
    create_table_artifact(rows, key="check", description="What the check found")
    if wrong := [f"{what}: {detail}" for what, ok, detail in findings if not ok]:
        raise NotAsItShouldBe("; ".join(wrong))
