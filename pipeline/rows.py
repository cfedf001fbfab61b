"""Records into rows of the contract: what is nested becomes flat, indices become ids."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from pipeline.encodable import encodable
from warehouse.contract import value_lists
from warehouse.errors import WartaError
from warehouse.ids import name_id, stable_id
from warta.events.types import event_types
from warta.records import Article, Cut, Document, Event, RawDocument, Rejection
from warta.text.addresses import address
from warta.text.publication import with_zone
from warta.version import extractor_version

_SHORT = 40  # words; the first two paragraphs of a news agency have as many
_CARRIED = ("article_id", "url", "outlet", "title", "author", "published_at", "published_date")

Rows = dict[str, list[dict[str, Any]]]
Record = TypeVar("Record", RawDocument, Rejection, RawDocument | Rejection, Article)


class TypesDiffer(WartaError):
    """The library and the contract know other event types: a change that is half done."""


def require_same_event_types() -> None:
    """Raise TypesDiffer; otherwise events of a type that the contract lacks would all be rejected."""
    found, declared = set(event_types()), set(value_lists()["event_type"])
    if found != declared:
        raise TypesDiffer(
            f"{', '.join(sorted(found ^ declared))}: stands in one of warta/lang/id/event_types.yml and"
            " warehouse/contract/_values.yml only"
        )


def document_row(document: RawDocument | Rejection) -> dict[str, Any]:
    """A row of `documents` but for its id, its run and its final status."""
    document = _encodable(document)
    rejected = isinstance(document, Rejection)
    return {
        "source_uri": document.source_uri,
        "locator": document.locator or None,
        "content_sha256": document.sha256,
        "media_type": document.media_type,
        "external_id": document.external_id,
        "status": "rejected" if rejected else "accepted",
        "reason": f"{document.reason}: {document.detail}" if isinstance(document, Rejection) else None,
        "date_problem": None if isinstance(document, Rejection) else document.date_problem,
        "bytes": document.size,
        "extractor_version": extractor_version(),
    }


def rejected_rows(rejection: Rejection) -> dict[str, Any]:
    """What is staged of a document that could not be read: its row, no article and no publication."""
    return {"document": document_row(rejection), "article": None, "publication": None}


def article_id_of(article: Article) -> str:
    """Articles with the same text are one, whatever outlet, file or address they come from, and under any headline.

    Of a short text, a caption or a notice, there may be many, so its title (case ignored) counts too.
    """
    return article_id(article.text, article.title)


def article_id(text: str, title: str) -> str:
    """The id of an article with this text and title."""
    return stable_id("" if len(text.split(maxsplit=_SHORT)) > _SHORT else title.casefold(), text)


def article_row(article: Article) -> dict[str, Any]:
    """A row of `articles` but for its run."""
    article = _encodable(article)
    return {
        "article_id": article_id_of(article),
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
        "text_problem": article.text_problem,
        "dateline": article.dateline,
        "place": article.place,
        "removed": json.dumps([asdict(cut) for cut in article.cuts], ensure_ascii=False) if article.cuts else None,
        "extractor_version": extractor_version(),
    }


def publication_row(document: RawDocument, article: dict[str, Any], saved_at: datetime | None) -> dict[str, Any]:
    """A row of `publications` but for its document and position; `article` is the row of what the document holds."""
    where = address(article["url"])
    as_of = document.as_of and with_zone(document.as_of).astimezone(UTC)
    carried = {name: article[name] for name in _CARRIED}
    return carried | {
        "address": where and where.key,
        "page": where and where.page,
        "as_of": as_of,
        "saved_at": saved_at,
    }


def _encodable(record: Record) -> Record:
    """The one place through which every string of a document and of an article goes; offsets stay right."""
    return replace(record, **{field.name: encodable(getattr(record, field.name)) for field in fields(record)})


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
        text_problem=row["text_problem"],
        dateline=row["dateline"],
        place=row["place"],
        cuts=tuple(Cut(**cut) for cut in json.loads(row["removed"] or "[]")),
    )


def annotation_rows(document: Document) -> Rows:
    """The rows of every annotation table for one document."""
    ids = _Ids(document)
    rows = {name: of(document, ids) for name, of in _TABLES.items()}
    for table in rows.values():
        for row in table:
            row["article_id"] = ids.article
    return rows


class _Ids:
    """The ids of a document's parts, by their index in the document."""

    def __init__(self, document: Document) -> None:
        self.article = document.article.article_id
        self.sentences = [stable_id(self.article, "sentence", s.start) for s in document.sentences]
        self.entities: list[str] = []
        for entity in document.entities:
            key = name_id(entity.type, entity.name)
            # Two things in one article may bear one name; the later one gets an id of its own.
            again = key in self.entities
            self.entities.append(stable_id(key, self.article, len(self.entities)) if again else key)

    def entity(self, index: int | None) -> str | None:
        return None if index is None else self.entities[index]

    def event(self, event: Event) -> str:
        return stable_id(self.article, "event", event.start, event.end, event.type)


