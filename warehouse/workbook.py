"""Rows as sheets of an Excel workbook: text stays text, and what Excel cannot hold is told, not dropped in silence."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

# Limits of Excel: rows of a sheet with its head, UTF-16 units of a cell, digits of a number, the first year.
MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
_MAX_NUMBER = 10**15
_FIRST_YEAR = 1901  # it takes 1900 for a leap year
_MARK = 40  # characters at most of what is said of a cut

# XML forbids these characters; `_x001B_` stands for one in a cell, so what looks so has its first `_` written so.
_ESCAPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class Sheet:
    """The rows of a table, which can be gone through once."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


def write_workbook(path: Path, sheets: Iterable[Sheet]) -> list[str]:
    """Write a workbook; returns a sentence for each table that Excel cannot hold as it is.

    A table of more rows goes on in further sheets (`quotes 2`). A longer text is cut, and its cell says so.
    """
    book = Workbook(write_only=True)
    notes = [note for sheet in sheets for note in _add(book, sheet)]
    book.save(path)
    return notes


def _add(book: Workbook, sheet: Sheet) -> Iterator[str]:
    """The rows on as many sheets as they need, and what is to be said of them."""
    cut = Counter[str]()
    rows = iter(sheet.rows)
    number, first = 1, next(rows, None)
    while number == 1 or first is not None:
        page = book.create_sheet(sheet.name if number == 1 else f"{sheet.name} {number}")
        page.freeze_panes = "A2"
        page.append([_cell(page, column, column, cut) for column in sheet.columns])
        for row in chain([] if first is None else [first], islice(rows, MAX_ROWS - 2)):
            page.append([_cell(page, value, column, cut) for column, value in zip(sheet.columns, row, strict=True)])
        number, first = number + 1, next(rows, None)
    if number > 2:
        yield f"{sheet.name} has more rows than a sheet holds ({MAX_ROWS:,} with its head): it lies on {number - 1}"
    for column, count in cut.items():
        yield (
            f"{sheet.name}.{column}: {count} texts are longer than a cell holds ({MAX_TEXT:,} characters) and are cut;"
            " the other formats have them whole"
        )


def _cell(page: Any, value: Any, column: str, cut: Counter[str]) -> Any:
    if _fits(value):
        return value.replace(tzinfo=None) if isinstance(value, datetime) else value
    text = value if isinstance(value, str) else _as_text(value)
    if not text:
        return None
    shown = _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    units = shown.encode("utf-16-le")
    if len(units) > 2 * MAX_TEXT:
        cut[column] += 1
        kept = units[: 2 * (MAX_TEXT - _MARK)].decode("utf-16-le", "ignore")
        shown = f"{kept} … [+{len(shown) - len(kept)} characters]"
    cell = WriteOnlyCell(page, shown)
    cell.data_type = "s"  # never a formula or an error, whatever it begins with
    return cell


def _fits(value: Any) -> bool:
    """Whether Excel has a kind of its own for the value, which is no text."""
    match value:
        case None | bool():
            return True
        case int():
            return abs(value) < _MAX_NUMBER
        case float():
            return math.isfinite(value)
        case date():  # a datetime, too
            return value.year >= _FIRST_YEAR
    return False


def _as_text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else str(value)
