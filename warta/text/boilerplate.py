"""Boilerplate: what sites put between, behind and inside the paragraphs of an article (`lang/id/boilerplate.yml`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from warta.lang import load
from warta.text.headlines import Context, headline_end

MAX_BOILERPLATE = 300  # characters of a line; also what keeps the patterns linear
MAX_HEADLINE = 160  # characters of a line below `Baca juga`

_OPENING = frozenset("\"“‘'’”(")
_MARKS = frozenset(".,!?")
_SENTENCE_END = re.compile(r"[.!?…]\W*$")
_BREAK = re.compile(r"(?:^|[.!?…\"”’)\]])\s*$")
_NAMES = re.compile(r"\W*(?:(?:[A-Z0-9][\w’'.-]*|dan|bin|binti|al|de|van|di|tim)(?:[\s,/&|()@]+|$)){0,12}\W*")
# behind the labels of writers: anything short that is no sentence
_VALUE = re.compile(r"[^.!?:\n]{0,60}(?:\b[A-Z]\.[^.!?:\n]{0,40}){0,2}")


class Span(NamedTuple):
    """A part of a line that is to go. `breaks`: a line break comes in its place."""

    start: int
    end: int
    rule: str
    breaks: bool = True


def _joined(rules: dict[str, list[str]]) -> str:
    return "|".join(
        f"(?P<{rule}>{'|'.join(f'(?:{pattern})' for pattern in patterns)})" for rule, patterns in rules.items()
    )


@lru_cache(maxsize=1)
def _lines() -> re.Pattern[str]:
    return re.compile(_joined(load("id", "boilerplate")["lines"]), re.IGNORECASE)


Patterns = list[tuple[str, re.Pattern[str]]]  # with their rules; apart, since an alternation is searched slowly


def _compiled(rules: dict[str, list[str]]) -> Patterns:
    return [(rule, re.compile(pattern)) for rule, patterns in rules.items() for pattern in patterns]


@lru_cache(maxsize=64)
def _inline(outlet: str | None) -> Patterns:
    rules = load("id", "boilerplate")
    return _compiled(rules["inline"]) + _compiled(rules["outlets"].get(outlet or "", {}))


@lru_cache(maxsize=1)
def _brackets() -> Patterns:
    return _compiled(load("id", "boilerplate")["brackets"])


@lru_cache(maxsize=1)
def _pointers() -> Patterns:
    return _compiled(load("id", "boilerplate")["pointers"])


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    labels = "|".join(load("id", "boilerplate")["labels"])
    return re.compile(rf"(?<!ilihan )\b(?:{labels})\s?:|(?<=[\w.)])(?:{labels})\s?:")


@lru_cache(maxsize=1)
def _boxes() -> re.Pattern[str]:
    return re.compile(load("id", "boilerplate")["boxes"], re.IGNORECASE)


@lru_cache(maxsize=1)
def _ending() -> re.Pattern[str]:
    endings = "|".join(load("id", "boilerplate")["endings"])
    return re.compile(rf"(?:^|(?<=[.!?…\"”'’]))\s*(?:{endings})$", re.IGNORECASE)


def line_rule(line: str) -> str | None:
    """The rule under which all of `line` is boilerplate."""
    found = _lines().fullmatch(line) if len(line) <= MAX_BOILERPLATE else None
    return found.lastgroup if found else None


def has_pointers(text: str) -> bool:
    return any(pattern.search(text) for _, pattern in _pointers())


def spans(line: str, outlet: str | None, context: Context) -> list[Span]:
    """The parts of `line` that are boilerplate, in their order and apart from each other."""
    marks = [Span(m.start(), m.end(), rule) for rule, pattern in _inline(outlet) for m in pattern.finditer(line)]
    marks += [_bracket(line, m, rule) for rule, pattern in _brackets() for m in pattern.finditer(line)]
    marks += credits(line, min((m.start for m in marks if m.rule == "copyright"), default=len(line)))
    found = (m.span() for _, pattern in _pointers() for m in pattern.finditer(line))
    pointers = [(start, end) for start, end in found if not _is_said(line, start)]
    stops = sorted([m.start for m in marks] + [start for start, _ in pointers] + [len(line)])
    for start, end in pointers:
        marks.append(_pointer(line, start, end, stops[bisect_right(stops, start)], context))
    return _apart(marks)


def _is_said(line: str, start: int) -> bool:
    """Whether a quote mark or bracket opens in front: somebody says it. One that closes has a mark before it."""
    before = line[max(0, start - 2) : start]
    return before[-1:] in _OPENING and before[:1] not in _MARKS


def _bracket(line: str, found: re.Match[str], rule: str) -> Span:
    start = found.start() - (line[found.start() - 1 : found.start()] == " ")
    breaks = not start or bool(_BREAK.search(line[max(0, start - 5) : start]))
    return Span(start, found.end(), rule, breaks)


def _pointer(line: str, start: int, end: int, stop: int, context: Context) -> Span:
    """The mark and the headline behind it; the mark alone where no end of the headline is likely."""
    alone = stop == len(line) <= MAX_BOILERPLATE and not line[:start].strip()
    if alone and not re.search(r"[.!?]\s", line[end:].strip()):
        return Span(start, stop, "pointer")
    return Span(start, headline_end(line, end, max(stop, end), context) or end, "pointer")


def credits(line: str, stop: int) -> Iterator[Span]:
    """`Pewarta: ... Editor: ...` in front of `stop`, the end of the line or a copyright: names stand behind them."""
    end = stop

    for label in reversed(list(_labels().finditer(line, 0, stop))):
        if not (_NAMES.fullmatch(line, label.end(), end) or _VALUE.fullmatch(line, label.end(), end)):
            break
        end = label.start()
    if end < stop:
        yield Span(end, stop, "credit")


def _apart(marks: list[Span]) -> list[Span]:
    """Spans that overlap become one."""
    found: list[Span] = []
    for mark in sorted(marks):
        if found and mark.start < found[-1].end:
            last = found[-1]
            found[-1] = Span(last.start, max(last.end, mark.end), last.rule, last.breaks or mark.breaks)
        elif mark.start < mark.end:
            found.append(mark)
    return found


def box_lines(lines: list[str]) -> dict[int, str]:
    """Lines that belong to a box, by number: tags and names below `Tags:` at the end, a headline below `Baca juga`."""
    found: dict[int, str] = {}
    end = len(lines)
    for number in range(len(lines) - 1, -1, -1):  # what follows a mark up to the end: short lines, or marks again
        if _boxes().fullmatch(lines[number]):
            found |= dict.fromkeys(range(number, end), "box")
            end = number
        elif not _is_loose(lines[number]):
            break
    for number, line in enumerate(lines[:-1]):
        if line_rule(line) == "pointer" and _boxes().fullmatch(line) and _is_headline(lines[number + 1]):
            found[number + 1] = "pointer"
    return found


def _is_loose(line: str) -> bool:
    return len(line) <= 60 and not _SENTENCE_END.search(line)


def _is_headline(line: str) -> bool:
    return len(line) <= MAX_HEADLINE and len(line.split()) >= 4 and not _SENTENCE_END.search(line) and line[0].isupper()


def ending(line: str) -> int | None:
    """Where the writers' initials begin behind the last full stop of an article's last line."""
    found = _ending().search(line, max(0, len(line) - MAX_BOILERPLATE))
    return found.start() if found else None