def _sentences(document: Document, ids: _Ids) -> list[dict[str, Any]]:
    return [
        {"sentence_id": ids.sentences[s.ordinal], "ordinal": s.ordinal, "start_char": s.start, "end_char": s.end}
        for s in document.sentences
    ]


def _article_entities(document: Document, ids: _Ids) -> list[dict[str, Any]]:
    mentioned = {mention.entity for mention in document.mentions}
    return [
        {"entity_id": ids.entities[i], "name": e.name, "type": e.type, "aliases": list(e.aliases)}
        for i, e in enumerate(document.entities)
        if i in mentioned
    ]


def _entity_mentions(document: Document, ids: _Ids) -> list[dict[str, Any]]:
    return [
        {
            "mention_id": stable_id(ids.article, "mention", m.start, m.end, ids.entities[m.entity]),
            "sentence_id": ids.sentences[m.sentence],
            "entity_id": ids.entities[m.entity],
            "type": m.type,
            "text": m.text,
            "start_char": m.start,
            "end_char": m.end,
            "form": m.form,
            "role": m.role,
        }
        for m in document.mentions
    ]


def _quotes(document: Document, ids: _Ids) -> list[dict[str, Any]]:
    return [
        {
            "quote_id": stable_id(ids.article, "quote", q.start, q.end),
            "sentence_id": ids.sentences[q.sentence],
            "kind": q.kind,
            "text": q.text,
            "start_char": q.start,
            "end_char": q.end,
            "cue": q.cue,
            "speaker_entity_id": ids.entity(q.speaker),
            "speaker_name": q.speaker_name,
            "speaker_text": q.speaker_text,
            "speaker_role": q.speaker_role,
            "addressee": q.addressee,
            "confidence": q.confidence,
        }
        for q in document.quotes
    ]


def _events(document: Document, ids: _Ids) -> list[dict[str, Any]]:
    types = event_types()
    return [
        {
            "event_id": ids.event(e),
            "sentence_id": ids.sentences[e.sentence],
            "type": e.type,
            "plover_type": types[e.type].plover_type,
            "cameo_root": types[e.type].cameo_root,
            "trigger": e.trigger,
            "trigger_start": e.start,
            "trigger_end": e.end,
            "status": e.status,
            "date_start": e.date_start,
            "date_end": e.date_end,
            "date_text": e.date_text,
            "place_entity_id": ids.entity(e.place),
            "place_name": e.place_name,
            "in_quote": e.in_quote,
            "confidence": e.confidence,
        }
        for e in document.events
    ]


def _event_participants(document: Document, ids: _Ids) -> list[dict[str, Any]]:
    return [
        {
            "event_id": ids.event(e),
            "ordinal": ordinal,
            "role": p.role,
            "name": p.name,
            "entity_id": ids.entity(p.entity),
            "text": p.text,
            "start_char": p.start,
            "end_char": p.end,
        }
        for e in document.events
        for ordinal, p in enumerate(e.participants)
    ]


def _time_expressions(document: Document, ids: _Ids) -> list[dict[str, Any]]:
    return [
        {"text": t.text, "start_char": t.start, "end_char": t.end, "kind": t.kind, "value": t.value}
        for t in document.times
    ]


def _amounts(document: Document, ids: _Ids) -> list[dict[str, Any]]:
    return [
        {
            "text": a.text,
            "start_char": a.start,
            "end_char": a.end,
            "kind": a.kind,
            "value": float(a.value),
            "unit": a.unit,
        }
        for a in document.amounts
    ]


_TABLES: dict[str, Callable[[Document, _Ids], list[dict[str, Any]]]] = {
    "sentences": _sentences,
    "article_entities": _article_entities,
    "entity_mentions": _entity_mentions,
    "quotes": _quotes,
    "events": _events,
    "event_participants": _event_participants,
    "time_expressions": _time_expressions,
    "amounts": _amounts,
}
