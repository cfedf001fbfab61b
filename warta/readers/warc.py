"""`.warc`, `.wet`: a web archive (WARC 1.0 and 1.1, ISO 28500). Its pages and their extracted texts are documents.

The records are cut here, since the libraries take an archive that was cut short for a shorter good one (RELIABILITY
T7): a record has as many bytes as it says and ends in two line ends, and so does the file. What comes before the
damage stays; the rest is rejected with its offset.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import partial

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from warta.readers import fields, html
from warta.readers.source import MAX_RECORD, Damaged, Source, decode
from warta.records import RawDocument, Rejection

MAX_HEADERS = 1 << 16
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9._:-]{2,40})", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    documents = 0
    for offset, record in _records(source):
        locator = f"byte {offset}"
        found = source.attempt(partial(_document, source, record, locator), locator=locator, data=record or b"")
        if found is not None:
            documents += 1
            yield found
    if not documents:
        yield source.reject("no_text", "the archive holds no page and no text")


def _records(source: Source) -> Iterator[tuple[int, bytes | None]]:
    """Offset in the unpacked content and bytes of every complete record; None for one of more than MAX_RECORD bytes.

    Raises Damaged, with the offset, where a record is incomplete.
    """
    stream = _Stream(source.unpacked())
    offset = 0
    try:
        while head := stream.take_until(b"\r\n\r\n", MAX_HEADERS):
            length = _LENGTH.search(head)
            if not head.startswith(b"WARC/1.") or not head.endswith(b"\r\n\r\n") or not length:
                kind = "broken_warc" if head.endswith(b"\r\n\r\n") or len(head) >= MAX_HEADERS else "truncated"
                raise Damaged(kind, f"there is no complete WARC record at byte {offset}")
            size = int(length[1])
            body = stream.take(size, MAX_RECORD)
            end = stream.take(4, 4)
            if stream.position != offset + len(head) + size + 4:
                raise Damaged("truncated", f"the record at byte {offset} ends before the {size} bytes it announces")
            if end != b"\r\n\r\n":
                raise Damaged(
                    "broken_warc", f"the record at byte {offset} is longer than the {size} bytes it announces"
                )
            yield offset, None if body is None else head + body + b"\r\n\r\n"
            offset = stream.position
    except Damaged as damage:
        raise Damaged(damage.reason, damage.detail, f"from byte {offset}") from None


class _Stream:
    """Pieces of bytes, taken in the portions that a record needs."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._buffer, self.position = pieces, bytearray(), 0

    def take_until(self, mark: bytes, limit: int) -> bytes:
        """Up to and with `mark`; less than that, or `limit` bytes, where it does not come."""
        searched = 0
        while (at := self._buffer.find(mark, searched)) < 0 and len(self._buffer) < limit:
            searched = max(0, len(self._buffer) - len(mark) + 1)
            if not self._fill():
                break
        return self._cut(at + len(mark) if at >= 0 else limit)

    def take(self, size: int, keep: int) -> bytes | None:
        """The next `size` bytes, fewer at the end of the stream; None, and passed over, where they exceed `keep`."""
        if size > keep:
            while size and (self._buffer or self._fill()):
                size -= len(self._cut(size))
            return None
        while len(self._buffer) < size and self._fill():
            pass
        return self._cut(size)

    def _fill(self) -> bool:
        piece = next(self._pieces, None)  # a piece may be empty: the head of a gzip member
        self._buffer += piece or b""
        return piece is not None

    def _cut(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        self.position += len(taken)
        return taken


def _document(source: Source, data: bytes | None, locator: str) -> RawDocument | Rejection | None:
    """The document of a record; None where it is no page: a request, an image, an answer other than 200."""
    if data is None:
        return source.reject(
            "too_large", f"the record is larger than {MAX_RECORD >> 20} MiB", locator=locator, data=b""
        )
    try:
        record = next(ArchiveIterator(io.BytesIO(data)))
        kind = _kind(record)
        if kind is None:
            return None
        url, taken = map(record.rec_headers.get_header, ("WARC-Target-URI", "WARC-Date"))
        content = _content(record)
    except (ArchiveLoadFailed, StopIteration, ValueError, OSError, EOFError) as error:
        return source.reject("broken_warc", f"the record cannot be read: {error}", locator=locator, data=data)
    if len(content) > html.MAX_PAGE:
        detail = f"the content is larger than {html.MAX_PAGE >> 20} MiB"
        return source.reject("too_large", detail, locator=locator, data=data)
    if kind in _PAGES:
        return html.document(
            source, content, locator=locator, stored=data, url=url, charset=_charset(record), taken=taken
        )
    text = decode(content, _charset(record))
    if text is None:
        return source.reject("bad_encoding", "the text is neither UTF-8 nor Windows-1252", locator=locator, data=data)
    return fields.document(source, {"text": text, "url": url, "as_of": taken}, locator=locator, data=data)


def _kind(record: ArcWarcRecord) -> str | None:
    """The media type of a page or text, None for what is neither."""
    if record.rec_type == "response":
        headers = record.http_headers
        if headers is None or headers.get_statuscode() != "200":
            return None
        named = headers.get_header("Content-Type", "")
    elif record.rec_type in ("resource", "conversion"):
        named = record.rec_headers.get_header("Content-Type", "")
    else:
        return None
    media_type = named.split(";")[0].strip().lower()
    if media_type in _PAGES or (media_type == "text/plain" and _is_text(record)):
        return str(media_type)
    return None


def _charset(record: ArcWarcRecord) -> str | None:
    """The charset that HTTP named."""
    headers = record.http_headers
    found = _CHARSET.search(headers.get_header("Content-Type", "")) if headers is not None else None
    return found[1] if found else None


def _is_text(record: ArcWarcRecord) -> bool:
    """Whether a plain text is that of a page, and not the log of the program that made the archive."""
    if record.rec_type == "resource":
        address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip(" <").lower()
        return bool(address.startswith(("http://", "https://")))
    return bool(record.rec_type == "conversion")


def _content(record: ArcWarcRecord) -> bytes:
    """The unpacked content, of which no more is read than tells that it is larger than a page may be."""
    stream, content = record.content_stream(), bytearray()
    while len(content) <= html.MAX_PAGE and (piece := stream.read(1 << 16)):
        content += piece
    return bytes(content)
