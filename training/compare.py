"""Learners and data side by side: python -m training.compare [--seeds N]

Cross-validation over whole training articles, three folds, each seed with another division into folds; the figure is
the scorer's F1 of names after the whole names stage.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Callable, Iterator
from unittest import mock

from training.evaluate import evaluate
from training.gold import GoldArticle, load_gold
from training.labels import Labelled, made_up, sentences
from training.train import fit
from warta import tagger
from warta.annotate import STAGES
from warta.records import Document
from warta.tagger import Tagger

FOLDS = 3


def gold(items: list[GoldArticle]) -> list[Labelled]:
    return [sentence for item in items for sentence in sentences(item)]


APPROACHES: dict[str, Callable[[list[GoldArticle]], Tagger]] = {
    "passive-aggressive, annotated articles alone": lambda items: fit(gold(items)),
    "passive-aggressive, with made-up sentences": lambda items: fit(gold(items) + made_up()),
    "the same, mean of six orders (shipped)": lambda items: fit(gold(items) + made_up(), seeds=6),
    "averaged perceptron, with made-up sentences": lambda items: fit(gold(items) + made_up(), "ap", max_iterations=12),
    "L-BFGS CRF, with made-up sentences": lambda items: fit(
        gold(items) + made_up(), "lbfgs", c1=0.02, c2=0.3, max_iterations=80
    ),
}


def folds(items: list[GoldArticle], seed: int) -> Iterator[tuple[list[GoldArticle], list[GoldArticle]]]:
    """Pairs of articles to learn from and articles to judge on."""
    order = random.Random(seed).sample(items, len(items))
    for fold in range(FOLDS):
        yield [item for i, item in enumerate(order) if i % FOLDS != fold], order[fold::FOLDS]


def score(fitted: Tagger, items: list[GoldArticle]) -> float:
    with mock.patch.object(tagger, "shipped", lambda: fitted):
        documents = [Document(item.article) for item in items]
        for document in documents:
            STAGES["sentences"](document)
            STAGES["names"](document)
    return float(evaluate(items, documents)[0]["ner_f1"]["f1"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2)
    seeds = parser.parse_args().seeds
    items = load_gold("train")
    print("| approach | mean F1 | spread over folds |\n| --- | ---: | ---: |")
    for name, learn in APPROACHES.items():
        found = [score(learn(known), held) for seed in range(seeds) for known, held in folds(items, seed)]
        print(f"| {name} | {statistics.mean(found):.3f} | {statistics.stdev(found):.3f} |", flush=True)


if __name__ == "__main__":
    main()
