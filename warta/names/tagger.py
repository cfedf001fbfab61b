"""A linear-chain model whose scores are sums over word forms.

The score of a label at a word is the sum of what the word itself and its two neighbours on either side say about it,
and each of these depends on one form alone. So a form's share is added up once, kept as a row of a table, and tagging
an article is five table look-ups and one Viterbi pass in NumPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from warta.names.word_features import OFFSETS, PAD, features

Scores = NDArray[np.float32]
_CACHED_FORMS = 60_000  # of about 0.4 kB each
_ONLY_O = np.float32(-1e4)  # padding is never part of a name


class Tagger:
    """`weights` (features x labels), `transitions` (from x to); label 0 is `O`."""

    def __init__(self, labels: Sequence[str], names: Sequence[str], weights: Scores, transitions: Scores) -> None:
        self.labels = list(labels)
        self._row = {name: i for i, name in enumerate(names)}
        self._weights = weights.astype(np.float32)
        self._transitions = transitions.astype(np.float32)
        self._forget()

    @classmethod
    def read(cls, path: Path) -> Tagger:
        with np.load(path) as stored:
            names = stored["names"].tobytes().decode().split("\n")
            labels = stored["labels"].tobytes().decode().split("\n")
            return cls(labels, names, stored["weights"], stored["transitions"])

    def write(self, path: Path) -> None:
        np.savez_compressed(
            path,
            names=np.frombuffer("\n".join(self._row).encode(), np.uint8),
            labels=np.frombuffer("\n".join(self.labels).encode(), np.uint8),
            weights=self._weights.astype(np.float16),
            transitions=self._transitions.astype(np.float16),
        )

    def _forget(self) -> None:
        self._form: dict[str, int] = {}
        self._table = np.zeros((1024, len(OFFSETS), len(self.labels)), np.float32)
        self._form_id(PAD)

    def _form_id(self, form: str) -> int:
        number = self._form.setdefault(form, len(self._form))
        if number == len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        for place, names in enumerate(features(form)):
            rows = [self._row[name] for name in names if name in self._row]
            self._table[number, place] = self._weights[rows].sum(0)
        return number

    def scores(self, sentences: Sequence[Sequence[str]]) -> Scores:
        """Label scores of every word, sentences one after the other with two rows of padding around each."""
        if len(self._form) > _CACHED_FORMS:
            self._forget()
        known, padding = self._form, [0, 0]
        ids = list(padding)
        for sentence in sentences:
            ids += [known[form] if form in known else self._form_id(form) for form in sentence]
            ids += padding
        at = np.array(ids)
        total: Scores = self._table[at, 2]
        for place, offset in enumerate(OFFSETS):
            if offset < 0:
                total[-offset:] += self._table[at[:offset], place]
            elif offset > 0:
                total[:-offset] += self._table[at[offset:], place]
        total[at == 0, 1:] = _ONLY_O
        return total

    def viterbi(self, scores: Scores) -> list[int]:
        """The best label sequence."""
        back = np.empty(scores.shape, np.int64)
        transitions = np.ascontiguousarray(self._transitions.T)
        score = scores[0]
        for i in range(1, len(scores)):
            paths = transitions + score
            back[i] = paths.argmax(1)
            score = paths.max(1) + scores[i]
        label = int(score.argmax())
        found = [label]
        for i in range(len(scores) - 1, 0, -1):
            label = int(back[i, label])
            found.append(label)
        return found[::-1]

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """BIO labels of the words of each sentence."""
        scores = self.scores(sentences)
        best, start, tagged = self.viterbi(scores), 2, []
        for sentence in sentences:
            tagged.append([self.labels[i] for i in best[start : start + len(sentence)]])
            start += len(sentence) + 2
        return tagged
