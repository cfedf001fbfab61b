"""From what the user named (files, folders, patterns) to a list of files, in a stable order."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote_from_bytes

from pipeline.encodable import readable_name
from warta.records import Rejection
from warta.text.outlets import NOTHING_GIVEN, Given

_ADDRESS = re.compile(r"https?:/|www\.", re.IGNORECASE)


@dataclass(frozen=True)
class SourceFile:
    """A file to read; `uri` is its absolute path as a `file:` address, so that any file name can be written down.

    `saved_at` is when it was last written, None where that is no time that a calendar knows; `given` is what the run
    knows of its outlets.
    """

    path: Path
    uri: str
    size: int
    saved_at: datetime | None = None
    given: Given = NOTHING_GIVEN


@dataclass(frozen=True)
class Missing:
    """A source that leads to nothing; `is_wrong` unless it is a folder that merely holds no files yet."""

    source: str
    detail: str
    is_wrong: bool = True


Found = SourceFile | Missing | Rejection


def file_uri(path: Path) -> str:
    return "file://" + quote_from_bytes(os.path.normpath(os.fsencode(path.absolute())))


def expand(sources: Iterable[str], home: Path) -> list[Found]:
    """The files that the sources name, each once. Hidden files and the home folder itself are passed over.

    What is there but cannot be read as a file (a link, a pipe, a forbidden file) is a Rejection.
    """
    found: dict[str, Found] = {}
    for source in sources:
        for item in _of_source(source, home):
            match item:
                case SourceFile(uri=key) | Rejection(source_uri=key) | Missing(source=key):
                    found.setdefault(key, item)
    return list(found.values())


def nowhere(sources: Iterable[str]) -> list[Missing]:
    """Why none of the sources leads to a file or a folder; empty where one does."""
    found = []
    for source in sources:
        if (missing := _missing(source)) is None:
            return []
        found.append(missing)
    return found


def is_address(source: str) -> bool:
    return bool(_ADDRESS.match(source))


def _missing(source: str) -> Missing | None:
    """Why the source leads to nothing at all, if so. A name that exists is that file, even if it is like a pattern."""
    if os.path.lexists(source):
        return None
    if is_address(source):
        return Missing(source, f"{readable_name(source)}: addresses are not fetched; save the page or a WARC")
    if not glob.has_magic(source):
        return Missing(source, f"there is no file or folder {readable_name(source)}")
    if next(glob.iglob(source, recursive=True), None) is None:  # noqa: PTH207 (keeps names as they were written)
        return Missing(source, f"no file matches {readable_name(source)}")
    return None


def _of_source(source: str, home: Path) -> Iterator[Found]:
    if missing := _missing(source):
        yield missing
    elif os.path.lexists(source):
        yield from _of_path(Path(source), home)
    else:
        matches = glob.glob(source, recursive=True)  # noqa: PTH207 (keeps names as they were written)
        for match in map(Path, sorted(matches, key=os.fsencode)):
            if home.absolute() not in match.absolute().parents:
                yield from _of_path(match, home)


def _of_path(path: Path, home: Path) -> Iterator[Found]:
    if not path.is_dir():
        yield _file(path)
        return
    files = list(_walk(path, home))
    if not files:
        yield Missing(str(path), f"the folder {readable_name(path)} holds no files", is_wrong=False)
    yield from files


def _walk(folder: Path, home: Path) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield _rejected(folder, "unreadable", f"the folder {readable_name(folder)} cannot be read: {error.strerror}")
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith(".") or path.absolute() == home.absolute():
            continue
        # Links are not followed: they could lead out of the folder or in a circle.
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, home)
        elif entry.is_symlink():
            yield _rejected(path, "link", f"{readable_name(path)} is a link; name its target as a source to read it")
        else:
            yield _file(path)


def _file(path: Path) -> SourceFile | Rejection:
    try:
        about = path.stat()
    except OSError as error:
        return _rejected(path, "unreadable", f"{readable_name(path)} cannot be read: {error.strerror}")
    if not stat.S_ISREG(about.st_mode):
        return _rejected(path, "not_a_file", f"{readable_name(path)} is neither a file nor a folder")
    return SourceFile(path, file_uri(path), about.st_size, _moment(about.st_mtime))


def _moment(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):  # a damaged file system, a touch
        return None


def _rejected(path: Path, reason: str, detail: str) -> Rejection:
    return Rejection(file_uri(path), "", "unknown", "", 0, reason, detail)
