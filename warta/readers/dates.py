"""Publication dates as sites and exports write them: `Senin, 20 Okt 2025 17:00 WIB`, `20251020T100000Z`, epochs.

A moment is a `datetime`, with its zone where it has one. A naive midnight stands for the day alone: so are read a day
without a clock time, and a clock time in a zone that nobody knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from warta.lang import load
from warta.text.calendar import calendar_day

MAX_LENGTH = 120
MAX_NESTING = 4
UNDATED = 1_000  # values without such a date after which none is expected
FIRST_YEAR = 1900  # what lies before is a typing error
ONE_DAY = timedelta(days=1)
MAX_SHAPE = 40

_OF_ZEROS = "0-:./+T Z"  # `0000-00-00 00:00:00`

DateProblem = Literal["default_date", "future_date", "unread_date"]


class Reading(NamedTuple):
    """What a value says: `published`, or why it says nothing; neither where there was no value.

    `default_date`: the first or last day that a program knows. `future_date`: later than tomorrow. `unread_date`: no
    form that is known here. `shape` is the value without its letters and digits, there where a problem is.
    """

    published: datetime | None = None
    problem: DateProblem | None = None
    shape: str = ""


def parse(value: Any, *, month_first: bool = False, today: date | None = None) -> datetime | None:
    """The moment that `value` names, None where `read` has a problem with it."""
    return read(value, month_first=month_first, today=today).published


def read(value: Any, *, month_first: bool = False, today: date | None = None) -> Reading:
    """The moment that `value` names, a string, a number or an object such as `{"$date": ...}`.

    `05/10/2025` is day first, as in Indonesia, unless `month_first`; `10/20/2025` can only be one day, and so can
    `Selasa, 10/07/2025`. What lies later than the day after `today` (None: the day of the call, UTC) is no date.
    """
    text = _plain(value)
    if text.casefold() in _missing():
        return Reading()
    tomorrow = (today or datetime.now(UTC).date()) + ONE_DAY
    found = _moment(text, month_first, tomorrow) if len(text) <= MAX_LENGTH else None
    problem = _problem(text, found, tomorrow)
    return Reading(None, problem, shape(text)) if problem else Reading(found)


def _problem(text: str, found: datetime | None, tomorrow: date) -> DateProblem | None:
    if not text.strip(_OF_ZEROS) or (found and found.date() in _default_days()):
        return "default_date"
    if not found or found.year < FIRST_YEAR:
        return "unread_date"
    return "future_date" if found.date() > tomorrow else None


def first(values: Iterable[Any], *, month_first: bool = False, today: date | None = None) -> Reading:
    """The first value that names a moment; where none does, the first with a problem."""
    problem = Reading()
    for value in values:
        reading = read(value, month_first=month_first, today=today)
        if reading.published:
            return reading
        problem = problem if problem.problem else reading
    return problem


def shape(value: str) -> str:
    """`7-Nxv-25 pagi` as `d-aaa-dd aaaa`: digits are d, letters a; four letters stand for as many or more."""
    letters = "".join("d" if c.isdigit() else "a" if c.isalpha() else c for c in " ".join(value[:200].split()))
    short = re.sub("a{4,}", "aaaa", letters)
    return short if len(short) <= MAX_SHAPE else short[: MAX_SHAPE - 1] + "…"


def month_first(values: Iterable[str]) -> bool:
    """Whether a column is written `month/day/year`: so says its first date that can only be read one way.

    Looks no further than UNDATED values where there is no such date at all.
    """
    dated = False
    for number, value in enumerate(values):
        if found := _NUMERIC.search(value[:MAX_LENGTH]):
            dated = True
            first, second = int(found["day"]), int(found["month"])
            if first > 12 or second > 12:
                return first <= 12
        if not dated and number >= UNDATED:
            break
    return False


# Values of other types


def _plain(value: Any, nesting: int = 0) -> str:
    """The value as a string on one line; "" where it is none of those that exports write for a time."""
    if nesting > MAX_NESTING:
        return ""
    match value:
        case str():
            text = " ".join(unicodedata.normalize("NFKC", value[: 4 * MAX_LENGTH]).split())
            return dotnet[1] if (dotnet := _DOTNET.fullmatch(text)) else text
        case bool():
            return ""
        case int() | float() | Decimal():
            return str(value)
        case date():  # and datetime
            return value.isoformat()
        case {"$date": inner} | {"$numberLong": inner} | {"@value": inner}:  # MongoDB, JSON-LD
            return _plain(inner, nesting + 1)
        case {"seconds": inner} | {"_seconds": inner}:  # Firestore
            return _plain(inner, nesting + 1)
        case {"date": inner, "timezone": str(zone)}:  # PHP
            return f"{_plain(inner, nesting + 1)} {zone}"
        case [inner, *_]:
            return _plain(inner, nesting + 1)
        case dict():
            return f"{{{', '.join(map(str, list(value)[:3]))}}}"
    return ""


_DOTNET = re.compile(r"\\?/Date\((\d{1,20})(?:[+-]\d{4})?\)\\?/")

# Machine forms

_NUMBER = re.compile(r"\d{1,20}(?:\.\d{0,20})?(?:[eE]\+?\d{1,2})?")
_COMPACT = re.compile(
    r"(\d{4})(\d{2})(\d{2})(?:[T _-]?(\d{2})(?:(\d{2})(?:(\d{2})(?:[.,]?\d{1,9})?)?)?)?(?!\d)\s?(?P<zone>\D.{0,20})?"
)
_ORDINAL = re.compile(r"\d{4}[-/]\d{3}")
_ISO = re.compile(r"\d{4}-?(?:\d{2}-?\d{2}|W\d{2}-?\d)(?:[T ]\d{2}:?\d{2}|$)")
# Digits of a number -> how many of its units make a second
_EPOCHS = {10: 1, 13: 1_000, 16: 1_000_000, 19: 1_000_000_000}


def _moment(text: str, month_first: bool, tomorrow: date) -> datetime | None:
    return _number(text, tomorrow) or _iso(text) or _written(text, month_first, tomorrow)


def _number(text: str, tomorrow: date) -> datetime | None:
    """Seconds since 1970 or thousandths, millionths, milliardths of them; or `20251020`, `20251020170000Z`."""
    if _NUMBER.fullmatch(text):
        number = Decimal(text)
        text = str(int(number)) if number < 10**20 else ""
        if unit := _EPOCHS.get(len(text)):
            moment = datetime.fromtimestamp(int(text) // unit, UTC)
            if moment.date() <= tomorrow or len(text) > len("2025102017"):
                return moment
    if not (found := _COMPACT.fullmatch(text)):
        return None
    day = calendar_day(int(found[1]), int(found[2]), int(found[3]))
    clock = _time(found[4], found[5], found[6]) if found[4] else None
    return _at(day, clock, _zone(found["zone"] or "", 0)) if day else None


def _iso(text: str) -> datetime | None:
    """ISO 8601 with all its parts, the weeks and days of a year too."""
    try:
        if _ORDINAL.fullmatch(text):
            day = datetime.strptime(text.replace("/", "-"), "%Y-%j")
            return day if text.startswith(f"{day.year:04}") else None  # not day 366 of a common year
        return datetime.fromisoformat(text).replace(microsecond=0) if _ISO.match(text) else None
    except ValueError:
        return None


# Dates in words and figures

_DAY, _NAME = r"(?P<day>\d{1,2})", r"(?P<name>[^\W\d_]{3,9})"
_TH = r"(?:st|nd|rd|th)?"
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}})(?:\s?[/.-]\s?(?P<month>\d{{1,2}})\s?[/.-]\s?|[\s/.-]{_NAME}[\s/.-]){_DAY}(?!\d)"
)
_NUMERIC = re.compile(rf"(?<!\d){_DAY}\s?[/.-]\s?(?P<month>\d{{1,2}})\s?[/.-]\s?(?P<year>\d{{4}})(?!\d)")
_SHORT_NUMERIC = re.compile(
    rf"(?<![\d/.:-]){_DAY}(?P<mark>[/.-])(?P<month>\d{{1,2}})(?P=mark)(?P<year>\d\d)(?![\d/:-])"
)
_DAY_MONTH = re.compile(rf"(?<!\d){_DAY}{_TH}[\s./-]{{0,3}}{_NAME}[\s.,/-]{{0,3}}(?P<year>\d{{4}}|'?\d\d)(?!\d|[.:]\d)")
# `October 20, 2025`, `Oct 20 17:00:00 +0700 2025`
_MONTH_DAY = re.compile(
    rf"\b{_NAME}[.\s-]{{1,2}}{_DAY}{_TH}\b,?\s?"
    r"(?P<clock>\d{1,2}:\d\d(?::\d\d)?(?:\s[+-]\d{4}|\s[A-Za-z]{1,5})?\s)?(?P<year>\d{4})(?!\d)"
)
_FORMS = (_YEAR_FIRST, _NUMERIC, _DAY_MONTH, _MONTH_DAY, _SHORT_NUMERIC)
_CLOCK = re.compile(
    r"(?<![\d.:/+])(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?(?:[.,]\d{1,9})?(?![\d/])\s?(?:([AaPp])\.?[Mm]\b\.?)?"
)
_LETTERS = re.compile(r"[^\W\d_]{3,9}")


class _Day(NamedTuple):
    """A day as it stands in a text, with what stands before and behind it."""

    day: date
    before: str
    behind: str


def _written(text: str, month_first: bool, tomorrow: date) -> datetime | None:
    """The first day in the text that is not that of a change, with the clock time beside it."""
    changed = _changed()
    found = _days(text, month_first, tomorrow.year)
    if not found:
        return None
    day, before, behind = next((d for d in found if not changed.search(d.before[-25:])), found[0])
    behind = changed.split(behind, maxsplit=1)[0].lstrip("T-,| ")
    for beside in (behind, before):
        if clock := _CLOCK.search(beside):
            hour, half = int(clock[1]), (clock[4] or "").lower()
            hour = hour % 12 + (12 if half == "p" else 0) if half else hour
            zone = _zone(beside, clock.end()) or _named_zone(f"{before} {behind}")
            return _at(day, _time(hour, clock[2], clock[3]), zone)
    return _at(day, None, None)


def _days(text: str, month_first: bool, last_year: int) -> list[_Day]:
    """The days in the text, all of the first form that it has."""
    for form in _FORMS:
        days = []
        for found in form.finditer(text):
            before, behind = text[: found.start()], text[found.end() :]
            if day := _day(found, _weekday(before), month_first, last_year):
                days.append(_Day(day, before, (found.groupdict().get("clock") or "") + behind))
        if days:
            return days
    return []


def _day(found: re.Match[str], weekday: int | None, month_first: bool, last_year: int) -> date | None:
    """The day that was found: of two that it can be the one that falls on the weekday, else in the usual order.

    `dd/mm/yy`, which may be `yy/mm/dd`, is read only with its weekday. Another year of two digits is one of the
    hundred years up to the last.
    """
    parts = found.groupdict()
    year, day, month = int(parts["year"].lstrip("'")), int(parts["day"]), parts.get("month")
    if len(parts["year"]) < 4:
        year += (last_year - year) // 100 * 100
    number = int(month) if month else _month(parts["name"])
    days = [calendar_day(year, number, day)]
    if found.re in (_NUMERIC, _SHORT_NUMERIC):
        days.insert(not month_first, calendar_day(year, day, number))
    possible = [day for day in days if day]
    fitting = [day for day in possible if day.weekday() == weekday]
    return next(iter(fitting if found.re is _SHORT_NUMERIC else fitting or possible), None)


def _at(day: date, clock: time | None, zone: _Zone) -> datetime:
    """The moment; the day alone where there is no clock time or the zone is unknown."""
    if clock is None or zone == "unknown":
        return datetime.combine(day, time())
    return datetime.combine(day, clock, zone)


def _time(hour: str | int, minute: str | None, second: str | None) -> time | None:
    try:
        return time(int(hour), int(minute or 0), min(59, int(second or 0)))  # a leap second
    except ValueError:  # `24.00`, or no clock time at all
        return None


# Zones

_Zone: TypeAlias = tzinfo | Literal["unknown"] | None
_OFFSET = re.compile(r"[\s(|]{0,3}(?:(?:GMT|UTC)\s?)?([+-])(\d{1,2}):?(\d{2})?(?!\d)", re.IGNORECASE)
_LIKE_ZONE = re.compile(r"\s?\(?[A-Z]{2,5}\b(?![./])")
_REGION = re.compile(r"[\s,(|]{0,3}\b([A-Z][a-z]{2,9}(?:/[A-Z][A-Za-z_]{2,20}){1,2})\b")


def _zone(text: str, at: int) -> _Zone:
    """The zone right behind a clock time, None where there is none."""
    names, zones = _zones()
    if found := _OFFSET.match(text, at):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        ahead = timedelta(minutes=-minutes if found[1] == "-" else minutes)
        return timezone(ahead) if timedelta(hours=-12) <= ahead <= timedelta(hours=14) else "unknown"
    if region := _REGION.match(text, at):
        try:
            return ZoneInfo(region[1])
        except (KeyError, ValueError, OSError):
            return "unknown"
    if named := names.match(text, at):
        return timezone(timedelta(hours=zones[named[1].casefold()]))
    return "unknown" if _LIKE_ZONE.match(text, at) else None


def _named_zone(text: str) -> tzinfo | None:
    """The first zone that is named anywhere beside the date: `WIB 17:00`."""
    for word in re.finditer(r"(?<![^\W_])[A-Z]{2,5}(?![^\W_])", text):
        if (hours := _zones()[1].get(word[0].casefold())) is not None:
            return timezone(timedelta(hours=hours))
    return None


@lru_cache(maxsize=1)
def _zones() -> tuple[re.Pattern[str], dict[str, float]]:
    zones = {name.casefold(): hours for name, hours in _data()["zones"].items()}
    names = "|".join(sorted(zones, key=len, reverse=True)).replace(" ", r"\s")
    return re.compile(rf"[\s,(|]{{0,3}}({names})\b", re.IGNORECASE), zones


# Words


def _data() -> Any:
    return load("id", "publication_dates")


@lru_cache(maxsize=1)
def _missing() -> frozenset[str]:
    return frozenset({"", *_data()["missing"]})


@lru_cache(maxsize=1)
def _default_days() -> frozenset[date]:
    return frozenset(_data()["default_days"])


@lru_cache(maxsize=1)
def _changed() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_data()['changed'])})\b", re.IGNORECASE)


def _beginnings(names: dict[int, list[str]]) -> dict[str, int]:
    """Every beginning of three letters or more -> the number of its name; none that two numbers share (`Dju`)."""
    whose: dict[str, set[int]] = {}
    for number, group in names.items():
        for name in group:
            for end in range(3, len(name) + 1):
                whose.setdefault(name[:end].casefold(), set()).add(number)
    return {beginning: min(numbers) for beginning, numbers in whose.items() if len(numbers) == 1}


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return _beginnings(_data()["months"])


@lru_cache(maxsize=1)
def _weekdays() -> dict[str, int]:
    return _beginnings(_data()["weekdays"])


@lru_cache(maxsize=4096)
def _month(word: str) -> int:
    """1 to 12; 0 for a word that is no month, or a contraction that fits several."""
    word = word.casefold()
    if known := _months().get(word):
        return known
    fitting = {
        number
        for number, names in _data()["months"].items()
        if any(word[0] == name[0].casefold() and _within(word, name.casefold()) for name in names)
    }
    return fitting.pop() if len(fitting) == 1 else 0


def _within(word: str, name: str) -> bool:
    """Whether the letters of `word` stand in `name` in this order."""
    letters = iter(name)
    return all(letter in letters for letter in word)


def _weekday(text: str) -> int | None:
    """The last weekday that is named in the text, Monday 0."""
    known = (_weekdays().get(word.casefold()) for word in _LETTERS.findall(text[-25:]))
    return next((day for day in reversed([*known]) if day is not None), None)
