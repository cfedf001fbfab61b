"""A file as a stream of UTF-8 bytes: opened without ever blocking, unpacked, transcoded and bounded.

Everything a reader can meet in the bytes themselves ends here, as one `Damaged`: a gzip stream that was cut, a line
without end, a file that somebody is still writing. What was read before the damage stays valid.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import re
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from warta.records import Rejection

CHUNK = 1 << 16
MAX_RECORD = 16 << 20  # one text file, page, line or row
MAX_JSON = 64 << 20  # one .json file, which has to be parsed whole
MAX_UNPACKED = 8 << 30
MAX_RATIO = 100  # news packs 3:1 to 5:1; a bomb packs 1000:1

GZIP_MAGIC = b"\x1f\x8b"
_MARKED = b"\n" + codecs.BOM_UTF8
_ESCAPED = re.compile("[\udc80-\udcff]+")
_NOT_ASCII = bytes(range(0x80, 0x100))
# Charsets that no declaration written in ASCII can mean, and those that stand for Windows-1252 (WHATWG).
_NOT_DECLARED = {
    *("utf-8", "utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "punycode", "idna"),
    *("unicode_escape", "raw_unicode_escape", "undefined", "ascii", "iso8859-1", "cp1252"),
}
Item = TypeVar("Item")


class Damaged(Exception):
    """The stream cannot be read further; `reason` is a Rejection's code, `locator` the place that was being read."""

    def __init__(self, reason: str, detail: str, locator: str = "") -> None:
        super().__init__(reason, detail, locator)
        self.reason, self.detail, self.locator = reason, detail, locator


class Unreadable(Exception):
    """A record that no document can be made of; `reason` is a Rejection's code."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


def decode(data: bytes, declared: str | None = None) -> str | None:
    """Text from UTF-8, also with single stray bytes; else from the `declared` charset where the bytes fit it.

    Else from Windows-1252 (what old Indonesian pages are written in), else None.
    """
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _mostly_utf8(data) or _decoded(data, declared) or _mostly_windows(data)


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 with as many good sequences as bad ones or more; None for other bytes."""
    text = data.decode("utf-8", "surrogateescape")
    runs = _ESCAPED.findall(text)
    good = len(text) - sum(map(len, runs)) - len(data.translate(None, _NOT_ASCII))
    return _ESCAPED.sub(_stray, text) if good >= len(runs) else None


def _stray(run: re.Match[str]) -> str:
    """A lone byte as the Windows-1252 that it is (a no-break space); more, or a sequence cut short, U+FFFD."""
    byte = bytes(ord(character) - 0xDC00 for character in run[0])
    is_last = run.end() == len(run.string)
    return byte.decode("cp1252", "replace") if len(byte) == 1 and not is_last else "\ufffd"


def _decoded(data: bytes, declared: str | None) -> str | None:
    name = (declared or "").strip().lower()
    try:
        codec = codecs.lookup(name) if name and name.isascii() else None
        if codec is None or codec.name in _NOT_DECLARED:
            return None
        return data.decode(codec.name)
    except (LookupError, ValueError):  # an unknown charset, bytes that are not of this one
        return None


def _mostly_windows(data: bytes) -> str | None:
    """Windows-1252, of whose bytes at most one in twenty is none of its characters; None for other bytes."""
    text = data.decode("cp1252", "replace")
    beyond = len(data) - len(data.translate(None, _NOT_ASCII))
    return text if text.count("\ufffd") * 20 <= beyond else None


