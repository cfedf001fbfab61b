"""Where rows come from: why an entity is what it is, and what was found in an article and how it got here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from warehouse.db import reader

Section = tuple[str, list[str], list[tuple[Any, ...]]]

_ENTITY = {
    "entity": """
        SELECT entity_id, name, type, article_count, country_code, region_code, first_seen_date, last_seen_date
        FROM entities WHERE entity_id IN (SELECT entity_id FROM asked)
        ORDER BY article_count DESC, entity_id
    """,
    "joined of": """
        SELECT e.name AS entity, l.name AS called, l.type, l.rule, count(*) AS articles,
            coalesce(arg_min(l.because, l.article_id), 'every article that gives the full name') AS because
        FROM entity_links l
        JOIN entities e USING (entity_id)
        WHERE l.entity_id IN (SELECT entity_id FROM asked)
        GROUP BY l.entity_id, e.name, l.name, l.type, l.rule
        ORDER BY l.entity_id, articles DESC, called
    """,
    "not joined": """
        SELECT l.name AS called, l.type, l.rule, count(*) AS articles,
            arg_min(l.because, l.article_id) AS because
        FROM entity_links l
        WHERE (l.entity_id IS NULL OR l.entity_id NOT IN (SELECT entity_id FROM asked))
            AND l.local_id IN (SELECT local_id FROM entity_links WHERE entity_id IN (SELECT entity_id FROM asked))
        GROUP BY l.name, l.type, l.rule
        ORDER BY articles DESC, called
    """,
}
_ARTICLE = {
    "article": """
        SELECT article_id, external_id, title, outlet, published_at, word_count, near_duplicate_of, extractor_version
        FROM articles WHERE article_id IN (SELECT article_id FROM asked)
    """,
    "documents": """
        SELECT d.document_id, d.source_uri, d.locator, d.status, d.reason, d.run_id, d.seen_at
        FROM documents d WHERE d.article_id IN (SELECT article_id FROM asked) ORDER BY d.seen_at, d.document_id
    """,
    "packages": """
        SELECT DISTINCT p.package_id, p.manifest_sha256, p.row_count
        FROM packages p JOIN validation_results v USING (package_id) JOIN articles a ON a.run_id = v.run_id
        WHERE a.article_id IN (SELECT article_id FROM asked) ORDER BY p.package_id
    """,
    "entities": """
        SELECT e.name AS entity, e.type, l.name AS called, l.rule, l.because
        FROM entity_links l LEFT JOIN entities e USING (entity_id)
        WHERE l.article_id IN (SELECT article_id FROM asked) ORDER BY entity, called
    """,
    "quotes": """
        SELECT start_char, end_char, kind, cue, speaker_text, speaker_name, speaker_role, confidence
        FROM quotes WHERE article_id IN (SELECT article_id FROM asked) ORDER BY start_char
    """,
    "events": """
        SELECT trigger_start, trigger_end, trigger, type, status, date_text, date_start, place_name, confidence
        FROM events WHERE article_id IN (SELECT article_id FROM asked) ORDER BY trigger_start
    """,
    "rejected rows": """
        SELECT r.table_name, r.rule, r.reason, count(*) AS rows
        FROM rejects r JOIN documents d USING (document_id)
        WHERE d.article_id IN (SELECT article_id FROM asked) GROUP BY ALL ORDER BY ALL
    """,
}


def entity(database: Path, asked: str) -> list[Section]:
    """Why entities of this id (also one from before joining) or name are what they are; empty where there are none."""
    query = """
        SELECT entity_id FROM entities WHERE entity_id = $1
        UNION SELECT entity_id FROM entity_links WHERE local_id = $1 AND entity_id IS NOT NULL
        UNION SELECT entity_id FROM called($1)
    """
    return _sections(database, query, asked, _ENTITY)


def article(database: Path, asked: str) -> list[Section]:
    """Where an article, by its id or its source's id or address, comes from and what was found in it."""
    query = "SELECT article_id FROM articles WHERE $1 IN (article_id, external_id, url)"
    return _sections(database, query, asked, _ARTICLE)


def _sections(database: Path, which: str, asked: str, queries: dict[str, str]) -> list[Section]:
    with reader(database) as connection:
        found = connection.execute(which, [asked]).fetchall()
        if not found:
            return []
        column = "entity_id" if queries is _ENTITY else "article_id"
        connection.execute(f"CREATE TEMP TABLE asked ({column} VARCHAR)")
        connection.executemany("INSERT INTO asked VALUES (?)", found)
        return [(title, *_answer(connection, query)) for title, query in queries.items()]


def _answer(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    cursor = connection.execute(query)
    return [column[0] for column in cursor.description or []], cursor.fetchall()
