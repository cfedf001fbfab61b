"""Bytes into the tree of a page, within bounds: its charset, its size, how deep it is nested."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from warta.readers.source import Unreadable, decode

# libxml2 stops at 256 levels and says nothing, so a page that comes near may be a page cut short (RELIABILITY T6).
MAX_DEPTH = 250
MAX_ELEMENTS = 50_000  # articles come in pages of 500 to 5,000
MAX_ATTRIBUTES = 10_000  # of an element: libxml2 compares each with all before it
MAX_PAGE = 8 << 20
MAX_HEAD = 4096  # bytes in which a page names its charset

_TAG = re.compile(r"""<[A-Za-z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")

# `<meta charset=...>`, `<meta ... content="text/html; charset=...">`, `<?xml ... encoding="..."?>`
_CHARSET = re.compile(
    rb"""<(?:meta\b|\?xml\b)[^>]{0,300}?(?:charset|encoding)\s{0,5}=\s{0,5}["']?([A-Za-z0-9._:-]{2,40})""",
    re.IGNORECASE,
)

# What a reference such as `&#1;` may bring into a page, and lxml reads but does not take back.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse(data: bytes, charset: str | None = None) -> tuple[lxml.html.HtmlElement, int]:
    """The page and how many elements it has; raises Unreadable. `charset` comes before the one that the page names."""
    named = _CHARSET.search(data, 0, MAX_HEAD)
    text = decode(data, charset or (named[1].decode("ascii") if named else None))
    if text is None:
        raise Unreadable("bad_encoding", "the page is neither UTF-8 nor Windows-1252")
    if _most_attributes(text) > MAX_ATTRIBUTES:
        raise Unreadable("too_large", f"an element has more than {MAX_ATTRIBUTES} attributes")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        page = lxml.html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError as error:
        raise Unreadable("no_text", f"the page cannot be parsed: {error}") from None
    elements, depth = _measure(page)
    if depth > MAX_DEPTH:
        raise Unreadable("html_too_deep", f"elements are nested more than {MAX_DEPTH} deep")
    if elements > MAX_ELEMENTS:
        raise Unreadable("too_large", f"the page has {elements} elements, more than {MAX_ELEMENTS}")
    _drop_control_characters(page)
    return page, elements


def _most_attributes(text: str) -> int:
    """Of a single element; what is quoted may hold anything."""
    long = (tag for tag in _TAG.findall(text) if len(tag) > MAX_ATTRIBUTES)
    return max((len(_QUOTED.sub("", tag).split()) for tag in long), default=0)


def _drop_control_characters(page: lxml.html.HtmlElement) -> None:
    for element in page.iter(etree.Element):
        if element.text and _NOT_XML.search(element.text):
            element.text = _NOT_XML.sub("", element.text)
        if element.tail and _NOT_XML.search(element.tail):
            element.tail = _NOT_XML.sub("", element.tail)


def _measure(page: lxml.html.HtmlElement) -> tuple[int, int]:
    """How many elements the page has, and how deep they are nested."""
    elements = depth = deepest = 0
    for event, _ in etree.iterwalk(page, events=("start", "end")):
        elements += event == "start"
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return elements, deepest
