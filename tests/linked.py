"""Small worlds of articles that name things, and what resolution says of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
from given import fill_loaded

from warehouse.ids import name_id
from warehouse.resolve.apply import resolve

Named = tuple[str, str, str, list[str], list[str]]  # article, type, name, aliases, roles
Days = Mapping[str, date | None]


def person(article: str, name: str, *roles: str, also: tuple[str, ...] = ()) -> Named:
    return article, "PER", name, list(also), list(roles)


def org(article: str, name: str, *also: str) -> Named:
    return article, "ORG", name, list(also), []


def gpe(article: str, name: str) -> Named:
    return article, "GPE", name, [], []


def articles_with(count: int, *things: Named, first: int = 1) -> list[Named]:
    """The same things in so many articles."""
    return [(str(first + n), *thing[1:]) for n in range(count) for thing in things]  # type: ignore[misc]


def loaded(things: list[Named], days: Days | None = None) -> duckdb.DuckDBPyConnection:
    """A loader's database with articles that name these things."""
    articles = sorted({article for article, *_ in things})
    connection = duckdb.connect()
    connection.execute("ATTACH ':memory:' AS loaded")
    ids = [(article, name_id(type, name)) for article, type, name, _, _ in things]
    fill_loaded(
        connection,
        {
            "articles": [{"article_id": a, "published_date": (days or {}).get(a, date(2025, 10, 6))} for a in articles],
            "article_entities": [
                {"article_id": article, "entity_id": entity, "type": type, "name": name, "aliases": [name, *aliases]}
                for (article, entity), (_, type, name, aliases, _) in zip(ids, things, strict=True)
            ],
            "entity_mentions": [
                {"article_id": article, "entity_id": entity, "type": type, "text": name, "form": "name", "role": role}
                for (article, entity), (_, type, name, _, roles) in zip(ids, things, strict=True)
                for role in roles or [None]
            ],
        },
    )
    return connection


def link_rows(things: list[Named], days: Days | None = None) -> dict[tuple[str, str], dict[str, Any]]:
    """(article, name) -> the row of `entity_links`."""
    with loaded(things, days) as connection:
        resolve(connection, [])
        rows = connection.sql("FROM entity_links").pl().iter_rows(named=True)
        return {(row["article_id"], row["name"]): row for row in rows}


def links(things: list[Named], days: Days | None = None) -> dict[tuple[str, str], tuple[str, str]]:
    """(article, name) -> (entity, rule)."""
    return {key: (row["entity_id"], row["rule"]) for key, row in link_rows(things, days).items()}
