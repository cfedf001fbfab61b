"""From lines on pages to the paragraphs of an article.

Columns are read one after the other, what repeats on the pages is left out, words parted at line ends are put together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

MARGIN = 0.09  # share of a page's height at the top and at the bottom where headers and footers stand
MIN_COLUMN = 4  # lines
MAX_WIDE = 0.4  # share of the lines that go over the gutter between two columns
LARGER = 1.25  # times the usual height: a title
MAX_TITLE = 300  # characters
INDENT, SPACE = 0.7, 0.65  # of the height of a line: a paragraph begins farther right, or so much lower
SHORT = 0.85  # of the width of a column: the last line of a paragraph
_AROUND = r"[-–—|\s]{0,3}"
_PAGE_NUMBER = re.compile(
    rf"(?:(?:halaman|hal\.?|hlm\.?|page|p\.)\s?)?{_AROUND}\d{{1,4}}(?:\s?(?:/|dari|of)\s?\d{{1,4}})?{_AROUND}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_HYPHEN = re.compile(r"([^\W\d_]{2,40})-$")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?:…][\"”’')\]]{0,2}$")
_MARKS = str.maketrans({"\x02": "-", "\ufffe": "-", "\u00ad": "-", "\0": None, "\r": " ", "\n": " "})


class Line(NamedTuple):
    """A piece of a line, its place in points from the left and the top; `page` is the height of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    page: float

    @property
    def height(self) -> float:
        return max(1.0, self.bottom - self.top)


def clean(text: str) -> str:
    """Without what marks a parted word in the text layer, on one line."""
    return " ".join(text.translate(_MARKS).split())


def article(pages: Sequence[Sequence[Line]]) -> tuple[str, list[str]]:
    """The title, "" where none is larger than the rest, and the paragraphs."""
    ordered = [_in_order(_joined(page)) for page in _without_repeated(pages)]
    usual = median([line.height for page in ordered for line in page for _ in line.text] or [1.0])
    first = next((page for page in ordered if page), [])
    title = _title(first, usual)
    lines = [[line for line in page if line not in title] for page in ordered]
    return _one_line([line.text for line in title]), list(_paragraphs(lines, usual))


def _without_repeated(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Without page numbers, and without what stands in the margin of several pages."""
    seen = Counter(text for page in pages for text in {_alike(line) for line in page if _in_margin(line)})
    most = max(2, sum(map(bool, pages)) // 2)
    return [
        [
            line
            for line in page
            if not (_in_margin(line) and (seen[_alike(line)] >= most or _PAGE_NUMBER.fullmatch(line.text)))
        ]
        for page in pages
    ]


def _in_margin(line: Line) -> bool:
    return line.bottom < MARGIN * line.page or line.top > (1 - MARGIN) * line.page


def _alike(line: Line) -> str:
    return _DIGITS.sub("#", line.text.casefold())


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Pieces of one line, of which some are bold, put together."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last and _is_beside(last, line):
            joint = " " if line.left - last.right > 0.15 * line.height else ""
            found[-1] = Line(
                clean(last.text + joint + line.text), last.left, min(last.top, line.top), line.right,
                max(last.bottom, line.bottom), line.page,
            )  # fmt: skip
        else:
            found.append(line)
    return found


def _is_beside(last: Line, line: Line) -> bool:
    overlap = min(last.bottom, line.bottom) - max(last.top, line.top)
    gap = line.left - last.right
    return overlap > 0.5 * min(last.height, line.height) and -0.3 * line.height < gap < line.height


def _in_order(lines: list[Line]) -> list[Line]:
    """As one reads them: column after column between two lines that go over both."""
    gutter = _gutter(lines)
    if gutter is None:
        return sorted(lines, key=lambda line: (round(line.top), line.left))
    found: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda line: line.top):
        if line.right <= gutter:
            left.append(line)
        elif line.left >= gutter:
            right.append(line)
        else:
            found += [*_in_order(left), *_in_order(right), line]
            left, right = [], []
    return [*found, *_in_order(left), *_in_order(right)]


def _gutter(lines: list[Line]) -> float | None:
    """Where one column ends and another begins, None where there is but one."""
    best, most = None, MIN_COLUMN - 1
    for at in sorted({round(line.left) - 1 for line in lines}):
        left = [line for line in lines if line.right <= at]
        right = [line for line in lines if line.left >= at]
        wide = len(lines) - len(left) - len(right)
        if wide <= MAX_WIDE * len(lines) and min(len(left), len(right)) > most and _side_by_side(left, right):
            best, most = float(at), min(len(left), len(right))
    return best


def _side_by_side(left: list[Line], right: list[Line]) -> bool:
    return min(left[-1].bottom, right[-1].bottom) > max(left[0].top, right[0].top)


def _title(lines: list[Line], usual: float) -> list[Line]:
    """The largest lines of the first page that stand together."""
    size = max((line.height for line in lines if len(line.text) > 3), default=0.0)
    if size < LARGER * usual:
        return []
    found: list[Line] = []
    for line in lines:
        if line.height > 0.9 * size and (not found or line.top - found[-1].bottom < size):
            found.append(line)
        elif found:
            break
    text = " ".join(line.text for line in found)
    return found if len(text.split()) > 1 and len(text) <= MAX_TITLE else []


def _paragraphs(pages: list[list[Line]], usual: float) -> Iterator[str]:
    """Lines that belong together, in one line each."""
    lines = [line for page in pages for line in page]
    if not lines:
        return
    parts = [lines[0].text]
    widths = _widths(lines)
    for before, line in pairwise(lines):
        if _begins(before, line, widths[id(before)]):
            yield _one_line(parts)
            parts = []
        parts.append(line.text)
    yield _one_line(parts)


def _widths(lines: list[Line]) -> dict[int, tuple[float, float]]:
    """For each line the left and the right side of the column that it stands in."""
    found: dict[int, tuple[float, float]] = {}
    column: list[Line] = []
    for line, following in [*pairwise(lines), (lines[-1], None)]:
        column.append(line)
        if following is None or following.top < line.top - 1 or following.page != line.page:
            sides = min(one.left for one in column), max(one.right for one in column)
            found |= {id(one): sides for one in column}
            column = []
    return found


def _begins(before: Line, line: Line, sides: tuple[float, float]) -> bool:
    """Whether a paragraph begins with the line."""
    left, right = sides
    ends = bool(_SENTENCE_END.search(before.text))
    if abs(line.height - before.height) > 0.3 * min(line.height, before.height):
        return True
    if line.top < before.top - 1 or line.left > before.right:  # the next column or page
        return ends and not line.text[:1].islower()
    if line.top - before.bottom > SPACE * before.height:
        return True
    if line.left - left > INDENT * line.height and before.left - left <= INDENT * line.height:
        return True
    return ends and before.right < left + SHORT * (right - left)


def _one_line(parts: list[str]) -> str:
    """The parts of a paragraph, words that were parted at the end of a line put together again."""
    text = ""
    for part in parts:
        hyphen = _HYPHEN.search(text)
        following = _WORD.match(part)
        if hyphen and following and following[0].islower():
            text = (text if _is_doubled(hyphen[1], following[0]) else text[:-1]) + part
        else:
            text = f"{text} {part}" if text else part
    return text


def _is_doubled(before: str, after: str) -> bool:
    """Whether the hyphen belongs to the word, as in `anak-anak`, `berjalan-jalan`, `undang-undangan`."""
    return before.casefold().endswith(after[:4].casefold()) or before[-4:].casefold() in after.casefold()
