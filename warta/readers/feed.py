"""`.xml`, `.rss`, `.atom`: a feed whose entries carry their full text. A summary is a teaser, not an article."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.sax import ContentHandler, SAXException

import defusedxml.sax
import feedparser
import orjson
from defusedxml import DefusedXmlException
from lxml import etree

from warta.readers import fields, html
from warta.readers.source import Source, decode
from warta.records import RawDocument, Rejection

_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_END, _TAIL = re.compile(rb"</(?:rss|feed|rdf:RDF)\s*>"), 1_000
_BLOCKS = etree.XPath("//p | //div | //br | //li | //tr | //blockquote | //h1 | //h2 | //h3 | //h4 | //h5 | //h6")
_NO_TEXT = etree.XPath("//script | //style | //figure | //iframe | //table")


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    text = decode(source.whole())
    if text is None:
        yield source.reject("bad_encoding", "the feed is neither UTF-8, UTF-16 with a byte order mark nor Windows-1252")
        return
    declared = _DECLARATION.match(text)  # the encoding it may name is no longer the one it has
    data = text[declared.end() if declared else 0 :].encode()
    if danger := _danger(data):
        yield source.reject("unsafe_xml", danger)
        return
    # A stream: of bytes feedparser would first ask whether they are an address or a file to open.
    try:
        found = feedparser.parse(io.BytesIO(data), response_headers={"content-type": "application/xml; charset=utf-8"})
    except (ValueError, LookupError, AttributeError, TypeError) as error:  # what is out of place trips it over
        yield source.reject("broken_xml", f"the feed cannot be read: {type(error).__name__}: {error}")
        return
    if not found.get("version"):
        yield source.reject("unknown_file_type", "the file is neither an RSS nor an Atom feed")
        return
    cut = _END.search(data, len(data) - _TAIL) is None
    entries = found.entries[:-1] if cut else found.entries  # the last one may lack the end of its text
    for number, entry in enumerate(entries, 1):
        yield _document(source, entry, f"entry {number}")
    if cut:
        locator = f"from entry {len(entries) + 1}"
        yield source.reject("truncated", "the feed ends before its closing tag", locator=locator)


def _danger(data: bytes) -> str | None:
    """Why the XML is refused: it defines entities (bombs) or refers to other files. Broken XML is feedparser's."""
    try:
        defusedxml.sax.parseString(data, ContentHandler())
    except DefusedXmlException as error:
        return f"the XML declares what no feed needs: {type(error).__name__}"
    except (SAXException, ValueError, LookupError):
        return None
    return None


def _document(source: Source, entry: Any, locator: str) -> RawDocument | Rejection:
    record = {
        "id": entry.get("id"),
        "title": _plain(entry.get("title", "")),
        "url": entry.get("link"),
        "published": entry.get("published") or entry.get("updated"),
        "author": entry.get("author"),
        "category": [tag.get("term") for tag in entry.get("tags", [])],
    }
    contents = [content.get("value", "") for content in entry.get("content", [])]
    stored = orjson.dumps({**record, "text": contents}, option=orjson.OPT_SORT_KEYS)
    try:
        record["text"] = max(map(_plain, contents), key=len, default="")
    except html.Unreadable as error:
        return source.reject(error.reason, error.detail, locator=locator, data=stored, external_id=record["id"])
    if not record["text"]:
        detail = "the entry has no full text (content:encoded or content), at most a summary"
        return source.reject("no_text", detail, locator=locator, data=stored, external_id=record["id"])
    return fields.document(source, record, locator=locator, data=stored)


def _plain(content: str) -> str:
    """The text of a fragment of HTML, a line for each of its blocks."""
    if "<" not in content and "&" not in content:
        return content.strip()
    page, _ = html.parse(f"<html><body>{content}</body></html>".encode())
    for element in _NO_TEXT(page):
        element.drop_tree()
    for block in _BLOCKS(page):
        block.text = f"\n{block.text or ''}"
        block.tail = f"\n{block.tail or ''}"
    lines = (" ".join(line.split()) for line in page.text_content().split("\n"))
    return "\n".join(filter(None, lines))
