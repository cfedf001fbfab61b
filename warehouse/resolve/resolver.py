"""One entity across articles: what each article names, linked to the real thing.

The links are a function of the set of loaded articles and of corrections.csv: neither the order of loading nor
earlier links matter. Making them whole is the same as adding all articles to none.
"""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

from warehouse.resolve import places
from warehouse.resolve.functions import functions
from warehouse.resolve.joins import Joins, join_names
from warehouse.resolve.known_names import public_names
from warehouse.resolve.name_rules import place_id
from warehouse.resolve.people import gather_people, link_people
from warehouse.resolve.scripts import run, sql, temp_table

_PUBLIC_WORDS: dict[str, Any] = {"word": pl.String, "key": pl.String, "name": pl.String, "roles": pl.List(pl.String)}
_LOCATED = {
    "entity_id": pl.String,
    "country_code": pl.String,
    "region_code": pl.String,
    "latitude": pl.Float64,
    "longitude": pl.Float64,
}


def link(connection: duckdb.DuckDBPyConnection, *, whole: bool) -> None:
    """Bring `entity_links`, without corrections, and the schema `kept` up to `current`.

    Needs the temporary table `changed`. Makes the temporary tables `gone` and `came`, links that are no longer and new
    ones (not where it is `whole`: all are new), and `public_names` and `located`.
    """
    with functions(connection):
        run(connection, "names", "common")
        gather_people(connection)
        temp_table(connection, "public_words", _public_words())
        joins = join_names(connection)
        _known(connection, joins)
        run(connection, "asked")
        gather_people(connection)
        link_people(connection)
        if whole:
            run(connection, "all_links")
            connection.execute(f"INSERT INTO entity_links {sql('links')}")
        else:
            run(connection, "asked_links")
            connection.execute(f"CREATE OR REPLACE TEMP TABLE came AS {sql('links')}")
            run(connection, "relink")


def _known(connection: duckdb.DuckDBPyConnection, joins: Joins) -> None:
    """Public names (entity_id, name), and places with their codes and coordinates, of the joined entities."""
    names = {joins.of(known.key): known.name for known in sorted(public_names().values(), key=str)}
    found = {joins.of(place_id(place)): place for place in sorted(places.all_places(), key=str)}
    rows = [(id, p.country_code, p.region_code, p.latitude, p.longitude) for id, p in sorted(found.items())]
    public = pl.DataFrame(sorted(names.items()), schema={"entity_id": pl.String, "name": pl.String}, orient="row")
    temp_table(connection, "public_names", public)
    temp_table(connection, "located", pl.DataFrame(rows, schema=_LOCATED, orient="row"))


def _public_words() -> pl.DataFrame:
    """Public names of one word of people, and the offices that may stand beside them."""
    rows = [
        (word, public.key, public.name, sorted(public.roles))
        for (type, word), public in public_names().items()
        if type == "PER" and " " not in word
    ]
    return pl.DataFrame(rows, schema=_PUBLIC_WORDS, orient="row")
