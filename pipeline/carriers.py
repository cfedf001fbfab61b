"""Of the documents that hold one text: from which is the article taken? From the one that was published first."""

from __future__ import annotations

import polars as pl

# Orders carriers. Without a day a document comes last, without an address behind one that has it; the other two only
# make sure that files in any order give the same article.
ORDER = ("published", "without_url", "source_uri")
_NEVER = 1e12  # seconds


def with_order(carriers: pl.DataFrame) -> pl.DataFrame:
    """`carriers` (published_at, published_date, url, source_uri) with the columns that ORDER names."""
    day = pl.col("published_date").cast(pl.Datetime("us", "UTC")).dt.epoch("s")
    return carriers.with_columns(
        published=pl.coalesce(pl.col("published_at").dt.epoch("s"), day, _NEVER).cast(pl.Float64),
        without_url=pl.col("url").is_null(),
    )


def first_carriers(new: pl.DataFrame, known: pl.DataFrame) -> pl.Series:
    """Ids of those documents in `new` from which an article is to be taken, though it may be `known`.

    Both have article_id and what `with_order` asks for, `new` also document_id, file and position.
    """
    carriers = pl.concat([with_order(known), with_order(new)], how="diagonal")
    ordered = carriers.sort(*ORDER, "file", "position", nulls_last=False)  # of two alike, what is known
    return ordered.unique("article_id", keep="first", maintain_order=True)["document_id"].drop_nulls()
