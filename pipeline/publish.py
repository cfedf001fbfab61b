"""Stage 9: what is loaded becomes what readers see, unless a run measures what no run should."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import duckdb

from pipeline.load import is_outdated, loaded_packages
from pipeline.sharing import share
from warehouse import faults
from warehouse.db import DatabaseDamaged, Unreadable, read_as_others_do, reader, writer
from warehouse.durable_files import sync
from warehouse.errors import WartaError
from warehouse.home import Home, logs_beside
from warehouse.quality.verdicts import broken_bounds
from warehouse.snapshot import published_file
from warehouse.snapshot.make import make_snapshot

log = logging.getLogger("warta.publish")

_READ_ONLY = 0o440  # a program that opens the file to look at it must not write to it
_TRIES = 10


class PublicationStopped(WartaError):
    """A new run is not fit to be seen; the published warehouse stays as it was."""


def publish(home: Home) -> None:
    """Swap in a new snapshot; raises PublicationStopped where a critical measure of a new run is out of its bounds."""
    made = make_snapshot(home)
    broken = broken_bounds(made)
    for measure in broken:
        log.warning("run %s: %s", measure["run_id"], describe(measure))
    critical = [measure for measure in broken if measure["severity"] == "critical"]
    if critical:
        made.unlink()
        runs = ", ".join(sorted({measure["run_id"] for measure in critical}))
        raise PublicationStopped(
            f"{'; '.join(map(describe, critical))}. Move the packages of {runs} out of packages/ and run"
            " `warta rebuild` to go on without them"
        )
    swap_in(home, made)


def is_published(home: Home) -> bool:
    """Whether readers see all that is loaded, in the tables of this version, with the corrections as they are."""
    if logs_beside(home.published):
        return False
    try:
        with reader(home.published) as connection:
            if is_outdated(connection):
                return False
            shown = loaded_packages(connection)
    except (Unreadable, duckdb.Error):
        return False
    with writer(home) as connection:
        loaded = loaded_packages(connection)
    return shown == loaded and _changed_at(home.corrections) <= _changed_at(home.published)


def _changed_at(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0


def swap_in(home: Home, made: Path) -> None:
    """Make a snapshot the one that readers open; those that hold the former one keep it until they close it.

    Raises DatabaseDamaged where what is published cannot be read by its name.
    """
    made.chmod(_READ_ONLY)
    share(home, made)
    sync(made)
    published_file.note(home, made)
    set_logs_aside(home)
    faults.point("publish.before_rename")
    made.replace(home.published)
    faults.point("publish.after_rename")
    sync(home.root)
    _read_back(home)


def set_logs_aside(home: Home) -> Path | None:
    """Move the log of a program that wrote to a published file aside: with the next file nobody can open it.

    Returns the folder where it lies now; None where there is none.
    """
    logs = logs_beside(home.published)
    if not logs:
        return None
    aside = home.set_aside(*logs)
    log.warning("another program wrote to %s; its changes are not kept, its log lies in %s", home.published, aside)
    return aside


def _read_back(home: Home) -> None:
    """Open what was published by its name, as others do; a log may have come meanwhile, and come again."""
    for _ in range(_TRIES):
        set_logs_aside(home)
        try:
            read_as_others_do(home.published)
        except DatabaseDamaged:
            if not logs_beside(home.published):
                raise
        else:
            return
    read_as_others_do(home.published)


def describe(measure: dict[str, Any]) -> str:
    """What is said of a measure out of its bounds, and its name in bounds.yml."""
    return f"{measure['said']} [{measure['measure']}]"
