"""Corpus articles that we read and annotated ourselves after the guidelines: offsets alone, the texts stay elsewhere.

readings.jsonl holds an article a line: where its text is (`detik/318`, `indotimex/2014...tml`), the SHA-256 of the text
as cleaned, and `names` as [start, end, type] and `events` as [start, end, type, status] in that text; a part that
was not read is missing. How they were made and how they were checked: README.md.
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
from warta.text.clean import clean_text

READINGS = Path(__file__).with_suffix(".jsonl")


@dataclass(frozen=True)
class Reading:
    """`names` and `events` are None where the article was not read for them."""

    article: Article
    names: list[tuple[int, int, str]] | None
    events: list[tuple[int, int, str, str]] | None


def _detik() -> Iterator[Article]:
    for line in (SHARED / "corpora" / "detik" / "articles.jsonl").read_text("utf-8").strip().split("\n"):
        row = json.loads(line)
        yield _article(f"detik/{row['id']}", row["text"], row["title"], date.fromisoformat(row["published"][:10]))


def _indotimex() -> Iterator[Article]:
    with zipfile.ZipFile(INDOTIMEX) as archive:
        for name in archive.namelist():
            text, published, _ = parse(archive.read(name).decode("cp1252", "replace"))
            yield _article(f"indotimex/{Path(name).name}", re.sub(r"<[^>]+>", "", text), "", published)


def _article(source: str, text: str, title: str, published: date | None) -> Article:
    return Article(source, clean_text(text), title=title, published_date=published, external_id=source)


@lru_cache(maxsize=1)
def corpus() -> dict[str, Article]:
    """The articles of ../shared that are annotated nowhere else as well as those that are, by `detik/...` and so on."""
    return {article.article_id: article for articles in (_detik(), _indotimex()) for article in articles}


def sha256(article: Article) -> str:
    return hashlib.sha256(article.text.encode()).hexdigest()[:16]


def load_readings() -> list[Reading]:
    """Raises ValueError where the text of an article is not the one that was read."""
    return [_reading(json.loads(line)) for line in READINGS.read_text("utf-8").splitlines()]


def _reading(row: dict[str, Any]) -> Reading:
    article = corpus()[row["article"]]
    if sha256(article) != row["sha256"]:
        raise ValueError(f"{row['article']} is no longer cleaned to the text that was read: move its offsets")
    names = [(start, end, kind) for start, end, kind in row["names"]] if "names" in row else None
    events = [(start, end, kind, status) for start, end, kind, status in row["events"]] if "events" in row else None
    return Reading(article, names, events)
