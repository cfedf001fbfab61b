"""The snapshot that readers see, made from the loader's database; the pipeline publishes it.

What the loader holds is what every article says by itself. What readers see is that, with entities joined across
articles, stories, an index of words and the marts. A run changes little of it: what was published is copied and only
the change is made. The rows are the same as of a file that is made whole (`tests/test_changes.py`).
"""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import duckdb

from warehouse import faults
from warehouse.db import Unreadable, reader, snapshot, transaction, writer
from warehouse.home import Home, logs_beside
from warehouse.quality.run_measures import measure_runs
from warehouse.resolve import corrections
from warehouse.resolve.corrections import Correction
from warehouse.snapshot import made_with, published_file
from warehouse.snapshot.change import ChangeRefused, make_change
from warehouse.snapshot.whole import make_whole
from warehouse.stories.near_duplicates import sign_articles
from warehouse.stories.versions import drop_current

log = logging.getLogger("warta.publish")


def make_snapshot(home: Home) -> Path:
    """A complete new snapshot that nobody sees yet. Raises BadCorrection where corrections.csv has a fault."""
    faults.point("publish")
    corrected = corrections.read(home.corrections)
    with writer(home, must_exist=True) as connection:
        sign_articles(connection)
        measure_runs(connection)
        connection.execute("CHECKPOINT")
    made = home.work / "publishing.duckdb"
    unused = _changed(made, home, corrected) if _can_be_changed(home) else None
    if unused is None:
        unused = _whole(made, home, corrected)
    for correction in unused:
        log.warning("%s, %s, fits nothing", home.corrections.name, correction)
    return made


def _can_be_changed(home: Home) -> bool:
    try:
        with reader(home.published) as connection:
            return made_with.can_be_changed(connection, home) and published_file.is_ours(home)
    except (Unreadable, duckdb.Error):
        return False


def _changed(made: Path, home: Home, corrected: list[Correction]) -> list[Correction] | None:
    """Copy what is published and make the change in it; None where that cannot be done."""
    _remove(made)
    try:
        shutil.copyfile(home.published, made)
        faults.point("publish.copied")
        with snapshot(made, home) as connection:
            with transaction(connection):
                unused = make_change(connection, corrected)
                made_with.note_changes(connection)
                faults.point("publish.changed")
            drop_current(connection)
    except duckdb.InterruptException:
        raise
    except (duckdb.Error, Unreadable, ChangeRefused) as error:
        log.warning("the published file cannot be changed (%s); it is made whole", error)
        return None
    return unused


def _whole(made: Path, home: Home, corrected: list[Correction]) -> list[Correction]:
    _remove(made)
    with snapshot(made, home) as connection:
        unused = make_whole(connection, corrected)
        made_with.note(connection, home)
        drop_current(connection)
    return unused


def _remove(made: Path) -> None:
    for left in (made, *logs_beside(made)):
        left.unlink(missing_ok=True)
