"""Boxes of a page that are no part of its article: comments, related articles, notices, breadcrumbs; they go.

Classes and ids name them (`lang/id/pages.yml`). What holds the headline or the body of the article always stays.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

import lxml.html
from lxml import etree

from warta.lang import load

MAX_NOTICE = 900  # characters
MAX_LINES = 300  # characters of a box of links that are not mostly links
LINKS = 0.5  # share of the text of a box of links
MAX_POINTER = 60  # characters above a list of links

_NAMED = etree.XPath("//body//*[@class or @id]")
_POINTING = etree.XPath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6 | //p | //div | //span | //strong | //b | //dt | //li")
_KEPT = ("html", "head", "body", "main", "article")
_BODY = etree.XPath("descendant-or-self::h1 | descendant-or-self::article | descendant::main")
_ARTICLE_BODY = etree.XPath("descendant-or-self::*[contains(@itemprop, 'articleBody')]")
_WORD = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")
_PARAGRAPHS = etree.XPath("descendant-or-self::p")


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    boxes = load("id", "pages")["boxes"]
    return {name: frozenset(boxes[name]) for name in ("whole", "notice", "links")}


@lru_cache(maxsize=1)
def _pairs() -> frozenset[tuple[str, str]]:
    return frozenset((first, second) for first, second in load("id", "pages")["boxes"]["pairs"])


@lru_cache(maxsize=1)
def _says() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load('id', 'pages')['boxes']['says'])})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _pointer() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?:{load('id', 'pages')['pointers']})\W{{0,3}}", re.IGNORECASE)


def drop(page: lxml.html.HtmlElement) -> None:
    """Take the boxes out of the page."""
    gone: set[Any] = set()
    for element in _NAMED(page):
        if element.getparent() in gone or (element.tag not in _KEPT and _is_box(element)):
            gone.add(element)
    for element in gone:
        if element.getparent() is not None and element.getparent() not in gone:
            remove(element)
    _drop_pointed(page)


def remove(element: lxml.html.HtmlElement) -> None:
    """Take the element out; the text behind it stays, apart from what stands in front."""
    parent = element.getparent()
    if parent is not None:
        element.tail = f" {element.tail}" if element.tail else element.tail
        element.drop_tree()


def is_small(element: lxml.html.HtmlElement, most: int) -> bool:
    """Whether the element has at most `most` characters, looking at no more of them."""
    return _length(element, most) <= most


def _length(element: lxml.html.HtmlElement, most: int) -> int:
    length = 0
    for text in element.itertext():
        length += len(text) if not text.isspace() else 0
        if length > most:
            break
    return length


@lru_cache(maxsize=4096)
def kind(names: str) -> str | None:
    """Of what kind a box with these classes and ids is, None for no box."""
    found = {word for words in map(_parts, names.split()) for word in words}
    for name, words in _words().items():
        if found & words:
            return name
    pairs = (pair for words in map(_parts, names.split()) for pair in pairwise(words))
    return "links" if any(pair in _pairs() for pair in pairs) else None


def _parts(name: str) -> list[str]:
    """`kolomKomentar` as kolom, komentar. WordPress gives an article the classes `tag-banjir`, `category-komentar`."""
    if name.startswith(("tag-", "category-", "type-", "post-", "has-", "no-", "is-", "with-")):
        return []
    return [word.lower() for word in _WORD.findall(name[:200])]


def _is_box(element: lxml.html.HtmlElement) -> bool:
    found = kind(f"{element.get('class') or ''} {element.get('id') or ''}")
    if found is None or _BODY(element) or _ARTICLE_BODY(element):
        return False
    if found == "whole":
        return True
    if found == "notice":
        return is_small(element, MAX_NOTICE) and bool(_says().search(element.text_content()))
    return is_small(element, MAX_LINES) or (_is_links(element) and not _has_prose(element))


def _is_links(element: lxml.html.HtmlElement) -> bool:
    total = len(" ".join(element.text_content().split()))
    linked = sum(len(" ".join(link.text_content().split())) for link in element.iter("a"))
    return linked >= LINKS * total


def _has_prose(element: lxml.html.HtmlElement) -> bool:
    """Whether there are two paragraphs or more without links that are no teasers."""
    prose = (p for p in _PARAGRAPHS(element) if len(p.text_content()) > 200 and p.find(".//a") is None)
    return len(list(prose)) > 1


@lru_cache(maxsize=1)
def _comments() -> re.Pattern[str]:
    return re.compile(load("id", "pages")["comments"], re.IGNORECASE)


def _drop_pointed(page: lxml.html.HtmlElement) -> None:
    """`BACA JUGA` in an element of its own, and the list of links behind it; `2 Komentar`, and all behind it."""
    for element in _POINTING(page):
        if element.getparent() is None or not is_small(element, MAX_POINTER):
            continue
        text = " ".join(element.text_content().split())
        if _comments().fullmatch(text):
            for behind in list(element.itersiblings()):
                remove(behind)
            remove(element)
        elif _pointer().fullmatch(text):
            following = element.getnext()
            if following is not None and next(following.iter("a"), None) is not None and _is_links(following):
                remove(following)
            remove(element)
