"""`.csv`, `.tsv`: a header and one article a row; cells may hold line breaks. A broken row costs that row only."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice

import orjson

from warta.readers import fields
from warta.readers.source import MAX_RECORD, Damaged, Source, decode, until_damaged
from warta.records import RawDocument, Rejection

DELIMITERS = ",;\t|"


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    csv.field_size_limit(MAX_RECORD)
    delimiter = _delimiter(source)
    header = _header(source, delimiter)
    if "text" not in fields.known(header):
        columns = ", ".join(header)[:200]
        yield source.reject(
            "no_text_column", f"no column has a name that we know for a text; the columns are: {columns}"
        )
        return
    month_first = fields.month_first(
        dict(zip(header, row, strict=False))
        for row in until_damaged(_rows(source, delimiter))
        if not isinstance(row, csv.Error)
    )
    number = 0
    try:
        for number, row in enumerate(islice(_rows(source, delimiter), 1, None), 1):
            yield _document(source, header, row, f"row {number}", month_first)
    except Damaged as damage:
        raise Damaged(damage.reason, f"{damage.detail} ({damage.locator})", f"row {number + 1}") from None


def _document(
    source: Source, header: list[str], row: list[str] | csv.Error, locator: str, month_first: bool
) -> RawDocument | Rejection:
    if isinstance(row, csv.Error):
        return source.reject("broken_csv", f"the row cannot be read: {row}", locator=locator, data=b"")
    if len(row) != len(header):
        detail = f"the row has {len(row)} cells, the header has {len(header)}"
        return source.reject("broken_csv", detail, locator=locator, data=orjson.dumps(row))
    record = dict(zip(header, row, strict=True))
    data = orjson.dumps(record, option=orjson.OPT_SORT_KEYS)
    return fields.document(source, record, locator=locator, data=data, month_first=month_first)


def _delimiter(source: Source) -> str:
    """The one under which the header shows the most names that we know, then the most columns."""
    headers = {delimiter: _header(source, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: (len(fields.known(headers[delimiter])), len(headers[delimiter])))


def _header(source: Source, delimiter: str) -> list[str]:
    row = next(_rows(source, delimiter), [])
    return [] if isinstance(row, csv.Error) else row


def _rows(source: Source, delimiter: str) -> Iterator[list[str] | csv.Error]:
    """Rows, blank lines left out; a csv.Error in the place of a row that breaks the rules of RFC 4180."""
    reader = csv.reader(_lines(source), delimiter=delimiter, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield csv.Error(f"{error} (before line {reader.line_num + 1})")
            continue
        if row:
            yield row


def _lines(source: Source) -> Iterator[str]:
    for number, line in source.lines():
        if line is None:
            raise Damaged("too_large", f"the line is longer than {MAX_RECORD >> 20} MiB", f"line {number}")
        text = decode(line)  # a line in no known encoding is still a row: its bad bytes become U+FFFD
        yield line.decode("utf-8", "replace") if text is None else text
