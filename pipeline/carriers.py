"""Of the documents that hold one text: from which is the article taken? From the one that was published first."""

from __future__ import annotations

import polars as pl

# Orders carriers as `warehouse/lookups/replaced_articles.sql` does. What lacks a day, a time or an address comes behind
# what has it; the last one only makes sure that files in any order give the same article.
ORDER = ("published_date", "published_at", "without_url", "source_uri")


def first_carriers(new: pl.DataFrame, known: pl.DataFrame) -> pl.Series:
    """Ids of those documents in `new` from which an article is to be taken, though it may be `known`.

    Both have article_id, published_at, published_date, url and source_uri, `new` also document_id, file and position.
    """
    carriers = pl.concat([known, new], how="diagonal").with_columns(without_url=pl.col("url").is_null())
    in_file = [pl.col(name).fill_null(-1) for name in ("file", "position")]  # of two alike, what is known
    ordered = carriers.sort(*ORDER, *in_file, nulls_last=True)
    return ordered.unique("article_id", keep="first", maintain_order=True)["document_id"].drop_nulls()
