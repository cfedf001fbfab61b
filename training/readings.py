"""Corpus articles that we read and annotated ourselves after the guidelines: offsets alone, the texts stay elsewhere.

readings.jsonl holds an article a line: where its text is (`detik/318`, `indotimex/2014...tml`, `outlets/5421`), the
SHA-256 of the text as cleaned, and `names` as [start, end, type] and `events` as [start, end, type, status] in that
text; a part that was not read is missing. Articles of outlets also have the number of the entity behind each name, and
behind each event its actors and targets as lists of [start, end], its date and its place as [start, end], where told.
How they were made and how they were checked: README.md.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from training.evaluate_times import DEFAULT as INDOTIMEX
from training.evaluate_times import parse
from training.gold import SHARED
from warta.records import Article
from warta.text import outlets
from warta.text.clean import clean_text

READINGS = Path(__file__).with_suffix(".jsonl")


@dataclass(frozen=True)
class Reading:
    """`names` and `events` are None where the article was not read for them, `entities` where they were not joined.

    `entities` has the surfaces of each thing with its type, the longest first; `told` what each event has besides its
    trigger, in the form of the annotated articles.
    """

    article: Article
    names: list[tuple[int, int, str]] | None
    events: list[tuple[int, int, str, str]] | None
    entities: list[tuple[str, list[str]]] | None = None
    told: list[dict[str, Any]] | None = None


def _detik() -> Iterator[Article]:
    for line in (SHARED / "corpora" / "detik" / "articles.jsonl").read_text("utf-8").strip().split("\n"):
        row = json.loads(line)
        yield _article(f"detik/{row['id']}", row["text"], row["title"], date.fromisoformat(row["published"][:10]))


def _indotimex() -> Iterator[Article]:
    with zipfile.ZipFile(INDOTIMEX) as archive:
        for name in archive.namelist():
            text, published, _ = parse(archive.read(name).decode("cp1252", "replace"))
            yield _article(f"indotimex/{Path(name).name}", re.sub(r"<[^>]+>", "", text), "", published)


def outlet_articles() -> Iterator[Article]:
    """The articles of other outlets, cleaned; those of gold/outlets are not among them."""
    for line in (SHARED / "corpora" / "outlets" / "articles.jsonl").read_text("utf-8").strip().split("\n"):
        row = json.loads(line)
        text = clean_text(row["text"], outlets.outlet(row["url"], row["outlet"]))
        published = date.fromisoformat(row["published"][:10]) if row["published"] else None
        yield Article(f"outlets/{row['id']}", text, title=row["title"] or "", url=row["url"], published_date=published)


def _article(source: str, text: str, title: str, published: date | None) -> Article:
    return Article(source, clean_text(text), title=title, published_date=published, external_id=source)


@lru_cache(maxsize=1)
def corpus() -> dict[str, Article]:
    """The articles of ../shared that are annotated nowhere else as well as those that are, by `detik/...` and so on."""
    return {
        article.article_id: article for articles in (_detik(), _indotimex(), outlet_articles()) for article in articles
    }


def sha256(article: Article) -> str:
    return hashlib.sha256(article.text.encode()).hexdigest()[:16]


def load_readings() -> list[Reading]:
    """Raises ValueError where the text of an article is not the one that was read."""
    return [_reading(json.loads(line)) for line in READINGS.read_text("utf-8").splitlines()]


def _reading(row: dict[str, Any]) -> Reading:
    article = corpus()[row["article"]]
    if sha256(article) != row["sha256"]:
        raise ValueError(f"{row['article']} is no longer cleaned to the text that was read: move its offsets")
    names = [(start, end, kind) for start, end, kind, *_ in row["names"]] if "names" in row else None
    events = [(start, end, kind, status) for start, end, kind, status, *_ in row["events"]] if "events" in row else None
    if not row["article"].startswith("outlets/"):
        return Reading(article, names, events)
    entities = _entities(article.text, row["names"])
    told = [_told(article.text, entities, row["names"], *event[4:]) for event in row["events"]]
    return Reading(article, names, events, list(entities.values()), told)


def _entities(text: str, names: list[list[Any]]) -> dict[int, tuple[str, list[str]]]:
    """By number: type and surfaces, the longest first."""
    found: dict[int, tuple[str, list[str]]] = {}
    for start, end, kind, number in names:
        surfaces = found.setdefault(number, (kind, []))[1]
        if text[start:end] not in surfaces:
            surfaces.append(text[start:end])
            surfaces.sort(key=len, reverse=True)
    return found


def _told(
    text: str,
    entities: dict[int, tuple[str, list[str]]],
    names: list[list[Any]],
    actors: list[list[int]],
    targets: list[list[int]],
    day: str | None,
    place: list[int] | None,
) -> dict[str, Any]:
    owner = {(start, end): number for start, end, _, number in names}

    def name(start: int, end: int) -> str:
        number = owner.get((start, end))
        return text[start:end] if number is None else entities[number][1][0]

    return {
        "actors": [name(*span) for span in actors],
        "targets": [name(*span) for span in targets],
        "date": day,
        "place": name(*place) if place else None,
    }
