"""Stage 4: which documents are new, and which of them repeat an article?"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pipeline.carriers import first_carriers
from pipeline.pages import Whole, put_together
from pipeline.read import Staging
from warehouse import faults
from warehouse.contract import tables
from warehouse.home import Home
from warehouse.ids import stable_id
from warehouse.lookups import known_carriers, known_documents
from warta.version import extractor_version


@dataclass(frozen=True)
class Batch:
    """New documents that go through the other stages together, with the publications of those that can be read.

    `wholes` are articles put together from pages of several documents; `articles` counts those to annotate.
    """

    number: int
    documents: pl.DataFrame
    publications: pl.DataFrame
    wholes: pl.DataFrame
    articles: int


@dataclass(frozen=True)
class DeduplicationResult:
    """`seen`: id, number of the file and current status of every document that was read; `batches`: the new ones."""

    seen: pl.DataFrame
    known: int
    batches: list[Batch]


def deduplicate(staging: Staging, home: Home, batch_size: int, retry_rejected: bool = False) -> DeduplicationResult:
    """Give every document its id and its status and cut the new ones into batches of `batch_size` articles.

    Documents that another version of warta rejected are new, and with `retry_rejected` all that were rejected.
    """
    documents = _with_ids(staging.documents())
    if documents.is_empty():
        return DeduplicationResult(documents.select("document_id", "file", "status"), 0, [])
    known = known_documents(home, documents, version=extractor_version(), retry_rejected=retry_rejected)
    documents = documents.join(known, on="document_id", how="left", maintain_order="left")
    new = documents.filter(pl.col("known_status").is_null()).drop("known_status")
    publications = new.select("document_id", "file", "position").join(
        staging.publications().drop("document_id"), on=["file", "position"], how="inner", maintain_order="left"
    )
    new = _mark_duplicates(new, publications, home)
    wholes = put_together(publications, staging, home)
    statuses = pl.concat([
        documents.filter(pl.col("known_status").is_not_null()).select("document_id", "file", status="known_status"),
        new.select("document_id", "file", "status"),
    ])  # fmt: skip
    faults.point("deduplicate")
    batches = _batches(new, publications, wholes, batch_size)
    return DeduplicationResult(statuses, documents.height - new.height, batches)


def _with_ids(documents: pl.DataFrame) -> pl.DataFrame:
    """A document is its file, its content and how often that content came before in the file: lines put in front of
    it do not change its id."""
    repeated = pl.int_range(pl.len()).over("source_uri", "content_sha256")
    numbered = documents.with_columns(repeated=repeated)
    keys = numbered.select("source_uri", "content_sha256", "repeated").iter_rows()
    ids = pl.Series("document_id", [stable_id("document", *key) for key in keys], dtype=pl.String)
    return numbered.drop("repeated").with_columns(ids)


def _mark_duplicates(new: pl.DataFrame, publications: pl.DataFrame, home: Home) -> pl.DataFrame:
    """The document of an article that was published first is accepted, all others repeat it.

    So is one that was published before the document from which a loaded article is taken.
    """
    carriers = publications.join(new.select("document_id", "source_uri"), on="document_id", maintain_order="left")
    first = first_carriers(carriers, known_carriers(home, new))
    again = (pl.col("status") == "accepted") & ~pl.col("document_id").is_in(first.implode())
    return new.with_columns(status=pl.when(again).then(pl.lit("duplicate")).otherwise("status"))


def _batches(new: pl.DataFrame, publications: pl.DataFrame, wholes: list[Whole], batch_size: int) -> list[Batch]:
    numbered = _numbered(new, batch_size)
    numbers = dict(numbered.select("document_id", "batch").iter_rows())
    found: list[Batch] = []
    for (number,), part in numbered.group_by("batch", maintain_order=True):
        # With the last of its pages, so that no kill comes between them.
        of_part = [whole for whole in wholes if max(numbers.get(d, 0) for d in whole.documents) == number]
        articles = pl.DataFrame([whole.article for whole in of_part], schema=tables()["articles"].polars_schema)
        schema = tables()["publications"].polars_schema
        carried = publications.join(part, on="document_id", how="semi", maintain_order="left").cast(
            {"position": pl.Int32}
        )
        carried = pl.concat(
            [carried.select(list(schema)), pl.DataFrame([w.publication for w in of_part], schema=schema)]
        )
        count = int((part["status"] == "accepted").sum()) + len(of_part)
        found.append(Batch(len(found) + 1, part.drop("batch"), carried, articles, count))
    return found


def _numbered(new: pl.DataFrame, batch_size: int) -> pl.DataFrame:
    """The documents with the number of their batch, in the order of the batches.

    An article opens a new batch when the one before it is full; rejects go along, and what repeats an article does so
    in the batch of that article or behind it.
    """
    accepted = (new["status"] == "accepted").cum_sum().cast(pl.Int64)  # it would be unsigned, and have no -1
    numbered = new.with_columns(batch=(accepted - 1).clip(0) // batch_size)
    own = numbered.filter(pl.col("status") == "accepted").select("article_id", of_article="batch")
    with_own = numbered.join(own, on="article_id", how="left", maintain_order="left")
    later = pl.max_horizontal("batch", "of_article")
    return with_own.with_columns(batch=later).drop("of_article").sort("batch", maintain_order=True)
