"""Learners and data side by side: python -m training.compare [--seeds N]

Whole training articles are held out, another third of them with each seed; the figure is
the scorer's F1 of names after the whole names stage.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Callable
from dataclasses import replace

from training.evaluate import evaluate
from training.gold import GoldArticle, load_gold
from training.labels import SOURCES, made_up, read_by_us
from training.train import annotated, examples, fit
from warta.chain import STAGES
from warta.model import shipped
from warta.names.labeller import Labeller
from warta.names.tagger import Tagger
from warta.records import Document

APPROACHES: dict[str, Callable[[list[GoldArticle]], Tagger]] = {
    "passive-aggressive, annotated articles alone": lambda items: fit(annotated(items)),
    "passive-aggressive, with made-up sentences": lambda items: fit(annotated(items) + made_up()),
    "passive-aggressive, with our own readings": lambda items: fit(annotated(items) + read_by_us(*SOURCES)),
    "passive-aggressive, with both": lambda items: fit(examples(items)),
    "averaged perceptron, with both": lambda items: fit(examples(items), "ap", max_iterations=12),
    "L-BFGS CRF, with both": lambda items: fit(examples(items), "lbfgs", c1=0.02, c2=0.3, max_iterations=60),
    "passive-aggressive, with both, mean of six orders (shipped)": lambda items: fit(examples(items), seeds=6),
}


def parted(items: list[GoldArticle], seed: int) -> tuple[list[GoldArticle], list[GoldArticle]]:
    """Two thirds of the articles to learn from and a third to test on, drawn by `seed`."""
    order = random.Random(seed).sample(items, len(items))
    return order[len(items) // 3 :], order[: len(items) // 3]


def score(fitted: Tagger, items: list[GoldArticle]) -> float:
    models = replace(shipped(), names=Labeller(fitted, None))
    documents = [Document(item.article) for item in items]
    for document in documents:
        STAGES["sentences"](document, models)
        STAGES["names"](document, models)
    return float(evaluate(items, documents)[0]["ner_f1"]["f1"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    seeds = parser.parse_args().seeds
    items = load_gold("train")
    print("| approach | mean F1 | spread over seeds |\n| --- | ---: | ---: |")
    for name, learn in APPROACHES.items():
        found = [score(learn(known), held) for known, held in (parted(items, seed) for seed in range(seeds))]
        print(f"| {name} | {statistics.mean(found):.3f} | {statistics.stdev(found):.3f} |", flush=True)


if __name__ == "__main__":
    main()
