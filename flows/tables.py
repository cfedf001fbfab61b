"""Rows for a terminal, a spreadsheet, a program or a document."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

# A spreadsheet takes a cell that begins so for a formula (OWASP ASVS 1.2.10).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def render(columns: Sequence[str], rows: Sequence[Sequence[Any]], format: str, out: TextIO) -> None:
    """Write rows as `table`, `csv`, `json` or `md`."""
    {"table": _table, "csv": _csv, "json": _json, "md": _markdown}[format](columns, rows, out)


def spreadsheet_safe(value: Any) -> Any:
    """Text that a spreadsheet would run gets a leading apostrophe; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def printable(value: Any) -> str:
    """A cell as one line without control characters (a title may hold terminal escapes)."""
    text = "" if value is None else str(value)
    return "".join(c if c.isprintable() else " " if c in "\n\r\t" else repr(c)[1:-1] for c in text)


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]], out: TextIO) -> None:
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(Text(printable(column)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(value)) for value in row))
    width = None if out.isatty() else 200
    Console(file=out, width=width, highlight=False).print(table)
    print(f"{len(rows)} rows", file=sys.stderr)


def _csv(columns: Sequence[str], rows: Sequence[Sequence[Any]], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([spreadsheet_safe(value) for value in row] for row in rows)


def _json(columns: Sequence[str], rows: Sequence[Sequence[Any]], out: TextIO) -> None:
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    print(json.dumps(found, default=str, ensure_ascii=False, indent=1), file=out)


def _markdown(columns: Sequence[str], rows: Sequence[Sequence[Any]], out: TextIO) -> None:
    def line(cells: Sequence[Any]) -> str:
        escaped = (printable(cell).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for cell in cells)
        return f"| {' | '.join(escaped)} |"

    print(line(columns), file=out)
    print(f"|{' --- |' * len(columns)}", file=out)
    for row in rows:
        print(line(row), file=out)
