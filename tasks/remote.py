"""Stages 5 and 6 on other machines: a batch goes there and comes back as packages on shared storage."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import current_process

import polars as pl
from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.annotate import annotate_articles, articles_of
from tasks.deduplicate import Batch
from tasks.pool import Pool
from tasks.read import Staging
from tasks.validate import judge, settle
from warehouse.contract import tables
from warehouse.exchange import Exchange
from warehouse.home import Home


class NoWorkerProcesses(RuntimeError):
    """The cluster's worker may not start the process in which articles are annotated."""


@dataclass(frozen=True)
class Sent:
    """A batch on shared storage: package `sent` becomes `package_id`. `now` is when its rows are said to be made."""

    exchange: Exchange
    sent: str
    number: int
    run_id: str
    package_id: str
    now: datetime


@dataclass(frozen=True)
class Done:
    """The name on shared storage of a batch's frames, and the seconds that their making took."""

    name: str
    seconds: float


@task(name="send", tags={"send"}, cache_policy=NO_CACHE, retries=2, task_run_name="send batch {batch.number}")
def send(batch: Batch, staging: Staging, exchange: Exchange, run_id: str, package_id: str, now: datetime) -> Sent:
    """Write what a worker needs of a batch: its documents and the articles to annotate."""
    name = f"{package_id}-in"
    exchange.put(name, run_id, {"documents": batch.documents, "articles": articles_of(batch, staging)})
    return Sent(exchange, name, batch.number, run_id, package_id, now)


@task(name="annotate", tags={"annotate"}, cache_policy=NO_CACHE, task_run_name="annotate batch {sent.number}")
def annotate_remotely(sent: Sent) -> Done:
    """Annotate and validate a batch, on whatever machine this runs.

    Every try has a name of its own: a worker that was taken for dead cannot write into what another one made.
    Raises NoWorkerProcesses where this is a daemonic process, as Dask's nannies make them.
    """
    if current_process().daemon:
        raise NoWorkerProcesses("start the Dask workers with DASK_DISTRIBUTED__WORKER__DAEMON=False or --no-nanny")
    began = time.monotonic()
    frames = sent.exchange.get(sent.sent).frames
    articles = frames.get("articles", pl.DataFrame(schema=tables()["articles"].polars_schema))
    with Pool(1) as pool:
        annotated = annotate_articles(articles, pool)
    judged = judge(frames["documents"], annotated, sent.run_id, sent.package_id, sent.now)
    name = f"{sent.package_id}-{secrets.token_hex(3)}"
    sent.exchange.put(name, sent.run_id, judged)
    return Done(name, time.monotonic() - began)


@task(name="fetch", tags={"fetch"}, cache_policy=NO_CACHE, retries=2, task_run_name="fetch {done.name}")
def fetch(exchange: Exchange, done: Done, home: Home) -> dict[str, pl.DataFrame]:
    """The frames of the batch's package, verified."""
    return settle(exchange.get(done.name).frames, home)
