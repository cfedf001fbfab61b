"""Fit the small models of the quote stage on the annotated articles and write `warta/model/quotes.json`.

    python -m training.quotes [--folds 5] [--write]

Without `--write` it only cross-validates over articles and prints figures and the calibration table.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import numpy as np

from training.evaluate import evaluate, use_gold_names
from training.gold import GoldArticle, load_gold, scorer
from training.train import examples as tagger_examples
from training.train import fit
from warta import logistic, quotes, reported, sentences, speakers, tagger
from warta.annotate import STAGES
from warta.quotes import Reading
from warta.records import Document
from warta.reported import Report, features
from warta.speakers import Speakers
from warta.voices import Voice

MODEL = Path(__file__).parents[1] / "warta" / "model" / "quotes.json"
PENALTY = (0.7, 1.0)  # of reports and speakers, by cross-validation
# Where ninety articles show too little, the weights are drawn to what grammar says instead of to nothing.
PRIOR = {
    "introduced latest=True fresh=True": 2.0,  # `Hal senada disampaikan Sari. Ia menyebut ...`
    "fresh subject contrasted": 1.0,  # `Sementara itu, Bowo menyambut baik rencana itu.`
    "subject=1 how=dia": 1.0,  # `Bowo mengkritik rencana itu. Ia menyebut ...`
    "name itself pointing=False": 1.0,  # capitals that no tagger knows name somebody all the same
    "documents LAW pointing=True": 2.0,  # `bunyi beleid tersebut`
    "documents WOA pointing=True": 2.0,
    "documents PRD pointing=True": 1.0,
    "inside": -1.0,  # people seldom speak of themselves by name
}
RARE = 3  # features seen in fewer examples are dropped
Example = tuple[list[str], bool]
Ranking = tuple[list[list[str]], int]
Models = dict[str, logistic.Weights]


class Heard(NamedTuple):
    """A document with its quotes, and the evidence for each of them."""

    document: Document
    evidence: list[list[str]]


def annotated(item: GoldArticle) -> Document:
    """The article with its sentences and annotated names."""
    document = Document(item.article)
    document.sentences, document.tokens = sentences.split(item.article.text)
    use_gold_names(document, item)
    return document


def tagged(items: list[GoldArticle], folds: int = 3) -> dict[str, Document]:
    """The articles, by number, with the names that a tagger finds in them which was trained on the others."""
    documents = {}
    for fold in range(folds):
        others = [item for i, item in enumerate(items) if i % folds != fold]
        fitted = fit(tagger_examples(others))
        with mock.patch.object(tagger, "shipped", lambda fitted=fitted: fitted):
            for item in items[fold::folds]:
                document = Document(item.article)
                for stage in ("sentences", "names"):
                    STAGES[stage](document)
                documents[item.article.article_id] = document
    return documents


class Listener:
    """What `Reading` decides in one annotated article, set beside what is right there."""

    def __init__(self, item: GoldArticle, document: Document) -> None:
        self.item, self.document, self.score = item, document, scorer()
        self.reports: list[Example] = []
        self.rankings: list[Ranking] = []

    def gold(self, text: str) -> dict[str, Any] | None:
        """The annotated quote that `text` overlaps enough to count as found."""
        overlaps = [(self.score.iou(text, quote["text"]), i) for i, quote in enumerate(self.item.gold["quotes"])]
        best, index = max(overlaps, default=(0.0, 0))
        return self.item.gold["quotes"][index] if best >= 0.6 else None

    def listen(self) -> None:
        reading = Reading(self.document)
        page, voices = reading.page, reading.speakers
        choose = voices.choose

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
        voices.choose = rank  # type: ignore[method-assign]
        self._record(voices)
        reading.quotes()

    def _record(self, voices: Speakers) -> None:
        """Keep the features of the candidates of the choice at hand."""
        known = voices.features
        place: list[Any] = []

        def record(voice: Voice, *rest: Any) -> list[str]:
            if rest != tuple(place):
                place[:] = rest
                self.seen = []
            found = known(voice, *rest)
            self.seen.append(found)
            return found

        voices.features = record  # type: ignore[method-assign]


def vocabulary(examples: list[list[str]]) -> dict[str, int]:
    counts = Counter(feature for example in examples for feature in set(example))
    return {feature: i for i, feature in enumerate(sorted({f for f, n in counts.items() if n >= RARE} | PRIOR.keys()))}


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
    return {feature: round(float(w[i]), 3) for feature, i in index.items() if abs(w[i]) >= 0.0005}


def fit_ranking(rankings: list[Ranking], penalty: float = 1.0) -> logistic.Weights:
    flat = [features for candidates, _ in rankings for features in candidates]
    index = vocabulary(flat)
    x = matrix(flat, index)
    prior = np.array([PRIOR.get(feature, 0.0) for feature in index])
    group = np.repeat(np.arange(len(rankings)), [len(candidates) for candidates, _ in rankings])
    right = np.concatenate([np.arange(len(c)) == best for c, best in rankings]).astype(float)

    def gradient(w: np.ndarray) -> np.ndarray:
        raised = np.exp(x @ w - (x @ w).max())
        return x.T @ (raised / np.bincount(group, raised)[group] - right) + penalty * (w - prior)

    w = descend(gradient, len(index))
    return {feature: round(float(w[i]), 3) for feature, i in index.items() if abs(w[i]) >= 0.0005}


def train(documents: list[tuple[GoldArticle, Document]], penalty: tuple[float, float] = PENALTY) -> Models:
    listeners = [Listener(item, document) for item, document in documents]
    for listener in listeners:
        listener.listen()
    return {
        "report": fit_logistic([example for listener in listeners for example in listener.reports], penalty[0]),
        "speaker": fit_ranking([ranking for listener in listeners for ranking in listener.rankings], penalty[1]),
        "right": {},
    }


def apply(models: Models, document: Document) -> Heard:
    """The quotes that `models` find in `document`, each with the evidence for it."""
    evidence: list[list[str]] = []

    def confidence(found: list[str]) -> float:
        evidence.append(found)
        return logistic.probability(models["right"], found)

    with (
        mock.patch.object(reported, "weights", lambda _: models),
        mock.patch.object(speakers, "weights", lambda _: models),
        mock.patch.object(quotes, "confidence", confidence),
    ):
        return Heard(replace(document, quotes=Reading(document).quotes()), evidence)


def cross_validate(
    items: list[GoldArticle], version: list[Document], folds: int, others: list[list[Document]]
) -> list[Heard]:
    """What is heard in each article by models trained on the rest of `version` and of the `others`."""
    heard: dict[int, Heard] = {}
    for fold in range(folds):
        inside = [i for i in range(len(items)) if i % folds != fold]
        models = train([(items[i], documents[i]) for documents in [version, *others] for i in inside])
        heard |= {i: apply(models, version[i]) for i in range(fold, len(items), folds)}
    return [heard[i] for i in range(len(items))]


def outcomes(item: GoldArticle, heard: Heard) -> list[Example]:
    """The evidence for each quote found, and whether quote and speaker are right."""
    score, found = scorer(), []
    for quote, evidence in zip(heard.document.quotes, heard.evidence, strict=True):
        right = any(
            (gold["kind"] == "direct") == (quote.kind == "direct")
            and (
                score.fold(gold["text"]) == score.fold(quote.text)
                if quote.kind == "direct"
                else score.iou(gold["text"], quote.text) >= 0.6
            )
            and score.same_name(quote.speaker_name, gold["speaker"], item.gold["entities"])
            for gold in item.gold["quotes"]
        )
        found.append((evidence, right))
    return found


def calibration(examples: list[Example], folds: int = 5) -> None:
    """Print how often quotes of a confidence are right, each judged by a model that has not seen it."""
    judged = []
    for fold in range(folds):
        model = fit_logistic([e for i, e in enumerate(examples) if i % folds != fold])
        judged += [(logistic.probability(model, evidence), right) for evidence, right in examples[fold::folds]]
    for low, high in pairwise((0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)):
        inside = [(sure, right) for sure, right in judged if low < sure <= high]
        if inside:
            mean, share = (sum(values) / len(inside) for values in zip(*inside, strict=True))
            print(f"  confidence {low:.2f}-{high:.2f}: {len(inside):4} quotes, mean {mean:.3f}, right {share:.3f}")


def report(title: str, items: list[GoldArticle], documents: list[Document]) -> list[tuple]:
    figures, errors = evaluate(items, documents)
    f1 = "  ".join(f"{key} {figures[key]['f1']:.3f}" for key in ("direct_f1", "indirect_f1", "attributed_f1"))
    print(f"{title:16} {f1}  speaker_acc {figures['speaker_acc']['acc']:.3f} of {figures['speaker_acc']['n']}")
    return errors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    items = load_gold("train")
    by_number = tagged(items)
    given = [annotated(item) for item in items]
    found = [by_number[item.article.article_id] for item in items]
    examples: list[Example] = []
    for title, version, other in (("annotated names", given, found), ("found names", found, given)):
        heard = cross_validate(items, version, options.folds, [other])
        report(title, items, [h.document for h in heard])
        examples = [example for item, h in zip(items, heard, strict=True) for example in outcomes(item, h)]
    calibration(examples)
    if options.write:
        models = train([pair for version in (given, found) for pair in zip(items, version, strict=True)])
        models["right"] = fit_logistic(examples)
        MODEL.write_text(json.dumps(models, indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
