"""From new documents to the frames of their packages: in worker processes of this machine, or on a cluster."""

from __future__ import annotations

import logging
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.deduplicate import Batch
from pipeline.pool import Pool
from pipeline.progress import progress
from pipeline.read import Staging
from pipeline.shared_storage import SharedStorage
from pipeline.stages import Stages, prefetched
from pipeline.summary import RunSummary
from pipeline.validate import Frames
from warehouse.home import Home

log = logging.getLogger("warta")

PackageFrames = Generator[tuple[str, Frames], None, None]


@dataclass(frozen=True)
class BatchRun:
    """What the batches of a run share."""

    summary: RunSummary
    staging: Staging
    stages: Stages

    @property
    def run_id(self) -> str:
        return self.summary.run_id

    @property
    def home(self) -> Home:
        return self.summary.home

    def package_id(self, batch: Batch) -> str:
        return f"{self.run_id}-{batch.number:05d}"

    def report(self, batch: Batch, seconds: float) -> None:
        self.summary.seconds["annotate"] += seconds
        log.info("batch %d: %d articles in %.1f s", batch.number, batch.articles, seconds)


def annotate_locally(batches: list[Batch], run: BatchRun, pool: Pool) -> PackageFrames:
    """(id, frames) of each batch's package; the next batch is annotated while one is validated and loaded."""
    with run.stages.background() as begin:
        begun = (begin(run.stages.annotate, batch, run.staging, pool, run.summary.languages) for batch in batches)
        for batch, annotated in zip(batches, prefetched(begun, at_once=2), strict=True):
            run.report(batch, annotated.seconds)
            package_id, now = run.package_id(batch), datetime.now(UTC)
            with run.summary.timed("validate"):
                frames = run.stages.validate(batch, annotated, run.home, run.run_id, package_id, now)
            yield package_id, frames


def annotate_on_cluster(batches: list[Batch], run: BatchRun, storage: SharedStorage, workers: int) -> PackageFrames:
    """As `annotate_locally`, by workers that read each batch from shared storage and leave their results there."""
    sent = (
        run.stages.send_batch(
            batch, run.staging, storage, run.run_id, run.package_id(batch), datetime.now(UTC), run.summary.languages
        )
        for batch in batches
    )
    try:
        with run.stages.background() as begin:
            begun = (begin(run.stages.annotate_on_worker, batch) for batch in sent)
            for batch, done in zip(batches, prefetched(begun, at_once=2 * workers), strict=True):
                run.report(batch, done.seconds)
                progress().advance("annotate", batch.articles)
                with run.summary.timed("fetch"):
                    frames = run.stages.fetch_batch(storage, done, run.home)
                yield run.package_id(batch), frames
    finally:
        storage.remove()
