"""Records into rows of the contract: what is nested becomes flat, indices become ids."""

from __future__ import annotations

import importlib.metadata
from datetime import UTC
from functools import lru_cache
from typing import Any

from warta import events
from warta.ids import stable_id
from warta.records import Article, Document, RawDocument, Rejection

Rows = dict[str, list[dict[str, Any]]]


@lru_cache(maxsize=1)
def extractor_version() -> str:
    return importlib.metadata.version("warta")


def document_row(document: RawDocument | Rejection) -> dict[str, Any]:
    """A row of `documents` but for its id, its run and its final status."""
    rejected = isinstance(document, Rejection)
    return {
        "source_uri": document.source_uri,
        "locator": document.locator or None,
        "content_sha256": document.sha256,
        "media_type": document.media_type,
        "external_id": document.external_id,
        "status": "rejected" if rejected else "accepted",
        "reason": f"{document.reason}: {document.detail}" if isinstance(document, Rejection) else None,
        "bytes": document.size,
    }


def article_row(article: Article) -> dict[str, Any]:
    return {
        "article_id": article.article_id,
        "external_id": article.external_id,
        "source_uri": article.source_uri,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title or None,
        "author": article.author,
        "published_at": article.published_at and article.published_at.astimezone(UTC),
        "published_date": article.published_date,
        "category": article.category,
        "language": article.language,
        "text": article.text,
        "word_count": len(article.text.split()),
        "extractor_version": extractor_version(),
    }


def article_of(row: dict[str, Any]) -> Article:
    """The article that a row of `articles` describes."""
    return Article(
        article_id=row["article_id"],
        text=row["text"],
        title=row["title"] or "",
        external_id=row["external_id"],
        source_uri=row["source_uri"],
        url=row["url"],
        outlet=row["outlet"],
        author=row["author"],
        category=row["category"],
        language=row["language"],
        published_at=row["published_at"],
        published_date=row["published_date"],
    )


def annotation_rows(document: Document) -> Rows:
    """The rows of every annotation table for one document."""
    article = document.article.article_id
    sentence_ids = [stable_id(article, "sentence", s.start) for s in document.sentences]
    # Two things in one article may bear one name; the later one gets an id of its own.
    entity_ids: list[str] = []
    for entity in document.entities:
        key = stable_id("entity", entity.type, " ".join(entity.name.casefold().split()))
        entity_ids.append(stable_id(key, article, len(entity_ids)) if key in entity_ids else key)

    def entity_id(index: int | None) -> str | None:
        return None if index is None else entity_ids[index]

    mentioned = {m.entity for m in document.mentions}
    rows: Rows = {
        "sentences": [
            {"sentence_id": sentence_ids[s.ordinal], "ordinal": s.ordinal, "start_char": s.start, "end_char": s.end}
            for s in document.sentences
        ],
        "article_entities": [
            {"entity_id": entity_ids[i], "name": e.name, "type": e.type, "aliases": list(e.aliases)}
            for i, e in enumerate(document.entities)
            if i in mentioned
        ],
        "entity_mentions": [
            {
                "mention_id": stable_id(article, "mention", m.start, m.end, entity_ids[m.entity]),
                "sentence_id": sentence_ids[m.sentence],
                "entity_id": entity_ids[m.entity],
                "type": m.type,
                "text": m.text,
                "start_char": m.start,
                "end_char": m.end,
                "form": m.form,
                "role": m.role,
            }
            for m in document.mentions
        ],
        "quotes": [
            {
                "quote_id": stable_id(article, "quote", q.start, q.end),
                "sentence_id": sentence_ids[q.sentence],
                "kind": q.kind,
                "text": q.text,
                "start_char": q.start,
                "end_char": q.end,
                "cue": q.cue,
                "speaker_entity_id": entity_id(q.speaker),
                "speaker_name": q.speaker_name,
                "speaker_text": q.speaker_text,
                "speaker_role": q.speaker_role,
                "addressee": q.addressee,
                "confidence": q.confidence,
            }
            for q in document.quotes
        ],
        "events": [],
        "event_participants": [],
        "time_expressions": [
            {"text": t.text, "start_char": t.start, "end_char": t.end, "kind": t.kind, "value": t.value}
            for t in document.times
        ],
        "amounts": [
            {
                "text": a.text,
                "start_char": a.start,
                "end_char": a.end,
                "kind": a.kind,
                "value": float(a.value),
                "unit": a.unit,
            }
            for a in document.amounts
        ],
    }
    for event in document.events:
        event_id = stable_id(article, "event", event.start, event.end, event.type)
        mapped = events.event_types()[event.type]
        rows["events"].append(
            {
                "event_id": event_id,
                "sentence_id": sentence_ids[event.sentence],
                "type": event.type,
                "plover_type": mapped.plover_type,
                "cameo_root": mapped.cameo_root,
                "trigger": event.trigger,
                "trigger_start": event.start,
                "trigger_end": event.end,
                "status": event.status,
                "date_start": event.date_start,
                "date_end": event.date_end,
                "date_text": event.date_text,
                "place_entity_id": entity_id(event.place),
                "place_name": event.place_name,
                "in_quote": event.in_quote,
                "confidence": event.confidence,
            }
        )
        rows["event_participants"] += [
            {
                "event_id": event_id,
                "ordinal": ordinal,
                "role": p.role,
                "name": p.name,
                "entity_id": entity_id(p.entity),
                "text": p.text,
                "start_char": p.start,
                "end_char": p.end,
            }
            for ordinal, p in enumerate(event.participants)
        ]
    for table in rows.values():
        for row in table:
            row["article_id"] = article
    return rows
