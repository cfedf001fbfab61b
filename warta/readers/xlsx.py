"""`.xlsx`: sheets with a header and one article a row, as in a CSV file."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any, BinaryIO
from zipfile import ZipFile

from warta.readers import fields, office, table
from warta.readers.source import Damaged, Source, until_damaged
from warta.records import RawDocument, Rejection

MAX_PART = 256 << 20
MAX_CELLS = 1_000_000  # of which each takes 30 to 60 microseconds, in two or three passes
MAX_ROWS = 1 << 20  # as in Excel
_CELL = re.compile(rb"<(?:\w{1,20}:)?c[\s/>]")
_EXACT = 1 << 53  # beyond which a number of a sheet has lost digits
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    without: list[Rejection] = []
    documents = 0
    for sheet in _sheets(source):
        place = f"sheet {sheet.title}"
        header = [str(cell or "").strip() for cell in next(_rows(sheet, place), [])]
        if rejection := table.without_text(source, header, place):
            without += [rejection] if any(header) else []
            continue
        for document in _of_sheet(source, sheet, fields.distinct(header), place):
            documents += 1
            yield document
    if not documents:  # a sheet of notes beside one of articles is none of our business
        yield from without


def _of_sheet(source: Source, sheet: Any, names: list[str], place: str) -> Iterator[RawDocument | Rejection]:
    def rows() -> Iterator[tuple[int, list[Any]]]:
        for number, row in enumerate(islice(_rows(sheet, place), 1, None), 1):
            if any(cell not in (None, "") for cell in row):
                yield number, (row + [None] * len(names))[: len(names)]

    month_first = fields.month_first(dict(zip(names, row, strict=True)) for _, row in until_damaged(rows()))
    for number, row in rows():
        yield table.document(source, names, row, f"{place} row {number}", month_first)


def _sheets(source: Source) -> list[Any]:
    file = office.opened(source, "broken_xlsx", MAX_PART)
    _count_cells(file)
    import openpyxl  # here: most workers never see a table

    with _damage(""), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it does not keep, which is not asked for
        workbook = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in workbook.worksheets if hasattr(sheet, "reset_dimensions")]  # not a chart
    for sheet in sheets:
        sheet.reset_dimensions()  # what programs write there may be wrong
    return sheets


def _count_cells(file: BinaryIO) -> None:
    """Refuse a table that is too large before it is read, which takes long."""
    cells = 0
    with ZipFile(file) as archive:
        for name in archive.namelist():
            if "/worksheets/" in name and name.endswith(".xml"):
                for piece in office.pieces(archive, name):
                    cells += sum(1 for _ in _CELL.finditer(piece))
                    if cells > MAX_CELLS:
                        raise Damaged("too_many", f"there are more than {MAX_CELLS:,} cells in it: save it as .csv")
    file.seek(0)


def _rows(sheet: Any, place: str) -> Iterator[list[Any]]:
    """The rows as plain values, dates written out."""
    cells = 0
    with _damage(place):
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            cells += len(row)
            if cells > MAX_CELLS or number > MAX_ROWS:
                raise Damaged("too_many", f"there are more than {MAX_CELLS:,} cells or {MAX_ROWS:,} rows", place)
            yield [_plain(cell) for cell in row]


@contextmanager
def _damage(place: str) -> Iterator[None]:
    """What is out of place trips the library over in many ways."""
    try:
        yield
    except (Damaged, MemoryError):
        raise
    except Exception as error:
        detail = f"this is no whole .xlsx file: {type(error).__name__}: {error}"[:300]
        raise Damaged("broken_xlsx", detail, place) from None


def _plain(cell: Any) -> Any:
    match cell:
        case date():  # and datetime
            return cell.isoformat()
        case str():
            return None if _ERROR.fullmatch(cell) else cell
        case int() if abs(cell) > _EXACT:
            return str(cell)
        case bool() | int() | float() | None:
            return cell
    return str(cell)
