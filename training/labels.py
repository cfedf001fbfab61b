"""The annotated articles as the tagger sees them: word forms and BIO labels."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import groupby

from training.gold import GoldArticle, gold_spans, load_gold
from warta.features import PAD, units
from warta.sentences import split

TYPES = ("PER", "ORG", "GPE", "LOC", "FAC", "NOR", "EVT", "LAW", "PRD", "WOA")
HELD_OUT = 24  # articles of train that the teacher does not see
Labelled = tuple[list[str], list[str]]  # forms and labels of a sentence, padding at both ends


def split_gold() -> tuple[list[GoldArticle], list[GoldArticle]]:
    """The training articles: those for the teacher, and those that it never sees."""
    items = load_gold("train")
    order = list(range(len(items)))
    random.Random(5).shuffle(order)
    return [items[i] for i in order[HELD_OUT:]], [items[i] for i in order[:HELD_OUT]]


def labels_of(item: GoldArticle) -> list[str]:
    """One label for each word of the article."""
    found = list(units(split(item.article.text)[1]))
    labels = ["O"] * len(found)
    first = {unit.start: i for i, unit in enumerate(found)}
    last = {unit.end: i for i, unit in enumerate(found)}
    for start, end, kind, _ in gold_spans(item):
        if start in first and end in last:
            inside = last[end] - first[start]
            labels[first[start] : last[end] + 1] = ["B-" + kind] + ["I-" + kind] * inside
    return labels


def padded(forms: list[str], labels: list[str]) -> Labelled:
    return [PAD, PAD, *forms, PAD, PAD], ["O", "O", *labels, "O", "O"]


def sentences(item: GoldArticle) -> Iterator[Labelled]:
    found = zip(units(split(item.article.text)[1]), labels_of(item), strict=True)
    for _, group in groupby(found, key=lambda pair: pair[0].sentence):
        pairs = list(group)
        yield padded([unit.text for unit, _ in pairs], [label for _, label in pairs])
