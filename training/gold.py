"""The annotated articles of ../shared/gold (or under WARTA_SHARED), and the scorer that comes with them."""

from __future__ import annotations

import importlib.util
import json
import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from warta.records import Article, Document
from warta.text import outlets
from warta.text.clean import clean_text

SHARED = Path(os.environ.get("WARTA_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@dataclass(frozen=True)
class GoldArticle:
    """`article` is cleaned as in the product; `raw` and `gold` are the JSON objects as annotated."""

    article: Article
    raw: dict[str, Any]
    gold: dict[str, Any]


def load_gold(part: str) -> list[GoldArticle]:
    """The articles of one part (`seed`, `dev`, `train`), by number."""
    found = []
    for path in sorted((SHARED / "gold" / part).glob("*.article.json"), key=lambda p: int(p.name.split(".")[0])):
        raw = json.loads(path.read_text("utf-8"))
        gold = json.loads(path.with_name(path.name.replace(".article.json", ".json")).read_text("utf-8"))
        number = str(raw["article_id"])
        published = date.fromisoformat(raw["published"][:10]) if raw.get("published") else None
        article = Article(
            article_id=number, external_id=number, title=raw.get("title", ""), url=raw.get("url") or None,
            published_date=published, text=clean_text(raw["text"], outlets.outlet(raw.get("url"), None)),
        )  # fmt: skip
        found.append(GoldArticle(article, raw, gold))
    return found


def gold_spans(item: GoldArticle) -> list[tuple[int, int, str, str]]:
    """Named mentions as (start, end, type, entity name) in the cleaned text, each surface at all its occurrences."""
    text, taken, spans = item.article.text, bytearray(len(item.article.text)), []
    owner = {surface: e for e in item.gold["entities"] for surface in e["surfaces"]}
    for surface in sorted(owner, key=len, reverse=True):
        for m in re.finditer(r"(?<!\w)" + re.escape(surface) + r"(?!\w)", text):
            if not any(taken[m.start() : m.end()]):
                taken[m.start() : m.end()] = b"\1" * len(surface)
                spans.append((m.start(), m.end(), owner[surface]["type"], owner[surface]["name"]))
    return sorted(spans)


def scorer() -> ModuleType:
    """../shared/gold/score.py as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "gold" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_prediction(document: Document) -> dict[str, Any]:
    """What the scorer would read of this document from a warehouse."""
    return {
        "external_id": document.article.external_id,
        "text": document.article.text,
        "mentions": [
            {"text": m.text, "type": m.type, "entity_id": m.entity} for m in document.mentions if m.form == "name"
        ],
        "quotes": [{"kind": q.kind, "text": q.text, "speaker_name": q.speaker_name} for q in document.quotes],
        "events": [
            {
                "event_id": i, "type": e.type, "status": e.status, "trigger": e.trigger, "trigger_start": e.start,
                "trigger_end": e.end, "date_start": e.date_start, "place_name": e.place_name, "in_quote": e.in_quote,
                "participants": [{"role": p.role, "name": p.name} for p in e.participants],
            }
            for i, e in enumerate(document.events)
        ],
    }  # fmt: skip
