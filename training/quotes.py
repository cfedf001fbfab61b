"""Fit the small models of the quote stage on the annotated articles and write `warta/model/quotes.json`.

    python -m training.quotes [--folds 5] [--write [--only-speakers]]

Without `--write` it only cross-validates over articles and prints figures and the calibration table.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from training.contrasts import contrasts
from training.evaluate import evaluate, use_gold_names
from training.gold import GoldArticle, load_gold, scorer
from training.train import examples as tagger_examples
from training.train import fit
from warta.chain import STAGES
from warta.model import QuoteModels, logistic, shipped
from warta.names.labeller import Labeller
from warta.quotes.attribution import Choice, most_probable
from warta.quotes.extraction import QuoteExtractor
from warta.quotes.indirect import IndirectQuote, features
from warta.records import Document
from warta.text.sentences import split
from warta.text.token_view import TokenView

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
MADE_UP, MADE_UP_FOR = 0.4, "enters"  # what a made-up text counts against an annotated one, and what it tells of
RARE = 3  # features seen in fewer examples are dropped
Example = tuple[list[str], bool]
Ranking = tuple[list[list[str]], int]
Floats = NDArray[np.float64]


class Found(NamedTuple):
    """A document with its quotes, and the evidence for each of them."""

    document: Document
    evidence: list[list[str]]


def annotated(item: GoldArticle) -> Document:
    """The article with its sentences and annotated names."""
    document = Document(item.article)
    document.sentences, document.tokens = split(item.article.text)
    use_gold_names(document, item)
    return document


def tagged(items: list[GoldArticle], folds: int = 3) -> dict[str, Document]:
    """The articles, by number, with the names that a tagger finds in them which was trained on the others."""
    documents = {}
    for fold in range(folds):
        others = [item for i, item in enumerate(items) if i % folds != fold]
        models = replace(shipped(), names=Labeller(fit(tagger_examples(others)), None))
        for item in items[fold::folds]:
            document = Document(item.article)
            for stage in ("sentences", "names"):
                STAGES[stage](document, models)
            documents[item.article.article_id] = document
    return documents


class Examples:
    """What the extraction of quotes has to decide in one annotated article, beside what is right there.

    It goes on from the right decisions, not from its own: later speakers depend on earlier ones.
    """

    def __init__(self, item: GoldArticle, document: Document) -> None:
        self.item, self.score = item, scorer()
        self.reports: list[Example] = []
        self.rankings: list[Ranking] = []
        # The models say how probable a speaker is; one that they doubt is not remembered, right or not.
        self._extractor = QuoteExtractor(document, shipped().quotes, report=self._report, choose=self._choose)
        self._extractor.quotes()

    def _gold(self, text: str) -> dict[str, Any] | None:
        """The annotated quote that `text` overlaps enough to count as found."""
        overlaps = [(self.score.iou(text, quote["text"]), i) for i, quote in enumerate(self.item.gold["quotes"])]
        best, index = max(overlaps, default=(0.0, 0))
        found: dict[str, Any] | None = self.item.gold["quotes"][index] if best >= 0.6 else None
        return found

    def _report(self, view: TokenView, clause: IndirectQuote, start: int) -> float:
        quote = self._gold(view.text(clause.first, clause.last))
        right = quote is not None and quote["kind"] != "direct"
        self.reports.append((features(view, clause, start), right))
        return float(right)

    def _choose(self, choice: Choice) -> int:
        quote = self._gold(self._extractor.view.text(choice.first, choice.last))
        right = [
            quote is not None
            and self.score.same_name(candidate.speaker.name, quote["speaker"], self.item.gold["entities"])
            for candidate in choice.candidates
        ]
        if not any(right):
            return most_probable(choice)
        self.rankings.append((choice.features, right.index(True)))
        return right.index(True)


def vocabulary(examples: list[list[str]]) -> dict[str, int]:
    counts = Counter(feature for example in examples for feature in set(example))
    return {feature: i for i, feature in enumerate(sorted({f for f, n in counts.items() if n >= RARE} | PRIOR.keys()))}


def matrix(examples: list[list[str]], index: dict[str, int]) -> Floats:
    rows = np.zeros((len(examples), len(index)))
    for row, example in zip(rows, examples, strict=True):
        row[[index[feature] for feature in example if feature in index]] = 1
    return rows


def descend(gradient: Callable[[Floats], Floats], size: int, steps: int = 400, rate: float = 0.05) -> Floats:
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


def fit_ranking(
    rankings: list[Ranking], penalty: float = 1.0, made_up: list[Ranking] | None = None
) -> logistic.Weights:
    """Weights of candidates' features; those of `MADE_UP_FOR` are then fitted anew, with the `made_up` texts added."""
    made_up = made_up or []
    flat = [features for candidates, _ in rankings + made_up for features in candidates]
    index = vocabulary(flat)
    x = matrix(flat, index)
    prior = np.array([PRIOR.get(feature, 0.0) for feature in index])
    group = np.repeat(np.arange(len(rankings + made_up)), [len(candidates) for candidates, _ in rankings + made_up])
    right = np.concatenate([np.arange(len(c)) == best for c, best in rankings + made_up]).astype(float)

    def gradient(w: Floats, weight: Floats) -> Floats:
        raised = np.exp(x @ w - (x @ w).max())
        missed: Floats = (raised / np.bincount(group, raised)[group] - right) * weight[group]
        return np.asarray(x.T @ missed + penalty * (w - prior))

    annotated_only = np.repeat([1.0, 0.0], [len(rankings), len(made_up)])
    w = descend(lambda w: gradient(w, annotated_only), len(index))
    if made_up:
        movable = np.array([feature.startswith(MADE_UP_FOR) for feature in index], float)
        both, fixed = np.where(annotated_only, 1.0, MADE_UP), w
        w = fixed + descend(lambda change: gradient(fixed + change, both) * movable, len(index))
    return {feature: round(float(w[i]), 3) for feature, i in index.items() if abs(w[i]) >= 0.0005}


