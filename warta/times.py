"""Time expressions and their TIMEX3 values, resolved against the day of publication.

Each rule is a pattern over one sentence and a function from its match to (kind, value); the longest match wins. Words
come from times.yml and holidays.yml. What hangs together is one expression: `Senin (7/10) sore pukul 15.30 WIB`.
Extents and kinds follow TimeML 1.2.1 as applied to Indonesian by Mirza (2015), IndoTimex.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from warta.dates import feast, nearest_year, shift, span_name, weekday_near
from warta.lang import load
from warta.numbers import number_pattern, parse
from warta.records import Document, Sentence, TimeExpression, TimeKind

Resolved = tuple[TimeKind, str] | None
UNRESOLVED = "XXXX-XX-XX"  # a day that needs a day of publication that we do not have


class Rule(NamedTuple):
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], date | None], Resolved]


def _words() -> Any:
    return load("id", "times")


def _any(words: Iterable[str], fold: bool = True) -> str:
    """A group that matches one of these, longest first; the first letter in either case if `fold`."""
    forms = sorted(words, key=len, reverse=True)
    return (
        "(?:"
        + "|".join(f"[{w[0].upper()}{w[0].lower()}]{re.escape(w[1:])}" if fold else re.escape(w) for w in forms)
        + ")"
    )


def _direction(text: str | None) -> int:
    """-1 for a word of the past, 1 of the future, 0 otherwise."""
    word = re.sub(r"\s+", " ", (text or "").strip().lower()).removeprefix("ke ")
    return -1 if word in _words()["past"] else 1 if word in _words()["future"] else 0


def _with_part(value: str, part: str | None) -> tuple[TimeKind, str]:
    return ("TIME", f"{value}T{_words()['day_parts'][part.lower()]}") if part else ("DATE", value)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(day: str, month: int, year: str | None, anchor: date | None, direction: int) -> date | None:
    number = int(day)
    if year:
        known: int | None = _year(year)
    else:
        known = nearest_year(number, month, anchor, direction) if anchor else None
    if known is None or not 1 <= month <= 12 or not 1 <= number <= monthrange(known, month)[1]:
        return None
    return date(known, month, number)


def _calendar_day(m: re.Match[str], anchor: date | None) -> Resolved:
    """`Selasa, 21 Oktober 2025`, `7-17 Oktober`, `tanggal 30 Juni lalu`."""
    month, direction = _words()["months"][m["month"]], _direction(m["when"])
    last = _day(m["day"], month, m["year"], anchor, direction)
    first = _day(m["first"], month, m["year"], anchor, direction) if m["first"] else last
    if not last or not first:
        return None
    return _with_part(last.isoformat() if first == last else f"{first}/{last}", m["part"] or m["part2"])


def _slashed_day(m: re.Match[str], anchor: date | None) -> Resolved:
    """`Senin malam (20/10)`, `kemarin (5/8/2025)`, `(9-10/12)`."""
    month = int(m["month"])
    last = _day(m["day"], month, m["year"], anchor, _direction(m["when"])) if month <= 12 else None
    if not last:
        return None
    first = last.replace(day=int(m["first"])) if m["first"] and 0 < int(m["first"]) < last.day else last
    return _with_part(last.isoformat() if first == last else f"{first}/{last}", m["part"] or m["part2"])


def _iso_day(m: re.Match[str], anchor: date | None) -> Resolved:
    day = _day(m["day"], int(m["month"]), m["year"], anchor, 0) if int(m["month"]) <= 12 else None
    return ("DATE", day.isoformat()) if day else None


def _weekday(m: re.Match[str], anchor: date | None) -> Resolved:
    """`Senin`, `Kamis pekan lalu`, `Jumat malam`; without a hint the last one, as the press reports what was."""
    if not anchor:
        return _with_part(UNRESOLVED, m["part"] or m["part2"])
    weekday, direction = _words()["weekdays"][m["weekday"]], _direction(m["when"])
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
    month = _words()["months"][m["month"]]
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
    value = f"{year}-{month:02}"
    if m["first"] and (first := _words()["months"][m["first"]]) != month:
        value = f"{year - (first > month)}-{first:02}/{value}"
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
    unit = _words()["units"][m["unit"].lower()]
    if not anchor:
        return "DATE", UNRESOLVED
    return "DATE", span_name(shift(anchor, unit, _direction(m["when"])), unit)


def _weekend(m: re.Match[str], anchor: date | None) -> Resolved:
    if not anchor:
        return "DATE", UNRESOLVED
    return "DATE", span_name(shift(anchor, "W", _direction(m["when"])), "W") + "-WE"


def _units_away(m: re.Match[str], anchor: date | None) -> Resolved:
    """`dua pekan lalu`, `tiga hari lagi`, `setahun silam`: at the grain of the unit."""
    unit, count = _words()["units"][m["unit"].lower()], _count(m["count"])
    direction = 1 if m["when"].lower() in ("lagi", "kemudian", "ke depan") else _direction(m["when"])
    if count is None:
        return "DATE", "PAST_REF" if direction < 0 else "FUTURE_REF"
    if not anchor:
        return "DATE", UNRESOLVED
    if unit[0] == "T":
        return "TIME", f"{anchor.isoformat()}TXX"
    return "DATE", span_name(shift(anchor, unit, direction * round(count)), unit)


def _quarter(m: re.Match[str], anchor: date | None) -> Resolved:
    unit, number = _words()["units"][m["unit"].lower()], _words()["ordinals"].get(m["number"].removeprefix("ke-"))
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
    return _with_part(shift(anchor, "D", _words()["days"][re.sub(r"\s+", " ", m["day"].lower())]).isoformat(), part)


def _night(m: re.Match[str], anchor: date | None) -> Resolved:
    offset, part = _words()["nights"][m["night"].lower()]
    return "TIME", f"{shift(anchor, 'D', offset).isoformat() if anchor else UNRESOLVED}T{part}"


def _part_of_today(m: re.Match[str], anchor: date | None) -> Resolved:
    return _with_part(anchor.isoformat() if anchor else UNRESOLVED, m["part"])


def _clock(m: re.Match[str], anchor: date | None) -> Resolved:
    """`pukul 15.30 WIB`, `jam 9 malam`; the day is added by `_place_clock`."""
    hour, minute = int(m["hour"]), int(m["minute"] or 0)
    if hour > 24 or minute > 59:
        return None
    if m["part"] and m["part"].lower() in ("siang", "sore", "petang", "malam") and hour < 11 + (m["part"] == "siang"):
        hour += 12 * (hour != 11 or m["part"] != "siang")
    return "TIME", f"T{hour % 24:02}:{minute:02}"


def _vague(m: re.Match[str], anchor: date | None) -> Resolved:
    text = re.sub(r"\s+", " ", m.group().lower())
    return "DATE", next(value for value, forms in _words()["vague"].items() if text in forms)


def _duration(m: re.Match[str], anchor: date | None) -> Resolved:
    unit, count = _words()["units"][m["unit"].lower()], _count(m["count"])
    return "DURATION", _period(unit, count)


def _set(m: re.Match[str], anchor: date | None) -> Resolved:
    if m["weekday"]:
        return "SET", f"XXXX-WXX-{_words()['weekdays'][m['weekday']] + 1}"
    if m["part"]:
        return "SET", f"XXXX-XX-XXT{_words()['day_parts'][m['part'].lower()]}"
    return "SET", _period(_words()["units"][m["unit"].lower()], 1)


def _daily(m: re.Match[str], anchor: date | None) -> Resolved:
    return "SET", "P1D"


def _many(m: re.Match[str], anchor: date | None) -> Resolved:
    return "DURATION", _period(_words()["units"][m["unit"].lower()], None)


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
    return "DATE", f"{anchor.year if anchor else 'XXXX'}-{_words()['seasons'][m.group().lower()]}"


def _count(text: str) -> float | None:
    """A number, the `se` of `sebulan`, or None for `beberapa`."""
    text = text.strip().lower()
    if text == "se":
        return 1
    return None if text in _words()["vague_counts"] else parse(text)


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
def _rules() -> list[Rule]:
    w = _words()
    feasts = load("id", "holidays")
    month, weekday = _any(w["months"], fold=False), _any(w["weekdays"], fold=False)
    part, unit = _any(w["day_parts"]), _any(w["units"])
    span = _any([u for u, letter in w["units"].items() if letter[0] != "T"])
    when = _any([*w["past"], *w["future"], *w["present"]])
    year = r"(?:19|20)\d\d"
    parted = rf"(?:\s+(?P<part>{part}))?"
    parted2 = rf"(?:\s+(?P<part2>{part}))?(?:\s+(?P<when>{when}))?"
    count = rf"(?P<count>{number_pattern()}|{_any(w['vague_counts'])})"
    of_year = rf"(?:\s+tahun\s+(?P<year_when>{when}))"
    approximate = rf"(?:(?:{_any(w['approximate'])})\s+)?"
    table: list[tuple[str, Callable[[re.Match[str], date | None], Resolved]]] = [
        (rf"(?:\b(?:[Hh]ari\s+)?{weekday}{parted},?\s+)?(?:\b[Tt]anggal\s+|\(|\b)(?:(?P<first>\d{{1,2}})\s?(?:-|–|dan|hingga|sampai|s/d)\s?)?"
         rf"(?P<day>\d{{1,2}})\s+(?P<month>{month})\b(?:[\s,]+(?P<year>{year})\b)?\)?{parted2}", _calendar_day),
        (rf"(?:\b(?:(?:[Hh]ari\s+)?(?:{weekday}|{_any(w['days'])})|[Tt]anggal),?{parted},?\s*(?:\(\s?)?|\()(?:(?P<first>\d{{1,2}})-)?"
         rf"(?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}})(?:[/-](?P<year>{year}|\d\d))?(?![\d/%-])(?:\s?\))?{parted2}", _slashed_day),
        (r"\b(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>(?:19|20)\d\d)\b", _iso_day),
        (r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b", _iso_day),
        (rf"\b(?:[Hh]ari\s+)?(?P<weekday>{weekday})\b{parted}(?P<week>\s+(?:pekan|minggu)\s+(?P<week_when>{when}))?{parted2}", _weekday),
        (rf"\b(?:[Bb]ulan\s+)?(?:(?P<first>{month})\s?(?:-|–|hingga|sampai|dan)\s?)?(?P<month>{month})\b"
         rf"(?:(?:\s+tahun)?[\s-]+(?P<year>{year})\b|(?P<of_year>{of_year}))?(?:\s+(?P<when>{when}))?", _month),
        (rf"\b(?:[Tt]ahun(?:\s+(?:anggaran|ajaran|fiskal))?\s+)(?:(?P<first>{year})\s?(?:-|–|/|hingga|sampai|dan)\s?)?(?P<year>{year})\b(?:\s+{when})?", _year_only),
        (rf"(?<![\w.,/])(?:(?P<first>{year})\s?(?:-|–|/)\s?)?(?P<year>{year})\b(?![.,/]?\d)(?:\s+{when})?", _year_only),
        (r"\b(?:[Tt]ahun|[Ee]ra|[Dd]ekade)\s+'?(?P<decade>(?:1[89]|20)?\d0)-?an\b", _decade),
        (r"\b(?P<decade>(?:1[89]|20)\d0)-?an\b", _decade),
        (r"\b[Aa]bad\s+(?:ke-?\s?)?(?P<number>\d\d|X[IVX]+)\b", _century),
        (rf"\b[Aa]khir\s+(?:pekan|minggu)\b(?:\s+(?P<when>{when}))?", _weekend),
        (rf"\b(?P<unit>{span})\s+(?P<when>{when})\b", _unit_word),
        (r"\b(?:[Aa]wal|[Aa]khir|[Pp]ertengahan|[Pp]enghujung|[Tt]utup)\s+(?P<unit>tahun|bulan)\b(?P<when>)", _unit_word),
        (rf"\b{approximate}{count}[\s-]*(?P<unit>{unit})\s+(?:yang\s+)?(?P<when>{when}|lagi|kemudian)\b", _units_away),
        (rf"\b(?P<count>[Ss]e)(?P<unit>{unit})\s+(?P<when>{when}|lagi|kemudian)\b", _units_away),
        (rf"\b(?P<unit>[Kk]uartal|[Tt]riwulan|[Ss]emester)\s+(?P<number>(?:ke-)?(?:IV|III|II|I|[1-4])\b|pertama|kedua|ketiga|keempat|terakhir)"
         rf"(?:(?:\s+tahun)?[\s/-]+(?P<year>{year})\b|{of_year})?", _quarter),
        (rf"\b(?P<day>{_any(w['days'])})\b{parted}(?:\s+(?:ini|nanti|tadi|lalu))?(?P<part2>)", _day_word),
        (rf"\b(?P<part>{part})\s+(?P<day>{_any(w['days'])})\b(?P<part2>)", _day_word),
        (rf"\b(?P<night>{_any(w['nights'])})\b", _night),
        (rf"\b(?P<part>{part})(?:\s+hari)?\s+(?:ini|tadi|nanti)\b", _part_of_today),
        (rf"\b(?:(?:[Pp]ukul|[Jj]am)\s+(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d\d)(?:[.:]\d\d)?)?)(?:\s?(?:-|–|hingga|sampai)\s?\d{{1,2}}[.:]\d\d)?"
         rf"(?:\s+(?P<part>{part}))?(?:\s+(?:{'|'.join(w['zones'])})\b|\s+waktu\s+setempat)?", _clock),
        (rf"\b(?P<hour>\d{{1,2}})[.:](?P<minute>\d\d)(?:[.:]\d\d)?\s+(?:{'|'.join(w['zones'])})\b(?P<part>)", _clock),
        (rf"\b{_any([form for forms in w['vague'].values() for form in forms])}\b", _vague),
        (rf"\b{approximate}{count}[\s-]*(?P<unit>{unit})\b(?:\s+(?:terakhir|pertama|ke depan|berturut-turut|penuh|lamanya))?", _duration),
        (rf"\b{approximate}(?P<count>[Ss]e)(?P<unit>{_any(['hari', 'minggu', 'pekan', 'bulan', 'tahun', 'jam', 'menit', 'detik', 'abad', 'dekade'])})(?:an)?\b"
         r"(?:\s+(?:terakhir|penuh))?", _duration),
        (rf"\b[Bb]er(?P<unit>{unit})-(?P=unit)\b", _many),
        (rf"\b(?:[Ss]etiap|[Tt]iap|[Tt]iap-tiap|[Ss]aban)\s+(?:(?:hari\s+)?(?P<weekday>{weekday})|(?P<unit>{unit})(?:nya)?|(?P<part>{part}))\b", _set),
        (rf"\bsekali\s+se(?P<unit>{unit})\b(?P<weekday>)(?P<part>)", _set),
        (r"\b[Ss]ehari-hari(?:nya)?\b", _daily),
        (rf"(?P<feast>{_any(feasts['feasts'], fold=False)})\b(?:\s+(?P<year>{year})\b|{of_year})?", _feast),
        (rf"\b(?:{_any(feasts['ramadan'], fold=False)})\b(?:\s+(?P<year>\d{{4}}))?", _ramadan),
        (rf"\b{_any(w['seasons'])}\b", _season),
    ]  # fmt: skip
    return [Rule(re.compile(pattern), resolve) for pattern, resolve in table]


@lru_cache(maxsize=1)
def _modifier() -> re.Pattern[str]:
    return re.compile(rf"\b{_any(_words()['modifiers'])}\s+$")


@lru_cache(maxsize=1)
def _hint() -> re.Pattern[str]:
    """Cheap test: a sentence without a digit or one of these words has no time expression."""
    w, feasts = _words(), load("id", "holidays")
    words = [*w["months"], *w["weekdays"], *w["units"], *w["day_parts"], *w["days"], *w["nights"]]
    words += [form for forms in w["vague"].values() for form in forms] + [*w["seasons"]]
    return re.compile(r"\d|" + _any([*words, *feasts["feasts"], *feasts["ramadan"]]))


def _find_in(sentence: Sentence, text: str, anchor: date | None) -> list[TimeExpression]:
    if not _hint().search(text, sentence.start, sentence.end):
        return []
    found: list[TimeExpression] = []
    for rule in _rules():
        for m in rule.pattern.finditer(text, sentence.start, sentence.end):
            start, end = _balanced(m)
            if (resolved := rule.resolve(m, anchor)) and _plausible(text, start, end):
                found.append(
                    _widen(TimeExpression(start, end, text[start:end], *resolved, sentence.ordinal), sentence, text)
                )
    kept: list[TimeExpression] = []
    for item in sorted(found, key=lambda t: (t.start - t.end, t.start)):
        if all(item.end <= other.start or other.end <= item.start for other in kept):
            kept.append(item)
    kept.sort(key=lambda t: t.start)
    return _place_clock(_merge(_share_year(kept, text), text), anchor)


_COUNTED = re.compile(
    r"\s(?:orang|unit|rupiah|ton|kilometer|km|meter|hektare|warga|jiwa|rumah|MW|barel|barrel|peserta|dolar|dollar|persen|kali)\b"
)
_AFTER_MONEY = re.compile(r"(?:Rp\.?|US\$|USD|\$|[Nn]omor|[Nn]o\.?|RT|RW|level|posisi|jam)\s*$")


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
    return not _COUNTED.match(text, end) and not _AFTER_MONEY.search(text, max(0, start - 10), start)


def _widen(item: TimeExpression, sentence: Sentence, text: str) -> TimeExpression:
    """Take a modifier into the expression: `akhir Desember 2025`."""
    found = _modifier().search(text, max(sentence.start, item.start - 15), item.start)
    if item.kind != "DATE" or not found:
        return item
    return replace(item, start=found.start(), text=text[found.start() : item.end])


_LIST = re.compile(r"\s*(?:,|dan|hingga|sampai|-|, dan)\s*")


def _share_year(items: list[TimeExpression], text: str) -> list[TimeExpression]:
    """In `Januari dan Mei 2024` the year belongs to both."""
    for i in range(len(items) - 2, -1, -1):
        here, after = items[i], items[i + 1]
        if re.search(r"(?:19|20)\d\d", here.text) or not re.search(r"(?:19|20)\d\d$", after.text):
            continue
        if (
            here.kind == after.kind == "DATE"
            and re.match(r"\d{4}-\d\d", here.value)
            and _LIST.fullmatch(text, here.end, after.start)
        ):
            items[i] = replace(here, value=after.value[:4] + here.value[4:])
    return items


_JOINT = re.compile(r",?\s*(?:\(|(?:pada\s+)?(?:sekitar\s+|kira-kira\s+)?)?")


def _merge(items: list[TimeExpression], text: str) -> list[TimeExpression]:
    """A date and the clock time right behind it are one expression; so are a word and the date that explains it."""
    merged: list[TimeExpression] = []
    for item in items:
        before = merged[-1] if merged else None
        joint = before and _JOINT.fullmatch(text, before.end, item.start)
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
    """A clock time without a date belongs to the last day named before it in the sentence, else to the day of publication."""
    day = anchor.isoformat() if anchor else UNRESOLVED
    for i, item in enumerate(items):
        if item.value.startswith("T"):
            items[i] = replace(item, value=day + item.value)
        elif re.match(r"\d{4}-\d\d-\d\d", item.value):
            day = item.value[:10]
    return items


def find(document: Document) -> list[TimeExpression]:
    """All time expressions of the article, in reading order. Needs sentences only."""
    article = document.article
    anchor = article.published_date
    return [item for sentence in document.sentences for item in _find_in(sentence, article.text, anchor)]


def covering(times: list[TimeExpression], position: int) -> TimeExpression | None:
    """The expression that covers this character, if any. `times` are in reading order."""
    index = bisect_right(times, position, key=lambda t: t.start) - 1
    return times[index] if index >= 0 and position < times[index].end else None
