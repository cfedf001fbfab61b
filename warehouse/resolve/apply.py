"""Resolution as tables of the database that is being published."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import polars as pl

from warehouse.resolve import corrections
from warehouse.resolve.corrections import Corrected, Correction, find_entity
from warehouse.resolve.resolver import link
from warehouse.resolve.scripts import run, sql, temp_table

_MADE = ("relinked", "corrected_entities", "corrected_speakers", "public_names", "located")
_ENTITIES = {"entity_id": pl.String, "name": pl.String, "type": pl.String}
_SPEAKERS = {"quote_id": pl.String, "entity_id": pl.String, "name": pl.String}


def resolve(
    connection: duckdb.DuckDBPyConnection, corrected: list[Correction], *, changed: bool = False
) -> list[Correction]:
    """Make `entity_links` and the temporary tables that the published ones are made with. Needs `current`.

    `changed`: the main database is what was published before, and the temporary table `changed` (article_id) has the
    articles whose rows in `current` are new, gone or different since. The links become what they would be if they
    were made whole; the temporary table `relinked` (article_id) has the other articles of which a link is another.
    Returns the corrections that fit nothing.
    """
    with _working_tables(connection):
        if not changed:
            connection.execute("CREATE OR REPLACE TEMP TABLE changed AS SELECT article_id FROM current.articles")
        run(connection, "state", "uncorrect")
        link(connection, whole=not changed)
        unused = _correct(connection, corrected)
        run(connection, "relinked")
    return unused


@contextmanager
def _working_tables(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Temporary tables and views that are made within are dropped in the end, but for those that others need."""
    before = connection.execute(sql("temporary")).fetchall()
    yield
    for kind, name in connection.execute(sql("temporary")).fetchall():
        if (kind, name) not in before and name not in _MADE:
            connection.execute(f"DROP {kind} temp.{name}")


def _correct(connection: duckdb.DuckDBPyConnection, corrected: list[Correction]) -> list[Correction]:
    """Apply the corrections to `entity_links`; returns those that fit nothing."""
    named = pl.DataFrame(
        {"named": [name for c in corrected for name in (c.target, c.value)]}, schema={"named": pl.String}
    )
    temp_table(connection, "named", named)
    named_links = sql("correctable") if corrected else "FROM entity_links LIMIT 0"
    done = corrections.apply(connection.sql(named_links).pl(), corrected)
    temp_table(connection, "corrected_links", done.links.filter(pl.col("rule") == "correction"))
    if corrected:
        run(connection, "correct")
    entities, unused_entities = _corrected_entities(done, corrected)
    speakers, unused_speakers = _corrected_speakers(connection, done.links, corrected)
    temp_table(connection, "corrected_entities", entities)
    temp_table(connection, "corrected_speakers", speakers)
    return sorted((*done.unused, *unused_entities, *unused_speakers), key=lambda c: c.line)


def _corrected_entities(done: Corrected, corrected: list[Correction]) -> tuple[pl.DataFrame, list[Correction]]:
    """Names and types that people gave: by rename, retype, and of the other one after a split."""
    names: dict[str, dict[str, str]] = {entity: {"name": name} for entity, name in done.names.items()}
    unused = []
    for correction in corrected:
        if correction.action not in ("rename", "retype"):
            continue
        found = find_entity(done.links, correction.target)
        if found is None:
            unused.append(correction)
        else:
            names.setdefault(found, {})["name" if correction.action == "rename" else "type"] = correction.value
    rows = [(entity, given.get("name"), given.get("type")) for entity, given in sorted(names.items())]
    return pl.DataFrame(rows, schema=_ENTITIES, orient="row"), unused


def _corrected_speakers(
    connection: duckdb.DuckDBPyConnection, links: pl.DataFrame, corrected: list[Correction]
) -> tuple[pl.DataFrame, list[Correction]]:
    rows, unused = {}, []
    for correction in (c for c in corrected if c.action == "speaker"):
        known = connection.execute("SELECT count(*) FROM loaded.quotes WHERE quote_id = ?", [correction.target])
        if known.fetchall() == [(0,)]:
            unused.append(correction)
            continue
        found, name = find_entity(links, correction.value), correction.value or None
        if found is not None:
            name = min(links.filter(pl.col("entity_id") == found)["name"], key=lambda n: (-len(n), n))
        rows[correction.target] = (correction.target, found, name)
    return pl.DataFrame(list(rows.values()), schema=_SPEAKERS, orient="row"), unused
