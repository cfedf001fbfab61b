"""The network of names gives the same scores on every machine, however an article is cut or what was read before."""

from __future__ import annotations

from importlib import resources
from itertools import chain

import numpy as np
import pytest

from warta.names import network as network_module
from warta.names.network import TOP, Network, normal, whole
from warta.names.word_features import PAD
from warta.text.sentences import split

TEXT = (
    "Wali Kota Semarang Ratri Wulandari meresmikan Jembatan Kali Garang pada Senin. Ia datang bersama Kepala Dinas "
    "Pekerjaan Umum Bagus Prasetyo. Persela menang 2-1 atas Persis di Stadion Surajaya, Lamongan."
)


def forms(text: str) -> list[str]:
    sentences, tokens = split(text)
    return [PAD, PAD, *chain.from_iterable((*(t.text for t in tokens[s.first : s.last]), PAD, PAD) for s in sentences)]


@pytest.fixture
def network() -> Network:
    with resources.as_file(resources.files("warta.model")) as folder:
        return Network.read(folder / "names_network.npz")


def test_names_are_found(network: Network) -> None:
    words = forms(TEXT)
    best = [network.labels[i] for i in network.scores(words).argmax(1)]
    found = {word for word, label in zip(words, best, strict=True) if label.endswith("PER")}
    assert {"Ratri", "Wulandari", "Bagus", "Prasetyo"} <= found
    assert "meresmikan" not in found


def test_scores_do_not_depend_on_what_was_read_before(network: Network) -> None:
    first = network.scores(forms(TEXT))
    network.scores(forms("Harga beras naik di Solo, kata Hasan."))
    assert np.array_equal(network.scores(forms(TEXT)), first)


@pytest.mark.parametrize("at_once", [1, 7, 50])
def test_a_long_article_in_pieces_has_the_scores_of_the_whole(
    network: Network, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = forms(TEXT)
    expected = network.scores(words)
    monkeypatch.setattr(network_module, "_AT_ONCE", at_once)
    assert np.array_equal(network.scores(words), expected)


def test_an_article_of_no_words(network: Network) -> None:
    assert network.scores([PAD, PAD]).shape == (2, len(network.labels))


def test_every_sum_of_a_matrix_is_exact(network: Network) -> None:
    for matrix in (network._topic, *network._layers, network._out):
        assert np.array_equal(matrix.numbers, np.rint(matrix.numbers)) and abs(matrix.numbers).max() <= TOP
        assert abs(matrix.numbers).sum(0).max() * TOP < 2**24
        backwards = (whole(np.ones((1, len(matrix.numbers)), np.float32))[:, ::-1] @ matrix.numbers[::-1]) * matrix.unit
        assert np.array_equal(backwards + matrix.shift, matrix(whole(np.ones((1, len(matrix.numbers)), np.float32))))


def test_rows_are_normal() -> None:
    x = np.random.default_rng(1).normal(3, 2, (5, 64)).astype(np.float32)
    found = normal(x, np.float32(1), np.float32(0))
    assert np.allclose(found.mean(1), 0, atol=1e-3) and np.allclose(found.std(1), 1, atol=1e-2)
