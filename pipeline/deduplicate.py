"""Stage 4: which documents are new, and which of them repeat an article?"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pipeline.read import Staging
from warehouse import faults
from warehouse.home import Home
from warehouse.ids import stable_id
from warehouse.lookups import known_articles, known_documents
from warta.version import extractor_version


@dataclass(frozen=True)
class Batch:
    """New documents that go through the other stages together; `articles` counts those to annotate."""

    number: int
    documents: pl.DataFrame
    articles: int


@dataclass(frozen=True)
class DeduplicationResult:
    """`seen`: id and current status of every document of the run; `batches`: the new ones among them."""

    seen: pl.DataFrame
    known: int
    batches: list[Batch]


def deduplicate(staging: Staging, home: Home, batch_size: int, retry_rejected: bool = False) -> DeduplicationResult:
    """Give every document its id and its status and cut the new ones into batches of `batch_size` articles.

    Documents that another version of warta rejected are new, and with `retry_rejected` all that were rejected.
    """
    documents = _with_ids(staging.documents())
    known = known_documents(home, documents, version=extractor_version(), retry_rejected=retry_rejected)
    documents = documents.join(known, on="document_id", how="left", maintain_order="left")
    new = documents.filter(pl.col("known_status").is_null()).drop("known_status")
    new = _mark_duplicates(new, known_articles(home, new))
    statuses = pl.concat([
        documents.filter(pl.col("known_status").is_not_null()).select("document_id", status="known_status"),
        new.select("document_id", "status"),
    ])  # fmt: skip
    faults.point("deduplicate")
    return DeduplicationResult(statuses, documents.height - new.height, _batches(new, batch_size))


def _with_ids(documents: pl.DataFrame) -> pl.DataFrame:
    """A document is its file, its content and how often that content came before in the file: lines put in front of
    it do not change its id."""
    repeated = pl.int_range(pl.len()).over("source_uri", "content_sha256")
    numbered = documents.with_columns(repeated=repeated)
    keys = numbered.select("source_uri", "content_sha256", "repeated").iter_rows()
    ids = pl.Series("document_id", [stable_id("document", *key) for key in keys], dtype=pl.String)
    return numbered.drop("repeated").with_columns(ids)


def _mark_duplicates(new: pl.DataFrame, known: pl.Series) -> pl.DataFrame:
    """The first document of an article that is not in the warehouse is accepted, all others repeat it."""
    readable = pl.col("status") == "accepted"
    again = ~pl.col("article_id").is_first_distinct() | pl.col("article_id").is_in(known.implode())
    return new.with_columns(status=pl.when(readable & again).then(pl.lit("duplicate")).otherwise("status"))


def _batches(new: pl.DataFrame, batch_size: int) -> list[Batch]:
    accepted = (new["status"] == "accepted").cum_sum().cast(pl.Int64)  # it would be unsigned, and have no -1
    # An article opens a new batch when the one before it is full; duplicates and rejects go along.
    numbers = ((accepted - 1).clip(0) // batch_size).alias("batch")
    parts = new.with_columns(numbers).partition_by("batch", maintain_order=True, include_key=False)
    return [
        Batch(number, part, int((part["status"] == "accepted").sum())) for number, part in enumerate(parts, start=1)
    ]
