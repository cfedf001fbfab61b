"""Amounts with a plain value: money, percentages, measures and counts (`26 pegawai`, `Rp 2,3 triliun`, `M 5,6`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import isfinite
from typing import Any, NamedTuple

from warta.lang import alternatives, load
from warta.records import Amount, AmountKind, Document, Sentence, TimeExpression
from warta.times.extraction import covering
from warta.times.numbers import number_pattern, number_start, parse


@lru_cache(maxsize=1)
def _units() -> Any:
    return load("id", "units")


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Every sign or word for a currency, a share, a measure -> its unit."""
    units = _units()
    codes = {word: code for code, forms in units["money"].items() for word in forms["before"] + forms["after"]}
    codes |= dict.fromkeys(units["percent"], "%") | {word: word for word in units["points"] + units["cents"]}
    return codes | {word: symbol for symbol, forms in units["measure"].items() for word in forms}


class _Pattern(NamedTuple):
    """`regex` has the groups `number` and `unit`; `number_first`: its matches begin with the number."""

    kind: AmountKind
    regex: re.Pattern[str]
    number_first: bool


@lru_cache(maxsize=1)
def _patterns() -> list[_Pattern]:
    """The more telling kinds first."""
    units = _units()
    number = rf"(?P<number>{number_pattern()})"
    # `4,6-5,4 persen` is read as its first number
    range_end = rf"(?:\s?(?:-|–|{'|'.join(units['to'])})\s?{number_pattern()})?"
    short = "|".join(load("id", "numbers")["short_scales"])
    before = alternatives([w for forms in units["money"].values() for w in forms["before"]])
    after = alternatives([w for forms in units["money"].values() for w in forms["after"]])
    points = alternatives(units["points"] + units["cents"])
    measures = alternatives([w for forms in units["measure"].values() for w in forms])
    unit_first: list[tuple[AmountKind, str]] = [
        ("money", rf"(?<!\w)(?P<unit>{before})\s?{number}(?:\s?(?P<short>{short})\b)?(?:,-)?{range_end}"),
        ("measure", rf"\b(?P<unit>{alternatives(units['magnitude'])})\s?(?P<number>\d(?:[.,]\d)?)\b"),
    ]
    number_first: list[tuple[AmountKind, str]] = [
        ("money", rf"{number}{range_end}\s(?P<unit>{after})\b"),
        ("measure", rf"{number}{range_end}\s(?P<unit>{points})\b"),
        ("percent", rf"{number}(?:%|\spersen)?{range_end}\s?(?P<unit>%|(?:persen|prosen)\b)"),
        ("measure", rf"{number}{range_end}\s?(?P<unit>{measures})(?!\w)"),
        ("count", rf"(?<![\w.,/-]){number}{range_end}\s(?P<unit>[a-z]+(?:-[a-z]+)?)\b"),
    ]
    return [_Pattern(kind, re.compile(regex), False) for kind, regex in unit_first] + [
        _Pattern(kind, re.compile(regex), True) for kind, regex in number_first
    ]


def _matches(pattern: _Pattern, text: str, numbers: Sequence[int], start: int, end: int) -> Iterator[re.Match[str]]:
    """What `finditer` finds in text[start:end]. A pattern that begins with a number is tried at `numbers` alone."""
    if not pattern.number_first:
        yield from pattern.regex.finditer(text, start, end)
        return
    for at in numbers:
        if at >= start and (found := pattern.regex.match(text, at, end)):
            yield found
            start = found.end()


def _value(found: re.Match[str]) -> float:
    value = parse(found["number"])
    if short := found.groupdict().get("short"):
        value *= load("id", "numbers")["short_scales"][short]
    return value


def _unit(kind: AmountKind, word: str) -> str:
    if kind == "count":
        return word
    return "M" if word in _units()["magnitude"] else _codes()[word]


def _amounts_in(sentence: Sentence, text: str, numbers: Sequence[int], times: list[TimeExpression]) -> Iterator[Amount]:
    """`numbers`: where in the sentence a number can begin; without one there is no amount."""
    for pattern in _patterns() if numbers else ():
        kind = pattern.kind
        for found in _matches(pattern, text, numbers, sentence.start, sentence.end):
            if covering(times, found.start()) or (kind == "count" and not _counts(found, text)):
                continue
            if isfinite(value := _value(found)):  # hundreds of digits are no amount
                unit = _unit(kind, found["unit"])
                yield Amount(*found.span(), found.group(), kind, value, unit, sentence.ordinal)


@lru_cache(maxsize=1)
def _numbered() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(_units()['numbered'])})[ -]$")


def _counts(found: re.Match[str], text: str) -> bool:
    """A count needs a counted noun, and `ke-3`, `nomor 3`, `Pasal 3` count nothing."""
    before = text[max(0, found.start() - 8) : found.start()].lower()
    return found["unit"] not in _units()["uncounted"] and not _numbered().search(before)


def extract_amounts(document: Document) -> list[Amount]:
    """All amounts of the article, in reading order. Needs sentences and times."""
    text = document.article.text
    numbers = [found.start() for found in number_start().finditer(text)]
    kept: list[Amount] = []
    for sentence in document.sentences:
        end = -1
        within = numbers[bisect_left(numbers, sentence.start) : bisect_left(numbers, sentence.end)]
        found = _amounts_in(sentence, text, within, document.times)
        for amount in sorted(found, key=lambda a: (a.start, -a.end)):
            if amount.start >= end:
                kept.append(amount)
                end = amount.end
    return kept
