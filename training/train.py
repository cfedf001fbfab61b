"""Train the shipped names model: python -m training.train

Where they are missing, the lexicon (one minute) and the teacher's labels (half an hour) are made first.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pycrfsuite

from training.gold import GoldArticle, load_gold
from training.labels import Labelled, padded, sentences
from training.lexicon import LEXICON
from warta.features import OFFSETS, PAD, features
from warta.tagger import Tagger

MODEL = Path(__file__).resolve().parents[1] / "warta" / "model" / "names.npz"
SILVER = Path(__file__).parent / "silver.json"
ROUNDS = 8  # passes of the passive-aggressive learner
GOLD_WEIGHT = 4  # an annotated sentence counts as so many of the teacher's
LEAST_SURE = {"detik": 0.0, "panl": 0.5}  # probability of the teacher's least certain label in a sentence


def silver() -> list[Labelled]:
    """The teacher's sentences."""
    return [
        padded(one["forms"], one["labels"])
        for one in json.loads(SILVER.read_text("utf-8"))
        if np.exp(one["least"]) >= LEAST_SURE[one["source"]]
    ]


def fit(examples: Sequence[Labelled], algorithm: str = "pa", **settings: float) -> Tagger:
    """A tagger from labelled sentences, by way of crfsuite (`settings` as it names them)."""
    mixed = random.Random(0).sample(examples, len(examples))
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
        return _from(crf.info())


def _from(info: pycrfsuite.ParsedDump) -> Tagger:
    label = {name: i for i, name in enumerate(sorted(info.labels, key=lambda name: (name != "O", name)))}
    row = {name: i for i, name in enumerate(sorted(info.attributes))}
    weights = np.zeros((len(row), len(label)), np.float32)
    transitions = np.zeros((len(label), len(label)), np.float32)
    for (name, target), weight in info.state_features.items():
        weights[row[name], label[target]] = weight
    for (source, target), weight in info.transitions.items():
        transitions[label[source], label[target]] = weight
    for source in label:  # an I- behind anything but its own kind is no label sequence
        for target in label:
            if target[0] == "I" and source[2:] != target[2:]:
                transitions[label[source], label[target]] = -1e4
    return Tagger(list(label), list(row), weights, transitions)


def examples(items: Iterable[GoldArticle], others: Sequence[Labelled]) -> list[Labelled]:
    return [sentence for item in items for sentence in sentences(item)] * GOLD_WEIGHT + list(others)


def main() -> None:
    if not LEXICON.exists():
        from training import lexicon

        lexicon.write(lexicon.build())
    if not SILVER.exists():
        from training import teacher

        teacher.main()
    fit(examples(load_gold("train"), silver())).write(MODEL)


if __name__ == "__main__":
    main()
