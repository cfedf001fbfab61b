"""The labels of words: the linear tagger and the network together, the best sequence by the sum of their scores."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from warta.names.network import Network
from warta.names.tagger import Tagger
from warta.names.word_features import PAD

# What a score of the network counts beside one of the tagger; chosen on gold/dev and gold/outlets.
NETWORK_COUNTS = np.float32(0.08)
_PADDING = (PAD, PAD)


class Labeller:
    """Labels words as the tagger does, which has the transitions between labels."""

    def __init__(self, tagger: Tagger, network: Network | None) -> None:
        self._tagger, self._network = tagger, network
        self._order = [network.labels.index(label) for label in tagger.labels] if network else []

    @classmethod
    def read(cls, folder: Path) -> Labeller:
        """The models in a folder."""
        return cls(Tagger.read(folder / "names.npz"), Network.read(folder / "names_network.npz"))

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """BIO labels of the words of each sentence of an article."""
        scores = self._tagger.scores(sentences)
        if self._network:
            forms = [*_PADDING, *chain.from_iterable((*sentence, *_PADDING) for sentence in sentences)]
            scores += NETWORK_COUNTS * self._network.scores(forms)[:, self._order]
        return self._tagger.labels_of(scores, sentences)
