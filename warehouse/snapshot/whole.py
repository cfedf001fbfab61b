"""A published file that is made whole, from all loaded rows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import duckdb

from warehouse.comments import comment
from warehouse.contract import tables
from warehouse.db import second_cursor
from warehouse.quality.contract_checks import count_broken
from warehouse.quality.run_measures import judge_runs
from warehouse.resolve.apply import resolve
from warehouse.resolve.corrections import Correction
from warehouse.search import index
from warehouse.snapshot import made_with, published_tables
from warehouse.snapshot.marts import create_marts
from warehouse.stories.event_clusters import make_event_clusters
from warehouse.stories.near_duplicates import make_near_duplicates
from warehouse.stories.versions import make_versions

_FIRST = ("article_entities", "entity_mentions", "event_participants")
_OWN = ("entity_links", "run_quality", "table_quality")


def make_whole(connection: duckdb.DuckDBPyConnection, corrected: list[Correction]) -> list[Correction]:
    """Make all tables, the index of words and the marts in an empty file. Returns the corrections that fit nothing."""
    make_versions(connection)
    unused = resolve(connection, corrected)
    made_with.keep_corrections(connection)
    published_tables.create(connection, *_FIRST)
    make_near_duplicates(connection)
    make_event_clusters(connection)
    published_tables.create(connection, "articles", *(n for n in tables() if n not in ("articles", *_FIRST, *_OWN)))
    published_tables.put(connection, "run_quality", judge_runs(connection))
    with second_cursor(connection) as cursor, ThreadPoolExecutor(max_workers=1) as pool:
        indexed = pool.submit(index.create, cursor)
        published_tables.put(connection, "table_quality", count_broken(connection))
        create_marts(connection)
        indexed.result()
    comment(connection)
    return unused
