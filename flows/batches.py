"""From new documents to the frames of their packages: in worker processes here, or on the machines of a cluster."""

from __future__ import annotations

import logging
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from flows.stages import Stages
from tasks.annotate import annotate
from tasks.deduplicate import Batch
from tasks.pool import Pool
from tasks.progress import progress
from tasks.read import Staging
from tasks.remote import annotate_remotely, fetch, send
from tasks.validate import validate
from warehouse.exchange import Exchange
from warehouse.home import Home

log = logging.getLogger("warta")

Packed = Generator[tuple[str, dict[str, pl.DataFrame]], None, None]


@dataclass(frozen=True)
class Run:
    """What the batches of a run share."""

    run_id: str
    home: Home
    staging: Staging
    stages: Stages

    def package_id(self, batch: Batch) -> str:
        return f"{self.run_id}-{batch.number:05d}"

    def annotated(self, batch: Batch, seconds: float) -> None:
        self.stages.seconds[annotate.name] += seconds
        log.info("batch %d: %d articles in %.1f s", batch.number, batch.articles, seconds)


def here(batches: list[Batch], run: Run, pool: Pool) -> Packed:
    """(id, frames) of each batch's package; the next batch is annotated while one is dealt with."""
    calls = ((batch, run.staging, pool) for batch in batches)
    for batch, annotated in zip(batches, run.stages.ahead(annotate, calls), strict=True):
        run.annotated(batch, annotated.seconds)
        package_id = run.package_id(batch)
        now = datetime.now(UTC)
        yield package_id, run.stages.call(validate, batch, annotated, run.home, run.run_id, package_id, now)


def elsewhere(batches: list[Batch], run: Run, exchange: Exchange) -> Packed:
    """As `here`, by the workers of a cluster, which find each batch on shared storage and leave their work there."""
    about = ((batch, run.staging, exchange, run.run_id, run.package_id(batch)) for batch in batches)
    calls = ((run.stages.call(send, *what, datetime.now(UTC)),) for what in about)
    try:
        for batch, done in zip(batches, run.stages.ahead(annotate_remotely, calls), strict=True):
            run.annotated(batch, done.seconds)
            progress().advance(annotate.name, batch.articles)
            yield run.package_id(batch), run.stages.call(fetch, exchange, done, run.home)
    finally:
        exchange.remove()
