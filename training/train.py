"""Train the shipped names model: python -m training.train

Where it is missing, the lexicon is made first (one minute).
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pycrfsuite

from training.gold import GoldArticle, load_gold
from training.labels import Labelled, made_up, read_by_us, sentences
from training.lexicon import LEXICON
from warta.names.tagger import Tagger
from warta.names.word_features import OFFSETS, PAD, features

MODEL = Path(__file__).resolve().parents[1] / "warta" / "model" / "names.npz"
ROUNDS = 8  # passes of the passive-aggressive learner
SEEDS = 6  # orders of the sentences
CASE_NOISE = 12  # one sentence of so many is learnt in small letters too, one in capitals, one with capital names
GOLD_COUNTS = 2  # times that an annotated article stands beside those that we read ourselves; by cross-validation
OUTLETS_COUNT = 2  # times that an article of another outlet than detik counts; there are fewer of them

Weights = tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]  # of features and of transitions


def fit(examples: Sequence[Labelled], algorithm: str = "pa", seeds: int = 1, **settings: float) -> Tagger:
    """A tagger from labelled sentences, by way of crfsuite (`settings` as it names them).

    The learner depends on the order of the sentences; with more than one seed the weights are the mean over orders.
    """
    return mean(
        [_fit(random.Random(seed).sample(examples, len(examples)), algorithm, settings) for seed in range(seeds)]
    )


def _fit(mixed: Sequence[Labelled], algorithm: str, settings: dict[str, float]) -> Weights:
    trainer = pycrfsuite.Trainer(algorithm, verbose=False)
    trainer.set_params({"max_iterations": ROUNDS} | settings)
    for forms, labels in mixed:
        around = [features(form) for form in (PAD, PAD, *forms, PAD, PAD)]
        rows = range(2, len(forms) + 2)
        trainer.append([[f for place, o in enumerate(OFFSETS) for f in around[i + o][place]] for i in rows], labels)
    with tempfile.TemporaryDirectory() as folder:
        trainer.train(f"{folder}/model")
        crf = pycrfsuite.Tagger()
        crf.open(f"{folder}/model")
        info = crf.info()
        return info.state_features, info.transitions


def mean(learnt: Sequence[Weights]) -> Tagger:
    """The tagger with the mean of several learners' weights."""
    states, moves = (Counter[tuple[str, str]](), Counter[tuple[str, str]]())
    for state_features, transitions in learnt:
        states.update(state_features)
        moves.update(transitions)
    label = {
        name: i for i, name in enumerate(sorted({name for _, name in states}, key=lambda name: (name != "O", name)))
    }
    row = {name: i for i, name in enumerate(sorted({name for name, _ in states}))}
    weights = np.zeros((len(row), len(label)), np.float32)
    between = np.zeros((len(label), len(label)), np.float32)
    for (name, target), weight in states.items():
        weights[row[name], label[target]] = weight / len(learnt)
    for (source, target), weight in moves.items():
        between[label[source], label[target]] = weight / len(learnt)
    for source in label:  # an I- behind anything but its own kind is no label sequence
        for target in label:
            if target[0] == "I" and source[2:] != target[2:]:
                between[label[source], label[target]] = -1e4
    return Tagger(list(label), list(row), weights, between)


def annotated(items: Iterable[GoldArticle]) -> list[Labelled]:
    return [sentence for item in items for sentence in sentences(item)]


def case_noise(clean: Sequence[Labelled]) -> list[Labelled]:
    """Sentences as careless writers and headlines have them."""
    lower = [([form.lower() for form in forms], labels) for forms, labels in clean[::CASE_NOISE]]
    upper = [([form.upper() for form in forms], labels) for forms, labels in clean[1::CASE_NOISE]]
    names = [
        ([form if label == "O" else form.upper() for form, label in zip(forms, labels, strict=True)], labels)
        for forms, labels in clean[2::CASE_NOISE]
    ]
    return lower + upper + names


def examples(items: Iterable[GoldArticle]) -> list[Labelled]:
    """What the tagger learns from: annotated articles, those that we read ourselves, and made-up sentences."""
    gold, outlets = annotated(items), read_by_us("outlets")
    once = gold + outlets + read_by_us("detik", "indotimex") + made_up()
    return gold * (GOLD_COUNTS - 1) + outlets * (OUTLETS_COUNT - 1) + once + case_noise(once)


def main() -> None:
    if not LEXICON.exists():
        from training import lexicon

        lexicon.write(lexicon.build())
    fit(examples(load_gold("train")), seeds=SEEDS).write(MODEL)


if __name__ == "__main__":
    main()
