"""A file as a stream of UTF-8 bytes: opened without ever blocking, unpacked, transcoded and bounded.

Everything a reader can meet in the bytes themselves ends here, as one `Damaged`: a gzip stream that was cut, a line
without end, a file that somebody is still writing. What was read before the damage stays valid.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeVar

from warta.records import Rejection

CHUNK = 1 << 16
MAX_RECORD = 16 << 20  # one text file, page, line or row
MAX_JSON = 64 << 20  # one .json file, which has to be parsed whole
MAX_UNPACKED = 8 << 30
MAX_RATIO = 100  # news packs 3:1 to 5:1; a bomb packs 1000:1

GZIP_MAGIC = b"\x1f\x8b"
Item = TypeVar("Item")


class Damaged(Exception):
    """The stream cannot be read further; `reason` is a Rejection's code, `locator` the place that was being read."""

    def __init__(self, reason: str, detail: str, locator: str = "") -> None:
        super().__init__(reason, detail, locator)
        self.reason, self.detail, self.locator = reason, detail, locator


def decode(data: bytes) -> str | None:
    """Text from UTF-8, else from Windows-1252 (what old Indonesian pages are written in), else None."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def until_damaged(items: Iterator[Item]) -> Iterator[Item]:
    """The items before the damage, for a first look at a stream that will be read and reported on again."""
    try:
        yield from items
    except Damaged:
        return


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read from; `path` may hold any bytes, `uri` is the caller's printable name for it."""

    path: Path
    uri: str
    media_type: str

    def reject(
        self, reason: str, detail: str, *, locator: str = "", data: bytes | None = None, external_id: str | None = None
    ) -> Rejection:
        """A Rejection of the record whose bytes are `data`, or of the whole file."""
        return Rejection(self.uri, locator, self.media_type, *self.identity(data), reason, detail, external_id)

    def identity(self, data: bytes | None) -> tuple[str, int]:
        """SHA-256 and size of a record's bytes, or of the file as it lies on disk; "" where it cannot be read."""
        if data is not None:
            return hashlib.sha256(data).hexdigest(), len(data)
        try:
            size = self.path.stat().st_size
            with open(_open(self.path), "rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest(), size
        except (OSError, ValueError, Damaged):
            return "", 0

    @contextmanager
    def opened(self) -> Iterator[io.FileIO]:
        """The file as it lies on disk; Damaged at the end of the block where somebody wrote to it meanwhile."""
        with io.FileIO(_open(self.path)) as file:
            before = os.fstat(file.fileno())
            yield file
            after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise Damaged("changed_while_read", "the file changed while it was read; run again when it is complete")

    def unpacked(self) -> Iterator[bytes]:
        """The content in pieces, gzip members unpacked, otherwise byte for byte."""
        with self.opened() as file:
            yield from _unpacked(iter(lambda: file.read(CHUNK), b""))

    def chunks(self) -> Iterator[bytes]:
        """The content as UTF-8 without BOM, in pieces; bytes that are not UTF-8 pass through (see `decode`)."""
        yield from _transcoded(self.unpacked())

    def head(self) -> bytes:
        """The first piece of the content."""
        return next(self.chunks(), b"")

    def whole(self, limit: int = MAX_RECORD) -> bytes:
        """The whole content, at most `limit` bytes."""
        data = bytearray()
        for chunk in self.chunks():
            data += chunk
            if len(data) > limit:
                raise Damaged("too_large", f"the content is larger than {limit >> 20} MiB")
        return bytes(data)

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Numbered lines, line feeds kept; None stands for a line of more than MAX_RECORD bytes."""
        number, parts, length = 1, [], 0
        try:
            for chunk in self.chunks():
                for piece in io.BytesIO(chunk):  # splits at line feeds only
                    length += len(piece)
                    if length <= MAX_RECORD:
                        parts.append(piece)
                    if piece.endswith(b"\n"):
                        yield number, b"".join(parts) if length <= MAX_RECORD else None
                        number, parts, length = number + 1, [], 0
        except Damaged as damage:
            raise Damaged(damage.reason, damage.detail, damage.locator or f"line {number}") from None
        if length:
            yield number, b"".join(parts) if length <= MAX_RECORD else None


def _open(path: Path) -> int:
    """A descriptor of a regular file. Pipes and devices are refused before they could block or be drained."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise Damaged("unreadable", "this is a folder, pipe, socket or device, not a regular file")
    return os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)


def _unpacked(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Content of gzip members, known by their magic number whatever the file is called; other content as it is."""
    first = next(chunks, b"")
    if not first.startswith(GZIP_MAGIC):
        yield first
        yield from chunks
        return
    inflater, packed, unpacked, pending = zlib.decompressobj(31), 0, 0, first
    while pending or (pending := next(chunks, b"")):
        if inflater.eof:
            if not (pending := pending.lstrip(b"\0")):  # tapes and some tools pad with zeros
                continue
            inflater = zlib.decompressobj(31)
        try:
            data = inflater.decompress(pending, CHUNK)
        except zlib.error as error:
            raise Damaged(
                "broken_gzip", f"the gzip stream is damaged after byte {unpacked} of its content: {error}"
            ) from None
        rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
        packed, unpacked, pending = packed + len(pending) - len(rest), unpacked + len(data), rest
        if unpacked > MAX_UNPACKED or unpacked > CHUNK * MAX_RATIO + packed * MAX_RATIO:
            raise Damaged("too_large", f"{packed} bytes unpack to more than {unpacked}; this is no text")
        yield data
    if not inflater.eof:
        raise Damaged("truncated", f"the gzip stream ends early, after byte {unpacked} of its content")


def _transcoded(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """UTF-16 with a byte order mark into UTF-8; a mark of UTF-8 is dropped."""
    first = next(chunks, b"")
    if not first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder("utf-16")()
    try:
        for chunk in chain([first], chunks):
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeDecodeError as error:
        raise Damaged("bad_encoding", f"the file starts as UTF-16, but does not go on so: {error.reason}") from None
