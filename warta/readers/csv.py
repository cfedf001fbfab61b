"""`.csv`, `.tsv`: a header and one article a row; cells may hold line breaks. A broken row costs that row only."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from warta.readers import fields, table
from warta.readers.csv_rows import BrokenRow, rows
from warta.readers.source import Damaged, Source, until_damaged
from warta.records import RawDocument, Rejection

DELIMITERS = ",;\t|"


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    delimiter = _delimiter(source)
    header = _header(source, delimiter)
    if rejection := table.without_text(source, header):
        yield rejection
        return
    names = fields.distinct(header)
    month_first = fields.month_first(
        dict(zip(names, row, strict=False))
        for row in until_damaged(rows(source, delimiter, header))
        if isinstance(row, list)
    )
    number = 0
    try:
        for number, row in enumerate(rows(source, delimiter, header), 1):
            yield _document(source, names, row, f"row {number}", month_first)
    except Damaged as damage:
        raise Damaged(damage.reason, f"{damage.detail} ({damage.locator})", f"row {number + 1}") from None


def _document(
    source: Source, names: list[str], row: list[str] | BrokenRow, locator: str, month_first: bool
) -> RawDocument | Rejection:
    if isinstance(row, BrokenRow):
        return source.reject(row.reason, row.detail, locator=locator, data=row.data)
    if len(row) != len(names):
        detail = f"the row has {len(row)} cells, the header has {len(names)}"
        return source.reject("broken_csv", detail, locator=locator, data=orjson.dumps(row))
    return table.document(source, names, row, locator, month_first)


def _delimiter(source: Source) -> str:
    """The one under which the header shows the most names that we know, then the most columns."""
    headers = {delimiter: _header(source, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: (len(fields.known(headers[delimiter])), len(headers[delimiter])))


def _header(source: Source, delimiter: str) -> list[str]:
    row = next(rows(source, delimiter), [])
    return row if isinstance(row, list) else []
