"""Publication dates as sites and exports write them: `Senin, 20 Okt 2025 17:00 WIB`, `10/20/2025 17:00`, ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from warta.lang import load

_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})[\s./-]{1,3}([A-Za-z]{3,9})[\s.,/-]{1,3}(\d{4})(?!\d)")
_MONTH_DAY = re.compile(r"\b([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_CLOCK = re.compile(r"(?<![\d.:/-])(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?(?:[.,]\d{1,9})?(?![\d/])\s?([AaPp][Mm]\b)?")
_OFFSET = re.compile(r"(?:(?<=[\d\s])|GMT|UTC)([+-])(\d{1,2}):?(\d{2})?$")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
MAX_LENGTH = 80
UNDATED = 1_000  # values without such a date after which none is expected
YEARS = range(1900, 2101)  # what lies outside is a typing error or a default value


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    names = load("id", "times")["months"] | load("id", "fields")["english_months"]
    return {name.casefold(): month for name, month in names.items()}


@lru_cache(maxsize=1)
def _zones() -> tuple[re.Pattern[str], dict[str, int]]:
    zones: dict[str, int] = load("id", "fields")["zones"]
    return re.compile(rf"(?:\b|(?<=\d))({'|'.join(zones)})\b"), zones


def month_first(values: Iterable[str]) -> bool:
    """Whether a column is written `month/day/year`: so says its first date that can only be read one way.

    Looks no further than UNDATED values where there is no such date at all.
    """
    dated = False
    for number, value in enumerate(values):
        if found := _NUMERIC.search(value[:MAX_LENGTH]):
            dated = True
            first, second = int(found[1]), int(found[2])
            if first > 12 or second > 12:
                return first <= 12
        if not dated and number >= UNDATED:
            break
    return False


def parse(value: str, *, month_first: bool = False) -> datetime | None:
    """The moment that `value` names: with its zone where it has one, else naive; midnight without a clock time.

    `05/10/2025` is day first, as in Indonesia, unless `month_first`; `10/20/2025` can only be one day.
    """
    value = value.strip()
    if not value or len(value) > MAX_LENGTH:
        return None
    try:
        if _EPOCH.fullmatch(value):
            return datetime.fromtimestamp(int(value[:10]), UTC)
        year, month, day, rest = _date(value, month_first)
        if year not in YEARS:
            return None
        hour, minute, second = _clock(rest)
        return datetime(year, month, day, hour, minute, second, tzinfo=_zone(rest))
    except ValueError:  # no date in it, or no such day
        return None


def _date(value: str, month_first: bool) -> tuple[int, int, int, str]:
    """Year, month, day and what stands around them; ValueError where there is no date."""
    if found := _YEAR_FIRST.search(value):
        year, month, day = map(int, found.groups())
    elif found := _NUMERIC.search(value):
        day, month, year = map(int, found.groups())
        if (month_first and day <= 12) or month > 12:
            day, month = month, day
    elif found := _DAY_MONTH.search(value):
        day, month, year = int(found[1]), _months().get(found[2].casefold(), 0), int(found[3])
    elif found := _MONTH_DAY.search(value):
        day, month, year = int(found[2]), _months().get(found[1].casefold(), 0), int(found[3])
    else:
        raise ValueError(value)
    return year, month, day, f"{value[: found.start()]} {value[found.end() :].removeprefix('T')}"


def _clock(rest: str) -> tuple[int, int, int]:
    found = _CLOCK.search(rest)
    if not found:
        return 0, 0, 0
    hour = int(found[1])
    if half := found[4]:
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    return hour, int(found[2]), int(found[3] or 0)


def _zone(rest: str) -> timezone | None:
    if found := _OFFSET.search(rest):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
    pattern, zones = _zones()
    named = pattern.search(rest)
    return timezone(timedelta(hours=zones[named[1]])) if named else None
