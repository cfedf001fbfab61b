"""Where rows come from: why an entity is what it is, and what was found in an article and how it got here.

`explain/<topic>/asked.sql` gives the ids that are meant, the other files of that folder a section each, in the order of
their numbers; they read the ids from the temporary table `asked`.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from warehouse.db import reader
from warehouse.text_changes import changes

_FOLDER = Path(__file__).parent / "explain"
Section = tuple[str, list[str], list[tuple[Any, ...]]]  # title, columns, rows


def explain_entity(database: Path, asked: str) -> list[Section]:
    """Why entities of this id (also one from before joining) or name are what they are; empty where there are none."""
    return _sections(database, asked, _FOLDER / "entity")


def explain_article(database: Path, asked: str) -> list[Section]:
    """Where an article, by its id or its source's id or address, comes from and what was found in it.

    Of an article with several versions also what changed from each to the next.
    """
    sections = _sections(database, asked, _FOLDER / "article")
    return [*sections, *_changes(database, asked)] if sections else []


def _changes(database: Path, asked: str) -> list[Section]:
    folder = _FOLDER / "article"
    with reader(database) as connection:
        connection.execute(f"CREATE TEMP TABLE asked AS {(folder / 'asked.sql').read_text('utf-8')}", [asked])
        versions = connection.execute((folder / "texts.sql").read_text("utf-8")).fetchall()
    rows = []
    for (before, old), (after, new) in pairwise(versions):
        rows += [(before, after, *change) for change in changes(old, new)]
    return [("changes", ["from_version", "to_version", "change", "line"], rows)] if rows else []


def _sections(database: Path, asked: str, folder: Path) -> list[Section]:
    with reader(database) as connection:
        connection.execute(f"CREATE TEMP TABLE asked AS {(folder / 'asked.sql').read_text('utf-8')}", [asked])
        if connection.execute("SELECT count(*) FROM asked").fetchall() == [(0,)]:
            return []
        found = []
        for path in sorted(folder.glob("[0-9]*.sql")):
            cursor = connection.execute(path.read_text("utf-8"))
            title = path.stem[3:].replace("_", " ")
            found.append((title, [column[0] for column in cursor.description or []], cursor.fetchall()))
        return found
