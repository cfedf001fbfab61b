"""The samples are the demo: every one is read, the duplicate is one, and the broken line costs only itself."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import warta
from warta.records import Article, Rejection

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture(scope="module")
def outcomes() -> list[Article | Rejection]:
    return [found for path in sorted(SAMPLES.iterdir()) for found in warta.read(path)]


@pytest.fixture(scope="module")
def articles(outcomes: list[Article | Rejection]) -> list[Article]:
    return [outcome for outcome in outcomes if isinstance(outcome, Article)]


def test_every_format_is_there() -> None:
    assert {"".join(path.suffixes) for path in SAMPLES.iterdir()} == {
        ".txt", ".html", ".json", ".jsonl", ".csv", ".jsonl.gz", ".rss", ".warc.gz", ".parquet",
    }  # fmt: skip


def test_only_the_broken_line_is_rejected(outcomes: list[Article | Rejection]) -> None:
    rejections = [outcome for outcome in outcomes if isinstance(outcome, Rejection)]
    assert [(Path(r.source_uri).name, r.locator, r.reason) for r in rejections] == [
        ("daerah.jsonl", "line 3", "broken_json")
    ]


def test_one_article_comes_twice(articles: list[Article]) -> None:
    copies = [text for text, count in Counter(a.text for a in articles).items() if count > 1]
    assert len(articles) == 17
    assert [sorted(Path(a.source_uri).name for a in articles if a.text == copy) for copy in copies] == [
        ["ekonomi.json", "nasional.csv"]
    ]


def test_every_article_is_dated_indonesian_and_long_enough(articles: list[Article]) -> None:
    for article in articles:
        assert article.published_date is not None, article.source_uri
        assert article.language == "id", article.source_uri
        assert 150 <= len(article.text.split()) <= 300, article.source_uri


def test_no_boilerplate_is_left(articles: list[Article]) -> None:
    lines = ("SCROLL", "ADVERTISEMENT", "Baca juga", "Simak", "Tonton", "Saksikan", "Halaman", "Copyright", "(rin")
    assert [(a.title, word) for a in articles for word in lines if word in a.text] == []
