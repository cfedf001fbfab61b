"""Which files of watched folders to ingest: new, changed, renamed or replaced ones, once they stop changing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipeline.sources import SourceFile, expand, file_uri
from warehouse.durable_files import write_synced

# What programs call a file that they have not finished.
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", "~")


class Fingerprint(NamedTuple):
    """What tells one state of a file from the next without reading it (nanoseconds, bytes)."""

    modified: int
    size: int
    inode: int


@dataclass(frozen=True)
class _Seen:
    file: SourceFile
    fingerprint: Fingerprint
    since: float


class Arrivals:
    """The files under `folders` that were not ingested as they are now.

    What was ingested is remembered in `ledger`. Without it all files are ingested again, which adds nothing to a
    warehouse: the ledger saves reading, not rows.
    """

    def __init__(self, folders: Sequence[Path], home: Path, ledger: Path, still: float = 2.0) -> None:
        """`still`: seconds that a file has to lie unchanged; until then somebody may be writing it."""
        self._folders, self._home, self._ledger, self._still = folders, home, ledger, still
        self._ingested = {uri: Fingerprint(*values) for uri, values in _load(ledger).items()}
        self._seen: dict[str, _Seen] = {}

    @property
    def waiting(self) -> int:
        """How many files the last look saw that are yet to be ingested."""
        return len(self._seen)

    def due(self, now: float, most: int) -> list[SourceFile]:
        """At most `most` files to ingest, the newest first, so that a year of old ones does not hold up today's.

        `now` is a monotonic time in seconds. Links and what is no file are left to a full run, which reports them.
        """
        found = [item for item in expand(map(str, self._folders), self._home) if isinstance(item, SourceFile)]
        present = {item.uri: (item, _fingerprint(item.path)) for item in found if not _is_unfinished(item.path)}
        self._ingested = {
            uri: known for uri, known in self._ingested.items() if uri in present or not self._covers(uri)
        }
        self._seen = {
            uri: self._look(file, fingerprint, now)
            for uri, (file, fingerprint) in present.items()
            if fingerprint and fingerprint != self._ingested.get(uri)
        }
        still = [seen for seen in self._seen.values() if now - seen.since >= self._still]
        return [seen.file for seen in sorted(still, key=lambda seen: seen.fingerprint, reverse=True)[:most]]

    def remember(self, files: Iterable[SourceFile]) -> None:
        """These files, as they were last seen, are ingested."""
        for file in files:
            self._ingested[file.uri] = self._seen.pop(file.uri).fingerprint
        _save(self._ledger, self._ingested)

    def _look(self, file: SourceFile, fingerprint: Fingerprint, now: float) -> _Seen:
        before = self._seen.get(file.uri)
        return before if before and before.fingerprint == fingerprint else _Seen(file, fingerprint, now)

    def _covers(self, uri: str) -> bool:
        return uri.startswith(tuple(f"{file_uri(folder)}/" for folder in self._folders))


def _is_unfinished(path: Path) -> bool:
    return path.name.endswith(UNFINISHED)


def _fingerprint(path: Path) -> Fingerprint | None:
    """None for a file that went away meanwhile."""
    try:
        about = path.stat()
    except OSError:
        return None
    return Fingerprint(about.st_mtime_ns, about.st_size, about.st_ino)


def _load(ledger: Path) -> dict[str, list[int]]:
    try:
        found: dict[str, list[int]] = json.loads(ledger.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return found


def _save(ledger: Path, ingested: dict[str, Fingerprint]) -> None:
    partial = ledger.with_suffix(".tmp")
    write_synced(partial, json.dumps(ingested).encode())
    partial.replace(ledger)
