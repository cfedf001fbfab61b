"""The main job, stage by stage: discover, read, drop duplicates, annotate, validate, package, load, publish."""

from __future__ import annotations

import importlib.metadata
import json
import logging
import secrets
import shutil
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from expectations.validate import warm_up
from flows.batches import Run, elsewhere, here
from flows.interruptions import Interruptions, interruptions
from flows.settings import LOCAL, Settings
from flows.stages import Stages
from tasks.deduplicate import Sorted, deduplicate
from tasks.discover import discover
from tasks.load import load
from tasks.package import package
from tasks.pool import Pool
from tasks.progress import progress
from tasks.publish import publish
from tasks.read import Staging, read
from tasks.recover import recover
from tasks.sources import Missing
from warehouse.contract import tables
from warehouse.exchange import Exchange
from warehouse.home import Home, writer_lock
from warehouse.known import rejected_documents, statuses

log = logging.getLogger("warta")


@dataclass
class RunSummary:
    """What a run did: documents by state, rows added by table, seconds by stage, what was wrong with its input."""

    run_id: str
    home: Home
    documents: int = 0
    accepted: int = 0
    duplicates: int = 0
    rejected: int = 0
    known: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    rejections: list[dict[str, Any]] = field(default_factory=list)
    dry_run: bool = False

    @property
    def clean(self) -> bool:
        """Whether all input was taken."""
        return not (self.rejected or self.rows["rejects"] or any(missing.is_wrong for missing in self.missing))

    def count(self, by_status: dict[str, int]) -> None:
        self.accepted = by_status.get("accepted", 0)
        self.duplicates = by_status.get("duplicate", 0)
        self.rejected = by_status.get("rejected", 0)
        self.documents = self.accepted + self.duplicates + self.rejected


def run(settings: Settings, stages: Stages) -> RunSummary:
    """Take the sources into the warehouse of the home and publish it.

    Raises WarehouseBusy where another run holds the home, Interrupted where it was asked to end. Killed anywhere, the
    next run finishes the work.
    """
    log.setLevel(logging.INFO)  # handlers decide what is shown: Prefect keeps all, the terminal only warnings
    home = Home(settings.home.resolve())
    with writer_lock(home, settings.wait), interruptions() as signals:
        stages.call(recover, home)
        started = datetime.now(UTC)
        summary = RunSummary(f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}", home, dry_run=settings.dry_run)
        folder = home.work / summary.run_id
        folder.mkdir(mode=0o700)
        if not settings.dry_run:
            warm_up()
        with Pool(settings.workers) as pool:
            staging = _read(settings, stages, pool, folder, summary)
            batch_size = settings.batch_size_for(staging.count)
            documents: Sorted = stages.call(deduplicate, staging, home, batch_size)
            summary.known = documents.known
            states = dict(documents.seen["status"].value_counts().iter_rows())
            log.info("%d documents, %d known before: %s", documents.seen.height, documents.known, states)
            if settings.dry_run:
                summary.count(states)
            else:
                _take(settings, documents, Run(summary.run_id, home, staging, stages), pool, summary, signals)
        shutil.rmtree(folder)
        if not settings.dry_run:
            _end(settings, stages, documents, summary, started)
    summary.seconds = dict(stages.seconds)
    return summary


def _read(settings: Settings, stages: Stages, pool: Pool, folder: Path, summary: RunSummary) -> Staging:
    found = stages.call(discover, list(settings.sources), summary.home.root)
    summary.missing = [item for item in found if isinstance(item, Missing)]
    for missing in summary.missing:
        log.warning(missing.detail)
    readable = [item for item in found if not isinstance(item, Missing)]
    log.info("%d files to read", len(readable))
    staging: Staging = stages.call(read, readable, pool, folder)
    return staging


def _take(
    settings: Settings, documents: Sorted, run: Run, pool: Pool, summary: RunSummary, signals: Interruptions
) -> None:
    """Each batch becomes one package, which is loaded before the next one is made."""
    progress().start("annotate", sum(batch.articles for batch in documents.batches))
    if settings.runner == LOCAL:
        packages = here(documents.batches, run, pool)
    else:
        packages = elsewhere(documents.batches, run, Exchange.of(run.home, settings.storage))
    with closing(packages) as packed:
        for _ in documents.batches:
            with signals.postponed():
                _load(run.stages, summary, *next(packed))


def _load(stages: Stages, summary: RunSummary, package_id: str, frames: dict[str, pl.DataFrame]) -> None:
    about = {"created_at": datetime.now(UTC).isoformat(), "versions": versions()}
    folder = stages.call(package, summary.home, package_id, summary.run_id, frames, about)
    added = stages.call(load, summary.home, folder)
    log.info("%s loaded: %s", package_id, ", ".join(f"{name} {count}" for name, count in added.items()))
    summary.rows.update(added)


def _end(settings: Settings, stages: Stages, documents: Sorted, summary: RunSummary, started: datetime) -> None:
    """The run's own row comes last, in a package like everything else; then all is published."""
    summary.count(statuses(summary.home, documents.seen))
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
        "settings": json.dumps({"sources": settings.sources, "workers": settings.workers}),
    }
    runs = pl.DataFrame([row], schema=tables()["runs"].polars_schema)
    _load(stages, summary, f"{summary.run_id}-end", {"runs": runs})
    stages.call(publish, summary.home)
    summary.rejections = rejected_documents(summary.home, documents.seen)
    log.info("published %s; %d documents were not taken", summary.home.published, len(summary.rejections))


def versions() -> dict[str, str]:
    """Versions of warta and of the libraries that shape its rows."""
    names = ("warta", "duckdb", "polars", "great-expectations", "prefect", "trafilatura", "ftfy", "python-crfsuite")
    return {name: importlib.metadata.version(name) for name in names}
