"""What runs in the worker processes. Imports neither Prefect nor DuckDB, so that a worker starts quickly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson

from pipeline.pool import Failure
from pipeline.rows import annotation_rows, article_of, article_row, document_row, publication_row, rejected_rows
from pipeline.sources import SourceFile
from warehouse import faults
from warta.chain import annotate_article
from warta.readers.files import read
from warta.records import RawDocument, Rejection
from warta.text.clean import to_article
from warta.text.outlets import Given

_LINE = orjson.OPT_APPEND_NEWLINE
# Rows of all tables of one article: the longest text (warta.readers.fields) has a fifth of that where people wrote it.
MOST_ROWS = 100_000


def read_file(source: SourceFile) -> Iterator[dict[str, Any]]:
    """Read and clean the documents of a file: for each its row, where it is readable with its article and publication.

    Each leaves this process before the next one is begun, which may end it.
    """
    for found in read(source.path, source.uri):
        faults.point("worker.read")
        yield _rows_of(found, source.given, source.saved_at)


def _rows_of(found: RawDocument | Rejection, given: Given, saved_at: datetime | None) -> dict[str, Any]:
    """The rows of one document. What fails in it costs that document alone."""
    try:
        if isinstance(found, Rejection):
            return rejected_rows(found)
        article = to_article(found, given)
        if isinstance(article, Rejection):
            return rejected_rows(article)
        row = article_row(article)
        return {"document": document_row(found), "article": row, "publication": publication_row(found, row, saved_at)}
    except Exception as error:
        reason = "out_of_memory" if isinstance(error, MemoryError) else "internal_error"
        detail = f"it met a fault of warta: {type(error).__name__}: {error}"[:500]
        rejection = Rejection(
            found.source_uri, found.locator, found.media_type, found.sha256, found.size,
            reason, detail, found.external_id,
        )  # fmt: skip
        return rejected_rows(rejection)


def annotate_row(row: dict[str, Any]) -> Iterator[dict[str, bytes] | Failure]:
    """Annotate the article of one row of `articles`: for each table its rows as JSON lines, or why it has none.

    So they reach the other process three times as cheaply as objects, and Polars reads them by itself.
    """
    faults.point("worker.annotate")
    found = annotation_rows(annotate_article(article_of(row)))
    if (count := sum(map(len, found.values()))) > MOST_ROWS:
        yield Failure("too_many_rows", f"has {count:,} names, quotes, events and the like; {MOST_ROWS:,} are the most")
        return
    yield {name: b"".join(orjson.dumps(row, option=_LINE) for row in rows) for name, rows in found.items()}
