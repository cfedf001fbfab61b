"""The zip files of Office (`.docx`, `.xlsx`): which kind one is, and that it can be opened without harm."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZipFile

from warta.readers import formats, zips
from warta.readers.source import Damaged, Source

MAX_FILE = 64 << 20
MAX_PICTURE, MAX_ALL = 64 << 20, 512 << 20  # bytes unpacked
_KINDS = {"word/document.xml": formats.DOCX, "xl/workbook.xml": formats.XLSX}
_FOREIGN = {"ppt/presentation.xml": ".pptx", "META-INF/container.xml": ".epub", "content.xml": ".odt"}
_DECLARES = ("<!DOCTYPE", "<!ENTITY")
_FORBIDDEN = [text.encode(encoding) for text in _DECLARES for encoding in ("ascii", "utf-16-le", "utf-16-be")]
_OVERLAP = 20  # bytes, longer than a declaration


def kind(source: Source) -> str | None:
    """The media type of a zip file, UNKNOWN for one of a program that is not read; None where it cannot be told."""
    try:
        with source.opened() as file, zips.opened(file, "broken_zip") as archive:
            names = set(archive.namelist())
    except Damaged:
        return None
    if found := next((media_type for name, media_type in _KINDS.items() if name in names), None):
        return found
    return formats.UNKNOWN if names.intersection(_FOREIGN) else formats.ZIP


def ending(source: Source) -> str:
    """That of a program's zip file which is not read."""
    with source.opened() as file, zips.opened(file, "broken_zip") as archive:
        names = set(archive.namelist())
    return next((ending for name, ending in _FOREIGN.items() if name in names), "")


def opened(source: Source, reason: str, most: int) -> BinaryIO:
    """The file as a library may open it, of parts of XML of at most `most` bytes; raises Damaged.

    `reason`: that of a file that is broken.
    """
    file = io.BytesIO(source.binary(MAX_FILE))
    with zips.opened(file, reason) as archive:
        _check(archive, reason, most)
    file.seek(0)
    return file


def _check(archive: ZipFile, reason: str, most: int) -> None:
    if sum(entry.file_size for entry in archive.filelist) > MAX_ALL:
        raise Damaged("too_large", f"it unpacks to more than {MAX_ALL >> 20} MiB")
    for entry in archive.filelist:
        if entry.flag_bits & 1:
            raise Damaged("encrypted", "it has a password: save it without one")
        is_picture = "/media/" in entry.filename
        if entry.file_size > (MAX_PICTURE if is_picture else most) or zips.is_bomb(entry):
            raise Damaged("too_large", f"its part {entry.filename} unpacks to {entry.file_size} bytes; this is no text")
        if is_picture:
            continue
        try:
            declares = _declares(archive, entry.filename)
        except (*zips.BROKEN, RuntimeError) as error:
            raise Damaged(reason, f"its part {entry.filename} cannot be unpacked: {error}") from None
        if declares:
            raise Damaged("unsafe_xml", f"its part {entry.filename} declares entities or a type of document")


def _declares(archive: ZipFile, name: str) -> bool:
    """Whether a part of XML declares what no program of Office writes: bombs, and references to other files."""
    return any(text in piece for piece in pieces(archive, name) for text in _FORBIDDEN)


def pieces(archive: ZipFile, name: str) -> Iterator[bytes]:
    """A part in pieces, each with the end of the one before."""
    before = b""
    with archive.open(name) as stream:
        while piece := stream.read(1 << 20):
            yield before + piece
            before = piece[-_OVERLAP:]
