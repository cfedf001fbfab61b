"""`.zip`, `.tar`, `.tar.gz`, `.tgz`: an archive of articles. Each entry is read as the file that it would be.

Nothing is ever written under the name of an entry: it only shows in the locator. A broken entry costs that entry.
"""

from __future__ import annotations

import stat
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO, cast
from zipfile import ZipFile, ZipInfo

from warta.readers import formats, zips
from warta.readers.held import Held
from warta.readers.source import CHUNK, MAX_RATIO, MAX_UNPACKED, Damaged, Source, Unreadable
from warta.records import RawDocument, Rejection

MAX_ENTRY = 1 << 30
MAX_NAME = 300  # characters that are shown
MAX_HEADER = 1 << 20  # bytes of a long name or of other facts in front of an entry of a tar
ARCHIVES = frozenset({formats.ZIP, formats.TAR})
_NESTED = "this is an archive in an archive: unpack the outer one, and give warta what is in it"
_FACTS = {tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK}

Found = Iterator[RawDocument | Rejection]
Read = Callable[[Source], Found]


def zipped(source: Source, read: Read) -> Found:
    if ARCHIVES.intersection(source.inside):
        yield source.reject("nested_archive", _NESTED)
        return
    with source.opened() as file:
        archive, budget = zips.opened(file, "broken_zip"), _Budget()
        for entry in archive.filelist:
            name = _zip_name(entry)
            if not entry.is_dir() and not _is_hidden(name):
                refused = _refused(entry)
                pieces = partial(_of_zip, archive, entry)
                yield from _entry(source, name, budget, refused or pieces, entry.compress_size, read)


def _zip_name(entry: ZipInfo) -> str:
    """The name; that of programs that write UTF-8 and do not say so is put right."""
    try:
        return entry.filename if entry.flag_bits & 0x800 else entry.filename.encode("cp437").decode()
    except UnicodeError:
        return entry.filename


def _refused(entry: ZipInfo) -> Unreadable | None:
    """Why the entry is not even opened."""
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Unreadable("link", "the entry is a link, which is not followed")
    if entry.flag_bits & 1:
        return Unreadable("encrypted", "the entry has a password: pack it again without one")
    if zips.is_bomb(entry):
        return Unreadable("too_large", f"{entry.compress_size} bytes unpack to {entry.file_size}; this is no text")
    return None


def _of_zip(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        yield from iter(partial(stream.read, CHUNK), b"")


def tarred(source: Source, read: Read) -> Found:
    if ARCHIVES.intersection(source.inside):
        yield source.reject("nested_archive", _NESTED)
        return
    stream, budget, name = _Stream(source.unpacked()), _Budget(), ""
    try:
        with tarfile.open(fileobj=cast(BinaryIO, stream), mode="r|", tarinfo=_Header) as archive:
            for number, entry in enumerate(archive, 1):
                if number > zips.MAX_ENTRIES:
                    raise Damaged("too_many", f"there are more than {zips.MAX_ENTRIES:,} entries in it")
                name = entry.name
                if not entry.isdir() and not _is_hidden(name):
                    pieces = _not_a_file(entry) or partial(_of_tar, archive, entry)
                    yield from _entry(source, name, budget, pieces, entry.size, read)
        if any(piece.strip(b"\0") for piece in stream.rest()):
            raise Damaged("broken_tar", "behind the end of the archive there is something else")
    except Damaged as damage:
        raise Damaged(damage.reason, damage.detail, damage.locator or _after(name)) from None
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise Damaged("truncated", f"the archive ends early or is damaged: {error}", _after(name)) from None


def _after(name: str) -> str:
    return f"from entry {shown(name)}" if name else ""


def _not_a_file(entry: tarfile.TarInfo) -> Unreadable | None:
    if entry.issym() or entry.islnk():
        return Unreadable("link", "the entry is a link, which is not followed")
    if not entry.isfile() or entry.issparse():
        return Unreadable("not_a_file", "the entry is a device, a pipe or the like, not a regular file")
    return None


def _of_tar(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> Iterator[bytes]:
    stream = archive.extractfile(entry)
    if stream is not None:
        yield from iter(partial(stream.read, CHUNK), b"")


class _Header(tarfile.TarInfo):
    """A header that tells damage from the end: for the library, both end the archive once it has begun."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        try:
            found = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if len(buf) == tarfile.BLOCKSIZE and not any(buf):
                raise  # the end
            reason = "broken_tar" if len(buf) == tarfile.BLOCKSIZE else "truncated"
            raise Damaged(reason, f"the archive does not go on as one: {error}") from None
        if found.size < 0 or (found.type in _FACTS and found.size > MAX_HEADER):
            raise Damaged("broken_tar", f"a header announces {found.size} bytes")
        return found


class _Stream:
    """Pieces of bytes as the file that tarfile reads from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._buffer = pieces, bytearray()

    def read(self, size: int) -> bytes:
        while len(self._buffer) < size and (piece := next(self._pieces, None)) is not None:
            self._buffer += piece
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def rest(self) -> Iterator[bytes]:
        yield bytes(self._buffer)
        yield from self._pieces


class _Budget:
    """How many bytes all entries together may still unpack to."""

    def __init__(self) -> None:
        self._left = MAX_UNPACKED

    def spent(self, pieces: Iterator[bytes], packed: int) -> Iterator[bytes]:
        """The pieces of an entry of `packed` bytes; Unreadable where it is too large, Damaged where all are."""
        size = 0
        for piece in pieces:
            size += len(piece)
            self._left -= len(piece)
            if size > MAX_ENTRY or size > MAX_RATIO * (CHUNK + packed):
                raise Unreadable("too_large", f"{packed} bytes unpack to more than {size}; this is no text")
            if self._left < 0:
                raise Damaged("too_large", f"the entries unpack to more than {MAX_UNPACKED >> 30} GiB")
            yield piece


def _entry(
    source: Source,
    name: str,
    budget: _Budget,
    pieces: Unreadable | Callable[[], Iterator[bytes]],
    packed: int,
    read: Read,
) -> Found:
    """The documents of an entry, or why there is none."""
    inner, locator = source.within(name, formats.media_type(name)), f"entry {shown(name)}"
    try:
        if isinstance(pieces, Unreadable):
            raise pieces
        inner = replace(inner, content=Held(budget.spent(pieces(), packed)))
    except Unreadable as error:
        yield inner.reject(error.reason, error.detail, locator=locator, data=b"")
        return
    except (*zips.BROKEN, RuntimeError) as error:
        yield inner.reject("broken_entry", f"the entry cannot be unpacked: {error}", locator=locator, data=b"")
        return
    for found in read(inner):
        yield replace(found, locator=f"{locator} {found.locator}".rstrip())


def shown(name: str) -> str:
    """A name that anybody may have made up, on one line and not too long."""
    name = name.encode("utf-8", "backslashreplace").decode()
    name = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in name[:MAX_NAME])
    return name or "without a name"


def _is_hidden(name: str) -> bool:
    """Whether it is passed over, as in a folder: hidden files, and what macOS packs beside each file."""
    return any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in PurePosixPath(name).parts)
