"""A change of a published file: its copy is brought to what a file made whole would hold.

Rows that tell of one article alone are made anew for the articles that changed. What is known over all articles (which
thing a name is, versions, near duplicates, stories) can change for others too: each step says for which, and these
are made anew as well. Then entities and marts follow, for the names and stories that any of those articles tell of.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl

from warehouse.contract import tables
from warehouse.errors import WartaError
from warehouse.quality.contract_checks import count_broken
from warehouse.quality.run_measures import judge_runs
from warehouse.resolve.apply import resolve
from warehouse.resolve.corrections import Correction
from warehouse.search import index
from warehouse.snapshot import made_with, published_tables
from warehouse.snapshot.marts import count_former, update_marts
from warehouse.snapshot.narrowed import narrowed
from warehouse.stories.event_clusters import make_event_clusters_again
from warehouse.stories.near_duplicates import make_near_duplicates_again
from warehouse.stories.versions import make_versions

_CHANGES = Path(__file__).parent / "changes"
_RENEWED = "FROM changed UNION FROM relinked"
_RESTATED = "FROM changed UNION FROM restated"
_NAMED = "entity_id IN (FROM touched_names)"


class ChangeRefused(WartaError):
    """The change is not what the contract says."""


def make_change(connection: duckdb.DuckDBPyConnection, corrected: list[Correction]) -> list[Correction]:
    """Bring a copy of the published file to what is loaded now. Returns the corrections that fit nothing.

    Raises duckdb.Error or ChangeRefused; then the copy is of no use.
    """
    make_versions(connection)
    _run(connection, "changed")
    unused = resolve(connection, corrected, changed=True)
    _run(connection, "corrected")
    made_with.keep_corrections(connection)
    _touch(connection, _RENEWED)
    count_former(connection)
    index.remove(connection, "FROM changed")
    published_tables.rewrite(connection, "FROM changed", "sentences", "time_expressions", "amounts")
    published_tables.rewrite(
        connection, _RENEWED, "article_entities", "entity_mentions", "event_participants", "quotes"
    )
    make_near_duplicates_again(connection, _RESTATED)
    _run(connection, "near_duplicates")
    make_event_clusters_again(connection)
    _run(connection, "regrouped")
    _touch(connection, "FROM regrouped UNION FROM restated")
    published_tables.rewrite(connection, _RENEWED, "events")
    _run(connection, "event_clusters")
    published_tables.rewrite(connection, _RESTATED, "articles")
    published_tables.follow(
        connection, "documents", "publications", "rejects", "runs", "validation_results", "packages"
    )
    _touch(connection, "FROM touched_articles")
    _rewrite_entities(connection)
    _touch(connection, "SELECT article_id FROM article_entities SEMI JOIN renamed USING (entity_id)")
    index.add(connection, "FROM changed")
    update_marts(connection)
    published_tables.put(connection, "run_quality", judge_runs(connection))
    _check(connection)
    return unused


def _touch(connection: duckdb.DuckDBPyConnection, articles: str) -> None:
    """Note what the rows of some articles tell of, as they are now."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE touched_now AS SELECT DISTINCT article_id FROM ({articles})")
    _run(connection, "touch")


def _rewrite_entities(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"CREATE TEMP TABLE former_entities AS FROM entities WHERE {_NAMED}")
    connection.execute(f"DELETE FROM entities WHERE {_NAMED}")
    with narrowed(connection, dict.fromkeys(("entity_links", "entity_mentions", "article_entities"), _NAMED)):
        connection.execute(f"INSERT INTO main.entities {published_tables.query('entities')}")
    _run(connection, "renamed")


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    """The rules of the contract, for the rows that were touched."""
    with narrowed(connection, dict(_touched_rows())):
        broken = count_broken(connection).filter(pl.col("unexpected") > 0)
    if not broken.is_empty():
        raise ChangeRefused(f"rows break {', '.join(broken['rule'])}")
    for name in tables():
        count = f"(SELECT count(*) FROM {name})"
        connection.execute(f"UPDATE table_quality SET checked = {count} WHERE table_name = ?", [name])


def _touched_rows() -> Iterator[tuple[str, str]]:
    for name, table in tables().items():
        if name == "entities":
            yield name, _NAMED
        elif "article_id" in table.columns and name != "documents":
            yield name, "article_id IN (FROM touched_articles)"
        elif "run_id" in table.columns:
            yield name, "run_id IN (FROM new_runs)"


def _run(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute((_CHANGES / f"{name}.sql").read_text("utf-8"))
