"""Resolution as tables of the database that is being published."""

from __future__ import annotations

import duckdb
import polars as pl

from warehouse.resolve import corrections
from warehouse.resolve.corrections import Corrected, Correction, find_entity
from warehouse.resolve.resolver import Resolver

_ENTITIES = {"entity_id": pl.String, "name": pl.String, "type": pl.String}
_SPEAKERS = {"quote_id": pl.String, "entity_id": pl.String, "name": pl.String}


def resolve(
    connection: duckdb.DuckDBPyConnection, corrected: list[Correction], *, changed: bool = False
) -> list[Correction]:
    """Make `entity_links` and the temporary tables that the published ones are made with.

    Needs `current`. Returns the corrections that fit nothing.
    """
    resolver = Resolver(connection)
    done = corrections.apply(resolver.links(), corrected)
    links = done.links
    entities, unused_entities = _corrected_entities(done, corrected)
    speakers, unused_speakers = _corrected_speakers(connection, links, corrected)
    public, located = resolver.known()
    frames = {
        "corrected_entities": entities,
        "corrected_speakers": speakers,
        "public_names": public,
        "located": located,
    }
    for name, frame in frames.items():
        _create(connection, f"TEMP TABLE {name}", frame)
    if changed:
        _create(connection, "TEMP TABLE new_links", links)
        connection.execute("""CREATE TEMP TABLE relinked AS SELECT DISTINCT article_id FROM (
            (FROM new_links EXCEPT FROM entity_links) UNION (FROM entity_links EXCEPT FROM new_links)) ANTI JOIN changed USING (article_id)""")
        connection.execute(
            "DELETE FROM entity_links WHERE article_id IN (FROM relinked) OR article_id IN (FROM changed)"
        )
        connection.execute(
            "INSERT INTO entity_links FROM new_links WHERE article_id IN (FROM relinked) OR article_id IN (FROM changed)"
        )
    else:
        _create(connection, "TABLE entity_links", links)
    return sorted((*done.unused, *unused_entities, *unused_speakers), key=lambda c: c.line)


def _create(connection: duckdb.DuckDBPyConnection, what: str, frame: pl.DataFrame) -> None:
    connection.register("given", frame.to_arrow())
    connection.execute(f"CREATE {what} AS FROM given")
    connection.unregister("given")


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
