"""The chain, in reading order. One article in, one annotated document out; no stage looks at what comes after it."""

from __future__ import annotations

from collections.abc import Callable

from warta.events.extraction import extract_events
from warta.model import Models, shipped
from warta.names.coreference import resolve_coreference
from warta.names.extraction import extract_names
from warta.quotes.extraction import extract_quotes
from warta.records import Article, Document
from warta.text.sentences import split
from warta.times.amounts import extract_amounts
from warta.times.extraction import extract_times


def _sentences(document: Document, models: Models) -> None:
    document.sentences, document.tokens = split(document.article.text)


def _names(document: Document, models: Models) -> None:
    document.entities, document.mentions = resolve_coreference(document, extract_names(document, models.names))


def _times(document: Document, models: Models) -> None:
    document.times = extract_times(document)


def _amounts(document: Document, models: Models) -> None:
    document.amounts = extract_amounts(document)


def _quotes(document: Document, models: Models) -> None:
    document.quotes = extract_quotes(document, models.quotes)


def _events(document: Document, models: Models) -> None:
    document.events = extract_events(document, models.events)


STAGES: dict[str, Callable[[Document, Models], None]] = {
    "sentences": _sentences,
    "names": _names,
    "times": _times,
    "amounts": _amounts,
    "quotes": _quotes,
    "events": _events,
}


def annotate_article(article: Article, models: Models | None = None) -> Document:
    """Run every stage on one cleaned article, with the shipped models where none are given."""
    models = models or shipped()
    document = Document(article)
    for stage in STAGES.values():
        stage(document, models)
    return document
