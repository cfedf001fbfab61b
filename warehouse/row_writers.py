"""Rows as files for spreadsheets and programs."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

import orjson

# A spreadsheet takes a cell that begins so for a formula (OWASP ASVS 1.2.10).
_FORMULA = "=+-@"
_CONTROL = ("\t", "\r", "\n", "\0")
# Unicode categories of what cannot be seen, and letters and signs that cannot either: fillers of Hangul, empty Braille.
_UNSEEN = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn", "Zl", "Zp", "Zs"))
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"


def spreadsheet_safe(value: Any) -> Any:
    """Text that a spreadsheet would run gets a leading apostrophe; numbers stay numbers.

    Programs drop what cannot be seen before a formula, and some read the signs of East Asian keyboards, which are
    twice as wide, as the usual ones.
    """
    return f"'{value}" if isinstance(value, str) and _is_formula(value) else value


def _is_formula(text: str) -> bool:
    first = next((character for character in text if not _is_unseen(character)), "")
    return text.startswith(_CONTROL) or unicodedata.normalize("NFKC", first)[:1] in tuple(_FORMULA)


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN or character in _FILLERS


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> None:
    """A head and a line a row, with text that is safe in a spreadsheet."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(map(spreadsheet_safe, columns))
    writer.writerows([spreadsheet_safe(value) for value in row] for row in rows)


def write_jsonl(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> None:
    """An object a line."""
    for row in rows:
        out.write(orjson.dumps(dict(zip(columns, row, strict=True)), default=str).decode() + "\n")


def write_json(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> None:
    """A list of objects."""
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    print(json.dumps(found, default=str, ensure_ascii=False, indent=1), file=out)
