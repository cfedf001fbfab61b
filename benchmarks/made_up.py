"""Articles for measuring: shuffled paragraphs of made-up news (training/*_sentences.txt), as long as news articles are.

Two articles share a paragraph now and then and a name often, as in news; none nearly repeats another. They name
twice as many things and tell twice as many events as the articles of a news site.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

from training.event_sentences import load_sentences
from training.labels import SENTENCES, marked

# Full of names, of 15 words; of a made-up news article, of 16 words; of a news site's articles, of 28 words.
SENTENCES_AN_ARTICLE, PARAGRAPHS_AN_ARTICLE, NEWS_PARAGRAPHS_AN_ARTICLE = 2, 17, 14
_WIB = timezone(timedelta(hours=7))
_FIRST = datetime(2025, 1, 1, 6, tzinfo=_WIB)


def articles(count: int, seed: int = 0, news: Path | None = None) -> Iterator[dict[str, str]]:
    """`count` articles, the same ones for the same seed; a hundred a day.

    `news`: a JSONL file of real articles (with `text`), whose paragraphs are shuffled instead of made-up ones.
    """
    chosen = random.Random(seed)
    sentences, paragraphs = _made_up() if news is None else ([], _paragraphs(news))
    for number in range(count):
        told = chosen.sample(paragraphs, PARAGRAPHS_AN_ARTICLE if news is None else NEWS_PARAGRAPHS_AN_ARTICLE)
        told += chosen.sample(sentences, SENTENCES_AN_ARTICLE if news is None else 0)
        chosen.shuffle(told)
        published = _FIRST + timedelta(minutes=14.4 * number)
        yield {
            "id": f"{seed}-{number}",
            "title": f"Kabar ke-{number}: {told[0][:60]}",
            "url": f"https://berita.example/{seed}/{number}",
            "published": published.isoformat(),
            "text": "\n\n".join(told),
        }


def _made_up() -> tuple[list[str], list[str]]:
    lines = SENTENCES.read_text("utf-8").splitlines()
    sentences = [marked(line)[0] for line in lines if line and line[0] != "#"]
    return sentences, sorted({line for made in load_sentences() for line in made.article.text.split("\n")})


def _paragraphs(news: Path) -> list[str]:
    texts = [json.loads(line)["text"] for line in news.read_bytes().splitlines()]
    return sorted({line.strip() for text in texts for line in text.split("\n") if line.strip()})


def write(path: Path, count: int, seed: int = 0, news: Path | None = None) -> Path:
    """The articles as a JSONL file."""
    with path.open("w", encoding="utf-8") as file:
        for article in articles(count, seed, news):
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
    return path
