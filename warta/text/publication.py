"""Where an article comes from: its day and its host, read from its own address."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from urllib.parse import urlsplit

from warta.text.calendar import calendar_day

WIB = timezone(timedelta(hours=7), "WIB")

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
