"""The chain, in reading order. One article in, one annotated document out; no stage looks at what comes after it."""

from __future__ import annotations

from collections.abc import Callable

from warta import amounts, coreference, events, names, quotes, sentences, times
from warta.records import Article, Document


def _sentences(document: Document) -> None:
    document.sentences, document.tokens = sentences.split(document.article.text)


def _names(document: Document) -> None:
    document.entities, document.mentions = coreference.resolve(document, names.find(document))


def _times(document: Document) -> None:
    document.times = times.find(document)


def _amounts(document: Document) -> None:
    document.amounts = amounts.find(document)


def _quotes(document: Document) -> None:
    document.quotes = quotes.find(document)


def _events(document: Document) -> None:
    document.events = events.find(document)


STAGES: dict[str, Callable[[Document], None]] = {
    "sentences": _sentences,
    "names": _names,
    "times": _times,
    "amounts": _amounts,
    "quotes": _quotes,
    "events": _events,
}


def annotate(article: Article) -> Document:
    """Run every stage on one cleaned article."""
    document = Document(article)
    for stage in STAGES.values():
        stage(document)
    return document
