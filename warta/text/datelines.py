"""Datelines: `JAKARTA, KOMPAS.com -`, `Bandung (ANTARA) -`, `TEMPO.CO, Jakarta -`: where a report comes from.

A dateline is made of places, outlets and a day in any order, with a dash behind (`lang/id/datelines.yml`). An outlet is
told by its shape (a domain, a name in brackets) or from the list of outlets; places alone must be known ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from warta.lang import alternatives, load
from warta.text.calendar import calendar_day

MAX_DATELINE = 120  # characters
MAX_PARTS = 6
MAX_LEAD = 700  # characters in front of a dateline: a quote or caption that a page shows above the text

_NUMERIC_DAY = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)")
_OPENING = "\"“‘'"
_CAPITALISED = re.compile(r"[^\W\d_a-z][\w’'.-]*")
_GLUED = re.compile(r"(?<=[^\W_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[.,!?)\"”’])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Dateline:
    """`text` as written, with its dash; what it tells is None where it does not."""

    text: str
    place: str | None = None
    outlet: str | None = None
    day: date | None = None


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    """Known places: how they are written, by their folded names."""
    return {_fold(name): name for name in load("id", "datelines")["places"]}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Outlets by their folded names and domains."""
    outlets = load("id", "outlets")
    listed = {**outlets["names"], **outlets["spoken"]}
    return {_fold(known): name for domain, name in listed.items() for known in (domain, name)}


def _fold(name: str) -> str:
    return "".join(re.findall(r"\w+", name.casefold()))


@lru_cache(maxsize=1)
def _part() -> re.Pattern[str]:
    """One part of a dateline: an outlet, an outlet in brackets, a day or a place."""
    known = load("id", "datelines")
    domain = rf"(?:[A-Za-z0-9-]{{2,25}}\.){{1,4}}(?i:{'|'.join(known['endings'])})\b"
    names = alternatives([*load("id", "outlets")["names"].values(), *known["agencies"]])
    # `SANA'A`, `D.C`, `DC`, or `Jakarta`, `Adi-Sucipto`; a capital inside shows a lost space: `katanyaJakarta`
    word = r"(?:[A-Z](?:[A-Z]|['’.](?=\w))*|[A-Z](?:[^\W\d_A-Z]|['’.](?!\s))*)(?:-[A-Z]\w*)?(?!\w)"
    place = rf"(?P<place>{word}(?: {word}| [a-z]{{2}} {word}){{0,3}})"
    outlet = rf"(?P<outlet>{domain}|(?i:{names})(?!\w))"
    inside = rf"(?P<inside>{domain}|[A-Z][\w.’'-]*(?:[ /&]{{1,3}}[A-Z]?[\w.’'-]+){{0,3}})"
    return re.compile(rf"{outlet}|[(\[]{inside}[)\]]|{_day_pattern()}|{place}")


def _day_pattern() -> str:
    times = load("id", "times")
    day = rf"\d{{1,2}}(?:[/-]\d{{1,2}}(?:[/-]\d{{4}})?| (?i:{'|'.join(times['months'])})(?: \d{{4}})?)"
    weekday = rf"(?i:{'|'.join(times['weekdays'])}),? "
    return rf"(?P<day>[(\[]?{weekday}[(\[]?{day}[)\]]{{0,2}}|[(\[]?{day}[)\]]?)"


_DASH = re.compile(r" ?(?:[,.]? ?[-–—―−‒]{1,3}|:) ?")
_JOINT = re.compile(r" ?[,;|/]? ?")
_STOP = re.compile(r"\.\s+(?=[A-Z\"“])")
_PLACE_BEHIND = re.compile(r"([A-Z][A-Z ]{2,25}[A-Z])\s?(?:\.|[-–—]{1,2})\s+(?=\S)")
_Parts = dict[str, list[str]]


def read(line: str, start: int = 0, *, bare: bool = True) -> Dateline | None:
    """The dateline that begins at `start` of `line`. `bare`: known places without an outlet are one, too."""
    parts, at = _parts(line, start)
    places, outlets = parts["place"], parts["outlet"] + parts["inside"]
    dash = _DASH.match(line, at)
    if not dash and _known_place(places[-1:]) and line[start:at].isupper():
        dash = _STOP.match(line, at)  # `BANDUNG. Harga ...`
    if not dash or dash.end() >= len(line) or not _fits(parts):
        return None
    if ":" in dash.group() and not outlets and not line[dash.end()].isupper():
        return None
    end, spaced = dash.end(), dash.group() != dash.group().strip()
    if not outlets and not (bare and spaced and _known_place(places[:1]) and _is_alone(places[0], line, end)):
        return None
    if outlets and not places and (behind := _PLACE_BEHIND.match(line, end)) and _known_place([behind[1]]):
        places, end = [behind[1]], behind.end()  # `KABAR.CO.ID - JAKARTA. Harga ...`
    elif not spaced and not line[end].isupper() and line[end] not in _OPENING:
        return None
    return Dateline(line[start:end].rstrip(), _place(places), _outlet(outlets), _day(parts["day"]))