def train(documents: list[tuple[GoldArticle, Document]], penalty: tuple[float, float] = PENALTY) -> QuoteModels:
    """Models for reports and speakers; that for `right` needs quotes found by models that have not seen the article."""
    found = [Examples(item, document) for item, document in documents]
    pairs = [ranking for item in contrasts() for ranking in Examples(item, annotated(item)).rankings]
    return QuoteModels(
        report=fit_logistic([example for examples in found for example in examples.reports], penalty[0]),
        speaker=fit_ranking([ranking for examples in found for ranking in examples.rankings], penalty[1], pairs),
        right={},
    )


def apply(models: QuoteModels, document: Document) -> Found:
    """The quotes that `models` find in `document`, each with the evidence for it."""
    extractor = QuoteExtractor(document, models)
    return Found(replace(document, quotes=extractor.quotes()), extractor.evidence)


def cross_validate(
    items: list[GoldArticle], version: list[Document], folds: int, others: list[list[Document]]
) -> list[Found]:
    """What is found in each article by models trained on the rest of `version` and of the `others`."""
    found: dict[int, Found] = {}
    for fold in range(folds):
        inside = [i for i in range(len(items)) if i % folds != fold]
        models = train([(items[i], documents[i]) for documents in [version, *others] for i in inside])
        found |= {i: apply(models, version[i]) for i in range(fold, len(items), folds)}
    return [found[i] for i in range(len(items))]


def outcomes(item: GoldArticle, found: Found) -> list[Example]:
    """The evidence for each quote found, and whether quote and speaker are right."""
    score, examples = scorer(), []
    for quote, evidence in zip(found.document.quotes, found.evidence, strict=True):
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
        examples.append((evidence, right))
    return examples


def calibration(examples: list[Example], folds: int = 5) -> None:
    """Print how often quotes of a confidence are right, the confidence being that of a model that has not seen them."""
    outcomes = []
    for fold in range(folds):
        model = fit_logistic([e for i, e in enumerate(examples) if i % folds != fold])
        outcomes += [(logistic.probability(model, evidence), right) for evidence, right in examples[fold::folds]]
    for low, high in pairwise((0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)):
        inside = [(confidence, right) for confidence, right in outcomes if low < confidence <= high]
        if inside:
            mean, share = (sum(values) / len(inside) for values in zip(*inside, strict=True))
            print(f"  confidence {low:.2f}-{high:.2f}: {len(inside):4} quotes, mean {mean:.3f}, right {share:.3f}")


def report(title: str, items: list[GoldArticle], documents: list[Document]) -> None:
    figures, _ = evaluate(items, documents)
    f1 = "  ".join(f"{key} {figures[key]['f1']:.3f}" for key in ("direct_f1", "indirect_f1", "attributed_f1"))
    print(f"{title:16} {f1}  speaker_acc {figures['speaker_acc']['acc']:.3f} of {figures['speaker_acc']['n']}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only-speakers", action="store_true", help="leave all other weights as shipped")
    options = parser.parse_args()
    items = load_gold("train")
    by_number = tagged(items)
    given = [annotated(item) for item in items]
    found = [by_number[item.article.article_id] for item in items]
    examples: list[Example] = []
    for title, version, other in (("annotated names", given, found), ("found names", found, given)):
        quoted = cross_validate(items, version, options.folds, [other])
        report(title, items, [each.document for each in quoted])
        examples = [example for item, each in zip(items, quoted, strict=True) for example in outcomes(item, each)]
    calibration(examples)
    if options.write:
        models = train([pair for version in (given, found) for pair in zip(items, version, strict=True)])
        models = replace(models, right=fit_logistic(examples))
        if options.only_speakers:
            models = replace(shipped().quotes, speaker=models.speaker)
        MODEL.write_text(json.dumps(asdict(models), indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
