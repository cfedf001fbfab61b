"""`.xml`, `.rss`, `.atom`: a feed whose entries carry their full text. A summary is a teaser, not an article."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any
from xml.sax import ContentHandler, SAXException

import defusedxml.sax
import feedparser
import orjson
from defusedxml import DefusedXmlException

from warta.readers import fields, html_text
from warta.readers.source import Source, Unreadable, decode
from warta.records import RawDocument, Rejection

MAX_HEAD = 1 << 16  # bytes before the first entry of a feed that is read entry by entry
_ENTRY = re.compile(rb"<(?:item|entry)\b")
_REFERENCE = re.compile(rb"&#(?:([0-9]+)|[xX]([0-9a-fA-F]+));?")
_ENCODING = re.compile(rb"""\s*<\?xml[^>]{0,200}?\bencoding\s{0,5}=\s{0,5}["']([A-Za-z0-9._:-]{2,40})""")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_END, _TAIL = re.compile(rb"</(?:rss|feed|rdf:RDF)\s*>"), 1_000
# Blogger's exports: `http://schemas.google.com/blogger/2008/kind#post`
_KIND = re.compile(r"/kind#(\w{1,20})$")
MIN_FULL, MIN_FULL_LINES = 300, 3  # characters and paragraphs of a description that is the article
MAX_TEASER = 1_000  # characters
_FEED = "warta_feed"  # where an entry carries the name of its feed
_CUT = re.compile(
    r"(?:\.{3}|…|\[\s?(?:\.{3}|…)\s?\]|\b(?:read more|continue reading|(?:baca )?selengkapnya)\W{0,5})\s*$",
    re.IGNORECASE,
)


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    data = source.whole()
    encoding = _ENCODING.match(data)
    text = decode(data, encoding[1].decode("ascii") if encoding else None)
    if text is None:
        yield source.reject("bad_encoding", "the feed is neither UTF-8, UTF-16 with a byte order mark nor Windows-1252")
        return
    declared = _DECLARATION.match(text)  # the encoding it may name is no longer the one it has
    data = _REFERENCE.sub(_possible, text[declared.end() if declared else 0 :].encode())
    if danger := _danger(data):
        yield source.reject("unsafe_xml", danger)
        return
    try:
        entries = _entries(data)
    except Unreadable as error:
        yield source.reject(error.reason, error.detail)
        return
    if entries is None:
        yield source.reject("unknown_file_type", "the file is neither an RSS nor an Atom feed")
        return
    cut = _END.search(data, len(data) - _TAIL) is None
    entries = entries[:-1] if cut else entries  # the last one may lack the end of its text
    for number, entry in enumerate(entries, 1):
        locator = f"entry {number}"
        if isinstance(entry, _Broken):
            yield source.reject("broken_xml", entry.detail, locator=locator, data=entry.data)
        else:
            yield source.attempt(partial(_document, source, entry, locator), locator=locator, data=_written(entry))
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


@dataclass(frozen=True, slots=True)
class _Broken:
    """An entry that cannot be read."""

    data: bytes
    detail: str


def _entries(data: bytes) -> list[Any] | None:
    """The entries of a feed; None where it is none. Where the whole trips feedparser over, each is read by itself."""
    try:
        found = _parsed(data)
        return [_of_feed(entry, found) for entry in found.entries] if found.get("version") else None
    except Unreadable:
        starts = [entry.start() for entry in _ENTRY.finditer(data)]
        if not starts or starts[0] > MAX_HEAD:
            raise
    entries: list[Any] = []
    for start, end in pairwise([*starts, len(data)]):
        entry = data[start:end]
        try:
            found = _parsed(data[: starts[0]] + entry)
            entries.append(_of_feed(found.entries[0], found))
        except Unreadable as error:
            entries.append(_Broken(entry, error.detail))
        except IndexError:
            entries.append(_Broken(entry, "there is no entry in it"))
    return entries


def _of_feed(entry: Any, feed: Any) -> Any:
    """The entry with what its feed says of the outlet."""
    entry[_FEED] = feed.feed.get("publisher") or feed.feed.get("title")
    return entry


def _parsed(data: bytes) -> Any:
    # A stream: of bytes feedparser would first ask whether they are an address or a file to open.
    try:
        # The content as it is written: html_text reads it, which knows more of what feeds hold.
        return feedparser.parse(
            io.BytesIO(data),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except MemoryError:
        raise  # the pool's to report
    except Exception as error:  # what is out of place trips it over in many ways
        raise Unreadable("broken_xml", f"the feed cannot be read: {type(error).__name__}: {error}"[:500]) from None


def _possible(reference: re.Match[bytes]) -> bytes:
    """The reference to a character, to U+FFFD where there is no such character."""
    decimal, hexadecimal = reference[1], reference[2]
    digits = (decimal or hexadecimal).lstrip(b"0")
    code = int(digits, 10 if decimal else 16) if 0 < len(digits) < 8 else 0
    return reference[0] if 0 < code < 0xD800 or 0xDFFF < code <= sys.maxunicode else b"&#65533;"


def _written(entry: Any) -> bytes:
    """The entry as bytes that tell it from others."""
    return repr({name: value for name, value in entry.items() if name != _FEED}).encode("utf-8", "replace")


def _document(source: Source, entry: Any, locator: str) -> RawDocument | Rejection:
    record = {
        "id": entry.get("id"),
        "title": html_text.plain(entry.get("title", "")).replace("\n", " "),
        "url": entry.get("link"),
        "published": entry.get("published") or entry.get("updated") or entry.get("wp_post_date"),
        "author": entry.get("author"),
        "category": [tag.get("term") for tag in entry.get("tags", []) if not _KIND.search(tag.get("term") or "")],
    }
    contents = [content.get("value", "") for content in entry.get("content", [])]
    stored = orjson.dumps({**record, "text": contents}, option=orjson.OPT_SORT_KEYS)
    reject = partial(source.reject, "no_text", locator=locator, data=stored, external_id=record["id"])
    if other := _other(entry):
        return reject(f"the entry is no article but a {other}")
    text = max(map(html_text.plain, contents), key=len, default="")
    summary = html_text.plain(entry.get("summary", ""))
    if len(text) < len(summary) and _is_full(summary):
        text = summary
    if not text:
        return reject("the entry has no full text (content:encoded or content), at most a summary")
    if _CUT.search(text) and len(text) < MAX_TEASER:
        return reject("the text of the entry is cut: it is a teaser")
    named = {"publisher": entry.get("publisher"), "source": entry.get("source"), "site": entry.get(_FEED)}
    whole = {**record, **named, "text": text, "updated": dict.get(entry, "updated")}  # else it would be `published`
    return fields.document(source, whole, locator=locator, data=stored)


def _is_full(summary: str) -> bool:
    """Whether the description is no teaser but the article: several paragraphs, the last of which ends."""
    lines = summary.split("\n")
    return len(lines) >= MIN_FULL_LINES and len(summary) >= MIN_FULL and not _CUT.search(summary)


def _other(entry: Any) -> str | None:
    """What an entry of an export is that is no article: a comment, a page, an attachment; None for an article."""
    kind = entry.get("wp_post_type")
    if kind:
        return None if kind == "post" else str(kind)
    kinds = (found[1] for tag in entry.get("tags", []) if (found := _KIND.search(tag.get("term") or "")))
    return next((kind for kind in kinds if kind != "post"), None)
