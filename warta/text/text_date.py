"""The day on which a text was written, told from the days it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from warta.lang import alternatives, load
from warta.text.calendar import calendar_day

LONGEST_LOOK = 400  # characters of a sentence before a day
WEEKDAY_WITHIN = 40  # characters: `Selasa malam waktu setempat (7/10/2025)`

_SENTENCE_END = re.compile(r"""[.!?]["”')]*\s|\n""")
_BREAK = re.compile(r"[.\d\n]")


def text_date(text: str, *, today: date | None = None) -> date | None:
    """The latest full day that the text does not plan: mostly that on which somebody speaks, `Jumat (8/10/2021)`.

    Only a day beside the weekday that it fell on counts, or one in figures and brackets; none later than tomorrow,
    counted from `today` (None: the day of the call).
    """
    last = (today or datetime.now(UTC).date()) + timedelta(days=1)
    return max((day for day in _unplanned_days(text) if day <= last), default=None)


def _unplanned_days(text: str) -> Iterator[date]:
    pattern, months = _full_days()
    for found in pattern.finditer(text):
        *figures, day, month, year = found.groups()
        named = calendar_day(int(year), months[month], int(day)) if month else calendar_day(*map(int, figures[::-1]))
        if named and _is_told(text, found.start(), named, bool(month)) and not _is_planned(text, *found.span()):
            yield named


def _is_told(text: str, start: int, day: date, in_words: bool) -> bool:
    """Whether the day's weekday stands before it (another one is a slip of the pen), or it is `(8/10/2021)`."""
    weekdays: dict[str, int] = load("id", "times")["weekdays"]
    before = _BREAK.split(text[max(0, start - WEEKDAY_WITHIN) : start])[-1]
    if named := _weekday().findall(before):
        return any(weekdays[word.replace("’", "'")] == day.weekday() for word in named)
    return before.rstrip().endswith("(") and not in_words


def _is_planned(text: str, start: int, end: int) -> bool:
    """Whether a word of planning stands in the sentence before, and nobody says so on that day; or right behind."""
    before, behind, said = _planning()
    if behind.match(text, end):
        return True
    sentence = _SENTENCE_END.split(text[max(0, start - LONGEST_LOOK) : start])[-1]
    planned = [word.end() for word in before.finditer(sentence)]
    return bool(planned) and not said.search(sentence, planned[-1])


@lru_cache(maxsize=1)
def _weekday() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(load('id', 'times')['weekdays'])})\b".replace("'", "['’]"))


@lru_cache(maxsize=1)
def _full_days() -> tuple[re.Pattern[str], dict[str, int]]:
    """Day, month and year in figures or with the month's name; no end of a range."""
    months = load("id", "times")["months"]
    year = r"((?:19|20)\d\d)(?!\d)"
    figures = rf"(\d{{1,2}})[/-](\d{{1,2}})[/-]{year}"
    named = rf"(\d{{1,2}})\s({alternatives(months)})\.?,?\s{year}"
    return re.compile(rf"(?<!\d)(?<!\d[-/–])(?:{figures}|{named})"), months


@lru_cache(maxsize=1)
def _planning() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands before a planned day, what behind it, and what between takes the plan away from it."""
    planned, cues = load("id", "planned_days"), load("id", "cues")
    said = alternatives([*cues["roots"], *(f"{root}nya" for root in cues["roots"]), *cues["saying"], *planned["said"]])
    return (
        re.compile(rf"\b(?:{alternatives(planned['before'])})(?!\w)", re.IGNORECASE),
        re.compile(rf"\)?,?\s?(?:{alternatives(planned['behind'])})\b"),
        re.compile(rf"[\"”“]|\b(?:{said})\b"),
    )
