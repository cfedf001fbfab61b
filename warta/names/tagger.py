"""A linear-chain model whose scores are sums over word forms.

The score of a label at a word is the sum of what the word itself and its two neighbours on either side say about it,
and each of these depends on one form alone. So a form's share is added up once, kept as a row of a table, and tagging
an article is five table look-ups and one Viterbi pass in NumPy.

The order of the sums is fixed: floats added up in another order would now and then choose another label.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from warta.names.word_features import OFFSETS, PAD, own_and_around

Scores = NDArray[np.float32]
_CACHED_FORMS = 60_000  # of about 0.4 kB each
_OWN = OFFSETS.index(0)
_AROUND = [place for place, offset in enumerate(OFFSETS) if offset]
_ADDED_AT_ONCE = 500  # forms, of about 5 kB of weights each
_ONLY_O = np.float32(-1e4)  # padding is never part of a name


class _Sums:
    """Sums of the weights of features. `weights` (features x ...); a feature that has none weighs nothing."""

    def __init__(self, features: Sequence[str], weights: Scores) -> None:
        self._row = {name: i for i, name in enumerate(features)}
        self._weights = np.concatenate([weights, np.zeros_like(weights[:1])])

    def of(self, lists: Iterable[Sequence[str]]) -> Scores:
        """The sum for each of `lists`."""
        rows: list[int] = []
        starts: list[int] = []
        for features in lists:
            starts.append(len(rows))
            rows.append(-1)  # the zeros, as no sum may be empty
            rows += [row for row in map(self._row.get, features) if row is not None]
        sums: Scores = np.add.reduceat(self._weights[rows], starts)
        return sums


class Tagger:
    """`weights` (features x labels), `transitions` (from x to); label 0 is `O`."""

    def __init__(self, labels: Sequence[str], names: Sequence[str], weights: Scores, transitions: Scores) -> None:
        self.labels = list(labels)
        self._names, self._weights = names, weights
        self._transitions = transitions.astype(np.float32)
        # The rows of the names at each offset, which the names themselves then go without.
        rows = [{name[len(o) :]: i for i, name in enumerate(names) if name.startswith(o)} for o in map(str, OFFSETS)]
        own = rows.pop(_OWN)
        self._own = _Sums(list(own), weights[list(own.values())].astype(np.float32))
        around = {name: i for i, name in enumerate(dict.fromkeys(chain.from_iterable(rows)))}
        shares = np.zeros((len(around), len(_AROUND), len(labels)), np.float32)
        for place, found in enumerate(rows):
            shares[[around[name] for name in found], place] = weights[list(found.values())]
        self._around = _Sums(list(around), shares)
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
            names=np.frombuffer("\n".join(self._names).encode(), np.uint8),
            labels=np.frombuffer("\n".join(self.labels).encode(), np.uint8),
            weights=self._weights.astype(np.float16),
            transitions=self._transitions.astype(np.float16),
        )

    def _forget(self) -> None:
        self._form: dict[str, int] = {}
        self._table = np.zeros((1024, len(OFFSETS), len(self.labels)), np.float32)
        self._add([PAD])

    def _add(self, forms: Sequence[str]) -> None:
        """Add up what new forms say to the words around them: one row of the table each."""
        first, last = len(self._form), len(self._form) + len(forms)
        while last > len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        own, around = zip(*map(own_and_around, forms), strict=True)
        self._table[first:last, _OWN] = self._own.of(own)
        self._table[first:last, _AROUND] = self._around.of(around)
        self._form.update(zip(forms, range(first, last), strict=True))

    def scores(self, sentences: Sequence[Sequence[str]]) -> Scores:
        """Label scores of every word, sentences one after the other with two rows of padding around each."""
        if len(self._form) > _CACHED_FORMS:
            self._forget()
        known, padding = self._form, [0, 0]
        new = list(set(chain.from_iterable(sentences)).difference(known))
        for i in range(0, len(new), _ADDED_AT_ONCE):
            self._add(new[i : i + _ADDED_AT_ONCE])
        ids = list(padding)
        for sentence in sentences:
            ids += map(known.__getitem__, sentence)
            ids += padding
        at = np.array(ids)
        total: Scores = self._table[at, _OWN]
        for place, offset in enumerate(OFFSETS):
            if offset < 0:
                total[-offset:] += self._table[at[:offset], place]
            elif offset > 0:
                total[:-offset] += self._table[at[offset:], place]
        total[at == 0, 1:] = _ONLY_O
        return total

    def viterbi(self, scores: Scores) -> list[int]:
        """The best label sequence."""
        best = scores.copy()  # of the sequences up to a word that end with a label, the score of the best
        transitions, add, highest = self._transitions, np.add, np.maximum.reduce
        paths = np.empty_like(transitions)
        for before, here in zip(best[:, :, None], best[1:], strict=False):
            add(transitions, before, paths)
            here += highest(paths)
        into = transitions.T
        before_o = (best + into[0]).argmax(1).tolist()  # at once, as most labels are `O`
        label = int(best[-1].argmax())
        found = [label]
        for i in range(len(best) - 2, -1, -1):
            label = int((into[label] + best[i]).argmax()) if label else before_o[i]
            found.append(label)
        return found[::-1]

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """BIO labels of the words of each sentence."""
        return self.labels_of(self.scores(sentences), sentences)

    def labels_of(self, scores: Scores, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """The best labels of the words of each sentence, from scores in the form that `scores` gives."""
        best, start, tagged = self.viterbi(scores), 2, []
        for sentence in sentences:
            tagged.append([self.labels[i] for i in best[start : start + len(sentence)]])
            start += len(sentence) + 2
        return tagged
