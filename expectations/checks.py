"""Columns computed for the expectations to look at: offsets against the article's text, references to other rows."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from expectations.suites import package_rules
from warehouse.contract import Exists, RightSpan, Span, Table, tables


def with_checks(table: Table, frame: pl.DataFrame, others: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The frame with one boolean column a check; `others` are the frames, already validated, that it refers to."""
    for rule in package_rules(table):
        match rule:
            case RightSpan():
                check = _span_is_right(frame, others["articles"], rule.span)
            case Exists():
                check = _reference_exists(frame, rule.column, rule.references, others[rule.references])
            case _:
                continue
        frame = frame.with_columns(check.alias(rule.name))
    return frame


def _span_is_right(frame: pl.DataFrame, articles: pl.DataFrame, span: Span) -> pl.Series:
    """Inside the article, not empty and, where the row has a text, equal to the article's characters."""
    texts = dict(articles.select("article_id", "text").iter_rows())

    def is_right(article: str, start: int | None, end: int | None, found: str | None = None) -> bool:
        text = texts.get(article)
        if text is None or start is None or end is None or not 0 <= start < end <= len(text):
            return False
        return not span.text or text[start:end] == found

    columns = ["article_id", span.start, span.end, *([span.text] if span.text else [])]
    return pl.Series("right", [is_right(*row) for row in frame.select(columns).iter_rows()], dtype=pl.Boolean)


def _reference_exists(frame: pl.DataFrame, column: str, references: str, parent: pl.DataFrame) -> pl.Series:
    """True where the value is null or is a key of the parent table; entities count within their own article."""
    key = tables()[references].key
    own = [column if part == key[-1] else part for part in key]
    keys = parent.select(key).unique().with_columns(pl.lit(True).alias("_found"))
    joined = frame.select(own).join(keys, left_on=own, right_on=key, how="left", maintain_order="left")
    return joined.select((pl.col(column).is_null() | pl.col("_found").fill_null(False)).alias("found"))["found"]
