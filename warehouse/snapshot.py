"""The snapshot that readers see, made anew from the loader's database; the pipeline publishes it.

What the loader holds is what every article says by itself. What readers see is that, with entities joined across
articles, stories, an index of words and the marts.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from warehouse import faults, search
from warehouse.comments import comment
from warehouse.contract import annotation_tables, tables
from warehouse.db import create_marts, second_cursor, snapshot, writer
from warehouse.home import Home, logs_beside
from warehouse.quality import contract_checks
from warehouse.quality.run_measures import make_run_quality, measure_runs
from warehouse.resolve import corrections
from warehouse.resolve.apply import resolve
from warehouse.stories.event_clusters import make_event_clusters
from warehouse.stories.near_duplicates import make_near_duplicates, sign_articles
from warehouse.stories.versions import drop_current, make_versions

log = logging.getLogger("warta.publish")

_QUERIES = Path(__file__).parent / "published"


def make_snapshot(home: Home) -> Path:
    """A complete new snapshot that nobody sees yet. Raises BadCorrection where corrections.csv has a fault."""
    faults.point("publish")
    corrected = corrections.read(home.corrections)
    with writer(home, must_exist=True) as connection:
        sign_articles(connection)
        measure_runs(connection)
        connection.execute("CHECKPOINT")
    made = home.work / "publishing.duckdb"
    for left in (made, *logs_beside(made)):
        left.unlink(missing_ok=True)
    with snapshot(made, home) as connection:
        make_versions(connection)
        for unused in resolve(connection, corrected):
            log.warning("%s, %s, fits nothing", home.corrections.name, unused)
        _fill(connection, "entity_mentions", "event_participants")
        make_near_duplicates(connection)
        make_event_clusters(connection)
        make_run_quality(connection)
        _fill(connection, "articles", "article_entities")
        _fill(connection, *(name for name in tables() if name != "table_quality" and not _is_made(connection, name)))
        with second_cursor(connection) as cursor, ThreadPoolExecutor(max_workers=1) as pool:
            indexed = pool.submit(search.index, cursor)
            contract_checks.measure(connection)
            create_marts(connection)
            indexed.result()
        drop_current(connection)
        comment(connection)
    return made


def _fill(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    for name in names:
        columns = ", ".join(tables()[name].columns)
        path = _QUERIES / f"{name}.sql"
        given = f"FROM {'current' if name in annotation_tables() else 'loaded'}.{name}"
        query = path.read_text("utf-8") if path.exists() else given
        connection.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM ({query})")


def _is_made(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    query = "SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database() AND table_name = ?"
    return connection.execute(query, [name]).fetchall() != [(0,)]
