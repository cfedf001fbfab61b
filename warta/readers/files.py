"""Files in, raw documents or reasoned rejections out. One module a format; `read` picks by name and by content.

Reasons of a rejection: empty, unknown_file_type, binary_content, bad_encoding, unreadable, changed_while_read,
too_large, too_many (parts, entries, pages, cells), too_deep, truncated, encrypted, link, not_a_file, nested_archive,
broken_gzip, broken_json, broken_csv, broken_parquet, broken_warc, broken_xml, broken_docx, broken_xlsx, broken_pdf,
broken_zip, broken_entry, broken_tar, unsafe_xml, unsafe_yaml, unsafe_archive, no_text_column, no_text, no_text_layer,
ambiguous_text, html_too_deep, internal_error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from warta.readers import (
    archive,
    csv,
    docx,
    feed,
    fields,
    formats,
    html,
    json,
    jsonl,
    mail,
    markdown,
    office,
    parquet,
    pdf,
    text,
    warc,
    xlsx,
    zips,
)  # fmt: skip
from warta.readers.source import Damaged, Source
from warta.records import RawDocument, Rejection

_BINARY = {
    "application/warc", "application/vnd.apache.parquet", formats.DOCX, formats.XLSX, formats.PDF, formats.ZIP,
    formats.TAR, formats.MAIL, formats.MAILBOX,
}  # fmt: skip
_READERS: dict[str, Callable[[Source], Iterator[RawDocument | Rejection]]] = {
    "text/plain": text.read,
    "text/markdown": markdown.read,
    "text/html": html.read,
    "application/json": json.read,
    "application/x-ndjson": jsonl.read,
    "text/csv": csv.read,
    "text/tab-separated-values": csv.read,
    "application/rss+xml": feed.read,
    "application/warc": warc.read,
    "application/vnd.apache.parquet": parquet.read,
    formats.DOCX: docx.read,
    formats.XLSX: xlsx.read,
    formats.PDF: pdf.read,
}
# Of files that hold others: these are read as if each lay in a folder.
_CONTAINERS = {
    formats.ZIP: archive.zipped,
    formats.TAR: archive.tarred,
    formats.MAIL: mail.message,
    formats.MAILBOX: mail.mailbox,
}
MAX_INSIDE = 4  # files around a file
# In front of the first element: declarations, comments.
_PROLOGUE = rb"\s*(?:(?:<\?[^>]{0,500}>|<!--(?:[^-]|-(?!->)){0,2000}-->)\s*){0,8}"
_HTML = re.compile(_PROLOGUE + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED = re.compile(_PROLOGUE + rb"<(?:rss|feed|rdf:RDF)\b")
MAX_HEADER = 2_000  # bytes
_DELIMITER = re.compile(r"[,;\t|]")
_ZIP = zips.MAGIC
_MAGIC = {
    re.compile(rb"WARC/1\."): "application/warc",
    re.compile(rb"PAR1"): "application/vnd.apache.parquet",
    re.compile(rb"\s{0,200}%PDF-\d"): formats.PDF,
    re.compile(rb".{257}ustar", re.DOTALL): formats.TAR,
    re.compile(rb"From \S{1,320} [^\n]{0,60}\d{4}\b[^\n]{0,20}\n[!-9;-~]{1,80}:"): formats.MAILBOX,
}
# A mail's headers, of which only programs write the first.
_MAIL = re.compile(
    rb"(?=(?:[!-9;-~]{1,80}:[^\n]*\n(?:[ \t][^\n]*\n)*){0,60}?(?:MIME-Version|Received|Message-ID):)"
    rb"[!-9;-~]{1,80}:[^\n]*\n",
    re.IGNORECASE,
)
_JSON_LIST = re.compile(rb"\s*\[\s*[{\[\"]")
_JSON_OBJECT = re.compile(rb"\s*\{\s*[\"}]")
_JSON_LINES = re.compile(rb"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")


def read(path: Path, source_uri: str) -> Iterator[RawDocument | Rejection]:
    """Every document in the file, in its order; what cannot be read comes out as a Rejection, never as an exception.

    `source_uri` is the printable name of the file that the documents will carry.
    """
    yield from _read(Source(path, source_uri, formats.media_type(path.name)))


def _read(source: Source) -> Iterator[RawDocument | Rejection]:
    try:
        head = source.head()
        source = replace(source, media_type=_sniff(head, source))
        if source.media_type not in _READERS and source.media_type not in _CONTAINERS:
            yield source.reject("unknown_file_type", _advice(source, head))
        elif not head.strip() and not any(chunk.strip() for chunk in source.chunks()):
            yield source.reject("empty", "there is nothing in the file")
        elif b"\0" in head and source.media_type not in _BINARY:
            yield source.reject("binary_content", f"there is a NUL byte at byte {head.index(0)}; this is no text")
        elif len(source.inside) > MAX_INSIDE:
            yield source.reject("too_deep", f"this file lies in more than {MAX_INSIDE} files around it")
        else:
            container = _CONTAINERS.get(source.media_type)
            found = container(source, _read) if container else _READERS[source.media_type](source)
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


def _advice(source: Source, head: bytes) -> str:
    ending = office.ending(source) if head.startswith(_ZIP) else ""
    return formats.advice(f"a{ending}" if ending else source.name, head)


def _sniff(head: bytes, source: Source) -> str:
    """What the content says where it is plainly another format than the name says."""
    named = source.media_type
    if head.startswith(_ZIP):
        return office.kind(source) or (formats.ZIP if named == formats.UNKNOWN else named)
    for magic, media_type in _MAGIC.items():
        if magic.match(head):
            return media_type
    if formats.is_foreign(head):
        return formats.UNKNOWN
    if _MAIL.match(head) and named in (formats.UNKNOWN, "text/plain"):
        return formats.MAIL
    if named == "text/markdown" and not _HTML.match(head):
        return named  # whose lists and links look like much else
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
    if named == formats.UNKNOWN and _is_table(head):
        return "text/csv"
    return named


def _is_table(head: bytes) -> bool:
    """Whether the first line is a header with the name of a text and of another field."""
    names = _DELIMITER.split(head.partition(b"\n")[0][:MAX_HEADER].decode("utf-8", "replace"))
    known = fields.known(name.strip(' "\r') for name in names)
    return "text" in known and len(known) > 1
