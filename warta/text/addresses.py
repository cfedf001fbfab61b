"""An address without what does not name the article: the same for all forms, copies and pages of it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from courlan import normalize_url

from warta.lang import load
from warta.text import publication

MAX_LENGTH = 2_000  # characters
MAX_PAGES = 50

_NUMBER = re.compile(r"\d{1,3}")


class Address(NamedTuple):
    """`key` is one for every version of an article, `page` the number of the page, 1 where none is named."""

    key: str
    page: int


def address(url: str | None) -> Address | None:
    """The address of an article; None for what names none: the front page of a site, what is no web address.

    `http://www.kabar.id/7/judul/?utm_source=x` and `https://m.kabar.id/7/judul?page=2` have the key `kabar.id/7/judul`.
    """
    host = publication.host(url)
    if not host or not url or len(url) > MAX_LENGTH:
        return None
    try:
        parts = urlsplit(normalize_url(url))
    except ValueError:
        return None
    first, _, rest = host.partition(".")
    host = rest if first in _words("hosts") and "." in rest else host
    path, page = _path([step for step in parts.path.split("/") if step])
    query, numbered = _query(parts.query)
    if not path and not query:
        return None
    return Address("/".join([host, *path]) + (f"?{urlencode(query)}" if query else ""), numbered or page)


def _path(steps: list[str]) -> tuple[list[str], int]:
    """The steps of a path but for its form and page: `judul/amp`, `judul/halaman/2`, `judul-berita/2`."""
    while steps and steps[-1].lower() in _words("forms"):
        steps = steps[:-1]
    if len(steps) > 2 and steps[-2].lower() in _words("pages") and (page := _page(steps[-1])):
        return steps[:-2], page
    # A number alone is a page only behind a headline: elsewhere it may be that of an article.
    if len(steps) > 1 and "-" in steps[-2] and (page := _page(steps[-1])) and page > 1:
        return steps[:-1], page
    return steps, 1


def _query(query: str) -> tuple[list[tuple[str, str]], int | None]:
    """The parameters, in order of their names, without those that name no article; the page that one of them names."""
    kept, page = [], None
    for name, value in sorted(parse_qsl(query)):
        if name.lower() in _words("pages") and (number := _page(value)):
            page = number
        elif name.lower() not in _words("ignored"):
            kept.append((name, value))
    return kept, page


def _page(value: str) -> int | None:
    """The number of a page; 1 for all pages at once; None for another value."""
    if value.lower() in _words("whole"):
        return 1
    return int(value) if _NUMBER.fullmatch(value) and 0 < int(value) <= MAX_PAGES else None


@lru_cache(maxsize=8)
def _words(name: str) -> frozenset[str]:
    data: Any = load("id", "addresses")
    return frozenset(data[name])
