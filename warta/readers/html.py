"""`.html`: a saved page. The text is what trafilatura takes for the article; the fields are those the page declares."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
import trafilatura
from lxml import etree

from warta.lang import load
from warta.readers import fields
from warta.readers.source import Source, decode
from warta.records import RawDocument, Rejection

# libxml2 stops at 256 levels and says nothing, so a page that comes near may be a page cut short (RELIABILITY T6).
MAX_DEPTH = 250
# Articles come in pages of 500 to 5,000 elements. On larger ones trafilatura has to do without its second opinion
# (justext), which takes quadratic time; the first takes about 60 microseconds an element.
SECOND_OPINION = 5_000
MAX_ELEMENTS = 50_000
MAX_ATTRIBUTES = 10_000  # of an element: libxml2 compares each with all before it
MAX_PAGE = 8 << 20

_TAG = re.compile(r"""<[A-Za-z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")

# What a reference such as `&#1;` may bring into a page, and lxml reads but does not take back.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Unreadable(Exception):
    """A page that cannot be taken apart safely; `reason` is a Rejection's code."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    yield document(source, source.whole(MAX_PAGE))


def document(
    source: Source, data: bytes, *, locator: str = "", stored: bytes | None = None, url: str | None = None
) -> RawDocument | Rejection:
    """The article of the page `data`, which is the whole file, or `stored` at `locator`, and was found at `url`."""
    try:
        page, elements = parse(data)
    except Unreadable as error:
        return source.reject(error.reason, error.detail, locator=locator, data=stored)
    record = _declared(page)  # before trafilatura, which takes the page apart
    record["url"] = record["url"] or url
    record["text"] = trafilatura.extract(
        page, fast=elements > SECOND_OPINION, favor_precision=True, include_comments=False, include_tables=False
    )
    if not record["text"]:
        detail = "no article can be told from the rest of the page"
        return source.reject("no_text", detail, locator=locator, data=stored)
    return fields.document(source, record, locator=locator, data=stored)


def parse(data: bytes) -> tuple[lxml.html.HtmlElement, int]:
    """The page and how many elements it has; raises Unreadable."""
    text = decode(data)
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


def _declared(page: lxml.html.HtmlElement) -> dict[str, Any]:
    article = _json_ld(page)
    record: dict[str, Any] = {}
    for field, places in load("id", "fields")["page"].items():
        values = [article.get(places["json_ld"])] + [value for path in places["xpath"] for value in page.xpath(path)]
        record[field] = next((value for value in values if value and str(value).strip()), None)
    return record


def _json_ld(page: lxml.html.HtmlElement) -> dict[str, Any]:
    """The page's schema.org description of its article, {} where there is none."""
    for script in page.xpath("//script[@type='application/ld+json']/text()"):
        try:
            content = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        items = content.get("@graph", [content]) if isinstance(content, dict) else content
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict) and "Article" in str(item.get("@type")):
                return item
    return {}
