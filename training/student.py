"""Train the network of names and write it: python -m training.student WORK

It learns what the teacher and the linear tagger together say of the corpora ("silver"), and what readers say of the
annotated articles. Weights and activations are rounded while it learns, as the shipped network rounds them
(warta/names/network.py).
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.encoder import Teacher, mean_scores
from training.labels import Sentence, in_sentences
from training.lexicon import raw_articles
from training.readings import outlet_articles
from training.teacher import INDEX, LABELS, Weighted, material, of_outlets, trained
from training.train import MODEL, OUTLETS_COUNT
from warta.names.network import STEP, TOP, hashed_features
from warta.names.tagger import Tagger
from warta.names.word_features import PAD

ROWS, WIDTH, REACH = 1 << 16, 128, (1, 1, 2, 4)
RATE = 3e-3
WORDS = 1_500  # of a batch
SILVER_EPOCHS, GOLD_EPOCHS = 4, 4
LONGEST = 300  # words of a sentence; what is longer is a list that lost its line breaks
TAGGER_COUNTS = 6.4  # its scores beside the teacher's log-probabilities
NETWORK = MODEL.with_name("names_network.npz")


class Example(NamedTuple):
    """An article: its forms with padding between sentences, and the shares of the labels of each, none of padding."""

    forms: list[str]
    targets: NDArray[np.float16]
    weight: float


def example(article: Sequence[Sentence], targets: Sequence[NDArray[Any]] | None = None, weight: float = 1.0) -> Example:
    """`targets` are rows for the words of each sentence; without them the labels of the sentences count."""
    forms, rows = [PAD, PAD], [np.zeros((2, len(LABELS)), np.float16)]
    for number, sentence in enumerate(article):
        if targets is None:
            row = np.zeros((len(sentence.forms), len(LABELS)), np.float16)
            row[range(len(row)), [INDEX[label] for label in sentence.labels]] = 1
        else:
            row = targets[number].astype(np.float16)
        forms += [*sentence.forms, PAD, PAD]
        rows += [row, np.zeros((2, len(LABELS)), np.float16)]
    return Example(forms, np.concatenate(rows), weight)


def rounded(x: Tensor, step: float | Tensor = STEP) -> Tensor:
    """As the shipped network has it; the gradient passes."""
    return x + ((x / step).round().clamp(-TOP, TOP) * step - x).detach()


class _Matrix(nn.Module):
    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(inputs, outputs) * (1.5 / inputs) ** 0.5)
        self.shift = nn.Parameter(torch.zeros(outputs))

    def unit(self) -> Tensor:
        return self.weight.detach().abs().amax(0).clamp(min=1e-4) / TOP

    def forward(self, x: Tensor) -> Tensor:
        return x @ rounded(self.weight, self.unit()) + self.shift


class Student(nn.Module):
    def __init__(self, rows: int = ROWS, width: int = WIDTH, reach: Sequence[int] = REACH) -> None:
        super().__init__()
        self.rows, self.reach = rows, tuple(reach)
        self.table = nn.EmbeddingBag(rows, width, mode="sum", sparse=True)
        nn.init.normal_(self.table.weight, std=0.03)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(len(reach) + 1))
        self.topic = _Matrix(width, width)
        self.layers = nn.ModuleList(_Matrix(3 * width, 2 * width) for _ in reach)
        self.out = _Matrix(width, len(LABELS))
        self._form: dict[str, int] = {}
        self._features: list[Tensor] = []
        self.ids([PAD])

    def ids(self, forms: Sequence[str]) -> list[int]:
        for form in forms:
            if form not in self._form:
                self._form[form] = len(self._features)
                self._features.append(torch.tensor(hashed_features(form, self.rows)))
        return [self._form[form] for form in forms]

    def forward(self, articles: Sequence[list[int]], hidden: float = 0.0) -> Tensor:
        """Scores of all words of some articles; a share `hidden` of the features of each form is left out."""
        ids = torch.tensor([i for article in articles for i in article])
        owner = torch.repeat_interleave(torch.arange(len(articles)), torch.tensor([len(a) for a in articles]))
        used, back = torch.unique(ids, return_inverse=True)
        lists = [self._features[i] for i in used.tolist()]
        flat = torch.cat(lists)
        starts = torch.tensor([0, *(len(x) for x in lists[:-1])]).cumsum(0)
        keep = (torch.rand(len(flat)) >= hidden).float() if hidden else None
        x = self.norms[0](self.table(flat, starts, per_sample_weights=keep))[back]
        is_word = (ids != 0).float()[:, None]
        sums = torch.zeros(len(articles), x.shape[1]).index_add(0, owner, rounded(x) * is_word)
        means = sums / torch.zeros(len(articles), 1).index_add(0, owner, is_word).clamp(min=1)
        x = x + self.topic(rounded(means, STEP / 4))[owner]
        drop = 0.1 if self.training else 0.0
        x = functional.dropout(x, drop, self.training)
        for layer, reach, norm in zip(self.layers, self.reach, self.norms[1:], strict=True):
            numbers, far = rounded(x), x.new_zeros(reach, x.shape[1])
            around = torch.cat([torch.cat([far, numbers[:-reach]]), numbers, torch.cat([numbers[reach:], far])], 1)
            best = layer(around).view(len(x), -1, 2).amax(-1)
            x = x + norm(functional.dropout(best, drop, self.training))
        return self.out(rounded(x))

    def write(self, path: Path) -> None:
        stored: dict[str, NDArray[Any]] = {"labels": np.frombuffer("\n".join(LABELS).encode(), np.uint8)}
        table = self.table.weight.detach()
        unit = float(torch.quantile(table.abs().flatten()[:: table.numel() // 1_000_000 + 1], 0.9999)) / TOP
        stored["table"] = (table / unit).round().clamp(-TOP, TOP).to(torch.int8).numpy()
        stored["table_unit"] = np.array(unit, np.float32)
        stored["reach"] = np.array(self.reach, np.int8)
        for i, norm in enumerate(self.norms):
            stored[f"scale{i}"], stored[f"shift{i}"] = norm.weight.detach().numpy(), norm.bias.detach().numpy()
        matrices = {"topic": (self.topic, STEP / 4), "out": (self.out, STEP)}
        matrices |= {f"layer{i}": (layer, STEP) for i, layer in enumerate(self.layers)}
        for name, (matrix, step) in matrices.items():
            stored[name] = (matrix.weight.detach() / matrix.unit()).round().to(torch.int8).numpy()
            stored[name + "_unit"] = (matrix.unit() * step).numpy()
            stored[name + "_shift"] = matrix.shift.detach().numpy()
        np.savez_compressed(path, **stored)  # type: ignore[arg-type]


def fit(student: Student, examples: Sequence[Example], epochs: int, rate: float = RATE, seed: int = 1) -> None:
    torch.manual_seed(seed)
    dice = random.Random(seed)
    table = student.table.weight
    others = [p for p in student.parameters() if p is not table]
    optimizers = [
        torch.optim.Adam(others, lr=rate, betas=(0.9, 0.99)),
        torch.optim.SparseAdam([table], lr=rate, betas=(0.9, 0.99)),  # most rows are not in a batch
    ]
    coded = [(student.ids(e.forms), e) for e in examples]
    total, done, began = epochs * sum(len(ids) for ids, _ in coded), 0, time.time()
    student.train()
    for epoch in range(epochs):
        dice.shuffle(coded)
        lost, steps, at = 0.0, 0, 0
        while at < len(coded):
            batch, words = [], 0
            while at < len(coded) and words < WORDS:
                batch.append(coded[at])
                words += len(coded[at][0])
                at += 1
            for group in (group for optimizer in optimizers for group in optimizer.param_groups):
                group["lr"] = rate * max(0.03, 1 - done / total) * min(1, (done + words) / (0.03 * total))
            targets = torch.from_numpy(np.concatenate([e.targets for _, e in batch]).astype(np.float32))
            weights = torch.cat([torch.full((len(ids),), e.weight) for ids, e in batch]) * targets.sum(1)
            scores = student([ids for ids, _ in batch], hidden=0.1).log_softmax(-1)
            loss = -((targets * scores).sum(1) * weights).sum() / weights.sum()
            student.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(others, 2.0)
            for optimizer in optimizers:
                optimizer.step()
            done, lost, steps = done + words, lost + loss.item(), steps + 1
        print(f"epoch {epoch + 1}: loss {lost / steps:.4f}, {time.time() - began:.0f} s", file=sys.stderr, flush=True)
    student.eval()


def silver(teacher: Teacher, tagger: Tagger, articles: Sequence[Sequence[Sentence]]) -> Iterator[Example]:
    """Half of a word's share follows the teacher's probabilities, half goes to the best label of both together."""
    order = [tagger.labels.index(label) for label in LABELS]
    for article, of_teacher in zip(articles, mean_scores(teacher, articles, INDEX), strict=True):
        of_tagger = tagger.scores([sentence.forms for sentence in article])
        together, at = of_tagger * np.float32(TAGGER_COUNTS), 2
        for rows in of_teacher:
            together[at : at + len(rows), order] += rows
            at += len(rows) + 2
        best = tagger.viterbi(together / TAGGER_COUNTS)
        targets, at = [], 2
        for rows in of_teacher:
            shares = np.exp(rows)
            shares /= 2 * shares.sum(1, keepdims=True)
            labels = [INDEX[tagger.labels[i]] for i in best[at : at + len(rows)]]
            shares[range(len(rows)), labels] += 0.5
            targets.append(shares)
            at += len(rows) + 2
        yield example(article, targets)


def raw_texts() -> list[list[Sentence]]:
    """All articles of the corpora but those of gold/dev and gold/outlets; what is annotated in some does not count."""
    texts = map(in_sentences, (*raw_articles(), *(article.text for article in outlet_articles())))
    return [article for text in texts if (article := [s for s in text if len(s.forms) < LONGEST])]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path, help="a folder that keeps the teacher's weights for another try")
    work = parser.parse_args().work
    work.mkdir(exist_ok=True)
    gold, tagger = material() + of_outlets(OUTLETS_COUNT), Tagger.read(MODEL)
    if not (kept := work / "teacher.pt").exists():
        torch.save(trained().state_dict(), kept)
    teacher = Teacher(len(LABELS))
    teacher.load_state_dict(torch.load(kept))
    of_teacher = list(silver(teacher, tagger, raw_texts()))
    of_readers = [example(article, weight=weight) for weight, article in with_case_noise(gold)]
    student = Student()
    fit(student, of_teacher + of_readers, epochs=SILVER_EPOCHS)
    some = random.Random(4).sample(of_teacher, min(len(of_teacher), len(of_readers) // 2))
    fit(student, of_readers + some, epochs=GOLD_EPOCHS, rate=RATE / 3)
    student.write(NETWORK)


def with_case_noise(articles: Sequence[Weighted]) -> list[Weighted]:
    """The articles, and some of them as careless writers have them."""
    found = list(articles)
    for start, change in ((0, str.lower), (1, str.upper)):
        for _, article in articles[start::12]:
            found.append((1.0, [s._replace(forms=[change(form) for form in s.forms]) for s in article]))
    return found


if __name__ == "__main__":
    main()
