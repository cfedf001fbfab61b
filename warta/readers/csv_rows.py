"""The rows of a CSV file (RFC 4180), also of one in which a stray quote would swallow the rows behind it.

Python's reader takes everything up to the next quote for one cell, however many rows that are. So a row of several
lines is looked at again: where its lines look like rows themselves, where it breaks, or where the file ends inside of
it, only its beginning is given up, and reading goes on at the next line that looks like a row.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from warta.readers.source import MAX_RECORD, Damaged, Source, decode, until_damaged

_SAMPLE = 200  # rows from which the looks of the columns are learnt
_ALIKE = 0.75  # share of a column's cells that have one look
_LOOKS = [
    re.compile(look)
    for look in (
        r"\d{1,20}",
        r"https?://\S+",
        r"\d[\d/:.T +Z-]{5,30}",
        r"(?=[\w./:-]{0,39}\d)[\w./:-]{1,40}",
        r"\S{1,60}",
    )
]
_BEFORE_COMMA, _AFTER_COMMA = re.compile(r"(?:^|[\s(]|Rp\.?)\d{1,3}$"), re.compile(r"\d{1,3}(?!\d)")
_SWALLOWED = 20  # lines that look like rows after which a cell is not read on
_READ_AGAIN, _SHORT = 100_000, 8  # lines read twice, beyond two for each line, after which a row has so many at most


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """What stands in the place of a row that cannot be read; `data` is how it is written."""

    reason: str
    detail: str
    data: bytes


def rows(source: Source, delimiter: str, header: list[str] | None = None) -> Iterator[list[str] | BrokenRow]:
    """The rows behind `header`, blank lines left out; without a header all rows, as Python reads them.

    Raises Damaged, after the rows that could be read.
    """
    csv.field_size_limit(MAX_RECORD)
    look = _Look(source, delimiter, len(header)) if header else None
    lines = _Lines(source, look)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    if header:
        next(reader)
    while lines.begin():
        why = ""
        row: list[str] = []
        try:
            row = next(reader)
        except _TooLong as error:
            yield BrokenRow("too_large", f"line {error} is longer than {MAX_RECORD >> 20} MiB", b"")
            continue
        except csv.Error as error:
            why = str(error)
        if look and len(lines.taken) > 1:
            why = why or look.swallowed(row, lines)
        if why:
            yield lines.give_up(why)
        elif row:
            yield row
    if lines.damage:
        raise lines.damage


class _TooLong(Exception):
    """The line of this number is longer than MAX_RECORD."""


class _Lines:
    """The lines of a file for the csv module, of which those of a row can be given back. The file ends at damage."""

    def __init__(self, source: Source, look: _Look | None) -> None:
        self.damage: Damaged | None = None
        self.taken: list[tuple[int, str]] = []  # by the row that is being read
        self.like_rows = 0  # of those behind its first
        self._look, self._lines = look, source.lines()
        self._waiting = deque[tuple[int, str | None]]()
        self._size = self._read = self._again = 0

    def begin(self) -> bool:
        """Begin a row; False at the end."""
        self.taken, self.like_rows, self._size = [], 0, 0
        return self._peek() is not None

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        """The next line; the end where a row must not be read on, which the csv module takes for a broken row."""
        following = self._peek()
        if following is None or (self.taken and (following[1] is None or self._is_long_enough())):
            raise StopIteration
        number, text = self._waiting.popleft()
        if text is None:
            raise _TooLong(number)
        if self.taken and self._look:
            self.like_rows += self._look.is_row(text)
        self.taken.append((number, text))
        self._size += len(text)
        return text

    def give_up(self, why: str) -> BrokenRow:
        """The row as it was begun; what looks like further rows is given back."""
        lost, further = self.taken[:1], self.taken[1:]
        self._waiting.extendleft(reversed(further))
        self._again += len(further)
        size = len(lost[0][1])
        goes_on = further or lost[0][1].count('"') % 2
        while goes_on and self._look and (following := self._peek()) and size < MAX_RECORD:
            number, text = following
            if text is None or self._look.begins_row(text):
                break
            self._waiting.popleft()
            lost.append((number, text))
            size += len(text)
        first, last = lost[0][0], lost[-1][0]
        place = f"line {first}" if first == last else f"lines {first} to {last}"
        data = "".join(text for _, text in lost).encode()
        return BrokenRow("broken_csv", f"the row in {place} cannot be read: {why}", data)

    def _is_long_enough(self) -> bool:
        return (
            self._size > MAX_RECORD
            or self.like_rows >= max(_SWALLOWED, len(self.taken) // 2)
            or (self._again > _READ_AGAIN + 2 * self._read and len(self.taken) >= _SHORT)
        )

    def _peek(self) -> tuple[int, str | None] | None:
        if not self._waiting and not self.damage:
            try:
                number, line = next(self._lines, (0, b""))
            except Damaged as damage:
                self.damage = damage
            else:
                if number:
                    self._read = number
                    self._waiting.append((number, None if line is None else _text(line)))
        return self._waiting[0] if self._waiting else None


class _Look:
    """How the rows of a table look: how many cells they have, and which columns hold numbers, addresses, codes."""

    def __init__(self, source: Source, delimiter: str, width: int) -> None:
        self._delimiter, self._width = delimiter, width
        texts = [_text(line) for _, line in islice(until_damaged(source.lines()), _SAMPLE * 5) if line is not None]
        sample = [row for row in islice(csv.reader(texts, delimiter=delimiter), 1, _SAMPLE) if len(row) == width]
        # A row that swallows others has line breaks, too.
        short = [row for row in sample if not any("\n" in cell.strip() for cell in row)]
        sample = short if len(short) > 2 else sample
        if len(sample) < 2:
            sample = [cells for cells, _ in map(self._cells, texts[1:]) if len(cells) == width]
        self._looks = [_look_of([cell for cell in column if cell]) for column in zip(*sample, strict=True)]
        self._looks += [None] * (width - len(self._looks))

    def swallowed(self, row: list[str], lines: _Lines) -> str:
        """Why the row, which goes over several lines, is not one; "" where it is."""
        if len(row) != self._width and row:
            return f"it has {len(row)} cells, the header has {self._width}"
        behind = sum(1 for _, text in lines.taken[1:] if text.strip())
        if lines.like_rows * 2 >= behind and lines.like_rows >= (1 if any(self._looks) else 2):
            return "a quote that is opened there takes up rows"
        return ""

    def is_row(self, text: str) -> bool:
        """Whether the line by itself looks like a row. One of a single column could be any text."""
        if self._width == 1 or text.count(self._delimiter) < self._width - 1:
            return False
        try:
            cells = next(csv.reader([text], delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return False
        return len(cells) == self._width and self._fits(cells)

    def begins_row(self, text: str) -> bool:
        """Whether a row may begin with this line, maybe a broken one."""
        cells, is_open = self._cells(text)
        if self._width == 1:
            return True
        if first := self._looks[0]:
            return len(cells) > 1 and first.fullmatch(cells[0]) is not None
        if is_open and len(cells) == 1:
            return text.startswith('"') and not text.startswith('""')  # which in a cell is how a quote is written
        known = any(look and cell for look, cell in zip(self._looks, cells, strict=False))
        if is_open:
            return len(cells) <= self._width and self._fits(cells[:-1])
        return (known or len(cells) == self._width) and self._fits(cells)

    def _fits(self, cells: list[str]) -> bool:
        if any(cell.count('"') % 2 for cell in cells[:-1]):
            return False  # here ends a cell that began in another line
        looks = [(look, cell) for look, cell in zip(self._looks, cells, strict=False) if look and cell]
        if not all(look.fullmatch(cell) for look, cell in looks):
            return False
        decimal = self._delimiter == "," and any(
            _BEFORE_COMMA.search(before) and _AFTER_COMMA.match(after) for before, after in pairwise(cells)
        )
        if looks and not (decimal and self._width == 2):
            return True
        # In prose a space follows a comma that does not stand in a number.
        return not decimal and not any(cell.startswith(" ") for cell in cells[1:])

    def _cells(self, text: str) -> tuple[list[str], bool]:
        """The cells of a line taken by itself, and whether the last one is quoted and does not end."""
        try:
            return next(csv.reader([text], delimiter=self._delimiter, strict=True), []), False
        except csv.Error as error:
            is_open = "end of data" in str(error)
        try:
            return next(csv.reader([text], delimiter=self._delimiter), []), is_open
        except csv.Error:
            return [], False


def _look_of(cells: list[str]) -> re.Pattern[str] | None:
    """What at least three of four cells of a column look like."""
    for look in _LOOKS:
        if cells and sum(1 for cell in cells if look.fullmatch(cell)) >= _ALIKE * len(cells):
            return look
    return None


def _text(line: bytes) -> str:
    text = decode(line)  # a line in no known encoding is still a row: its bad bytes become U+FFFD
    return line.decode("utf-8", "replace") if text is None else text
