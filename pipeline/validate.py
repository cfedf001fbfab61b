"""Stage 6: keep rows that break a critical rule out of their tables, and say what became of every document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import polars as pl

from expectations.validate import Outcome
from expectations.validate import validate as run_suites
from pipeline.annotate import Annotated
from pipeline.deduplicate import Batch
from warehouse import faults
from warehouse.contract import tables
from warehouse.home import Home
from warehouse.ids import stable_id
from warehouse.lookups import known_articles

Frames = dict[str, pl.DataFrame]


def validate(batch: Batch, annotated: Annotated, home: Home, run_id: str, package_id: str, now: datetime) -> Frames:
    """The frames of the batch's package: validated rows, rejects and the results of all expectations."""
    validated = validate_batch(batch.documents, batch.publications, annotated, run_id, package_id, now)
    return reject_orphans(validated, home)


def validate_batch(
    documents: pl.DataFrame,
    publications: pl.DataFrame,
    annotated: Annotated,
    run_id: str,
    package_id: str,
    now: datetime,
) -> Frames:
    """The frames of a package as far as they can be known without a warehouse."""
    frames = {**annotated.frames, "publications": publications.with_columns(seen_at=pl.lit(now))}
    frames["articles"] = frames["articles"].with_columns(run_id=pl.lit(run_id), loaded_at=pl.lit(now))
    frames["documents"] = documents.with_columns(run_id=pl.lit(run_id), seen_at=pl.lit(now)).select(
        tables()["documents"].polars_schema.keys()
    )
    failed = {article: f"{why.reason}: the article {why.detail}" for article, why in annotated.failures.items()}
    return validate_frames(frames, failed, run_id, package_id)


def validate_frames(
    frames: Mapping[str, pl.DataFrame], failed: Mapping[str, str], run_id: str, package_id: str
) -> Frames:
    """The frames of a package; `failed` tells why articles (by id) are not among them."""
    outcome = run_suites(frames)
    failed = {**failed, **_broken_articles(outcome)}
    outcome.frames |= _without_rejected(outcome.frames, failed)
    outcome.frames["rejects"] = _rejects(outcome, frames["documents"], run_id)
    outcome.frames["validation_results"] = _results(outcome, run_id, package_id)
    faults.point("validate")
    return outcome.frames


def _broken_articles(outcome: Outcome) -> dict[str, str]:
    broken = [reject for reject in outcome.rejects if reject["table_name"] == "articles"]
    return {reject["row_key"]: f"failed_validation: {reject['reason']}" for reject in broken}


def _without_rejected(frames: Frames, failed: Mapping[str, str]) -> Frames:
    """Documents whose article failed become rejected, with the reason, and carry nothing."""
    documents = _mark_rejected(frames["documents"], failed)
    if "publications" not in frames:
        return {"documents": documents}
    return {"documents": documents, "publications": frames["publications"].filter(~pl.col("article_id").is_in(failed))}


def _mark_rejected(documents: pl.DataFrame, failed: Mapping[str, str]) -> pl.DataFrame:
    why = pl.col("article_id").replace_strict(list(failed), list(failed.values()), default=None, return_dtype=pl.String)
    return documents.with_columns(_why=why).with_columns(
        status=pl.when(pl.col("_why").is_not_null()).then(pl.lit("rejected")).otherwise("status"),
        reason=pl.coalesce("_why", "reason"),
        article_id=pl.when(pl.col("_why").is_null()).then("article_id"),
    ).drop("_why")  # fmt: skip


def reject_orphans(frames: Frames, home: Home) -> Frames:
    """A document that repeats an article which was rejected in an earlier batch is rejected too."""
    documents = frames["documents"]
    repeated = documents.filter(pl.col("status") == "duplicate").select("article_id").unique()
    of_batch = frames["articles"]["article_id"] if "articles" in frames else ()
    known = {*of_batch, *known_articles(home, repeated)}
    missing = [article for article in repeated["article_id"] if article not in known]
    why = dict.fromkeys(missing, "repeats_rejected: repeats an article that was rejected")
    return frames | _without_rejected(frames, why)


def _rejects(outcome: Outcome, documents: pl.DataFrame, run_id: str) -> pl.DataFrame:
    accepted = documents.filter(pl.col("status") == "accepted")
    document_of = dict(accepted.select("article_id", "document_id").iter_rows())
    rows: list[dict[str, Any]] = [
        {
            **reject,
            "reject_id": stable_id("reject", run_id, reject["table_name"], reject["row_key"], reject["rule"], number),
            "run_id": run_id,
            "document_id": document_of.get(reject["article_id"]),
        }
        for number, reject in enumerate(outcome.rejects)
    ]
    return pl.DataFrame(rows, schema=tables()["rejects"].polars_schema)


def _results(outcome: Outcome, run_id: str, package_id: str) -> pl.DataFrame:
    rows = [
        {
            **result,
            "validation_id": stable_id("validation", package_id, result["suite"], result["rule"]),
            "run_id": run_id,
            "package_id": package_id,
        }
        for result in outcome.results
    ]
    return pl.DataFrame(rows, schema=tables()["validation_results"].polars_schema)
