"""Articles for measuring: shuffled made-up sentences (training/name_sentences.txt), as long as news articles are.

Two articles share a sentence now and then and a name often, as in news; none nearly repeats another.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

from training.labels import SENTENCES, marked

SENTENCES_AN_ARTICLE = 20  # of 18 words
_WIB = timezone(timedelta(hours=7))
_FIRST = datetime(2025, 1, 1, 6, tzinfo=_WIB)


def articles(count: int, seed: int = 0) -> Iterator[dict[str, str]]:
    """`count` articles, the same ones for the same seed; a hundred a day."""
    chosen = random.Random(seed)
    lines = SENTENCES.read_text("utf-8").splitlines()
    sentences = [marked(line)[0] for line in lines if line and line[0] != "#"]
    for number in range(count):
        told = chosen.sample(sentences, SENTENCES_AN_ARTICLE)
        published = _FIRST + timedelta(minutes=14.4 * number)
        yield {
            "id": f"{seed}-{number}",
            "title": f"Kabar ke-{number}: {told[0][:60]}",
            "url": f"https://berita.example/{seed}/{number}",
            "published": published.isoformat(),
            "text": "\n\n".join(told),
        }


def write(path: Path, count: int, seed: int = 0) -> Path:
    """The articles as a JSONL file."""
    with path.open("w", encoding="utf-8") as file:
        for article in articles(count, seed):
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
    return path
