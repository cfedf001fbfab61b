"""What runs when. `warta serve` serves these; `prefect.yaml` declares the same for a server with workers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import Flow
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.check import check
from flows.ingest import ingest
from flows.rebuild import rebuild
from flows.report import report

ZONE = "Asia/Jakarta"
WAIT_SECONDS = 3600.0


def deployments(folder: Path, home: Path) -> list[RunnerDeployment]:
    """Nightly ingest and check, weekly rebuild and report. What arrives in the folder meanwhile is the watcher's."""
    at_home = {"home": str(home), "wait": WAIT_SECONDS}
    return [
        _scheduled(ingest, "nightly", "0 2 * * *", {"sources": [str(folder)], **at_home}),
        _scheduled(check, "nightly", "30 3 * * *", {"home": str(home)}),
        _scheduled(rebuild, "weekly", "0 4 * * 0", at_home),
        _scheduled(report, "weekly", "0 5 * * 1", {"home": str(home)}),
    ]


def _scheduled(flow: Flow[..., Any], name: str, cron: str, parameters: dict[str, Any]) -> RunnerDeployment:
    return flow.to_deployment(
        name,
        schedule=Cron(cron, timezone=ZONE),
        parameters=parameters,
        concurrency_limit=1,
        tags=["warta"],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
