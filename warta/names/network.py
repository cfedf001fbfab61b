"""A small convolutional network that scores the labels of every word, in NumPy and the same on every machine.

A form is the sum of the vectors of its features (those of the tagger and its letters by threes, hashed). Layers look at
neighbours further and further away, and once at the mean of the whole article, its topic.

Matrices and what they multiply are whole numbers of at most 127, kept as floats: no sum reaches 2**24, so every
product is exact, whatever the processor and the order in which its library adds. Means and spreads are sums of whole
numbers, too.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from warta.names.word_features import PAD, own_and_around

Floats = NDArray[np.float32]

TOP = 127  # the largest whole number of a weight or an activation
STEP = 1 / 24  # of an activation
FIXED = 4096  # of the numbers whose mean and spread are taken
_CACHED_FORMS = 60_000
_MOST_LETTERS = 12  # runs of three letters of one form
_AT_ONCE = 4_000  # words of a long article


def hashed_features(form: str, rows: int) -> list[int]:
    """The rows of the table that add up to the vector of a form."""
    names = own_and_around(form)[0]
    if form != PAD:
        word = f"<{form.lower()}>"
        names += ["3" + word[i : i + 3] for i in range(len(word) - 2)][:_MOST_LETTERS]
    return [zlib.crc32(name.encode()) % rows for name in names]


def whole(x: Floats) -> Floats:
    """Activations as whole numbers."""
    numbers: Floats = np.clip(np.rint(x * np.float32(1 / STEP)), -TOP, TOP)
    return numbers


def normal(x: Floats, scale: Floats, shift: Floats) -> Floats:
    """Every row with mean 0 and spread 1, then scaled and shifted."""
    fixed = np.rint(x * np.float32(FIXED)).astype(np.int64)
    width = x.shape[1]
    total = fixed.sum(1, keepdims=True)
    squares = (fixed * fixed).sum(1, keepdims=True)
    mean = total / width
    spread = np.sqrt(np.maximum(squares / width - mean * mean, 0) + 1e-5 * FIXED * FIXED)
    standard: Floats = ((fixed - mean) / spread).astype(np.float32) * scale + shift
    return standard


@dataclass(frozen=True)
class Matrix:
    """Whole numbers (inputs x outputs), what one unit of each output stands for, and what is added to it."""

    numbers: Floats
    unit: Floats
    shift: Floats

    def __call__(self, x: Floats) -> Floats:
        product: Floats = (x @ self.numbers) * self.unit + self.shift
        return product


class Network:
    """Scores of the labels in the order of `labels`."""

    def __init__(self, stored: dict[str, NDArray[Any]]) -> None:
        self.labels: list[str] = stored["labels"].tobytes().decode().split("\n")
        self._table = stored["table"]
        self._unit = np.float32(stored["table_unit"])
        self._reach = [int(reach) for reach in stored["reach"]]
        self._norms = [(stored[f"scale{i}"], stored[f"shift{i}"]) for i in range(len(self._reach) + 1)]
        names = ["topic", *(f"layer{i}" for i in range(len(self._reach))), "out"]
        self._topic, *self._layers, self._out = (
            Matrix(stored[name].astype(np.float32), stored[name + "_unit"], stored[name + "_shift"]) for name in names
        )
        self._forget()

    @classmethod
    def read(cls, path: Path) -> Network:
        with np.load(path) as stored:
            return cls(dict(stored))

    def _forget(self) -> None:
        self._form: dict[str, int] = {}
        self._vectors = np.zeros((0, self._table.shape[1]), np.float32)
        self._add([PAD])

    def _add(self, forms: Sequence[str]) -> None:
        sums = np.stack([self._table[hashed_features(form, len(self._table))].sum(0, dtype=np.int32) for form in forms])
        vectors = normal(sums.astype(np.float32) * self._unit, *self._norms[0])
        first = len(self._form)
        if first + len(forms) > len(self._vectors):
            more = max(1024, len(self._vectors), len(forms))
            self._vectors = np.concatenate([self._vectors, np.zeros((more, vectors.shape[1]), np.float32)])
        self._vectors[first : first + len(forms)] = vectors
        self._form.update(zip(forms, range(first, first + len(forms)), strict=True))

    def scores(self, forms: Sequence[str]) -> Floats:
        """One row for every word of an article; `PAD` stands between its sentences."""
        if len(self._form) > _CACHED_FORMS:
            self._forget()
        if new := list(dict.fromkeys(form for form in forms if form not in self._form)):
            self._add(new)
        ids = np.array([self._form[form] for form in forms])
        topic = self._topic(self._mean(ids)) if (ids != 0).any() else np.float32(0)
        margin = sum(self._reach)  # no score looks further
        found = []
        for start in range(0, len(ids), _AT_ONCE):
            first = max(0, start - margin)
            x = self._layered(self._vectors[ids[first : start + _AT_ONCE + margin]] + topic)
            found.append(self._out(whole(x[start - first : start - first + _AT_ONCE])))
        return np.concatenate(found)

    def _mean(self, ids: NDArray[np.int64]) -> Floats:
        """Of all words of an article, in quarters of a step, as means are small."""
        counts = np.bincount(ids, minlength=len(self._form))[1:]
        used = np.flatnonzero(counts)
        total = counts[used] @ whole(self._vectors[used + 1]).astype(np.int64)
        mean: Floats = np.clip(np.rint(4 * total / counts.sum()), -TOP, TOP).astype(np.float32)
        return mean[None]

    def _layered(self, x: Floats) -> Floats:
        for layer, reach, norm in zip(self._layers, self._reach, self._norms[1:], strict=True):
            numbers = whole(x)
            around = np.zeros((len(x), 3, x.shape[1]), np.float32)
            around[reach:, 0], around[:, 1], around[:-reach, 2] = numbers[:-reach], numbers, numbers[reach:]
            product = layer(around.reshape(len(x), -1))
            x = x + normal(np.maximum(product[:, ::2], product[:, 1::2]), *norm)
        return x
