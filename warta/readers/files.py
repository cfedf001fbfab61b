"""Files in, raw documents or reasoned rejections out. One module a format; `read` picks by name and by content.

Reasons of a rejection: empty, unknown_file_type, binary_content, bad_encoding, unreadable, changed_while_read,
too_large, too_deep, truncated, broken_gzip, broken_json, broken_csv, broken_parquet, broken_warc, broken_xml,
unsafe_xml, no_text_column, no_text, ambiguous_text, html_too_deep, internal_error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from warta.readers import csv, feed, fields, html, json, jsonl, parquet, text, warc
from warta.readers.source import Damaged, Source
from warta.records import RawDocument, Rejection

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".shtml": "text/html",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".ndjson": "application/x-ndjson",
    ".jl": "application/x-ndjson",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".xml": "application/rss+xml",
    ".rss": "application/rss+xml",
    ".atom": "application/rss+xml",
    ".warc": "application/warc",
    ".wet": "application/warc",
    ".parquet": "application/vnd.apache.parquet",
}
_BINARY = {"application/warc", "application/vnd.apache.parquet"}
_READERS: dict[str, Callable[[Source], Iterator[RawDocument | Rejection]]] = {
    "text/plain": text.read,
    "text/html": html.read,
    "application/json": json.read,
    "application/x-ndjson": jsonl.read,
    "text/csv": csv.read,
    "text/tab-separated-values": csv.read,
    "application/rss+xml": feed.read,
    "application/warc": warc.read,
    "application/vnd.apache.parquet": parquet.read,
}
# In front of the first element: declarations, comments.
_PROLOGUE = rb"\s*(?:(?:<\?[^>]{0,500}>|<!--(?:[^-]|-(?!->)){0,2000}-->)\s*){0,8}"
_HTML = re.compile(_PROLOGUE + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED = re.compile(_PROLOGUE + rb"<(?:rss|feed|rdf:RDF)\b")
MAX_HEADER = 2_000  # bytes
_DELIMITER = re.compile(r"[,;\t|]")
_MAGIC = {b"WARC/1.": "application/warc", b"PAR1": "application/vnd.apache.parquet"}
_JSON_LIST = re.compile(rb"\s*\[\s*[{\[\"]")
_JSON_OBJECT = re.compile(rb"\s*\{\s*[\"}]")
_JSON_LINES = re.compile(rb"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")


def read(path: Path, source_uri: str) -> Iterator[RawDocument | Rejection]:
    """Every document in the file, in its order; what cannot be read comes out as a Rejection, never as an exception.

    `source_uri` is the printable name of the file that the documents will carry.
    """
    source = Source(path, source_uri, media_type(path))
    try:
        head = source.head()
        source = replace(source, media_type=_sniff(head, source.media_type))
        if source.media_type not in _READERS:
            known = " ".join(MEDIA_TYPES)
            detail = f"the name ends in none of {known} (each also with .gz), and the content is of none of them"
            yield source.reject("unknown_file_type", detail)
            return
        if not head.strip() and not any(chunk.strip() for chunk in source.chunks()):
            yield source.reject("empty", "there is nothing in the file")
        elif b"\0" in head and source.media_type not in _BINARY:
            yield source.reject("binary_content", f"there is a NUL byte at byte {head.index(0)}; this is no text")
        else:
            found = _READERS[source.media_type](source)
            first = next(found, None)
            yield first or source.reject("empty", "there is no article in the file, at most a header or an empty list")
            yield from found
    except Damaged as damage:
        yield source.reject(damage.reason, damage.detail, locator=damage.locator)
    except OSError as error:
        yield source.reject("unreadable", f"the file cannot be read: {error.strerror}")
    except MemoryError:
        raise  # the pool's to report
    except Exception as error:  # of a reader, between two records; what came before stays
        detail = f"reading met a fault of warta: {type(error).__name__}: {error}"[:500]
        yield source.reject("internal_error", detail, locator="the rest")


def media_type(path: Path) -> str:
    """What the name says; `application/octet-stream` for a name that says nothing we read."""
    name = path.name.lower().removesuffix(".gz")
    return MEDIA_TYPES.get(Path(name).suffix, "application/octet-stream")


def _sniff(head: bytes, named: str) -> str:
    """What the content says where it is plainly another format than the name says."""
    for magic, media_type in _MAGIC.items():
        if head.startswith(magic):
            return media_type
    if _HTML.match(head):
        return "text/html"
    if _FEED.match(head):
        return "application/rss+xml"
    if _JSON_LINES.match(head):
        return "application/x-ndjson"
    if _JSON_LIST.match(head):
        return "application/json"
    if _JSON_OBJECT.match(head) and named != "application/x-ndjson":
        return "application/json"
    if named not in MEDIA_TYPES.values() and _is_table(head):
        return "text/csv"
    return named


def _is_table(head: bytes) -> bool:
    """Whether the first line is a header with the name of a text and of another field."""
    names = _DELIMITER.split(head.partition(b"\n")[0][:MAX_HEADER].decode("utf-8", "replace"))
    known = fields.known(name.strip(' "\r') for name in names)
    return "text" in known and len(known) > 1
