"""The tagger's sums and its best sequence, with made-up weights, against the plain definitions."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from warta.names.tagger import Tagger
from warta.names.word_features import OFFSETS, PAD, features

LABELS = ["O", "B-PER", "I-PER"]
RANDOM = np.random.default_rng(7)
# Every feature of these forms has weights.
NAMES = sorted({name for form in (PAD, "Adi", "di", "Pati") for names in features(form) for name in names})
WEIGHTS = RANDOM.normal(size=(len(NAMES), 3)).astype(np.float32)
TRANSITIONS = RANDOM.normal(size=(3, 3)).astype(np.float32)


@pytest.fixture
def tagger() -> Tagger:
    return Tagger(LABELS, NAMES, WEIGHTS, TRANSITIONS)


@pytest.mark.parametrize("forms", [["Adi", "di", "Pati"], ["Adi", "xyz", "Adi", "2025"], ["di"], []])
def test_a_words_scores_are_sums_over_the_words_around_it(tagger: Tagger, forms: list[str]) -> None:
    padded = [PAD, PAD, *forms, PAD, PAD]
    for at, found in list(enumerate(tagger.scores([forms])))[2 : len(forms) + 2]:
        seen = {name for place, offset in enumerate(OFFSETS) for name in features(padded[at + offset])[place]}
        expected = sum((WEIGHTS[row] for row, name in enumerate(NAMES) if name in seen), np.zeros(3))
        assert np.allclose(found, expected, atol=1e-5)


def test_scores_do_not_depend_on_what_was_read_before(tagger: Tagger) -> None:
    many = [f"Adi{number}" for number in range(2_000)]  # more than one batch, more than the table holds at first
    before = tagger.scores([["Adi", "Adi7"]])
    tagger.scores([many])
    assert np.array_equal(tagger.scores([["Adi", "Adi7"]]), before)
    assert np.array_equal(Tagger(LABELS, NAMES, WEIGHTS, TRANSITIONS).scores([many]), tagger.scores([many]))


@pytest.mark.parametrize("seed", range(5))
def test_the_best_of_all_label_sequences_is_found(tagger: Tagger, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(6, 3)).astype(np.float32)

    def total(path: tuple[int, ...]) -> float:
        return float(scores[range(6), path].sum() + TRANSITIONS[path[:-1], path[1:]].sum())

    assert tuple(tagger.viterbi(scores)) == max(product(range(3), repeat=6), key=total)
