"""Stages 5 and 6 on other machines: a batch goes there and comes back as packages on shared storage."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import current_process

import polars as pl

from pipeline.annotate import accepted_articles, annotate_articles
from pipeline.deduplicate import Batch
from pipeline.pool import Pool
from pipeline.read import Staging
from pipeline.shared_storage import SharedStorage
from pipeline.validate import Frames, reject_orphans, validate_batch
from warehouse.contract import tables
from warehouse.errors import WartaError
from warehouse.home import Home


class NoWorkerProcesses(WartaError):
    """The cluster's worker may not start the process in which articles are annotated."""


@dataclass(frozen=True)
class SentBatch:
    """A batch on shared storage: package `sent` becomes `package_id`. `now` is when its rows are said to be made."""

    storage: SharedStorage
    sent: str
    number: int
    run_id: str
    package_id: str
    now: datetime


@dataclass(frozen=True)
class DoneBatch:
    """The name on shared storage of a batch's frames, and the seconds that their making took."""

    name: str
    seconds: float


def send_batch(
    batch: Batch,
    staging: Staging,
    storage: SharedStorage,
    run_id: str,
    package_id: str,
    now: datetime,
    languages: Iterable[str],
) -> SentBatch:
    """Write what a worker needs of a batch: its documents and its articles, each with whether to annotate it."""
    name = f"{package_id}-in"
    articles = accepted_articles(batch, staging, languages)
    sent = {"documents": batch.documents, "publications": batch.publications, "articles": articles}
    storage.put(name, run_id, sent)
    return SentBatch(storage, name, batch.number, run_id, package_id, now)


def annotate_on_worker(sent: SentBatch) -> DoneBatch:
    """Annotate and validate a batch, on whatever machine this runs.

    Every try has a name of its own: a worker that was taken for dead cannot write into what another one made.
    Raises NoWorkerProcesses where this is a daemonic process, as Dask's nannies make them.
    """
    if current_process().daemon:
        raise NoWorkerProcesses("start the Dask workers with DASK_DISTRIBUTED__WORKER__DAEMON=False or --no-nanny")
    began = time.monotonic()
    frames = sent.storage.get(sent.sent).frames
    articles, publications = (
        frames.get(name, pl.DataFrame(schema=tables()[name].polars_schema)) for name in ("articles", "publications")
    )
    with Pool(1) as pool:
        annotated = annotate_articles(articles, pool)
    validated = validate_batch(frames["documents"], publications, annotated, sent.run_id, sent.package_id, sent.now)
    name = f"{sent.package_id}-{secrets.token_hex(3)}"
    sent.storage.put(name, sent.run_id, validated)
    return DoneBatch(name, time.monotonic() - began)


def fetch_batch(storage: SharedStorage, done: DoneBatch, home: Home) -> Frames:
    """The frames of the batch's package, verified."""
    return reject_orphans(storage.get(done.name).frames, home)
