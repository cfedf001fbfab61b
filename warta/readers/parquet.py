"""`.parquet`: one article a row, columns named as elsewhere. Damage costs its row, or the rest of its row group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson

from warta.readers import fields
from warta.readers.source import Damaged, Source, decode, until_damaged
from warta.records import RawDocument, Rejection

if TYPE_CHECKING:
    from pyarrow import RecordBatch, Scalar
    from pyarrow.parquet import ParquetFile

ROWS_AT_ONCE = 256


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    columns = _columns(source)
    if "text" not in fields.known(columns):
        shown = ", ".join(columns)[:200]
        yield source.reject("no_text_column", f"no column has a name that we know for a text; the columns are: {shown}")
        return
    wanted = list(dict.fromkeys(name for name in columns if fields.known([name])))
    dates = [name for name in wanted if "published" in fields.known([name])]
    month_first = fields.month_first(_dated(source, dates)) if dates else False
    number = 0
    try:
        for row in _rows(source, wanted):
            first, number = number + 1, number + (row.rows if isinstance(row, _Unread) else 1)
            locator = f"row {first}" if first == number else f"rows {first} to {number}"
            if isinstance(row, _Unread):
                yield source.reject("broken_parquet", row.detail, locator=locator, data=b"")
            else:
                yield source.attempt(partial(_document, source, row, locator, month_first), locator=locator, data=b"")
    except Damaged as damage:
        raise Damaged(damage.reason, damage.detail, f"from row {number + 1}") from None


def _document(source: Source, row: dict[str, Any], locator: str, month_first: bool) -> RawDocument | Rejection:
    data = orjson.dumps(row, option=orjson.OPT_SORT_KEYS, default=str)
    return fields.document(source, row, locator=locator, data=data, month_first=month_first)


@dataclass(frozen=True, slots=True)
class _Unread:
    """Rows that cannot be read."""

    rows: int
    detail: str


def _columns(source: Source) -> list[str]:
    with source.opened() as file:
        return list(_open(file).schema_arrow.names)


def _dated(source: Source, columns: list[str]) -> Iterator[dict[str, Any]]:
    return (row for row in until_damaged(_rows(source, columns)) if isinstance(row, dict))


def _rows(source: Source, columns: list[str]) -> Iterator[dict[str, Any] | _Unread]:
    """The rows in their order. Damage costs its row, or what is left of its row group."""
    with source.opened() as file:
        table = _open(file)
        for group in range(table.num_row_groups):
            yield from _of_group(table, group, columns)


def _of_group(table: ParquetFile, group: int, columns: list[str]) -> Iterator[dict[str, Any] | _Unread]:
    import pyarrow

    rows = read = 0
    try:
        rows = table.metadata.row_group(group).num_rows
        for batch in table.iter_batches(ROWS_AT_ONCE, row_groups=[group], columns=columns):
            for row in _of_batch(batch):
                read += 1
                yield row
        detail = "the row group has fewer rows than it announces"
    except MemoryError:
        raise  # the pool's to report
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        detail = f"the row group cannot be read on: {error}"[:500]
    if read < rows:
        yield _Unread(rows - read, detail)


def _of_batch(batch: RecordBatch) -> Iterator[dict[str, Any] | _Unread]:
    import pyarrow

    try:
        batch.validate(full=True)
    except pyarrow.ArrowException as error:
        if batch.num_rows == 1:
            yield _Unread(1, f"the row cannot be read: {error}"[:500])
        else:
            for number in range(batch.num_rows):
                yield from _of_batch(batch.slice(number, 1))
        return
    names = fields.distinct(batch.schema.names)
    values = ([_plain(value) for value in column] for column in batch.columns)
    yield from (dict(zip(names, row, strict=True)) for row in zip(*values, strict=True))


def _open(file: Any) -> ParquetFile:
    # Imported where it is needed: most workers never see a table, and the import takes half a second.
    import pyarrow
    from pyarrow import parquet

    try:
        return parquet.ParquetFile(file, page_checksum_verification=True)
    except MemoryError:
        raise
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise Damaged("broken_parquet", f"this is no Parquet file: {error}"[:500]) from None


def _plain(cell: Scalar) -> Any:
    """What a field of JSON could be: bytes are texts of writers that name no encoding, moments are written out."""
    try:
        value = cell.as_py()
    except (OverflowError, ValueError, LookupError):  # a year that Python does not count, a time zone that is none
        return None
    match value:
        case bytes():
            return decode(value)
        case date():
            return value.isoformat()
    return value
