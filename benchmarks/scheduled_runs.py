"""Three scheduled runs in a row, seen in Prefect's UI with a headless browser.

    python -m benchmarks.scheduled_runs [--every 120] [--screenshot docs/scheduled-runs.png]

Wants what docs/operate.md calls a permanent server: PREFECT_API_URL, prefect.yaml deployed, a worker. Gives the
deployment `ingest/nightly` a second schedule for the time, and waits for three of its runs. Wants playwright, which is
not in the lock, and a Chromium.
"""

from __future__ import annotations

import argparse
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.schedules import IntervalSchedule

RUNS = 3
LONGEST_SECONDS = 1_800.0


@contextmanager
def scheduled(client: SyncPrefectClient, deployment: UUID, every: timedelta) -> Iterator[None]:
    """One more schedule for the deployment while the block runs."""
    schedule = IntervalSchedule(interval=every, anchor_date=datetime.now(UTC))
    [made] = client.create_deployment_schedules(deployment, [(schedule, True)])  # type: ignore[arg-type]
    try:
        yield
    finally:
        client.delete_deployment_schedule(deployment, made.id)


def finished(client: SyncPrefectClient, deployment: UUID, since: datetime) -> list[FlowRun]:
    """The runs that a schedule began and that have ended."""
    of_it = DeploymentFilter(id=DeploymentFilterId(any_=[deployment]))
    runs = client.read_flow_runs(deployment_filter=of_it)
    return [run for run in runs if run.auto_scheduled and run.end_time and run.end_time >= since]


def look(address: str, screenshot: Path) -> str:
    """The text of a page of the UI once it shows the runs, and a picture of it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(address)
        page.wait_for_function(f"document.body.innerText.split('Completed').length > {RUNS}", timeout=120_000)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=screenshot)
        text = page.inner_text("body")
        browser.close()
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=float, default=120.0, help="Seconds between two runs.")
    parser.add_argument("--screenshot", type=Path, default=Path("docs/scheduled-runs.png"))
    asked = parser.parse_args()
    began = datetime.now(UTC)
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name("ingest/nightly").id
        with scheduled(client, deployment, timedelta(seconds=asked.every)):
            until = time.monotonic() + LONGEST_SECONDS
            while len(runs := finished(client, deployment, began)) < RUNS:
                if time.monotonic() > until:
                    raise TimeoutError(f"{len(runs)} of {RUNS} runs ended within {LONGEST_SECONDS:.0f} s")
                time.sleep(2)
    for run in sorted(runs, key=lambda run: run.start_time or began):
        print(run.expected_start_time, run.start_time, run.state_name, run.name)
    ui = os.environ["PREFECT_API_URL"].removesuffix("/api")
    print(look(f"{ui}/deployments/deployment/{deployment}?tab=Runs", asked.screenshot))


if __name__ == "__main__":
    main()
