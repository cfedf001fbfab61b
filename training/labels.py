"""Annotated articles and made-up sentences as the tagger sees them: word forms and BIO labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from training.gold import GoldArticle, gold_spans
from training.readings import load_readings
from warta.names.word_features import PAD, units
from warta.records import Token
from warta.text.sentences import split

_SENTENCES = Path(__file__).parent / "name_sentences.txt"
_MARK = re.compile(r"\{([A-Z]{3}) ([^{}]*)\}")

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


def labelled(text: str, spans: Iterable[Span]) -> Iterator[Labelled]:
    """The sentences of a text with its names."""
    words = list(units(split(text)[1]))
    pairs = zip(words, labels_of(words, spans), strict=True)
    for _, group in groupby(pairs, key=lambda pair: pair[0].sentence):
        sentence = list(group)
        yield padded([word.text for word, _ in sentence], [label for _, label in sentence])


def sentences(item: GoldArticle) -> Iterator[Labelled]:
    """The sentences of an annotated article."""
    return labelled(item.article.text, ((start, end, kind) for start, end, kind, _ in gold_spans(item)))


def read_by_us() -> list[Labelled]:
    """The sentences of the articles in readings.jsonl."""
    return [s for r in load_readings() if r.names is not None for s in labelled(r.article.text, r.names)]


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
