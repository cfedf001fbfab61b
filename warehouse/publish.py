"""The published snapshot: made beside the old one from the loader's database, checked, then swapped in by rename.

What the loader holds is what every article says by itself. What readers see is that, with entities joined across
articles, stories, an index of words and the marts. Readers never wait for a load.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from warehouse import faults, search
from warehouse.contract import tables
from warehouse.db import create_marts, snapshot, writer
from warehouse.files import sync
from warehouse.home import Home
from warehouse.quality import runs
from warehouse.quality import tables as rows
from warehouse.resolve import corrections
from warehouse.resolve.apply import resolve
from warehouse.stories import events, repeats

log = logging.getLogger("warta.publish")

_QUERIES = Path(__file__).parent / "published"


def prepare(home: Home) -> Path:
    """A complete new snapshot that nobody sees yet. Raises BadCorrection where corrections.csv has a fault."""
    faults.point("publish")
    corrected = corrections.read(home.corrections)
    with writer(home, must_exist=True) as connection:
        repeats.sign(connection)
        runs.measure(connection)
        connection.execute("CHECKPOINT")
    made = home.work / "publishing.duckdb"
    made.unlink(missing_ok=True)
    with snapshot(made, home) as connection:
        for unused in resolve(connection, corrected):
            log.warning("%s, %s, fits nothing", home.corrections.name, unused)
        _fill(connection, "entity_mentions", "event_participants")
        repeats.find(connection)
        events.find(connection)
        runs.judge(connection)
        _fill(connection, "articles", "article_entities")
        _fill(connection, *(name for name in tables() if name != "table_quality" and not _is_made(connection, name)))
        with ThreadPoolExecutor(max_workers=1) as beside:
            indexed = beside.submit(search.index, connection.cursor())
            rows.measure(connection)
            create_marts(connection)
            indexed.result()
    return made


def swap(home: Home, made: Path) -> None:
    """Make a snapshot the one that readers open; those that hold the former one keep it until they close it."""
    sync(made)
    faults.point("publish.before_rename")
    made.replace(home.published)
    faults.point("publish.after_rename")
    sync(home.root)


def _fill(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    for name in names:
        columns = ", ".join(tables()[name].columns)
        path = _QUERIES / f"{name}.sql"
        query = path.read_text("utf-8") if path.exists() else f"FROM loaded.{name}"
        connection.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM ({query})")


def _is_made(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    query = "SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database() AND table_name = ?"
    return connection.execute(query, [name]).fetchall() != [(0,)]
