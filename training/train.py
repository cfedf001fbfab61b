"""Train the shipped names model: python -m training.train"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pycrfsuite

from training.gold import GoldArticle, gold_spans, load_gold
from warta.features import OFFSETS, PAD, features, units
from warta.sentences import split
from warta.tagger import Tagger

MODEL = Path(__file__).resolve().parents[1] / "warta" / "model" / "names.npz"
PARAMS = {"c1": 0.02, "c2": 0.6}


def labelled(item: GoldArticle) -> tuple[list[str], list[str]]:
    """One article as the tagger sees it: word forms (sentences between padding) and BIO labels."""
    found = list(units(split(item.article.text)[1]))
    label = ["O"] * len(found)
    first = {unit.start: i for i, unit in enumerate(found)}
    last = {unit.end: i for i, unit in enumerate(found)}
    for start, end, kind, _ in gold_spans(item):
        if start in first and end in last:
            label[first[start] : last[end] + 1] = ["B-" + kind] + ["I-" + kind] * (last[end] - first[start])
    forms, labels, sentence = [PAD, PAD], ["O", "O"], 0
    for unit, tag in zip(found, label, strict=True):
        if unit.sentence != sentence:
            forms += [PAD, PAD]
            labels += ["O", "O"]
            sentence = unit.sentence
        forms.append(unit.text)
        labels.append(tag)
    return [*forms, PAD, PAD], [*labels, "O", "O"]


def fit(sequences: Sequence[tuple[list[str], list[str]]], iterations: int = 100) -> Tagger:
    """A tagger from labelled sequences (L-BFGS with elastic net), by way of crfsuite's own file."""
    trainer = pycrfsuite.Trainer("lbfgs", verbose=False)
    trainer.set_params(PARAMS | {"max_iterations": iterations})
    for forms, labels in sequences:
        padded = [PAD, PAD, *forms, PAD, PAD]
        trainer.append(
            [[f for o in OFFSETS for f in features(padded[i + 2 + o], o)] for i in range(len(forms))], labels
        )
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/model"
        trainer.train(path)
        crf = pycrfsuite.Tagger()
        crf.open(path)
        info = crf.info()
    label = {name: i for i, name in enumerate(sorted(info.labels, key=lambda name: (name != "O", name)))}
    row = {name: i for i, name in enumerate(sorted(info.attributes))}
    weights = np.zeros((len(row), len(label)), np.float32)
    transitions = np.zeros((len(label), len(label)), np.float32)
    for (name, target), weight in info.state_features.items():
        weights[row[name], label[target]] = weight
    for (source, target), weight in info.transitions.items():
        transitions[label[source], label[target]] = weight
    for source in label:  # an I- that nothing of its kind leads to is no label sequence
        for target in label:
            if target[0] == "I" and source[2:] != target[2:]:
                transitions[label[source], label[target]] = -1e4
    return Tagger(list(label), list(row), weights, transitions)


if __name__ == "__main__":
    fit([labelled(item) for item in load_gold("train")]).write(MODEL)
