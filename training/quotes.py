"""Fit the small models of the quote stage on the annotated articles and write `warta/model/quotes.json`.

    python -m training.quotes [--folds 5] [--write]

Without `--write` it only cross-validates over articles and prints figures and the calibration table.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from training.evaluate import evaluate, use_gold_names
from training.gold import GoldArticle, load_gold, scorer
from warta import logistic, sentences
from warta.quotes import Reading
from warta.records import Document
from warta.reported import Report, features
from warta.speakers import Speakers, Voice

MODEL = Path(__file__).parents[1] / "warta" / "model" / "quotes.json"
RARE = 3  # features seen in fewer examples are dropped
Example = tuple[list[str], bool]
Ranking = tuple[list[list[str]], int]


def prepare(item: GoldArticle) -> Document:
    """The article with its sentences and annotated names."""
    document = Document(item.article)
    document.sentences, document.tokens = sentences.split(item.article.text)
    use_gold_names(document, item)
    return document


class Listener:
    """What `Reading` decides in one annotated article, set beside what is right there."""

    def __init__(self, item: GoldArticle) -> None:
        self.item, self.score = item, scorer()
        self.reports: list[Example] = []
        self.rankings: list[Ranking] = []

    def gold(self, text: str) -> dict[str, Any] | None:
        """The annotated quote that `text` overlaps enough to count as found."""
        overlaps = [(self.score.iou(text, quote["text"]), i) for i, quote in enumerate(self.item.gold["quotes"])]
        best, index = max(overlaps, default=(0.0, 0))
        return self.item.gold["quotes"][index] if best >= 0.6 else None

    def listen(self) -> None:
        reading = Reading(prepare(self.item))
        page, speakers = reading.page, reading.speakers
        choose = speakers.choose

        def judge(page: Any, report: Report, start: int) -> float:
            quote = self.gold(page.text(report.first, report.last))
            right = quote is not None and quote["kind"] != "direct"
            self.reports.append((features(page, report, start), right))
            return float(right)

        def rank(sure: list[float], candidates: list[Voice], first: int, last: int) -> int:
            quote = self.gold(page.text(first, last))
            right = [
                quote is not None
                and self.score.same_name(voice.speaker.name, quote["speaker"], self.item.gold["entities"])
                for voice in candidates
            ]
            if any(right):
                self.rankings.append((self.seen, right.index(True)))
                return right.index(True)
            return choose(sure, candidates, first, last)

        self.seen: list[list[str]] = []
        reading.judge = judge
        speakers.choose = rank  # type: ignore[method-assign]
        self._record(speakers)
        reading.quotes()

    def _record(self, speakers: Speakers) -> None:
        """Keep the features of the candidates of the choice at hand."""
        known = speakers.features
        place: list[Any] = []

        def record(voice: Voice, *rest: Any) -> list[str]:
            if rest != tuple(place):
                place[:] = rest
                self.seen = []
            found = known(voice, *rest)
            self.seen.append(found)
            return found

        speakers.features = record  # type: ignore[method-assign]


def vocabulary(examples: list[list[str]]) -> dict[str, int]:
    counts = Counter(feature for example in examples for feature in set(example))
    return {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= RARE))}


def matrix(examples: list[list[str]], index: dict[str, int]) -> np.ndarray:
    rows = np.zeros((len(examples), len(index)))
    for row, example in zip(rows, examples, strict=True):
        row[[index[feature] for feature in example if feature in index]] = 1
    return rows


def descend(gradient: Any, size: int, steps: int = 400, rate: float = 0.05) -> np.ndarray:
    """Adam: the weights at which `gradient` vanishes, nearly."""
    w, m, v = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        g = gradient(w)
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g
        w -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return w


def fit_logistic(examples: list[Example], penalty: float = 1.0) -> logistic.Weights:
    index = vocabulary([features for features, _ in examples])
    x, y = matrix([features for features, _ in examples], index), np.array([right for _, right in examples], float)
    w = descend(lambda w: x.T @ (1 / (1 + np.exp(-x @ w)) - y) + penalty * w, len(index))
    return {feature: round(float(w[i]), 3) for feature, i in index.items()}


def fit_ranking(rankings: list[Ranking], penalty: float = 1.0) -> logistic.Weights:
    flat = [features for candidates, _ in rankings for features in candidates]
    index = vocabulary(flat)
    x = matrix(flat, index)
    group = np.repeat(np.arange(len(rankings)), [len(candidates) for candidates, _ in rankings])
    right = np.concatenate([np.arange(len(c)) == best for c, best in rankings]).astype(float)

    def gradient(w: np.ndarray) -> np.ndarray:
        raised = np.exp(x @ w - (x @ w).max())
        return x.T @ (raised / np.bincount(group, raised)[group] - right) + penalty * w

    w = descend(gradient, len(index))
    return {feature: round(float(w[i]), 3) for feature, i in index.items()}


def train(items: list[GoldArticle], penalty: tuple[float, float] = (1.0, 1.0)) -> dict[str, logistic.Weights]:
    listeners = [Listener(item) for item in items]
    for listener in listeners:
        listener.listen()
    return {
        "report": fit_logistic([example for listener in listeners for example in listener.reports], penalty[0]),
        "speaker": fit_ranking([ranking for listener in listeners for ranking in listener.rankings], penalty[1]),
    }


def apply(models: dict[str, logistic.Weights], items: list[GoldArticle]) -> list[Document]:
    logistic.weights = lambda name: models  # type: ignore[assignment]
    for module in ("reported", "speakers"):
        __import__(f"warta.{module}", fromlist=["weights"]).weights = lambda name: models
    documents = []
    for item in items:
        document = prepare(item)
        document.quotes = Reading(document).quotes()
        documents.append(document)
    return documents


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--errors", default="")
    parser.add_argument("--penalty", type=float, nargs=2, default=(1.0, 1.0))
    options = parser.parse_args()
    items = load_gold("train")
    if options.write:
        MODEL.write_text(json.dumps(train(items), indent=0, sort_keys=True) + "\n", "utf-8")
        return
    documents: dict[str, Document] = {}
    for fold in range(options.folds):
        held_out = items[fold :: options.folds]
        models = train([item for item in items if item not in held_out], options.penalty)
        documents |= {d.article.article_id: d for d in apply(models, held_out)}
    figures, errors = evaluate(items, [documents[item.article.article_id] for item in items])
    for key in ("direct_f1", "indirect_f1", "attributed_f1"):
        print(f"{key:15} F1 {figures[key]['f1']:.3f}  P {figures[key]['p']:.3f}  R {figures[key]['r']:.3f}")
    print(f"speaker_acc     {figures['speaker_acc']['acc']:.3f}  of {figures['speaker_acc']['n']}")
    for error in errors:
        if options.errors and options.errors in error[1]:
            print(" | ".join(map(str, error))[:240])


if __name__ == "__main__":
    main()
