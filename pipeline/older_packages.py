"""Packages that were made before the contract had what it has now, as if it had been there."""

from __future__ import annotations

import polars as pl

from warehouse.contract import tables
from warta.text.addresses import address

Frames = dict[str, pl.DataFrame]


def brought_up_to_date(frames: Frames) -> Frames:
    """Articles know the document that they are taken from, and that document carries them."""
    if "articles" not in frames or "documents" not in frames or "publications" in frames:
        return frames
    accepted = frames["documents"].filter(pl.col("status") == "accepted").select("document_id", "article_id", "seen_at")
    articles = frames["articles"].drop("document_id").join(accepted, on="article_id", how="left", maintain_order="left")
    schema = tables()["publications"].polars_schema
    found = [address(url) for url in articles["url"]]
    carried = articles.filter(pl.col("document_id").is_not_null()).with_columns(position=pl.lit(0))
    where = pl.DataFrame(
        {
            "article_id": articles["article_id"],
            "address": [place and place.key for place in found],
            "page": [place and place.page for place in found],
        },
        schema={name: schema[name] for name in ("article_id", "address", "page")},
    )
    carried = carried.join(where, on="article_id", maintain_order="left")
    missing = [pl.lit(None, schema[name]).alias(name) for name in schema if name not in carried.columns]
    publications = carried.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in schema.items())
    return frames | {"articles": articles.select(frames["articles"].columns), "publications": publications}