def until_damaged(items: Iterator[Item]) -> Iterator[Item]:
    """The items before the damage, for a first look at a stream that will be read and reported on again."""
    try:
        yield from items
    except Damaged:
        return


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read from; `path` may hold any bytes, `uri` is the caller's printable name for it.

    `content` opens what lies in that file (an entry of an archive, an attachment), is called `entry` and is read in its
    place; `inside` are the media types of what it lies in, outermost first.
    """

    path: Path
    uri: str
    media_type: str
    content: Callable[[], BinaryIO] | None = None
    entry: str = ""
    inside: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.entry or self.path.name

    def within(self, entry: str, media_type: str) -> Source:
        """What lies in this, before its content is known."""
        return replace(self, media_type=media_type, content=None, entry=entry, inside=(*self.inside, self.media_type))

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
            with self.content() if self.content else open(_open(self.path), "rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
                return digest, file.seek(0, io.SEEK_END)
        except (OSError, ValueError, Damaged):
            return "", 0

    def attempt(
        self, make: Callable[[], Item], *, locator: str, data: bytes | None, external_id: str | None = None
    ) -> Item | Rejection:
        """What `make` makes of the record `data`; a Rejection of this one record for whatever goes wrong there."""
        try:
            return make()
        except (Damaged, MemoryError):
            raise  # the whole file's, and the pool's to report
        except Unreadable as error:
            reason, detail = error.reason, error.detail
        except RecursionError:
            reason, detail = "too_deep", "the record is nested too deep to be read"
        except Exception as error:  # anything: a record must not cost its neighbours
            reason, detail = "internal_error", f"the record met a fault of warta: {type(error).__name__}: {error}"[:500]
        return self.reject(reason, detail, locator=locator, data=data, external_id=external_id)

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The file as it lies on disk; Damaged at the end of the block where somebody wrote to it meanwhile."""
        if self.content:
            with self.content() as held:
                yield held
            return
        with io.FileIO(_open(self.path)) as file:
            before = os.fstat(file.fileno())
            yield cast(BinaryIO, file)
            after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise Damaged("changed_while_read", "the file changed while it was read; run again when it is complete")

    def unpacked(self) -> Iterator[bytes]:
        """The content in pieces, gzip members unpacked, otherwise byte for byte."""
        with self.opened() as file:
            yield from _unpacked(iter(lambda: file.read(CHUNK), b""))

    def chunks(self) -> Iterator[bytes]:
        """The content as UTF-8 without BOM, in pieces; bytes that are not UTF-8 pass through (see `decode`)."""
        yield from _without_marks(_transcoded(self.unpacked()))

    def head(self) -> bytes:
        """The first piece of the content."""
        return next(self.chunks(), b"")

    def whole(self, limit: int = MAX_RECORD) -> bytes:
        """The whole content, at most `limit` bytes."""
        return _joined(self.chunks(), limit)

    def binary(self, limit: int) -> bytes:
        """The whole content byte for byte, at most `limit` bytes."""
        return _joined(self.unpacked(), limit)

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


def _joined(pieces: Iterator[bytes], limit: int) -> bytes:
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > limit:
            raise Damaged("too_large", f"the content is larger than {limit >> 20} MiB")
    return bytes(data)


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


def _without_marks(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """UTF-8 without byte order marks at the start and behind line feeds, where files were put one after the other."""
    pending, is_start = b"", True
    try:
        for chunk in chunks:
            data = pending + chunk
            while is_start and data.startswith(codecs.BOM_UTF8):
                data = data.removeprefix(codecs.BOM_UTF8)
            is_start = is_start and not data
            data = data.replace(_MARKED, b"\n")
            ends = (size for size in range(len(_MARKED) - 1, 0, -1) if data.endswith(_MARKED[:size]))
            kept = len(data) - next(ends, 0)  # what may be a mark goes with the next chunk
            pending = data[kept:]
            yield data[:kept]
    except Damaged:
        if pending:
            yield pending
        raise
    yield pending


def _transcoded(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """UTF-16 with a byte order mark into UTF-8."""
    first = next(chunks, b"")
    if not first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield first
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder("utf-16")()
    try:
        for chunk in chain([first], chunks):
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeDecodeError as error:
        raise Damaged("bad_encoding", f"the file starts as UTF-16, but does not go on so: {error.reason}") from None
