"""One entity across articles: what each article names, linked to the real thing.

The links are a function of the set of loaded articles and of corrections.csv: neither the order of loading nor
earlier links matter. Every step is linear in the rows it reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse.ids import name_id, stable_id
from warehouse.resolve import name_matching, people, places
from warehouse.resolve.known_names import local_bodies, public_names
from warehouse.resolve.name_matching import FullName, ShortForm
from warehouse.resolve.names import fold, office
from warehouse.resolve.people import OfficeHolders, Person, PersonLink
from warehouse.resolve.union_find import Join, UnionFind

_FOLDER = Path(__file__).parent
_BY_ARTICLE = dict.fromkeys(("article_id", "local_id", "key", "rule", "because"), pl.String)
_LOCATED = {
    "entity_id": pl.String,
    "country_code": pl.String,
    "region_code": pl.String,
    "latitude": pl.Float64,
    "longitude": pl.Float64,
}


@dataclass(frozen=True)
class _Rule:
    """The key of a name, by which rule, and what the rule saw."""

    key: str
    rule: str
    because: str | None = None


class Resolver:
    """Reads the evidence once, then `links()` gives the rows of `entity_links`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        connection.execute((_FOLDER / "evidence.sql").read_text("utf-8"))
        self._joined = UnionFind()
        self._joins: dict[str, Join] = {}
        self._rules = {local: _rule_of(local, type, name) for local, type, name, _ in self._rows("full_names")}

    def links(self) -> pl.DataFrame:
        """Columns of `entity_links`, without corrections."""
        names = self._full_names()
        self._join(name_matching.same_but_for_form(names))
        by_name = {(name.type, fold(name.name)): name for name in reversed(names)}
        self._join(name_matching.acronyms(by_name, self._short_forms(), self._joined))
        everybody = self._people()
        full = [person for person in everybody if " " in fold(person.name)]
        self._join_shorter_names(by_name, full)
        return self._linked([*self._short_names(everybody, full), *self._namesakes(full)])

    def known(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Public names (entity_id, name), and places with their codes and coordinates, of the joined entities."""
        names = {self._joined.of(known.key): known.name for known in sorted(public_names().values(), key=str)}
        found = {self._joined.of(_place_id(place)): place for place in sorted(places.all_places(), key=str)}
        rows = [(id, p.country_code, p.region_code, p.latitude, p.longitude) for id, p in sorted(found.items())]
        return (
            pl.DataFrame(sorted(names.items()), schema={"entity_id": pl.String, "name": pl.String}, orient="row"),
            pl.DataFrame(rows, schema=_LOCATED, orient="row"),
        )

    def _rows(self, table: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(f"FROM {table}").fetchall()

    def _join(self, found: Iterable[Join]) -> None:
        for join in sorted(found, key=lambda j: (j.a, j.b)):
            if join.a != join.b:
                self._joins.setdefault(join.a, join)
                self._joined.join(join.a, join.b)

    def _full_names(self) -> list[FullName]:
        """All distinct names but those that mean another thing in every article."""
        return [
            FullName(self._rules[local].key, type, name, articles)
            for local, type, name, articles in self._rows("full_names")
            if self._rules[local].rule != "local_body" and local == name_id(type, name)
        ]

    def _short_forms(self) -> Iterator[ShortForm]:
        for local, type, name, short, articles in self._rows("short_forms"):
            yield ShortForm(self._rules[local].key, type, name, short, articles)

    def _people(self) -> list[Person]:
        return [
            Person(article, local, self._rules[local].key, name, _offices(tuple(roles)), day)
            for article, local, name, day, roles in self._rows("people")
        ]

    def _with_co_mentions(self, asked: list[Person]) -> list[Person]:
        """The same people with the other names of their articles: costly, so only where it can decide."""
        if not asked:
            return []
        frame = pl.DataFrame({"article_id": [p.article for p in asked], "local_id": [p.local for p in asked]})
        self._connection.register("asked", frame.to_arrow())
        rows = self._connection.execute((_FOLDER / "co_mentions.sql").read_text("utf-8")).fetchall()
        self._connection.unregister("asked")
        found = {(article, local): frozenset(others) for article, local, others in rows}
        return [p._replace(co_mentions=found.get((p.article, p.local), frozenset())) for p in asked]

    def _join_shorter_names(self, names: dict[tuple[str, str], FullName], full: list[Person]) -> None:
        names_of_people = [name for (type, folded), name in names.items() if type == "PER" and " " in folded]
        parts = list(name_matching.parts_of_longer(names_of_people))
        keys = {name.key for pair in parts for name in pair}
        offices: dict[str, set[str]] = defaultdict(set)
        co_mentions: dict[str, set[str]] = defaultdict(set)
        for person in self._with_co_mentions([person for person in full if person.key in keys]):
            offices[person.key] |= person.offices
            co_mentions[person.key] |= person.co_mentions
        self._join(list(name_matching.shorter_names(parts, co_mentions, offices)))

    def _short_names(self, everybody: list[Person], full: list[Person]) -> Iterator[PersonLink]:
        short = [p for p in everybody if " " not in fold(p.name) and p.key not in self._joins]
        holders = OfficeHolders(full, self._joined, {fold(person.name) for person in short})
        for person in short:
            yield people.link_short_name(person, holders)

    def _namesakes(self, full: list[Person]) -> Iterator[PersonLink]:
        public = {self._joined.of(known.key) for known in public_names().values()}
        same: dict[str, list[Person]] = defaultdict(list)
        for person in full:
            same[self._joined.of(person.key)].append(person)
        ambiguous = [key for key in sorted(same.keys() - public) if people.may_be_namesakes(same[key])]
        found = iter(self._with_co_mentions([person for key in ambiguous for person in same[key]]))
        for key in ambiguous:
            yield from people.separate_namesakes(key, list(islice(found, len(same[key]))))

    def _linked(self, by_person: list[PersonLink]) -> pl.DataFrame:
        by_name = pl.DataFrame(
            [(local, *self._why(rule)) for local, rule in self._rules.items()],
            schema={"local_id": pl.String, "entity_id": pl.String, "rule": pl.String, "because": pl.String},
            orient="row",
        )
        rows = [(p.person.article, p.person.local, self._joined.of(p.key), p.rule, p.because) for p in by_person]
        by_article = pl.DataFrame(rows, schema=_BY_ARTICLE, orient="row")
        self._connection.register("by_name", by_name.to_arrow())
        self._connection.register("by_article", by_article.to_arrow())
        found: pl.DataFrame = self._connection.sql((_FOLDER / "entity_links.sql").read_text("utf-8")).pl()
        self._connection.unregister("by_name")
        self._connection.unregister("by_article")
        return found

    def _why(self, rule: _Rule) -> tuple[str, str, str | None]:
        join = self._joins.get(rule.key)
        if join is None:
            return self._joined.of(rule.key), rule.rule, rule.because
        return self._joined.of(rule.key), join.rule, join.because


@lru_cache(maxsize=100_000)
def _offices(roles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(filter(None, map(office, roles)))


def _rule_of(local: str, type: str, name: str) -> _Rule:
    """What a name alone says."""
    public = public_names().get((type, fold(name)))
    if public is not None and (type != "PER" or " " in fold(name)):
        because = None if fold(public.name) == fold(name) else f"{name} is {public.name}"
        return _Rule(public.key, "public_name", because)
    place = places.locate(name) if type == "GPE" else None
    if place is not None:
        return _Rule(_place_id(place), "gazetteer", f"{name} is {place.country_code} {place.region_code or ''}".strip())
    if type in ("ORG", "FAC", "GPE") and fold(name) in local_bodies():
        return _Rule(local, "local_body", f"every region has its {name}")
    return _Rule(local, "full_name")


def _place_id(place: places.Place) -> str:
    return stable_id("place", place.code, int(place.certain))
