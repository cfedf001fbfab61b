"""`.parquet`: one article a row, columns named as elsewhere. Damage costs the rows from there on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson

from warta.readers import fields
from warta.readers.source import Damaged, Source, decode, until_damaged
from warta.records import RawDocument, Rejection

if TYPE_CHECKING:
    from pyarrow import Scalar
    from pyarrow.parquet import ParquetFile

ROWS_AT_ONCE = 256


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    columns = _columns(source)
    if "text" not in fields.known(columns):
        shown = ", ".join(columns)[:200]
        yield source.reject("no_text_column", f"no column has a name that we know for a text; the columns are: {shown}")
        return
    wanted = [name for name in columns if fields.known([name])]
    dates = [name for name in wanted if "published" in fields.known([name])]
    month_first = fields.month_first(until_damaged(_rows(source, dates))) if dates else False
    number = 0
    try:
        for number, row in enumerate(_rows(source, wanted), 1):
            data = orjson.dumps(row, option=orjson.OPT_SORT_KEYS, default=str)
            yield fields.document(source, row, locator=f"row {number}", data=data, month_first=month_first)
    except Damaged as damage:
        raise Damaged(damage.reason, damage.detail, f"from row {number + 1}") from None


def _columns(source: Source) -> list[str]:
    with source.opened() as file:
        return list(_open(file).schema_arrow.names)


def _rows(source: Source, columns: list[str]) -> Iterator[dict[str, Any]]:
    """The rows in their order; Damaged where they cannot be read on."""
    import pyarrow

    with source.opened() as file:
        try:
            for batch in _open(file).iter_batches(ROWS_AT_ONCE, columns=columns):
                batch.validate(full=True)
                values = ([_plain(value) for value in column] for column in batch.columns)
                yield from (dict(zip(batch.schema.names, row, strict=True)) for row in zip(*values, strict=True))
        except MemoryError:
            raise  # the pool's to report
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            raise Damaged("broken_parquet", f"the table cannot be read on: {error}"[:500]) from None


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
