"""Annotated articles and made-up sentences as the tagger sees them: word forms and BIO labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from training.gold import GoldArticle, gold_spans
from training.readings import load_readings
from warta.names.word_features import PAD, units
from warta.records import Token
from warta.text.sentences import split

_SENTENCES = Path(__file__).parent / "name_sentences.txt"
_MARK = re.compile(r"\{([A-Z]{3}) ([^{}]*)\}")

SOURCES = ("detik", "indotimex", "outlets")  # of the articles that we read

Span = tuple[int, int, str]  # start, end, type
Labelled = tuple[list[str], list[str]]  # forms and labels of a sentence, padding at both ends


def labels_of(words: Sequence[Token], spans: Iterable[Span]) -> list[str]:
    """One label for each word; a span that begins or ends inside a word is left out."""
    labels = ["O"] * len(words)
    first = {word.start: i for i, word in enumerate(words)}
    last = {word.end: i for i, word in enumerate(words)}
    for start, end, kind in spans:
        if start in first and end in last:
            inside = last[end] - first[start]
            labels[first[start] : last[end] + 1] = ["B-" + kind] + ["I-" + kind] * inside
    return labels


def padded(forms: list[str], labels: list[str]) -> Labelled:
    return [PAD, PAD, *forms, PAD, PAD], ["O", "O", *labels, "O", "O"]


class Sentence(NamedTuple):
    """Word forms with their labels; `glued` tells which follow the word before without a space."""

    forms: list[str]
    labels: list[str]
    glued: list[bool]


def in_sentences(text: str, spans: Iterable[Span] = ()) -> list[Sentence]:
    """The sentences of a text with its names."""
    words = list(units(split(text)[1]))
    pairs = zip(words, labels_of(words, spans), strict=True)
    found = []
    for _, group in groupby(pairs, key=lambda pair: pair[0].sentence):
        inside, labels = zip(*group, strict=True)
        glued = [word.start > 0 and not text[word.start - 1].isspace() for word in inside]
        found.append(Sentence([word.text for word in inside], list(labels), glued))
    return found


def labelled(text: str, spans: Iterable[Span]) -> Iterator[Labelled]:
    """The sentences of a text with its names, as the tagger learns them."""
    for sentence in in_sentences(text, spans):
        yield padded(sentence.forms, sentence.labels)


def of_gold(item: GoldArticle) -> list[Sentence]:
    """An annotated article."""
    return in_sentences(item.article.text, ((start, end, kind) for start, end, kind, _ in gold_spans(item)))


def read_articles(*sources: str) -> list[list[Sentence]]:
    """The articles in readings.jsonl, of some of `SOURCES`."""
    return [
        in_sentences(r.article.text, r.names)
        for r in load_readings()
        if r.names is not None and r.article.article_id.split("/")[0] in sources
    ]


def made_up_articles() -> list[list[Sentence]]:
    """The lines of name_sentences.txt, each by itself."""
    return [in_sentences(text, spans) for text, spans in made_up_lines()]


def sentences(item: GoldArticle) -> Iterator[Labelled]:
    """The sentences of an annotated article."""
    return labelled(item.article.text, ((start, end, kind) for start, end, kind, _ in gold_spans(item)))


def read_by_us(*sources: str) -> list[Labelled]:
    """Their sentences, as the tagger learns them."""
    return [padded(s.forms, s.labels) for article in read_articles(*sources) for s in article]


def marked(line: str) -> tuple[str, list[Span]]:
    """A line of name_sentences.txt, `{PER Sari} tiba di {GPE Solo}`, as its text and its names."""
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        spans.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        at = mark.end()
    return text + line[at:], spans


def made_up_lines() -> list[tuple[str, list[Span]]]:
    """The lines of name_sentences.txt, each with its names."""
    lines = _SENTENCES.read_text("utf-8").splitlines()
    return [marked(line) for line in lines if line and line[0] != "#"]


def made_up() -> list[Labelled]:
    """The sentences of name_sentences.txt."""
    return [sentence for text, spans in made_up_lines() for sentence in labelled(text, spans)]
