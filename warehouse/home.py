"""Where things lie under the home folder, and the lock that makes one writer of many."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from warehouse.errors import WartaError


class WarehouseBusy(WartaError):
    """Another process is writing to this home."""


@dataclass(frozen=True)
class Home:
    """`packages/` are the truth, `work/` may be deleted while nothing runs, `warehouse.duckdb` is what readers open.

    `share`: the group that may read what is published; None: its owner alone. `memory`: what a database that is written
    may take (`2GB`; the rest goes to the disk); None: a quarter of the machine's.
    """

    root: Path
    share: str | None = None
    memory: str | None = None

    @property
    def packages(self) -> Path:
        return self.root / "packages"

    @property
    def work(self) -> Path:
        return self.root / "work"

    @property
    def quarantine(self) -> Path:
        """What was damaged, and logs that other programs left beside the published file; nothing reads it."""
        return self.root / "quarantine"

    @property
    def loading(self) -> Path:
        """The database that the loader writes; nobody else opens it."""
        return self.work / "loading.duckdb"

    @property
    def published(self) -> Path:
        return self.root / "warehouse.duckdb"

    @property
    def rebuilding(self) -> Home:
        """Where a rebuild makes the next warehouse; what a killed one has made is used again."""
        return replace(self, root=self.root / "rebuilding")

    @property
    def rebuilt(self) -> Home:
        """The next warehouse, complete and checked, until it has taken the place of the old one."""
        return replace(self, root=self.root / "rebuilt")

    @property
    def corrections(self) -> Path:
        """Corrections by people (warehouse/resolve/corrections.py tells their form)."""
        return self.root / "corrections.csv"

    @property
    def lock(self) -> Path:
        return self.root / "warehouse.lock"

    def set_aside(self, *paths: Path) -> Path:
        """Move files or folders into a new folder under `quarantine/`; returns it."""
        aside = self.quarantine / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
        aside.mkdir(parents=True, exist_ok=True)
        for path in paths:
            with suppress(FileNotFoundError):  # whoever left it has just removed it
                path.rename(aside / path.name)
        return aside

    def create(self) -> None:
        """Make the folders, readable by their owner alone."""
        for folder in (self.root, self.packages, self.work):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def logs_beside(database: Path) -> list[Path]:
    """The logs that DuckDB keeps beside a file that somebody writes to, or has left there."""
    return sorted(database.parent.glob(f"{database.name}.wal*"))


_holder: dict[Path, int] = {}


@contextmanager
def writer_lock(home: Home, wait: float = 0.0) -> Iterator[None]:
    """Hold the home's lock; raises WarehouseBusy, with the holder's process id, where another process has it.

    `wait`: seconds to try for. What is written meanwhile is readable by its owner alone.

    Our own flock, since DuckDB's lock on its file vanishes when the process opens and closes that file itself.
    """
    home.create()
    descriptor = os.open(home.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        until = time.monotonic() + wait
        while not _locked(descriptor):
            if time.monotonic() >= until:
                raise WarehouseBusy(
                    f"another run (process {_pid_in(descriptor)}) is writing to {home.root};"
                    " wait for it to end, then try again"
                )
            time.sleep(0.5)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        _holder[home.root.resolve()] = os.getpid()
        try:
            with _private_files():
                yield
        finally:
            del _holder[home.root.resolve()]
    finally:
        os.close(descriptor)


def lock_holder(home: Home) -> str | None:
    """The process id of whoever holds the home's lock; None where it is free. Writes nothing; raises OSError."""
    try:
        descriptor = os.open(home.lock, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        return None if _locked(descriptor, fcntl.LOCK_SH) else _pid_in(descriptor)
    finally:
        os.close(descriptor)


def _pid_in(descriptor: int) -> str:
    return os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "unknown"


@contextmanager
def _private_files() -> Iterator[None]:
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _locked(descriptor: int, kind: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def require_lock(home: Home) -> None:
    """Raise RuntimeError unless this very process (no fork of it) holds the lock."""
    if _holder.get(home.root.resolve()) != os.getpid():
        raise RuntimeError("the warehouse may only be written by the process that holds its lock")
