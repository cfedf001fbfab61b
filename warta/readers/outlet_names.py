"""Which of the values under the names of an outlet names one: `kompas.com`, `Harian Kabar`; not `rss`, `data/a.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from warta.lang import alternatives, load

MAX_NAME, MAX_ADDRESS = 60, 2_000  # characters

_WORD = re.compile(r"[^\W\d_]+")


def first(values: Iterable[Any]) -> str | None:
    """The first that names an outlet; the address of an article only where nothing else does."""
    article = None
    for value in values:
        if not isinstance(value, str):
            continue
        text = " ".join(value.split()) if len(value) <= MAX_ADDRESS else ""
        if text.lower().startswith(("http://", "https://")):
            if _is_site(text):
                return text
            article = article or text
        elif name := _name(text):
            return name
    return article


def _is_site(address: str) -> bool:
    """Whether it is the address of a site and not that of one of its pages."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.path.strip("/") and not parts.query


def _name(text: str) -> str | None:
    """The part of the text that is a name: a site's own often has a slogan behind it, `Kabar - Berita Terkini`."""
    marks = alternatives(load("id", "pages")["title_marks"])
    parts = (part.strip() for part in re.split(rf" (?:{marks}) |: ", text))
    return next((part for part in parts if _is_name(part)), None)


def _is_name(text: str) -> bool:
    if not text or len(text) > MAX_NAME:
        return False
    words = {word.casefold() for word in _WORD.findall(text)}
    if _known().fullmatch(text):
        return True
    return not words <= _generic() and bool(_host().fullmatch(text) or not _shapes().fullmatch(text))


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(load("id", "fields")["no_outlets"]["words"])


@lru_cache(maxsize=1)
def _host() -> re.Pattern[str]:
    """A host without `https://`, maybe with a path."""
    endings = alternatives(load("id", "datelines")["endings"])
    return re.compile(rf"(?:[a-z0-9-]{{1,63}}\.){{1,5}}(?:{endings})(?:/\S*)?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _shapes() -> re.Pattern[str]:
    return re.compile("|".join(load("id", "fields")["no_outlets"]["shapes"]), re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=1)
def _known() -> re.Pattern[str]:
    """Outlets whose names are made of common words: `Media Indonesia`."""
    outlets = load("id", "outlets")
    return re.compile(
        alternatives([*outlets["names"].values(), *outlets["spoken"], *outlets["written"]]), re.IGNORECASE
    )
