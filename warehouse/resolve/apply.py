"""Resolution as tables of the database that is being published."""

from __future__ import annotations

import duckdb
import polars as pl

from warehouse.resolve.corrections import Correction
from warehouse.resolve.data import public_names
from warehouse.resolve.links import Corrected, Resolver, corrected, ids_of, located

_ENTITIES = {"entity_id": pl.String, "name": pl.String, "type": pl.String}
_SPEAKERS = {"quote_id": pl.String, "entity_id": pl.String, "name": pl.String}


def resolve(connection: duckdb.DuckDBPyConnection, corrections: list[Correction]) -> list[Correction]:
    """Make `entity_links` and the temporary tables that the published ones are made with.

    `loaded` must be attached. Returns the corrections that fit nothing.
    """
    done = corrected(Resolver(connection).links(), corrections)
    links = done.links
    entities, unused_here = _corrected_entities(done, corrections)
    speakers, unused_there = _corrected_speakers(connection, links, corrections)
    public = {(known.key, known.name, None) for known in public_names().values()}
    frames = {
        "corrected_entities": entities,
        "corrected_speakers": speakers,
        "public_names": pl.DataFrame(sorted(public), schema=_ENTITIES, orient="row"),
        "located": located(),
    }
    for name, frame in frames.items():
        _create(connection, f"TEMP TABLE {name}", frame)
    _create(connection, "TABLE entity_links", links)
    return sorted((*done.unused, *unused_here, *unused_there), key=lambda c: c.line)


def _create(connection: duckdb.DuckDBPyConnection, what: str, frame: pl.DataFrame) -> None:
    connection.register("given", frame.to_arrow())
    connection.execute(f"CREATE {what} AS FROM given")
    connection.unregister("given")


def _corrected_entities(done: Corrected, corrections: list[Correction]) -> tuple[pl.DataFrame, list[Correction]]:
    """Names and types that people gave: by rename, retype, and of the other one after a split."""
    names: dict[str, dict[str, str]] = {entity: {"name": name} for entity, name in done.names.items()}
    unused = []
    for correction in corrections:
        if correction.action not in ("rename", "retype"):
            continue
        found = ids_of(done.links, correction.target)
        if not found:
            unused.append(correction)
        for entity in found:
            what = "name" if correction.action == "rename" else "type"
            names.setdefault(entity, {})[what] = correction.value
    rows = [(entity, given.get("name"), given.get("type")) for entity, given in sorted(names.items())]
    return pl.DataFrame(rows, schema=_ENTITIES, orient="row"), unused


def _corrected_speakers(
    connection: duckdb.DuckDBPyConnection, links: pl.DataFrame, corrections: list[Correction]
) -> tuple[pl.DataFrame, list[Correction]]:
    rows, unused = {}, []
    for correction in (c for c in corrections if c.action == "speaker"):
        known = connection.execute("SELECT count(*) FROM loaded.quotes WHERE quote_id = ?", [correction.target])
        found = ids_of(links, correction.value) if correction.value else []
        if known.fetchall() == [(0,)] or len(found) > 1:
            unused.append(correction)
            continue
        name = correction.value or None
        if found:
            name = min(links.filter(pl.col("entity_id") == found[0])["name"], key=lambda n: (-len(n), n))
        rows[correction.target] = (correction.target, found[0] if found else None, name)
    return pl.DataFrame(list(rows.values()), schema=_SPEAKERS, orient="row"), unused
