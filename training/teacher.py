"""The teacher of names, fine-tuned; what it labels is in student.py.

The teacher is no part of the product. It reads what the tagger learns from, whole articles at a time; its scores and
those of the linear tagger are added, and what both say of some million words is what the network learns (student.py).
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from typing import get_args

import torch
from torch.nn import functional

from training.encoder import Teacher, batches, windows
from training.gold import load_gold
from training.labels import Sentence, made_up_articles, of_gold, read_articles
from warta.records import EntityType

EPOCHS = 4  # of each of two rounds
RATE = 1e-4  # of the encoder; the head, which begins from nothing, learns eight times as fast
PIECES = 1_600  # of a batch
WINDOW = 160  # pieces of a text
GOLD_COUNTS = 2.0

LABELS = ["O", *(place + kind for kind in get_args(EntityType) for place in ("B-", "I-"))]
INDEX = {label: i for i, label in enumerate(LABELS)}

Weighted = tuple[float, Sequence[Sentence]]


def fit_teacher(teacher: Teacher, articles: Sequence[Weighted], rate: float = RATE, seed: int = 1) -> None:
    """Every article counts as its weight says; `rate` is that of the encoder at its highest."""
    torch.manual_seed(seed)
    dice = random.Random(seed)
    weight_of: dict[int, float] = {}
    texts = []
    for weight, article in articles:
        for window in windows(article, INDEX, WINDOW):
            texts.append(window)
            weight_of[id(window)] = weight
    low = [p for layer in teacher.layers for p in layer.parameters() if p.requires_grad]
    exact = [p.detach().float().clone().requires_grad_(True) for p in low]  # bfloat16 would lose small steps
    head = list(teacher.head.parameters())
    optimizer = torch.optim.AdamW(
        [{"params": exact, "lr": rate}, {"params": head, "lr": 8 * rate}], weight_decay=0.01, fused=True
    )
    highest = [group["lr"] for group in optimizer.param_groups]
    step, began = 0, time.time()
    total = EPOCHS * len(list(batches(texts, PIECES)))
    for epoch in range(EPOCHS):
        teacher.train()
        dice.shuffle(texts)
        mixed = list(batches(texts, PIECES))
        dice.shuffle(mixed)
        lost = 0.0
        for batch in mixed:
            factor = min(1, (step + 1) / (0.1 * total)) * max(0.02, 1 - step / total)
            for group, top in zip(optimizer.param_groups, highest, strict=True):
                group["lr"] = top * factor
            weights = torch.tensor([weight_of[id(w)] for w in batch.windows for _ in w.labels])
            loss = (functional.cross_entropy(teacher(batch), batch.labels, reduction="none") * weights).sum()
            loss = loss / weights.sum()
            loss.backward()
            for there, here in zip(exact, low, strict=True):
                there.grad = here.grad.float()
                here.grad = None
            torch.nn.utils.clip_grad_norm_(exact + head, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            with torch.no_grad():
                torch._foreach_copy_(low, exact)
            lost += loss.item()
            step += 1
        spent = time.time() - began
        print(f"epoch {epoch + 1}: loss {lost / len(mixed):.4f}, {spent:.0f} s", file=sys.stderr, flush=True)
    teacher.eval()


def material() -> list[Weighted]:
    """What the product's tagger learns from, as articles."""
    gold: list[Weighted] = [(GOLD_COUNTS, of_gold(item)) for item in load_gold("train")]
    return gold + [(1.0, article) for article in read_articles("detik", "indotimex") + made_up_articles()]


def of_outlets(weight: float = 1.0) -> list[Weighted]:
    """The articles of other outlets that we read."""
    return [(weight, article) for article in read_articles("outlets")]


def trained() -> Teacher:
    """First all that is of one outlet, then the other outlets with as many of the first again."""
    teacher, first, then = Teacher(len(LABELS)), material(), of_outlets()
    fit_teacher(teacher, first)
    whole = [one for one in first if len(one[1]) > 3]  # made-up sentences stand alone
    fit_teacher(teacher, then + random.Random(1).sample(whole, len(then)), RATE * 0.7)
    return teacher
