"""Content that lies in another file: an entry of an archive. It is kept in a temporary file that has no name."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterable
from typing import BinaryIO, cast


class Held:
    """The pieces, which may be many, for readers that begin anew or jump. Goes with the last reference to it."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as this object)
        for piece in pieces:
            self._file.write(piece)
        self._file.flush()

    def __call__(self) -> BinaryIO:
        """The content from its beginning; each that is opened has its own place in it."""
        return cast(BinaryIO, _Reading(self._file))


class _Reading(io.RawIOBase):
    def __init__(self, file: BinaryIO) -> None:
        self._file, self._at = file, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = os.pread(self._file.fileno(), len(buffer), self._at)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at}.get(whence)
        self._at = max(0, offset + (os.fstat(self._file.fileno()).st_size if begin is None else begin))
        return self._at

    def tell(self) -> int:
        return self._at