def _parts(line: str, start: int) -> tuple[_Parts, int]:
    """The parts in front of the dash, by kind, and where they end."""
    parts: _Parts = {"place": [], "outlet": [], "inside": [], "day": []}
    at = end = start
    limit = min(len(line), start + MAX_DATELINE)
    while sum(map(len, parts.values())) < MAX_PARTS and (found := _part().match(line, at, limit)):
        parts[found.lastgroup or ""].append(found[found.lastgroup or ""])
        end = found.end()
        if _DASH.match(line, end):
            break
        joint = _JOINT.match(line, end)
        at = joint.end() if joint else end
    return parts, end


def _fits(parts: _Parts) -> bool:
    """Whether a dateline has that many parts. What stands in brackets is an outlet, or a known place is in front."""
    few = len(parts["place"]) <= 3 and len(parts["outlet"] + parts["inside"]) <= 2 and len(parts["day"]) <= 1
    return few and all(_is_outlet(name) or _known_place(parts["place"]) for name in parts["inside"])


def _is_alone(place: str, line: str, at: int) -> bool:
    """`Jakarta - Bandung ditempuh dalam satu jam` has no dateline."""
    behind = _CAPITALISED.match(line, at)
    return not behind or _fold(behind.group()) == _fold(place) or not _known_place([behind.group()])


def _is_outlet(name: str) -> bool:
    first = name.split("/")[0].strip()
    return "." in name or _fold(first) in _names() or first.isupper()


def _known_place(places: list[str]) -> bool:
    return any(_fold(place) in _places() for place in places)


def _place(places: list[str]) -> str | None:
    """`JAKARTA` -> `Jakarta`; of `Lebak, Banten` the first, which is the nearest."""
    if not places:
        return None
    name = " ".join(places[0].split())
    if not name.isupper():
        return name
    return _places().get(_fold(name)) or " ".join(word if len(word) < 3 else word.capitalize() for word in name.split())


def _outlet(outlets: list[str]) -> str | None:
    if not outlets:
        return None
    name = outlets[0].split("/")[0].strip()
    return _names().get(_fold(name), name)


def _day(days: list[str]) -> date | None:
    """The day where it is a full one."""
    if not days:
        return None
    months = load("id", "times")["months"]
    if found := _NUMERIC_DAY.search(days[0]):
        return calendar_day(int(found[3]), int(found[2]), int(found[1]))
    day, month, year = ["", "", *re.findall(r"\w+", days[0])][-3:]
    if month.title() in months and day.isdigit() and year.isdigit():
        return calendar_day(int(year), months[month.title()], int(day))
    return None


@lru_cache(maxsize=1)
def _within() -> re.Pattern[str]:
    """A dateline with an outlet in brackets, behind words that a page shows above the text."""
    agencies = alternatives(load("id", "datelines")["agencies"])
    return re.compile(rf"\((?:{agencies})(?: ?/[\w ]{{2,20}})?\)\s{{0,3}}[-–—]{{1,3}}\s?")


def find(line: str, *, bare: bool = True) -> tuple[int, Dateline] | None:
    """The offset and the dateline of `line`: at its beginning, or behind a first quote as ANTARA sets it.

    `... demikian katanyaJakarta (ANTARA) - Hujan ...`: the break between quote and dateline is often lost.
    """
    if at_once := _repeated(line, 0, bare=bare):
        return 0, at_once
    if (found := _within().search(line, 0, MAX_LEAD)) and (start := _place_start(line, found.start())) is not None:
        dateline = _repeated(line, start, bare=True)
        return (start, dateline) if dateline else None
    return None


def _repeated(line: str, start: int, *, bare: bool) -> Dateline | None:
    """The dateline at `start` with those that follow it at once, which a page set twice: the first one tells."""
    first = last = read(line, start, bare=bare)
    end = start
    while last and first:
        end += len(last.text)
        end += line[end : end + 1] == " "
        last = read(line, end, bare=bare)
    return replace(first, text=line[start:end].rstrip()) if first else None


def _place_start(line: str, end: int) -> int | None:
    """Where the place in front of the bracket at `end` begins: at a glued capital, else with the longest known name."""
    window = line[max(0, end - 45) : end].rstrip()
    begin = max(0, end - 45)
    for glue in _GLUED.finditer(window):
        if all(_CAPITALISED.fullmatch(word) for word in re.split(r"[ ,]+", window[glue.start() :])):
            return begin + glue.start()
    spaces = [0, *(m.end() for m in re.finditer(r"[\s.!?)\"”]+", window))]
    for at in spaces:
        if _known_place([window[at:].rstrip(" ,"), *re.split(r",", window[at:])[:1]]):
            return begin + at
    last = spaces[-1]
    return begin + last if _CAPITALISED.fullmatch(window[last:]) else None
