"""Patterns of time expressions and what each means: a function for each sort, from its match to a TIMEX3 value.

The word lists come from times.yml and holidays.yml, their order stands here; `anchor` is the day of publication. Kinds
follow TimeML 1.2.1 as applied to Indonesian by Mirza (2015), IndoTimex.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from warta.lang import load
from warta.records import TimeKind
from warta.text.calendar import calendar_day
from warta.times.numbers import number_pattern, parse
from warta.times.timex import feast, nearest_year, shift, span_name, weekday_near

Resolved = tuple[TimeKind, str] | None
UNRESOLVED = "XXXX-XX-XX"  # a day that needs a day of publication that we do not have


class Rule(NamedTuple):
    """`hint` is a list of times.yml or holidays.yml, or `digits`: every match of `pattern` holds a word of it."""

    hint: str
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], date | None], Resolved]


def words() -> Any:
    """The lists of times.yml."""
    return load("id", "times")


def any_of(forms: Iterable[str], fold: bool = True) -> str:
    """A group that matches one of these, longest first; the first letter in either case if `fold`."""
    longest = sorted(forms, key=len, reverse=True)
    either = [f"[{w[0].upper()}{w[0].lower()}]{re.escape(w[1:])}" if fold else re.escape(w) for w in longest]
    return f"(?:{'|'.join(either)})"


def _direction(text: str | None) -> int:
    """-1 for a word of the past, 1 of the future, 0 otherwise."""
    word = re.sub(r"\s+", " ", (text or "").strip().lower()).removeprefix("ke ")
    return -1 if word in words()["past"] else 1 if word in words()["future"] else 0


def _with_part(value: str, part: str | None) -> tuple[TimeKind, str]:
    return ("TIME", f"{value}T{words()['day_parts'][part.lower()]}") if part else ("DATE", value)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(day: str, month: int, year: str | None, anchor: date | None, direction: int) -> date | None:
    number = int(day)
    if year:
        known: int | None = _year(year)
    else:
        known = nearest_year(number, month, anchor, direction) if anchor else None
    return None if known is None else calendar_day(known, month, number)


def _calendar_day(m: re.Match[str], anchor: date | None) -> Resolved:
    """`Selasa, 21 Oktober 2025`, `7-17 Oktober`, `tanggal 30 Juni lalu`."""
    month, direction = words()["months"][m["month"]], _direction(m["when"])
    last = _day(m["day"], month, m["year"], anchor, direction)
    first = _day(m["first"], month, m["year"], anchor, direction) if m["first"] else last
    if not last or not first:
        return None
    return _with_part(last.isoformat() if first == last else f"{first}/{last}", m["part"] or m["part2"])


def _slashed_day(m: re.Match[str], anchor: date | None) -> Resolved:
    """`Senin malam (20/10)`, `kemarin (5/8/2025)`, `(9-10/12)`."""
    month = int(m["month"])
    last = _day(m["day"], month, m["year"], anchor, _direction(m["when"]))
    if not last:
        return None
    first = last.replace(day=int(m["first"])) if m["first"] and 0 < int(m["first"]) < last.day else last
    return _with_part(last.isoformat() if first == last else f"{first}/{last}", m["part"] or m["part2"])


def _iso_day(m: re.Match[str], anchor: date | None) -> Resolved:
    day = _day(m["day"], int(m["month"]), m["year"], anchor, 0)
    return ("DATE", day.isoformat()) if day else None


def _weekday(m: re.Match[str], anchor: date | None) -> Resolved:
    """`Senin`, `Kamis pekan lalu`, `Jumat malam`; without a hint the last one, as the press reports what was."""
    if not anchor:
        return _with_part(UNRESOLVED, m["part"] or m["part2"])
    weekday, direction = words()["weekdays"][m["weekday"]], _direction(m["when"])
    if m["weekday"] == "Minggu" and direction and not m.group().startswith(("Hari", "hari")):
        return None  # `Minggu lalu` opens a sentence with `last week`
    if m["week"]:
        day = shift(anchor, "W", _direction(m["week_when"]))
        day = date.fromisocalendar(*day.isocalendar()[:2], weekday + 1)
    else:
        day = weekday_near(weekday, shift(anchor, "D", -1) if direction < 0 else anchor, direction)
    return _with_part(day.isoformat(), m["part"] or m["part2"])


def _month(m: re.Match[str], anchor: date | None) -> Resolved:
    """`Juli 2025`, `Juli lalu`, `Desember tahun depan`, `Juni-Juli 2025`."""
    month = words()["months"][m["month"]]
    if m["year"]:
        year = _year(m["year"])
    elif not anchor:
        return "DATE", f"XXXX-{month:02}"
    elif m["of_year"]:
        year = anchor.year + _direction(m["year_when"])
    else:
        direction = _direction(m["when"])
        year = anchor.year
        if direction:
            year += direction * ((anchor.month - month) * direction >= 0)
        elif not m["when"] and abs(month - anchor.month) > 6:  # `November` in a paper of February is last year's
            year += 1 if month < anchor.month else -1
    value = f"{year:04}-{month:02}"
    if m["first"] and (first := words()["months"][m["first"]]) != month:
        value = f"{year - (first > month):04}-{first:02}/{value}"
    return "DATE", value


def _year_only(m: re.Match[str], anchor: date | None) -> Resolved:
    return "DATE", f"{m['first']}/{m['year']}" if m["first"] else m["year"]


def _decade(m: re.Match[str], anchor: date | None) -> Resolved:
    digits = m["decade"]
    return "DATE", (digits if len(digits) == 4 else f"{19 if int(digits[0]) > 3 else 20}{digits}")[:3] + "X"


def _century(m: re.Match[str], anchor: date | None) -> Resolved:
    roman = {"XVI": 16, "XVII": 17, "XVIII": 18, "XIX": 19, "XX": 20, "XXI": 21}
    number = roman.get(m["number"]) or int(m["number"] if m["number"].isdigit() else 0)
    return ("DATE", f"{number - 1:02}XX") if number else None


def _unit_word(m: re.Match[str], anchor: date | None) -> Resolved:
    """`tahun ini`, `pekan lalu`, `akhir tahun`, `bulan depan`."""
    unit = words()["units"][m["unit"].lower()]
    if not anchor:
        return "DATE", UNRESOLVED
    return "DATE", span_name(shift(anchor, unit, _direction(m["when"])), unit)


def _weekend(m: re.Match[str], anchor: date | None) -> Resolved:
    if not anchor:
        return "DATE", UNRESOLVED
    return "DATE", span_name(shift(anchor, "W", _direction(m["when"])), "W") + "-WE"


def _units_away(m: re.Match[str], anchor: date | None) -> Resolved:
    """`dua pekan lalu`, `tiga hari lagi`, `setahun silam`: at the grain of the unit."""
    unit, count = words()["units"][m["unit"].lower()], _count(m["count"])
    direction = 1 if m["when"].lower() in words()["later"] else _direction(m["when"])
    if count is None:
        return "DATE", "PAST_REF" if direction < 0 else "FUTURE_REF"
    if not anchor:
        return "DATE", UNRESOLVED
    if unit[0] == "T":
        return "TIME", f"{anchor.isoformat()}TXX"
    try:
        return "DATE", span_name(shift(anchor, unit, direction * round(count)), unit)
    except OverflowError:  # `66 juta tahun lalu`
        return "DATE", "PAST_REF" if direction < 0 else "FUTURE_REF"


def _quarter(m: re.Match[str], anchor: date | None) -> Resolved:
    unit, number = words()["units"][m["unit"].lower()], words()["ordinals"].get(m["number"].removeprefix("ke-"))
    if not number:
        return None
    if m["year"]:
        year = m["year"]
    elif anchor:
        year = str(anchor.year + _direction(m["year_when"]))
    else:
        year = "XXXX"
    return "DATE", f"{year}-{unit}{min(number, 2) if unit == 'H' else number}"


def _day_word(m: re.Match[str], anchor: date | None) -> Resolved:
    part = m["part"] or m["part2"]
    if not anchor:
        return _with_part(UNRESOLVED, part)
    return _with_part(shift(anchor, "D", words()["days"][re.sub(r"\s+", " ", m["day"].lower())]).isoformat(), part)


def _night(m: re.Match[str], anchor: date | None) -> Resolved:
    offset, part = words()["nights"][m["night"].lower()]
    return "TIME", f"{shift(anchor, 'D', offset).isoformat() if anchor else UNRESOLVED}T{part}"


def _part_of_today(m: re.Match[str], anchor: date | None) -> Resolved:
    return _with_part(anchor.isoformat() if anchor else UNRESOLVED, m["part"])


def _clock(m: re.Match[str], anchor: date | None) -> Resolved:
    """`pukul 15.30 WIB`, `jam 9 malam`; the day is added by `_place_clock`."""
    hour, minute = int(m["hour"]), int(m["minute"] or 0)
    if hour > 24 or minute > 59:
        return None
    noon = m["part"] == words()["noon"]
    if m["part"] and m["part"].lower() in words()["after_noon"] and hour < 11 + noon:
        hour += 12 * (hour != 11 or not noon)
    return "TIME", f"T{hour % 24:02}:{minute:02}"


def _vague(m: re.Match[str], anchor: date | None) -> Resolved:
    text = re.sub(r"\s+", " ", m.group().lower())
    return "DATE", next(value for value, forms in words()["vague"].items() if text in forms)


def _duration(m: re.Match[str], anchor: date | None) -> Resolved:
    unit, count = words()["units"][m["unit"].lower()], _count(m["count"])
    return "DURATION", _period(unit, count)


def _set(m: re.Match[str], anchor: date | None) -> Resolved:
    if m["weekday"]:
        return "SET", f"XXXX-WXX-{words()['weekdays'][m['weekday']] + 1}"
    if m["part"]:
        return "SET", f"XXXX-XX-XXT{words()['day_parts'][m['part'].lower()]}"
    return "SET", _period(words()["units"][m["unit"].lower()], 1)


def _daily(m: re.Match[str], anchor: date | None) -> Resolved:
    return "SET", "P1D"


def _many(m: re.Match[str], anchor: date | None) -> Resolved:
    return "DURATION", _period(words()["units"][m["unit"].lower()], None)


def _feast(m: re.Match[str], anchor: date | None) -> Resolved:
    if m["year"]:
        years = [int(m["year"])]
    elif not anchor:
        return "DATE", UNRESOLVED
    else:
        years = (
            [anchor.year + _direction(m["year_when"])]
            if m["year_when"]
            else [anchor.year, anchor.year + 1, anchor.year - 1]
        )
    days = [day for year in years if (day := feast(m["feast"], year))]
    return ("DATE", min(days, key=lambda d: abs(d - (anchor or d))).isoformat()) if days else None


def _ramadan(m: re.Match[str], anchor: date | None) -> Resolved:
    year = (
        int(m["year"]) if m["year"] and len(m["year"]) == 4 and m["year"][0] == "2" else anchor.year if anchor else None
    )
    day = feast("Idul Fitri", year) if year else None
    return "DATE", span_name(shift(day, "D", -15), "M") if day else UNRESOLVED


def _season(m: re.Match[str], anchor: date | None) -> Resolved:
    return "DATE", f"{anchor.year if anchor else 'XXXX'}-{words()['seasons'][m.group().lower()]}"


def _count(text: str) -> float | None:
    """A number, the `se` of `sebulan`, or None for `beberapa`."""
    text = text.strip().lower()
    if text == "se":
        return 1
    return None if text in words()["vague_counts"] else parse(text)


def _period(unit: str, count: float | None) -> str:
    number = "X" if count is None else f"{count:g}"
    if unit == "Q":  # ISO 8601 has no quarters, decades or halves of a year: months and years stand for them
        unit, number = "M", "X" if count is None else f"{count * 3:g}"
    elif unit == "H":
        unit, number = "M", "X" if count is None else f"{count * 6:g}"
    elif unit == "C":
        unit, number = "Y", "X" if count is None else f"{count * 100:g}"
    elif unit == "E":
        return f"P{number}E"
    return f"PT{number}{unit[1]}" if unit[0] == "T" else f"P{number}{unit}"


@lru_cache(maxsize=1)
def rules() -> list[Rule]:
    w = words()
    feasts = load("id", "holidays")
    month, weekday = any_of(w["months"], fold=False), any_of(w["weekdays"], fold=False)
    part, unit = any_of(w["day_parts"]), any_of(w["units"])
    span = any_of([u for u, letter in w["units"].items() if letter[0] != "T"])
    when = any_of([*w["past"], *w["future"], *w["present"]])
    year = r"(?:19|20)\d\d"
    parted = rf"(?:\s+(?P<part>{part}))?"
    parted2 = rf"(?:\s+(?P<part2>{part}))?(?:\s+(?P<when>{when}))?"
    count = rf"(?P<count>{number_pattern()}|{any_of(w['vague_counts'])})"
    of_year = rf"(?:\s+tahun\s+(?P<year_when>{when}))"
    approximate = rf"(?:(?:{any_of(w['approximate'])})\s+)?"
    to = rf"\s?(?:-|–|/|{'|'.join([*w['to'], *w['also_to']])})\s?"
    later = any_of(w["later"], fold=False)
    first_day, first_month = rf"(?:(?P<first>\d{{1,2}}){to})?", rf"(?:(?P<first>{month}){to})?"
    hari, hour = r"(?:[Hh]ari\s+)?", r"(?P<hour>\d{1,2})"
    minute = r"[.:](?P<minute>\d\d)(?:[.:]\d\d)?"
    zone = rf"(?:\s+(?:{'|'.join(w['zones'])})\b|\s+waktu\s+setempat)"
    fused = any_of(u for u in w["units"] if u not in w["not_after_se"])
    order = rf"(?:ke-)?{any_of(w['ordinals'], fold=False)}\b"
    table: list[tuple[str, str, Callable[[re.Match[str], date | None], Resolved]]] = [
        ("months", rf"(?:\b{hari}{weekday}{parted},?\s+)?(?:\b[Tt]anggal\s+|\(|\b){first_day}"
         rf"(?P<day>\d{{1,2}})\s+(?P<month>{month})\b(?:[\s,]+(?P<year>{year})\b)?\)?{parted2}", _calendar_day),
        ("digits", rf"(?:\b(?:{hari}(?:{weekday}|{any_of(w['days'])})|[Tt]anggal),?{parted},?\s*(?:\(\s?)?|\()"
         rf"(?:(?P<first>\d{{1,2}})-)?(?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}})(?:[/-](?P<year>{year}|\d\d))?(?![\d/%-])(?:\s?\))?{parted2}",
         _slashed_day),
        ("digits", r"\b(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>(?:19|20)\d\d)\b", _iso_day),
        ("digits", r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b", _iso_day),
        ("weekdays", rf"\b{hari}(?P<weekday>{weekday})\b{parted}(?P<week>\s+(?:pekan|minggu)\s+(?P<week_when>{when}))?"
         rf"{parted2}", _weekday),
        ("months", rf"\b(?:[Bb]ulan\s+)?{first_month}(?P<month>{month})\b"
         rf"(?:(?:\s+tahun)?[\s-]+(?P<year>{year})\b|(?P<of_year>{of_year}))?(?:\s+(?P<when>{when}))?", _month),
        ("digits", rf"\b[Tt]ahun(?:\s+(?:anggaran|ajaran|fiskal))?\s+(?:(?P<first>{year}){to})?(?P<year>{year})\b"
         rf"(?:\s+{when})?", _year_only),
        ("digits", rf"(?<![\w.,/])(?:(?P<first>{year})\s?(?:-|–|/)\s?)?(?P<year>{year})\b(?![.,/]?\d)"
         rf"(?:\s+{when})?", _year_only),
        ("digits", r"\b(?:[Tt]ahun|[Ee]ra|[Dd]ekade)\s+'?(?P<decade>(?:1[89]|20)?\d0)-?an\b", _decade),
        ("digits", r"\b(?P<decade>(?:1[89]|20)\d0)-?an\b", _decade),
        ("units", r"\b[Aa]bad\s+(?:ke-?\s?)?(?P<number>\d\d|X[IVX]+)\b", _century),
        ("units", rf"\b[Aa]khir\s+(?:pekan|minggu)\b(?:\s+(?P<when>{when}))?", _weekend),
        ("units", rf"\b(?P<unit>{span})\s+(?P<when>{when})\b", _unit_word),
        ("units", rf"\b{any_of(w['modifiers'])}\s+(?P<unit>tahun|bulan)\b(?P<when>)", _unit_word),
        ("units", rf"\b{approximate}{count}[\s-]*(?P<unit>{unit})\s+(?:yang\s+)?(?P<when>{when}|{later})\b",
         _units_away),
        ("units", rf"\b(?P<count>[Ss]e)(?P<unit>{unit})\s+(?P<when>{when}|{later})\b", _units_away),
        ("units", rf"\b(?P<unit>[Kk]uartal|[Tt]riwulan|[Ss]emester)\s+(?P<number>{order})"
         rf"(?:(?:\s+tahun)?[\s/-]+(?P<year>{year})\b|{of_year})?", _quarter),
        ("days", rf"\b(?P<day>{any_of(w['days'])})\b{parted}(?:\s+(?:ini|nanti|tadi|lalu))?(?P<part2>)", _day_word),
        ("days", rf"\b(?P<part>{part})\s+(?P<day>{any_of(w['days'])})\b(?P<part2>)", _day_word),
        ("nights", rf"\b(?P<night>{any_of(w['nights'])})\b", _night),
        ("day_parts", rf"\b(?P<part>{part})(?:\s+hari)?\s+(?:ini|tadi|nanti)\b", _part_of_today),
        ("digits", rf"\b(?:[Pp]ukul|[Jj]am)\s+{hour}(?:{minute})?(?:{to}\d{{1,2}}[.:]\d\d)?{parted}{zone}?", _clock),
        ("digits", rf"\b{hour}{minute}{zone}(?P<part>)", _clock),
        ("vague", rf"\b{any_of([form for forms in w['vague'].values() for form in forms])}\b", _vague),
        ("units", rf"\b{approximate}{count}[\s-]*(?P<unit>{unit})\b(?:\s+{any_of(w['after_duration'])})?", _duration),
        ("units", rf"\b{approximate}(?P<count>[Ss]e)(?P<unit>{fused})(?:an)?\b"
         rf"(?:\s+{any_of(w['after_duration'])})?", _duration),
        ("units", rf"\b[Bb]er(?P<unit>{unit})-(?P=unit)\b", _many),
        ("every", rf"\b{any_of(w['every'])}\s+"
         rf"(?:{hari}(?P<weekday>{weekday})|(?P<unit>{unit})(?:nya)?|(?P<part>{part}))", _set),
        ("units", rf"\bsekali\s+se(?P<unit>{unit})\b(?P<weekday>)(?P<part>)", _set),
        ("units", r"\b[Ss]ehari-hari(?:nya)?\b", _daily),
        ("feasts", rf"(?P<feast>{any_of(feasts['feasts'], fold=False)})\b(?:\s+(?P<year>{year})\b|{of_year})?", _feast),
        ("ramadan", rf"\b(?:{any_of(feasts['ramadan'], fold=False)})\b(?:\s+(?P<year>\d{{4}}))?", _ramadan),
        ("seasons", rf"\b{any_of(w['seasons'])}\b", _season),
    ]  # fmt: skip
    return [Rule(hint, re.compile(pattern), resolve) for hint, pattern, resolve in table]


Hints = dict[str, list[str]]


@lru_cache(maxsize=1)
def _hints() -> Hints:
    """Words by group, in small letters; those that hold another of their group say nothing more."""
    lists = words() | load("id", "holidays")
    lists |= {"vague": [form for forms in words()["vague"].values() for form in forms]}
    groups = {group: {word.lower() for word in lists[group]} for group in {rule.hint for rule in rules()} - {"digits"}}
    return {
        group: [word for word in forms if not any(other in word for other in forms - {word})]
        for group, forms in groups.items()
    }


def hints_in(text: str) -> Hints:
    """The hints that stand in a text, by group: no others need be looked for in its sentences."""
    small = text.lower()
    return {group: held for group, hints in _hints().items() if (held := [hint for hint in hints if hint in small])}


_DIGIT = re.compile(r"\d")


def rules_for(sentence: str, hints: Hints) -> list[Rule]:
    """The rules that can match in a sentence of the text that holds `hints`, in their order.

    To look for words is cheaper than to try every rule.
    """
    holds = sentence.lower().__contains__
    held = {group for group, words in hints.items() if any(map(holds, words))}
    if _DIGIT.search(sentence):
        held.add("digits")
    return [rule for rule in rules() if rule.hint in held] if held else []
