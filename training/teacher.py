"""Labels for unannotated news, from a fine-tuned encoder: python -m training.teacher

The encoder (see `e5.py`) is far too slow to ship, but what it knows of names from many languages passes to the tagger
by way of the articles that it labels. It learns from 72 of the 96 training articles; the other 24 stay unseen,
so that they can judge the tagger that learns from it (see `cross_validate.py`). Needs half an hour of one core.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.e5 import SPACE, Encoder, Packed
from training.gold import SHARED, GoldArticle, load_gold
from training.labels import TYPES, labels_of, split_gold
from training.lexicon import column, panl_texts, raw_articles
from training.train import SILVER
from warta.features import units
from warta.records import Token
from warta.sentences import TOKEN, split

LONGEST, BATCH = 170, 700  # pieces of a passage, of a batch
ROUNDS, RATE, DECAY = 7, 2.5e-4, 0.9  # passes over the gold, learning rate of the top layer, factor a layer down
WITH_OTHERS = 3  # rounds that also see the other corpora, each under a head of its own
PASSAGES_PANL = 5  # every fifth of them
BIO = ["O"] + [prefix + kind for kind in TYPES for prefix in ("B-", "I-")]
BIO3 = ["O"] + [prefix + kind for kind in ("PER", "LOC", "ORG") for prefix in ("B-", "I-")]
OTHERS = {"PER": "PER", "PERSON": "PER", "LOC": "LOC", "PLACE": "LOC", "ORG": "ORG", "ORGANISATION": "ORG"}

Sentence = tuple[list[str], list[bool], list[str]]  # forms, whether a space stands before, labels
Passage = tuple[list[int], list[int], list[int]]  # pieces, the first piece of each word, label numbers


def sentences_of(text: str, labels: Sequence[str] | None = None) -> list[Sentence]:
    found = list(units(split(text)[1]))
    tags = iter(labels or ["O"] * len(found))
    grouped: Iterable[list[Token]] = (list(group) for _, group in groupby(found, key=lambda unit: unit.sentence))
    return [
        (
            [unit.text for unit in group],
            [unit.start == 0 or text[unit.start - 1].isspace() for unit in group],
            list(islice(tags, len(group))),
        )
        for group in grouped
    ]


def other_corpus(path: str) -> list[list[Sentence]]:
    """idner-news-2k or NERGrit, cut into our words; one sentence an article."""
    found = []
    for sentence in column(SHARED / "corpora" / "ner" / path):
        forms, spaces, labels = [], [], []
        for word, label in sentence:
            parts = [m.group() for m in TOKEN.finditer(word)]
            kind = OTHERS.get(label[2:], "")
            for i, part in enumerate(parts):
                forms.append(part)
                spaces.append(i == 0 and part not in ".,;:!?)%" and forms[-2:-1] != ["("])
                labels.append(f"{label[0] if i == 0 else 'I'}-{kind}" if kind else "O")
        found.append([(forms, spaces, labels)])
    return found


def passages(packed: Packed, sentences: Iterable[Sentence], labels: Sequence[str]) -> list[Passage]:
    """Neighbouring sentences packed together."""
    number = {label: i for i, label in enumerate(labels)}
    found: list[Passage] = [([], [], [])]
    for forms, spaces, tags in sentences:
        split_up = [packed.pieces(SPACE * space + form) for form, space in zip(forms, spaces, strict=True)]
        if found[-1][0] and len(found[-1][0]) + sum(map(len, split_up)) > LONGEST:
            found.append(([], [], []))
        for pieces, tag in zip(split_up, tags, strict=True):
            if len(found[-1][0]) + len(pieces) > 500:
                found.append(([], [], []))
            found[-1][1].append(len(found[-1][0]) + 1)
            found[-1][0].extend(pieces)
            found[-1][2].append(number[tag])
    return [passage for passage in found if passage[0]]


class Teacher(nn.Module):
    def __init__(self, packed: Packed, vocabulary: list[int]) -> None:
        super().__init__()
        self.packed, self.encoder = packed, Encoder(packed, vocabulary)
        self.heads = nn.ModuleList(nn.Linear(packed.width, len(labels)) for labels in (BIO, BIO3, BIO3))

    def batch(self, group: Sequence[Passage]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        longest, words = max(len(p[0]) for p in group) + 2, max(len(p[1]) for p in group)
        row, packed = self.encoder.row, self.packed
        ids = torch.full((len(group), longest), row[packed.pad])
        first, labels = torch.zeros(len(group), words, dtype=torch.long), torch.full((len(group), words), -100)
        for i, (pieces, starts, tags) in enumerate(group):
            ids[i, : len(pieces) + 2] = torch.tensor([row[p] for p in (packed.bos, *pieces, packed.eos)])
            first[i, : len(starts)], labels[i, : len(tags)] = torch.tensor(starts), torch.tensor(tags)
        return ids, ids != row[packed.pad], first, labels

    def forward(self, ids: Tensor, mask: Tensor, first: Tensor, head: int) -> Tensor:
        x = functional.dropout(self.encoder(ids, mask), 0.1, self.training)
        x = torch.gather(x, 1, first[:, :, None].expand(-1, -1, x.shape[-1]))
        return self.heads[head](x)

    @torch.no_grad()
    def label(self, group: list[Passage]) -> Iterator[tuple[list[str], list[float]]]:
        """Best label sequences, and the log-probability of each label."""
        self.eval()
        barred = np.array([[-1e4 * (b[0] == "I" and a[2:] != b[2:]) for b in BIO] for a in BIO], np.float32)
        ids, mask, first, _ = self.batch(group)
        scores = functional.log_softmax(self(ids, mask, first, 0), -1).numpy()
        for row, (_, starts, _) in zip(scores, group, strict=True):
            best = row[0] + barred[0]
            back = []
            for scored in row[1 : len(starts)]:
                paths = best[:, None] + barred
                back.append(paths.argmax(0))
                best = paths.max(0) + scored
            path = [int(best.argmax())]
            for step in back[::-1]:
                path.append(int(step[path[-1]]))
            path.reverse()
            yield [BIO[i] for i in path], [round(float(row[t, i]), 3) for t, i in enumerate(path)]


def batches(found: list[Passage], head: int, rng: random.Random) -> list[tuple[int, list[Passage]]]:
    """Passages of like length together, `BATCH` pieces with their padding."""
    mixed = rng.sample(found, len(found))
    mixed.sort(key=lambda passage: len(passage[0]) // 20)
    made: list[tuple[int, list[Passage]]] = [(head, [])]
    for passage in mixed:
        if made[-1][1] and (len(made[-1][1]) + 1) * max(len(p[0]) for p in (*made[-1][1], passage)) > BATCH:
            made.append((head, []))
        made[-1][1].append(passage)
    return made


def train(teacher: Teacher, gold: list[Passage], others: Sequence[list[Passage]]) -> None:
    """AdamW, warm-up over a tenth of the steps, then down in a straight line."""
    groups = [{"params": list(teacher.heads.parameters()), "lr": 1e-3}]
    top = len(teacher.encoder.layers) - 1
    groups += [
        {"params": list(layer.parameters()), "lr": RATE * DECAY ** (top - i)}
        for i, layer in enumerate(teacher.encoder.layers)
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    rng = random.Random(1)
    plan: list[tuple[int, list[Passage]]] = []
    for number in range(ROUNDS):
        now = batches(gold, 0, rng)
        if number < WITH_OTHERS:
            for head, (found, share) in enumerate(zip(others, (3, 4), strict=True), start=1):
                now += batches(found, head, rng)[: len(now) // share]
        rng.shuffle(now)
        plan += now
    warm = len(plan) / 10
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / warm) * max(0.02, 1 - step / len(plan))
    )
    teacher.train()
    for head, group in plan:
        ids, mask, first, labels = teacher.batch(group)
        loss = functional.cross_entropy(
            teacher(ids, mask, first, head).flatten(0, 1), labels.flatten(), ignore_index=-100
        )
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
        optimizer.step()
        schedule.step()


def unlabelled() -> dict[str, list[str]]:
    """Articles to label, by source; none of the gold."""
    gold = {item.article.text[:80] for part in ("train", "dev", "seed") for item in load_gold(part)}
    detik = [text for text in raw_articles() if text[:80] not in gold]
    return {"detik": detik, "panl": list(panl_texts())[::PASSAGES_PANL]}


def main() -> None:
    torch.manual_seed(0)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    packed = Packed()
    learning: list[GoldArticle] = split_gold()[0]
    gold = [p for item in learning for p in passages(packed, sentences_of(item.article.text, labels_of(item)), BIO)]
    others = [
        [p for article in other_corpus(path) for p in passages(packed, article, BIO3)]
        for path in ("idner-news-2k/train.txt", "nergrit/train.txt")
    ]
    texts = {name: [sentences_of(text) for text in found] for name, found in unlabelled().items()}
    cut = {name: [passages(packed, article, BIO) for article in articles] for name, articles in texts.items()}
    everything = [gold, *others, *(found for articles in cut.values() for found in articles)]
    used = {piece for found in everything for pieces, _, _ in found for piece in pieces}
    teacher = Teacher(packed, sorted(used | {packed.bos, packed.eos, packed.pad, packed.unknown}))
    train(teacher, gold, others)
    silver = []
    for name, articles in cut.items():
        for sentences, found in zip(texts[name], articles, strict=True):
            labelled = [one for passage in found for one in teacher.label([passage])]
            tags = iter([tag for tags, _ in labelled for tag in tags])
            sure = iter([p for _, sure in labelled for p in sure])
            silver += [
                {
                    "source": name,
                    "forms": s[0],
                    "labels": list(islice(tags, len(s[0]))),
                    "least": min(islice(sure, len(s[0]))),
                }
                for s in sentences
            ]
    SILVER.write_text(json.dumps(silver), "utf-8")


if __name__ == "__main__":
    main()
