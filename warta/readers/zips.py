"""Zip files, opened within bounds: archives of articles, and the documents of Office, which are zip files, too."""

from __future__ import annotations

import struct
import zlib
from itertools import pairwise
from lzma import LZMAError
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from warta.readers.source import CHUNK, MAX_RATIO, Damaged

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
MAX_ENTRIES = 10_000
MAX_DIRECTORY = 16 << 20  # bytes of the list of entries, which is parsed whole
BROKEN = (
    BadZipFile,
    zlib.error,
    LZMAError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    NotImplementedError,
    struct.error,
)
_END, _END_64, _NO_SIZE = b"PK\x05\x06", b"PK\x06\x06", 0xFFFFFFFF
_MAX_TAIL = (1 << 16) + 22 + 76
_HEADER = 30  # bytes in front of an entry's name


def opened(file: BinaryIO, reason: str) -> ZipFile:
    """The zip file; Damaged with `reason` where it is none, else where it is large beyond measure or a trap."""
    if _size_of_directory(file) > MAX_DIRECTORY:
        raise Damaged("too_many", f"the list of entries is larger than {MAX_DIRECTORY >> 20} MiB")
    try:
        found = ZipFile(file)
    except MemoryError:
        raise
    except BROKEN as error:
        detail = f"it cannot be opened ({error}); it may have been cut short: copy or download it again"
        raise Damaged(reason, detail) from None
    if len(found.filelist) > MAX_ENTRIES:
        raise Damaged("too_many", f"there are {len(found.filelist):,} entries in it, more than {MAX_ENTRIES:,}")
    if _overlap(found):
        raise Damaged("unsafe_archive", "its entries lie over each other, as only those of a zip bomb do")
    return found


def is_bomb(entry: ZipInfo) -> bool:
    """Whether the entry says that it unpacks to more than news does."""
    return entry.file_size > MAX_RATIO * (CHUNK + entry.compress_size)


def _size_of_directory(file: BinaryIO) -> int:
    size = file.seek(0, 2)
    file.seek(max(0, size - _MAX_TAIL))
    tail = file.read(_MAX_TAIL)
    file.seek(0)
    at, at_64 = tail.rfind(_END), tail.rfind(_END_64)
    if at < 0 or at + 16 > len(tail):
        return 0
    told = int(struct.unpack_from("<L", tail, at + 12)[0])
    if told == _NO_SIZE and 0 <= at_64 <= len(tail) - 48:
        return int(struct.unpack_from("<Q", tail, at_64 + 40)[0])
    return told


def _overlap(found: ZipFile) -> bool:
    places = sorted((entry.header_offset, entry.compress_size) for entry in found.filelist)
    return any(begin + _HEADER + size > following for (begin, size), (following, _) in pairwise(places))
