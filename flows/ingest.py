"""The Prefect flow around the pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from prefect import flow, runtime
from prefect.task_runners import ThreadPoolTaskRunner

from flows.alerts import report
from flows.artifacts import publish_artifacts
from flows.cluster import stages_for
from flows.liveness import alive
from flows.pipeline import RunSummary, run
from flows.progress import Artifacts
from flows.settings import DEFAULT_HOME, Settings, cores
from tasks.progress import progress, showing
from warehouse.home import Home


def _run_name() -> str:
    sources = [Path(source).name or source for source in runtime.flow_run.parameters["sources"]]
    shown = ", ".join(sources[:3]) + (f" and {len(sources) - 3} more" if len(sources) > 3 else "")
    return f"ingest {shown}"[:200]


# One annotation task at a time: it has a pool of worker processes of its own.
@flow(
    name="ingest",
    flow_run_name=_run_name,
    description="Articles in, a published warehouse out.",
    task_runner=ThreadPoolTaskRunner(max_workers=1),
)
def ingest(
    sources: list[str],
    home: str = DEFAULT_HOME,
    workers: int | None = None,
    batch_size: int | None = None,
    dry_run: bool = False,
    wait: float = 0.0,
    runner: Literal["local", "dask", "ray"] = "local",
    cluster: str | None = None,
    storage: str | None = None,
) -> RunSummary:
    """Take files, folders and patterns into the warehouse of a home folder.

    Args:
        sources: Files, folders or patterns of articles.
        home: The folder that holds the packages and the published warehouse.
        workers: Worker processes; the number of cores if empty.
        batch_size: Articles a package; chosen by the number of documents if empty.
        dry_run: Read and count only.
        wait: Seconds to wait for another run on this home to end; after that this one fails.
        runner: Who annotates: the worker processes of this machine, or a Dask or Ray cluster.
        cluster: The address of that cluster; empty for a Dask cluster on this machine.
        storage: Where a cluster's workers find and leave batches, such as s3://bucket/prefix; in the home if empty.
    """
    settings = Settings(
        tuple(sources), Path(home), workers or cores(), batch_size, dry_run, wait, runner, cluster, storage
    )
    artifacts = Artifacts(beside=progress())
    with (
        stages_for(settings) as stages,
        alive(Home(settings.home.resolve()), runtime.flow_run.id, told=lambda: not stages.gone),
        showing(artifacts),
    ):
        summary = run(settings, stages)
        artifacts.finish()
        if not (dry_run or stages.gone):
            publish_artifacts(summary)
            report(summary)
    return summary
