"""Where an article comes from: its day, its host and its language, read from its own address and text."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from urllib.parse import urlsplit

from warta.lang import load
from warta.text.calendar import calendar_day

WIB = timezone(timedelta(hours=7), "WIB")
LANGUAGE_SAMPLE = 20_000  # characters
MIN_SHARE = 0.05  # of all words; of an Indonesian news text a quarter are such words

_WORD = re.compile(r"[^\W\d_]+")
_URL_DATE = re.compile(r"/(20\d\d)/(\d{1,2})/(\d{1,2})(?:/|$)|/(20\d\d)(\d\d)(\d\d)\d{6}-")


def with_zone(published: datetime) -> datetime:
    """`published` as it is where it has a time zone, else as Jakarta time."""
    return published if published.tzinfo else published.replace(tzinfo=WIB)


def moment(published: datetime | None) -> datetime | None:
    """The time of publication with its zone; None for a naive midnight, which stands for the day alone."""
    is_day = published and not published.tzinfo and published.time() == time.min
    return None if published is None or is_day else with_zone(published)


def local_date(published: datetime) -> date:
    """The day on the wall calendar: of the time's own zone if that is an Indonesian one, else Jakarta's."""
    indonesian = published.utcoffset() in (timedelta(hours=7), timedelta(hours=8), timedelta(hours=9))
    return (published if indonesian else published.astimezone(WIB)).date()


def url_date(url: str | None) -> date | None:
    """The day in an address: `.../2025/10/20/...`, `.../20251020170000-12-...`."""
    found = _URL_DATE.search(url or "")
    return _day(*(found.group(1, 2, 3) if found[1] else found.group(4, 5, 6))) if found else None


def _day(year: str, month: str | int, day: str) -> date | None:
    return calendar_day(int(year), int(month), int(day))


def host(url: str | None) -> str:
    """The host of a web address; "" for anything else (`javascript:...`, a bare path)."""
    try:
        parts = urlsplit(url or "")
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


@lru_cache(maxsize=1)
def _languages() -> dict[str, frozenset[str]]:
    return {code: frozenset(words) for code, words in load("id", "languages").items()}


def language(text: str) -> str:
    """ISO 639-1 code of the language whose small words the text uses most, `und` where they are too few to tell."""
    words = Counter(_WORD.findall(text[:LANGUAGE_SAMPLE].lower()))
    counts = {code: sum(words[word] for word in known & words.keys()) for code, known in _languages().items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= max(2, MIN_SHARE * words.total()) else "und"
