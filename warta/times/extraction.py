"""Time expressions and their TIMEX3 values, resolved against the day of publication.

Every rule of rules.py that can match in a sentence is tried on it; the longest match wins. What hangs together is one
expression: `Senin (7/10) sore pukul 15.30 WIB`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import accumulate

from warta.records import Document, Sentence, TimeExpression
from warta.times.rules import UNRESOLVED, Hints, Resolved, Rule, any_of, hints_in, rules_for, words


@lru_cache(maxsize=1)
def _modifier() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words()['modifiers'])}\s+$")


def _times_in(sentence: Sentence, text: str, hints: Hints, anchor: date | None) -> list[TimeExpression]:
    found: list[TimeExpression] = []
    for rule in rules_for(text[sentence.start : sentence.end], hints):
        for m in rule.pattern.finditer(text, sentence.start, sentence.end):
            start, end = _balanced(m)
            if (resolved := _resolved(rule, m, anchor)) and _plausible(text, start, end):
                found.append(
                    _widen(TimeExpression(start, end, text[start:end], *resolved, sentence.ordinal), sentence, text)
                )
    return _place_clock(_merge(_share_year(_longest(found), text), text), anchor)


def _longest(found: list[TimeExpression]) -> list[TimeExpression]:
    """Of expressions that overlap the longest, of equal ones the first; in reading order."""
    kept: list[TimeExpression] = []
    for item in sorted(found, key=lambda t: (t.start - t.end, t.start)):
        at = bisect_left(kept, item.start, key=lambda t: t.start)
        if (not at or kept[at - 1].end <= item.start) and (at == len(kept) or item.end <= kept[at].start):
            kept.insert(at, item)
    return kept


def _resolved(rule: Rule, m: re.Match[str], anchor: date | None) -> Resolved:
    try:
        return rule.resolve(m, anchor)
    except OverflowError:  # the day before the first day of the calendar, the year after its last
        return None


@lru_cache(maxsize=1)
def _counting() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands behind, and what before, a four-digit number that is no year."""
    before = any_of(words()["before_number"], fold=False)
    return re.compile(rf"\s{any_of(words()['counted'])}\b"), re.compile(rf"(?:{before}|\$)\s*$")


def _balanced(m: re.Match[str]) -> tuple[int, int]:
    """The span without a bracket whose partner lies outside."""
    start, end = m.span()
    if m.group().count("(") > m.group().count(")"):
        start += m.group().startswith("(")
    elif m.group().count(")") > m.group().count("("):
        end -= m.group().endswith(")")
    return start, end


def _plausible(text: str, start: int, end: int) -> bool:
    """A bare four-digit number is a year only if it is no price and counts nothing."""
    if not text[start:end].isdigit():
        return True
    behind, before = _counting()
    return not behind.match(text, end) and not before.search(text[max(0, start - 10) : start])


def _widen(item: TimeExpression, sentence: Sentence, text: str) -> TimeExpression:
    """Take a modifier into the expression: `akhir Desember 2025`."""
    found = _modifier().search(text, max(sentence.start, item.start - 15), item.start)
    if item.kind != "DATE" or not found:
        return item
    return replace(item, start=found.start(), text=text[found.start() : item.end])


@lru_cache(maxsize=1)
def _joints() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands between the members of a list, and between a date and its clock time."""
    w = words()
    to, before, about = ("|".join(w[name]) for name in ("to", "before_clock", "about_clock"))
    return (
        re.compile(rf"\s*(?:,|{to}|-|, {w['and']})\s*"),
        re.compile(rf",?\s*(?:\(|(?:(?:{before})\s+)?(?:(?:{about})\s+)?)?"),
    )


def _share_year(items: list[TimeExpression], text: str) -> list[TimeExpression]:
    """In `Januari dan Mei 2024` the year belongs to both."""
    members, _ = _joints()
    for i in range(len(items) - 2, -1, -1):
        here, after = items[i], items[i + 1]
        if re.search(r"(?:19|20)\d\d", here.text) or not re.search(r"(?:19|20)\d\d$", after.text):
            continue
        if (
            here.kind == after.kind == "DATE"
            and re.match(r"\d{4}-\d\d", here.value)
            and members.fullmatch(text, here.end, after.start)
        ):
            items[i] = replace(here, value=after.value[:4] + here.value[4:])
    return items


def _merge(items: list[TimeExpression], text: str) -> list[TimeExpression]:
    """A date and the clock time right behind it are one expression; so are a word and the date that explains it."""
    merged: list[TimeExpression] = []
    _, before_clock = _joints()
    for item in items:
        before = merged[-1] if merged else None
        joint = before and before_clock.fullmatch(text, before.end, item.start)
        if before and joint and item.value.startswith("T") and re.match(r"\d{4}-\d\d-\d\d", before.value):
            value = before.value[:10] + item.value
            merged[-1] = replace(before, end=item.end, text=text[before.start : item.end], kind="TIME", value=value)
        elif before and joint and _same_day(before, item) and not text[before.end : item.start].strip():
            merged[-1] = replace(item, start=before.start, text=text[before.start : item.end])
        else:
            merged.append(item)
    return merged


def _same_day(before: TimeExpression, item: TimeExpression) -> bool:
    return re.match(r"\d{4}-\d\d-\d\d$", before.value) is not None and item.value[:10] == before.value


def _place_clock(items: list[TimeExpression], anchor: date | None) -> list[TimeExpression]:
    """A clock time without a date is of the last day named before it in the sentence, else of publication."""
    day = anchor.isoformat() if anchor else UNRESOLVED
    for i, item in enumerate(items):
        if item.value.startswith("T"):
            items[i] = replace(item, value=day + item.value)
        elif re.match(r"\d{4}-\d\d-\d\d", item.value):
            day = item.value[:10]
    return items


_HOLDING_TIMES = ("GPE", "LOC", "FAC", "ORG", "PER")


def extract_times(document: Document) -> list[TimeExpression]:
    """All time expressions of the article, in reading order. Needs sentences, and names where there are any."""
    article = document.article
    text, anchor, hints = article.text, article.published_date, hints_in(article.text)
    found = [item for sentence in document.sentences for item in _times_in(sentence, text, hints, anchor)]
    # `Pasar Minggu` and `Universitas Sebelas Maret` are no times.
    names = [m for m in document.mentions if m.type in _HOLDING_TIMES]
    starts = [m.start for m in names]
    reached = list(accumulate((m.end for m in names), max))  # a description may hold names, and end behind them

    def is_name(time: TimeExpression) -> bool:
        before = bisect_left(starts, time.start)
        return before > 0 and time.end <= reached[before - 1]

    return [time for time in found if not is_name(time)]


def covering(times: list[TimeExpression], position: int) -> TimeExpression | None:
    """The expression that covers this character, if any. `times` are in reading order."""
    index = bisect_right(times, position, key=lambda t: t.start) - 1
    return times[index] if index >= 0 and position < times[index].end else None
