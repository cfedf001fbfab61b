"""Rows for a terminal, a spreadsheet, a program or a document."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.messages import printable
from warehouse.row_writers import write_csv, write_json

_SPACES = str.maketrans("\n\r\t", "   ")


def render(columns: Sequence[str], rows: Sequence[Sequence[Any]], format: str, out: TextIO) -> None:
    """Write rows as `table`, `csv`, `json` or `md`."""
    {"table": _table, "csv": write_csv, "json": write_json, "md": _markdown}[format](columns, rows, out)


def _cell(value: Any) -> str:
    """A value as one line without control characters (a title may hold terminal escapes)."""
    return "" if value is None else printable(str(value).translate(_SPACES))


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]], out: TextIO) -> None:
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(Text(_cell(column)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    width = None if out.isatty() else 200
    Console(file=out, width=width, highlight=False).print(table)
    print(f"{len(rows)} rows", file=sys.stderr)


def _markdown(columns: Sequence[str], rows: Sequence[Sequence[Any]], out: TextIO) -> None:
    def line(cells: Sequence[Any]) -> str:
        escaped = (_cell(cell).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for cell in cells)
        return f"| {' | '.join(escaped)} |"

    print(line(columns), file=out)
    print(f"|{' --- |' * len(columns)}", file=out)
    for row in rows:
        print(line(row), file=out)
