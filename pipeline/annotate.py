"""Stage 5: find names, quotes, events, times and amounts, in worker processes.

An article in a language that is not asked for is kept without any: `articles.annotated` says so.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from pipeline.deduplicate import Batch
from pipeline.pool import Failure, Pool
from pipeline.progress import progress
from pipeline.read import Staging
from warehouse import faults
from warehouse.contract import tables
from warta.text.language import UNKNOWN

log = logging.getLogger("warta.annotate")


@dataclass(frozen=True)
class Annotated:
    """The frames of a batch by table, why articles (by id) could not be annotated, and the time it took."""

    frames: dict[str, pl.DataFrame]
    failures: dict[str, Failure]
    seconds: float


def annotate(batch: Batch, staging: Staging, pool: Pool, languages: Iterable[str]) -> Annotated:
    """Annotate the accepted articles of a batch. An article that breaks its worker fails alone."""
    return annotate_articles(accepted_articles(batch, staging, languages), pool)


def annotate_articles(articles: pl.DataFrame, pool: Pool) -> Annotated:
    """Annotate the rows of `articles` that are to be; tells the stage `annotate` how far it is."""
    from pipeline.worker import annotate_row  # brings all that annotates; a run that finds nothing new does without

    began = time.monotonic()
    failures: dict[str, Failure] = {}
    done: dict[int, dict[str, bytes]] = {}
    asked = articles.filter(pl.col("annotated").fill_null(True))
    progress().advance("annotate", articles.height - asked.height)
    for index, result in pool.map(annotate_row, asked.iter_rows(named=True)):
        article_id = asked["article_id"][index]
        if isinstance(result, Failure):
            failures[article_id] = result
            at = asked["source_uri"][index]
            log.error("article %s of %s %s %s", article_id, at, result.detail, result.trace)
        else:
            done[index] = result
        progress().advance("annotate")
        faults.point("annotate")
    frames = _frames([done[index] for index in sorted(done)])
    frames["articles"] = articles.filter(~pl.col("article_id").is_in(list(failures)))
    return Annotated(frames, failures, time.monotonic() - began)


def _frames(found: list[dict[str, bytes]]) -> dict[str, pl.DataFrame]:
    """One frame a table from the rows of each article, which come as JSON lines."""
    lines: dict[str, list[bytes]] = defaultdict(list)
    for of_article in found:
        for name, rows in of_article.items():
            lines[name].append(rows)
    frames = {}
    for name, of_articles in lines.items():
        rows, schema = b"".join(of_articles), tables()[name].polars_schema
        frames[name] = pl.read_ndjson(rows, schema=schema) if rows else pl.DataFrame(schema=schema)
    return frames


def marked(articles: pl.DataFrame, languages: Iterable[str]) -> pl.DataFrame:
    """The articles, each with whether it is to be annotated: in one of these languages, or in one that nobody knows."""
    return articles.with_columns(annotated=pl.col("language").is_in([*languages, UNKNOWN]))


def accepted_articles(batch: Batch, staging: Staging, languages: Iterable[str]) -> pl.DataFrame:
    """The batch's articles: those of its accepted documents, in their order, then those put together from pages.

    Each says whether it is to be annotated.
    """
    accepted = batch.documents.filter(pl.col("status") == "accepted").select("document_id", "part", "file", "position")
    columns = list(tables()["articles"].polars_schema)
    parts = [
        staging.articles(int(part)).drop("document_id").join(wanted, on=["file", "position"])
        for (part,), wanted in accepted.group_by("part")
    ]
    empty = batch.wholes.clear().with_columns(file=pl.lit(0, pl.Int64), position=pl.lit(0, pl.Int64))
    of_documents = pl.concat([part.select(empty.columns) for part in [empty, *parts]]).sort("file", "position")
    return marked(pl.concat([of_documents.select(columns), batch.wholes]), languages)
