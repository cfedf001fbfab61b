"""Fit where a headline ends that has a sentence right behind it (`warta/lang/id/headline_ends.yml`).

    python -m training.headline_ends [--write]

Headlines and sentences are those of ../shared/corpora (outlets, detik), put together as exports do that lose the line
break behind `Baca juga: ...`. Every tenth article is held back to measure.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.boilerplate import sample
from training.gold import SHARED
from training.linear import fit
from warta.text import headlines
from warta.text.clean import clean_line
from warta.text.headlines import Context, candidates, headline_end

# Words that a headline in title case leaves small.
SMALL_WORDS = [
    "di", "ke", "dari", "dan", "yang", "untuk", "pada", "dengan", "dalam", "oleh", "atau", "ini", "itu", "bagi",
    "hingga", "sampai", "serta", "soal", "usai", "saat", "agar", "karena", "jadi", "tak", "vs", "akan", "per",
    "sebagai", "tentang", "terkait", "demi", "lewat", "secara", "antara", "bisa", "juga", "para", "tanpa", "bin",
    "de", "van", "of", "the",
]  # fmt: skip
TARGET = Path(headlines.__file__).parent.parent / "lang" / "id" / "headline_ends.yml"
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[\"“A-Z])")
_MARK = re.compile(r"baca juga|editor\s?:|copyright|©|\[|advertisement", re.IGNORECASE)
Pair = tuple[list[str], int, Context]


def articles() -> dict[str, list[dict[str, Any]]]:
    """The articles by outlet, without the sample that benchmarks/boilerplate.py measures."""
    held_out = {row["id"] for row in sample()}
    found = defaultdict(list)
    for part in ("outlets", "detik"):
        for line in (SHARED / "corpora" / part / "articles.jsonl").read_text("utf-8").strip().split("\n"):
            row = json.loads(line)
            if row.get("title") and row["id"] not in held_out:
                found[row.get("outlet", part)].append(row)
    return found


def pairs(rows: list[dict[str, Any]], draw: random.Random) -> Iterator[Pair]:
    """A headline of the article or of another of its outlet, two or more sentences of the article behind it."""
    for row in rows:
        sentences = [s for s in _SENTENCE.split(row["text"].replace("\n", " ")) if not _MARK.search(s)]
        sentences = [s for s in sentences[1:] if s[-1:] in '.!?”"' and len(s.split()) > 3]
        for title in (row["title"], *(other["title"] for other in draw.choices(rows, k=6))):
            title = clean_line(title.split("|")[0])
            if len(sentences) > 4 and 3 < len(title.split()) < 25:
                at = draw.randrange(1, len(sentences) - 2)
                words = title.split()
                flat = " ".join([*sentences[:at], "Baca juga:", title, *sentences[at:]])
                yield words + " ".join(sentences[at : at + 3]).split(), len(words), Context.of(flat)


def examples(pair: Pair) -> Iterator[tuple[list[str], bool]]:
    words, end, context = pair
    for i, features in candidates(words[: headlines.MAX_WORDS + 9], context):
        if i <= end:
            yield features, i == end


def measure(held: list[Pair]) -> str:
    right = none = left = cut = 0
    for words, end, context in held:
        text = " ".join(words)
        found = headline_end(text, 0, len(text), context)
        true = len(" ".join(words[:end])) + 1
        right, none = right + (found == true), none + (found is None)
        left, cut = left + (found is not None and found < true), cut + (found is not None and found > true)
    return (
        f"{len(held)} headlines: {right} ends are right, {left} leave words of the headline, {cut} take words of the "
        f"sentence, {none} were not found"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    draw = random.Random(17)
    train: list[Pair] = []
    held: list[Pair] = []
    for rows in articles().values():
        found = list(pairs(rows, draw))
        train += [pair for i, pair in enumerate(found) if i % 30 > 1]
        held += [pair for i, pair in enumerate(found) if i % 30 <= 1]
    rows_, labels = zip(*(example for pair in train for example in examples(pair)), strict=True)
    counts = Counter(feature for row in rows_ for feature in set(row))
    kept = [[f for f in row if f and counts[f] >= 40] for row in rows_]
    weights = {f: round(w, 2) for f, w in fit(kept, labels, l2=2.0).items() if abs(w) >= 0.2}
    headlines._weights = lambda: weights  # type: ignore[assignment]
    print(f"{len(weights)} weights;", measure(held))
    if options.write:
        write(weights)


def write(weights: dict[str, float]) -> None:
    lines = [
        "# Where the headline behind `Baca juga:` ends when a sentence follows without a break. Made by",
        "# `python -m training.headline_ends --write`; the words that a headline leaves small are chosen there.",
        f"small_words: [{', '.join(SMALL_WORDS)}]",
        "weights:",
        *(f"  {json.dumps(name, ensure_ascii=False)}: {weight}" for name, weight in sorted(weights.items())),
    ]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
