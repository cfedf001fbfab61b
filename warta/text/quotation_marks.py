"""Where quotation marks open and close, in one pass over the text.

Which way a mark faces is read from its neighbours, then from its shape, and where both are silent (`selesai."Kita`)
from whether a mark is open. So houses that write `”...”`, mix `“..."` or forget a space are read alike. A paragraph
is read on its own: a mark that is never closed reaches to its end, one that nothing opened back to its beginning.
Marks inside marks belong to the outer pair.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Both patterns begin with the marks themselves: so a search leaps from mark to mark.
_DOUBLE = re.compile("[\"“”„«»'](?:(?<!')|')")
# The apostrophes of `Jum'at` and `Mu'ti` stand between letters.
_SINGLE = re.compile(r"['‘](?<!\w.)(?=\w)(?:[^'‘’\n]|(?<=\w)['’](?=\w)){1,400}?(?<!\s)['’](?!\w)")
_OPENS, _CLOSES = 1, -1
_FACING_BY_SHAPE = {"“": _OPENS, "„": _OPENS, "«": _OPENS, "”": _CLOSES, "»": _CLOSES}


class Quoted(NamedTuple):
    """`start`/`end` is what stands between the marks, `outer_start`/`outer_end` takes the marks in.

    Without `closed` one mark is missing: the last, or the first where `start` is `outer_start`.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool = True


def _facing(text: str, start: int, end: int) -> int:
    """Whether the mark text[start:end] opens, closes, or (0) does not say."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    free_before = not before.strip() or before in "([-–—/:"
    free_after = not after.strip() or after in ",.;:!?)]…"
    if free_before != free_after:
        return _OPENS if free_before else _CLOSES
    return _FACING_BY_SHAPE.get(text[start:end], 0)


def _pairs(text: str, marks: list[re.Match[str]], start: int, end: int, nested: bool) -> list[Quoted]:
    """The outermost pairs of the paragraph text[start:end]; with `nested` off an opening mark ends what is open."""
    found: list[Quoted] = []
    depth, opened = 0, marks[0]
    if _facing(text, opened.start(), opened.end()) == _CLOSES:
        found.append(Quoted(start, opened.start(), start, opened.end(), closed=False))
    for mark in marks:
        facing = _facing(text, mark.start(), mark.end())
        if not depth:
            if facing != _CLOSES:
                depth, opened = 1, mark
        elif facing != _OPENS:
            depth -= 1
            if not depth:
                found.append(Quoted(opened.end(), mark.start(), opened.start(), mark.end()))
        elif nested:
            depth += 1
        else:
            found.append(Quoted(opened.end(), mark.start(), opened.start(), mark.start(), closed=False))
            opened = mark
    if depth:
        found.append(Quoted(opened.end(), end, opened.start(), end, closed=False))
    return found


def in_paragraph(text: str, start: int = 0, end: int | None = None) -> list[Quoted]:
    """The outermost pairs of double marks of the paragraph text[start:end]; the last may have no end."""
    end = len(text) if end is None else end
    marks = list(_DOUBLE.finditer(text, start, end))
    if not marks:
        return []
    pairs = _pairs(text, marks, start, end, nested=True)
    return pairs if pairs and pairs[-1].closed else _pairs(text, marks, start, end, nested=False)


def _single(text: str, start: int, end: int, pairs: list[Quoted]) -> list[Quoted]:
    """The pairs of single marks outside `pairs`."""
    found: list[Quoted] = []
    at = 0
    for single in _SINGLE.finditer(text, start, end):
        while at < len(pairs) and pairs[at].outer_end <= single.start():
            at += 1
        if at == len(pairs) or single.end() <= pairs[at].outer_start:
            found.append(Quoted(single.start() + 1, single.end() - 1, single.start(), single.end()))
    return found


def find_quoted(text: str) -> list[Quoted]:
    """The outermost quoted stretches of `text`, in reading order."""
    found: list[Quoted] = []
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        pairs = in_paragraph(text, start, end)
        found += pairs + _single(text, start, end, pairs)
        start = end + 1
    return sorted(found)
