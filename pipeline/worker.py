"""What runs in the worker processes. Imports neither Prefect nor DuckDB, so that a worker starts quickly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from pipeline.rows import annotation_rows, article_of, article_row, document_row
from pipeline.sources import SourceFile
from warehouse import faults
from warta.chain import annotate_article
from warta.readers.files import read
from warta.records import Rejection
from warta.text.clean import to_article

# Documents sent back at once: few enough to be dealt with while the next ones are read.
_AT_ONCE = 200
_LINE = orjson.OPT_APPEND_NEWLINE


def read_file(source: SourceFile) -> Iterator[list[dict[str, Any]]]:
    """Read and clean the documents of a file: rows for `documents` and, for those that are readable, `articles`."""
    rows: list[dict[str, Any]] = []
    for raw in read(source.path, source.uri):
        faults.point("worker.read")
        found = raw if isinstance(raw, Rejection) else to_article(raw)
        if isinstance(found, Rejection):
            rows.append({"document": document_row(found), "article": None})
        else:
            rows.append({"document": document_row(raw), "article": article_row(found)})
        if len(rows) == _AT_ONCE:
            yield rows
            rows = []
    if rows:
        yield rows


def annotate_row(row: dict[str, Any]) -> Iterator[dict[str, bytes]]:
    """Annotate the article of one row of `articles`: for each table its rows as JSON lines.

    So they reach the other process three times as cheaply as objects, and Polars reads them by itself.
    """
    faults.point("worker.annotate")
    found = annotation_rows(annotate_article(article_of(row)))
    yield {name: b"".join(orjson.dumps(row, option=_LINE) for row in rows) for name, rows in found.items()}
