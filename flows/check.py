"""The Prefect flow that looks whether a published warehouse is what its packages and rules say."""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows.server.prefect_runner import PrefectRunner
from pipeline.maintenance.checks import problems
from pipeline.settings import DEFAULT_HOME
from warehouse.errors import WartaError
from warehouse.home import Home


class CheckFailed(WartaError):
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
    stages, folder = PrefectRunner().stages(), Home(Path(home).resolve())
    findings = [*stages.check_packages(folder), *stages.check_published(folder)]
    create_table_artifact([finding._asdict() for finding in findings], key="check", description="What the check found")
    if wrong := problems(findings):
        raise CheckFailed("; ".join(wrong))
