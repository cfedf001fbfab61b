"""The Prefect flow around the run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from prefect import flow, runtime
from prefect.task_runners import ThreadPoolTaskRunner

from flows.server.alerts import report
from flows.server.artifacts import publish_artifacts
from flows.server.cluster import runner_for
from flows.server.prefect_runner import SERVER_GONE
from flows.server.progress_artifacts import ProgressArtifacts
from flows.server.stale_runs import mark_running
from pipeline import home_settings
from pipeline.progress import progress, showing
from pipeline.run import run
from pipeline.settings import DEFAULT_HOME, Runner, Settings, cores
from pipeline.summary import RunSummary
from warehouse.home import Home


def _run_name() -> str:
    named = runtime.flow_run.parameters.get("sources") or ["the sources of the home"]
    sources = [Path(source).name or source for source in named]
    shown = ", ".join(sources[:3]) + (f" and {len(sources) - 3} more" if len(sources) > 3 else "")
    return f"ingest {shown}"[:200]


# One annotation task at a time: it has a pool of worker processes of its own.
@flow(
    name="ingest",
    flow_run_name=_run_name,
    description="Articles in, a published warehouse out.",
    task_runner=ThreadPoolTaskRunner[Any](max_workers=1),  # type: ignore[arg-type]
)
def ingest(
    sources: list[str] | None = None,
    home: str = DEFAULT_HOME,
    workers: int | None = None,
    batch_size: int | None = None,
    dry_run: bool = False,
    wait: float = 0.0,
    runner: Runner = Runner.LOCAL,
    cluster: str | None = None,
    storage: str | None = None,
    retry_rejected: bool = False,
    outlet: str | None = None,
    languages: list[str] | None = None,
    share: str | None = None,
    publish: bool = True,
    memory: str | None = None,
) -> RunSummary:
    """Ingest files, folders and patterns into the warehouse of a home folder.

    Args:
        sources: Files, folders or patterns of articles; those that warta.toml in the home lists if empty.
        home: The folder that holds the packages and the published warehouse.
        workers: Worker processes; the number of cores if empty.
        batch_size: Articles a package; chosen by the number of documents if empty.
        dry_run: Read and count only.
        wait: Seconds to wait for another run on this home to end; after that this one fails.
        runner: Who annotates: the worker processes of this machine, or a Dask or Ray cluster.
        cluster: The address of that cluster; empty for a Dask cluster on this machine.
        storage: Where a cluster's workers find and leave batches, such as s3://bucket/prefix; in the home if empty.
        retry_rejected: Try documents again that this version of warta has rejected.
        outlet: Who published articles whose source does not say it.
        languages: Of the articles that are annotated, those of warta.toml if empty; others are kept as they are.
        share: The group that may read what is published; the one that warta.toml names if empty.
        publish: Whether readers see at once what is loaded; if not, the next run that publishes shows it.
        memory: What the database may take, as 2GB; what warta.toml says, else a quarter of the machine's, if empty.
    """
    at_home = home_settings.read(Path(home))
    settings = Settings(
        home_settings.sources_of(sources or (), at_home, Path(home)), Path(home), workers or cores(), batch_size,
        dry_run, wait, Runner(runner), cluster, storage, retry_rejected, at_home.outlet_rules(outlet),
        tuple(languages or at_home.languages), share or at_home.share, publish, memory or at_home.memory,
    )  # fmt: skip
    artifacts = ProgressArtifacts(beside=progress())
    with (
        runner_for(settings) as tasks,
        mark_running(Home(settings.home.resolve()), runtime.flow_run.id, server_reachable=lambda: not tasks.gone),
        showing(artifacts),
    ):
        summary = run(settings, tasks.stages())
        artifacts.finish()
        if not (dry_run or tasks.gone):
            publish_artifacts(summary)
            report(summary)
    return summary


def ingest_as_flow(settings: Settings, say: Callable[[str], None]) -> RunSummary:
    """Ingest as a flow run; without Prefect where its server goes away. `say` is told of it."""
    try:
        return ingest(
            list(settings.sources), str(settings.home), settings.workers, settings.batch_size, settings.dry_run,
            settings.wait, settings.runner, settings.cluster, settings.storage, settings.retry_rejected,
            settings.outlets.name, list(settings.languages), settings.share, settings.publish, settings.memory,
        )  # fmt: skip
    except SERVER_GONE as error:
        # What was loaded is known by now: only the rest is ingested, and the counts are those of all sources.
        say(f"the Prefect server has gone, finishing without it: {error}")
        return run(replace(settings, runner=Runner.LOCAL))
