"""Calendar arithmetic on TIMEX3 values (TimeML 1.2.1, ISO 8601): spans by name, shifts by units, first and last day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

import holidays

from warta.lang import load
from warta.text.calendar import calendar_day

UNITS = {"D": 1, "W": 7, "M": 1, "Q": 3, "H": 6, "Y": 12, "E": 120, "C": 1200}  # days for D and W, else months


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day where that month is shorter.

    Raises OverflowError outside of the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(f"there is no date in the year {year}")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift(day: date, unit: str, count: int) -> date:
    """`count` units later (earlier, if negative). Raises OverflowError outside of the years 1 to 9999."""
    if unit in "DW":
        return day + timedelta(days=count * UNITS[unit])
    return add_months(day, count * UNITS[unit])


def span_name(day: date, unit: str) -> str:
    """The value of the day, week, month, quarter, half year, year, decade or century that holds `day`."""
    if unit == "D":
        return day.isoformat()
    if unit == "W":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "M":
        return f"{day.year:04}-{day.month:02}"
    if unit == "Q":
        return f"{day.year:04}-Q{(day.month - 1) // 3 + 1}"
    if unit == "H":
        return f"{day.year:04}-H{(day.month - 1) // 6 + 1}"
    return {"Y": f"{day.year:04}", "E": f"{day.year // 10:03}X", "C": f"{day.year // 100:02}XX"}[unit]


def nearest_year(day: int, month: int, anchor: date, direction: int = 0) -> int | None:
    """The year that brings day and month closest to `anchor`: before it (-1), after it (1) or either side (0)."""
    found = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        if there := calendar_day(year, month, day):
            distance = (there - anchor).days
            if distance * direction >= 0:
                found.append((abs(distance), year))
    return min(found)[1] if found else None


def weekday_near(weekday: int, anchor: date, direction: int) -> date:
    """The last such weekday up to `anchor` (direction -1 or 0), or the next after it (1)."""
    if direction > 0:
        return anchor + timedelta(days=(weekday - anchor.weekday() - 1) % 7 + 1)
    return anchor - timedelta(days=(anchor.weekday() - weekday) % 7)


@lru_cache(maxsize=64)
def _feasts(year: int) -> dict[str, date]:
    # Without a language the library would name them in that of the environment (LANG).
    named = holidays.country_holidays("ID", years=year, language="en_US")
    return {name: day for day, names in named.items() for name in names.split("; ")}


def feast(name: str, year: int) -> date | None:
    """The day of a feast (see holidays.yml for the names) in a year."""
    return _feasts(year).get(load("id", "holidays")["feasts"][name])


@lru_cache(maxsize=10_000)
def date_range(value: str) -> tuple[date, date] | None:
    """First and last day of a TIMEX3 value that fixes a date; None for durations, sets, vague times and the year 0."""
    first, _, last = value.partition("/")
    if last:
        start, end = date_range(first), date_range(last)
        return (start[0], end[1]) if start and end else None
    try:
        return _first_and_last(value)
    except (ValueError, OverflowError):
        return None


def _first_and_last(value: str) -> tuple[date, date] | None:
    if found := re.match(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(*map(int, found.groups()))
        return day, day
    if found := re.match(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return (monday + timedelta(days=5 if found[3] else 0)), monday + timedelta(days=6)
    if found := re.match(r"(\d{4})-([QH])(\d)", value):
        months = UNITS[found[2]]
        return _months(int(found[1]), (int(found[3]) - 1) * months + 1, months)
    if found := re.match(r"(\d{4})-(\d\d)$", value):
        return _months(int(found[1]), int(found[2]), 1)
    if found := re.match(r"(\d{2,4})(X{0,2})(?:$|-[A-Z]{2}$)", value):
        year, span = int(found[1].ljust(4, "0")), 10 ** len(found[2])
        return (date(year, 1, 1), date(year + span - 1, 12, 31)) if len(found[1] + found[2]) == 4 else None
    return None


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    last = month + count - 1
    return date(year, month, 1), date(year, last, monthrange(year, last)[1])
