"""The folder of an export: only whole files get a name there, and those that would stay the same are not touched.

So copies of the folder (rsync, backups) take little.
"""

from __future__ import annotations

import fcntl
import filecmp
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse.durable_files import sync
from warehouse.errors import WartaError

_ASIDE = ".warta-export"


class ExportBusy(WartaError):
    """Another export is writing into the folder."""


@dataclass(frozen=True)
class Exported:
    """What became of a file: `changed`, `unchanged` or `removed`. `notes`: what the format could not hold."""

    path: Path
    outcome: str
    notes: tuple[str, ...] = ()


@contextmanager
def set_aside(directory: Path) -> Iterator[Path]:
    """A folder for files that are not whole yet, for one export alone; what a killed one has left there is removed."""
    directory.mkdir(parents=True, exist_ok=True)
    aside = directory.resolve() / _ASIDE
    descriptor = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ExportBusy(f"another export is writing into {directory}; wait for it to end") from None
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        try:
            yield aside
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    finally:
        os.close(descriptor)


def put(made: Path, path: Path, notes: Sequence[str] = ()) -> Exported:
    """Give a whole file its name, unless the file of that name is the same already."""
    if path.is_file() and filecmp.cmp(made, path, shallow=False):
        made.unlink()
        return Exported(path, "unchanged", tuple(notes))
    path.parent.mkdir(parents=True, exist_ok=True)
    sync(made)
    made.replace(path)
    sync(path.parent)
    return Exported(path, "changed", tuple(notes))


def remove(path: Path) -> Exported:
    """Remove a file of an earlier export, and its folder where nothing else is in it."""
    path.unlink()
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
    return Exported(path, "removed")
