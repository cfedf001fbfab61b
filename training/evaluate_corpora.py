"""Names against public corpora, whose guidelines differ from ours: python -m training.evaluate_corpora

Exact spans. GPE, LOC and FAC count as their places; names of our other types are passed over. Each sentence is read by
itself. Nothing is learnt from the labels of these parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from training.gold import SHARED
from warta.chain import STAGES
from warta.model import shipped
from warta.records import Article, Document

PARTS = ("idner-news-2k/dev.txt", "nergrit/valid.txt")
THEIRS = {"PERSON": "PER", "ORGANISATION": "ORG", "PLACE": "LOC"}
OURS = {"PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}

Span = tuple[int, int, str]  # characters of the tokens joined by spaces, type


def sentences(part: str) -> Iterator[tuple[str, set[Span]]]:
    """The text of each sentence and its names."""
    lines = (SHARED / "corpora" / "ner" / part).read_text("utf-8").splitlines()
    for filled, group in groupby(lines, key=lambda line: bool(line.strip())):
        if filled:
            rows = [line.split() for line in group]
            yield " ".join(row[0] for row in rows), names([row[0] for row in rows], [row[-1] for row in rows])


def names(tokens: Sequence[str], labels: Sequence[str]) -> set[Span]:
    found: list[Span] = []
    at = 0
    for token, label in zip(tokens, labels, strict=True):
        end = at + len(token)
        if label.startswith("B-"):
            found.append((at, end, THEIRS.get(label[2:], label[2:])))
        elif label.startswith("I-") and found:
            found[-1] = (found[-1][0], end, found[-1][2])
        at = end + 1
    return set(found)


def predicted(text: str) -> set[Span]:
    document = Document(Article("sentence", text))
    STAGES["sentences"](document, shipped())
    STAGES["names"](document, shipped())
    return {(m.start, m.end, OURS[m.type]) for m in document.mentions if m.form == "name" and m.type in OURS}


def main() -> None:
    for part in PARTS:
        pairs = [(wanted, predicted(text)) for text, wanted in sentences(part)]
        hits = sum(len(wanted & found) for wanted, found in pairs)
        precision, recall = hits / sum(len(f) for _, f in pairs), hits / sum(len(w) for w, _ in pairs)
        print(f"{part}  F1 {2 * precision * recall / (precision + recall):.3f}  P {precision:.3f}  R {recall:.3f}")


if __name__ == "__main__":
    main()
