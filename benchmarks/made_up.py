"""Articles for measuring: shuffled paragraphs of made-up news (training/*_sentences.txt), as long as news articles are.

Two articles share a paragraph now and then and a name often, as in news; none nearly repeats another. They have as many
words and names as shuffled paragraphs of a news site's articles, but tell twice as many events.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

from training.event_sentences import load_sentences
from training.labels import made_up_lines

# Paragraphs an article: of made-up news about events (16 words), full of names (15 words), without a name (15 words).
MADE_UP = {"eventful": 8, "naming": 5, "plain": 14}
NEWS = 14  # of a news site's articles (28 words)
_WIB = timezone(timedelta(hours=7))
_FIRST = datetime(2025, 1, 1, 6, tzinfo=_WIB)


def articles(count: int, seed: int = 0, news: Path | None = None) -> Iterator[dict[str, str]]:
    """`count` articles, the same ones for the same seed; a hundred a day.

    `news`: a JSONL file of real articles (with `text`), whose paragraphs are shuffled instead of made-up ones.
    """
    chosen = random.Random(seed)
    parts = _made_up() if news is None else [(_paragraphs(news), NEWS)]
    for number in range(count):
        told = [line for lines, how_many in parts for line in chosen.sample(lines, how_many)]
        chosen.shuffle(told)
        published = _FIRST + timedelta(minutes=14.4 * number)
        yield {
            "id": f"{seed}-{number}",
            "title": f"Kabar ke-{number}: {told[0][:60]}",
            "url": f"https://berita.example/{seed}/{number}",
            "published": published.isoformat(),
            "text": "\n\n".join(told),
        }


def _made_up() -> list[tuple[list[str], int]]:
    """What an article is drawn from, and how many lines of each."""
    lines = made_up_lines()
    kinds = {
        "eventful": sorted({line for made in load_sentences() for line in made.article.text.split("\n")}),
        "naming": [text for text, names in lines if names],
        "plain": [text for text, names in lines if not names],
    }
    return [(kinds[kind], how_many) for kind, how_many in MADE_UP.items()]


def _paragraphs(news: Path) -> list[str]:
    texts = [json.loads(line)["text"] for line in news.read_bytes().splitlines()]
    return sorted({line.strip() for text in texts for line in text.split("\n") if line.strip()})


def write(path: Path, count: int, seed: int = 0, news: Path | None = None) -> Path:
    """The articles as a JSONL file."""
    with path.open("w", encoding="utf-8") as file:
        for article in articles(count, seed, news):
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
    return path
