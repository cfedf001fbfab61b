"""Rows under a header, of a CSV file or of a sheet, one article a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from warta.readers import fields
from warta.readers.source import Source
from warta.records import RawDocument, Rejection


def without_text(source: Source, header: Iterable[str], locator: str = "") -> Rejection | None:
    """Why the table holds no articles; None where it has a column of texts."""
    if "text" in fields.known(header):
        return None
    columns = ", ".join(header)[:200]
    detail = f"no column has a name that we know for a text; the columns are: {columns}"
    return source.reject("no_text_column", detail, locator=locator)


def document(
    source: Source, names: Sequence[str], row: Sequence[Any], locator: str, month_first: bool
) -> RawDocument | Rejection:
    """The article of a row that has a cell for each name."""
    record = dict(zip(names, row, strict=True))
    data = orjson.dumps(record, option=orjson.OPT_SORT_KEYS)
    return fields.document(source, record, locator=locator, data=data, month_first=month_first)
