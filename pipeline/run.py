"""The main job, stage by stage: discover, read, deduplicate, annotate, validate, package, load, publish."""

from __future__ import annotations

import json
import logging
import secrets
import shutil
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import polars as pl

from expectations.validate import warm_up
from pipeline.batches import BatchRun, PackageFrames, annotate_locally, annotate_on_cluster
from pipeline.deduplicate import DeduplicationResult
from pipeline.pool import Pool
from pipeline.progress import progress
from pipeline.publish import is_published
from pipeline.read import Staging
from pipeline.recognise import Recognised, remember
from pipeline.rows import require_same_event_types
from pipeline.settings import Runner, Settings
from pipeline.shared_storage import SharedStorage
from pipeline.sharing import share
from pipeline.signals import Signals, handle_signals
from pipeline.sources import Missing, SourceFile, nowhere
from pipeline.stages import PLAIN, Stages
from pipeline.standing import pool_of
from pipeline.summary import RunSummary, nothing_read
from pipeline.validate import Frames
from pipeline.versions import versions
from warehouse.contract import tables
from warehouse.home import Home, writer_lock
from warehouse.lookups import rejected_documents, statuses
from warta.records import Rejection

log = logging.getLogger("warta")


def run(settings: Settings, stages: Stages = PLAIN) -> RunSummary:
    """Ingest the sources into the warehouse of the home and publish it. Where none of them exists, nothing is written.

    Raises WarehouseBusy where another run holds the home, Interrupted where it was asked to end. Killed anywhere, the
    next run finishes the work.
    """
    require_same_event_types()
    log.setLevel(logging.INFO)  # handlers decide what is shown: Prefect keeps all, the terminal only warnings
    home = Home(settings.home.resolve(), settings.share, settings.memory)
    if missing := nowhere(settings.sources):
        return nothing_read(home, missing, dry_run=settings.dry_run)
    with writer_lock(home, settings.wait), handle_signals() as signals:
        started = datetime.now(UTC)
        run_id = f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        summary = RunSummary(run_id, home, dry_run=settings.dry_run, languages=settings.languages)
        with summary.timed("recover"):
            stages.recover(home)
        folder = home.work / summary.run_id
        folder.mkdir(mode=0o700)
        with pool_of(settings.workers) as pool:
            found = _find(settings, stages, summary)
            with summary.timed("read"):
                staging = stages.read(found.unread, pool, folder)
            documents = _deduplicate(settings, stages, staging, found, summary)
            if not settings.dry_run and documents.batches:
                warm_up()
                _ingest(settings, documents, BatchRun(summary, staging, stages), pool, signals)
        shutil.rmtree(folder)
        if not settings.dry_run:
            remember(found, documents.seen, home)
            _finish(settings, stages, documents, found, summary, started)
    return summary


def _find(settings: Settings, stages: Stages, summary: RunSummary) -> Recognised:
    with summary.timed("discover"):
        found = stages.discover(list(settings.sources), summary.home.root)
    summary.missing = [item for item in found if isinstance(item, Missing)]
    for missing in summary.missing:
        log.warning(missing.detail)
    readable = [_with_outlet(item, settings) for item in found if not isinstance(item, Missing)]
    with summary.timed("recognise"):
        recognised = stages.recognise(readable, summary.home, settings.retry_rejected)
    log.info("%d files, %d of them to read", len(readable), len(recognised.unread))
    return recognised


def _with_outlet(found: SourceFile | Rejection, settings: Settings) -> SourceFile | Rejection:
    return replace(found, given=settings.outlets.of_file(found.path)) if isinstance(found, SourceFile) else found


def _deduplicate(
    settings: Settings, stages: Stages, staging: Staging, found: Recognised, summary: RunSummary
) -> DeduplicationResult:
    with summary.timed("deduplicate"):
        size = settings.batch_size_for(staging.count)
        documents = stages.deduplicate(staging, summary.home, size, settings.retry_rejected)
    summary.known = documents.known + found.documents.height
    states = cast("dict[str, int]", dict(documents.seen["status"].value_counts().iter_rows()))
    log.info("%d documents were read, %d of them known before: %s", documents.seen.height, documents.known, states)
    if settings.dry_run:
        summary.count(Counter(states) + Counter(statuses(summary.home, found.documents)))
    return documents


def _ingest(settings: Settings, documents: DeduplicationResult, run: BatchRun, pool: Pool, signals: Signals) -> None:
    """Each batch becomes one package, which is loaded before the next one is made."""
    progress().start("annotate", sum(batch.articles for batch in documents.batches))
    packages: PackageFrames
    if settings.runner is Runner.LOCAL:
        packages = annotate_locally(documents.batches, run, pool)
    else:
        storage = SharedStorage.of(run.home, settings.storage)
        packages = annotate_on_cluster(documents.batches, run, storage, settings.workers)
    with closing(packages) as annotated:
        for _ in documents.batches:
            with signals.postponed():
                _load(run.stages, run.summary, *next(annotated))


def _load(stages: Stages, summary: RunSummary, package_id: str, frames: Frames) -> None:
    about = {"created_at": datetime.now(UTC).isoformat(), "versions": versions(), "languages": summary.languages}
    with summary.timed("package"):
        folder = stages.package(summary.home, package_id, summary.run_id, frames, about)
    with summary.timed("load"):
        added = stages.load(summary.home, folder)
    log.info("%s loaded: %s", package_id, ", ".join(f"{name} {count}" for name, count in added.items()))
    summary.rows.update(added)
    summary.count_languages(frames)


def _kept(settings: Settings) -> dict[str, Any]:
    """What the run's row keeps of its settings."""
    return {"sources": settings.sources, "workers": settings.workers, "languages": settings.languages}


def _finish(
    settings: Settings,
    stages: Stages,
    documents: DeduplicationResult,
    found: Recognised,
    summary: RunSummary,
    started: datetime,
) -> None:
    """The run's own row comes last, in a package like everything else; then all is published.

    A run that brought nothing new leaves nothing behind: a schedule of five minutes would make 100,000 packages a year.
    """
    seen = pl.concat([documents.seen.select("document_id"), found.documents])
    summary.count(statuses(summary.home, seen))
    summary.rejections = rejected_documents(summary.home, seen)
    summary.unchanged = not documents.batches and (not settings.publish or is_published(summary.home))
    if summary.unchanged:
        share(summary.home, summary.home.published)
        log.info("nothing new; %s stays as it is", summary.home.published)
        return
    row = {
        "run_id": summary.run_id,
        "started_at": started,
        "finished_at": datetime.now(UTC),
        "state": "completed",
        "documents": summary.documents,
        "accepted": summary.accepted,
        "duplicates": summary.duplicates,
        "rejected": summary.rejected,
        "known": summary.known,
        "versions": json.dumps(versions()),
        "settings": json.dumps(_kept(settings)),
    }
    runs = pl.DataFrame([row], schema=tables()["runs"].polars_schema)
    _load(stages, summary, f"{summary.run_id}-end", {"runs": runs})
    log.info("%d documents were rejected", len(summary.rejections))
    if settings.publish:
        with summary.timed("publish"):
            stages.publish(summary.home)
        log.info("published %s", summary.home.published)
