"""Move the offsets of readings.jsonl to texts that are cleaned otherwise than when they were read.

    python -m training.move_readings OLD.json

OLD.json maps the articles (`detik/318`) to their texts as they were read, as `training.readings.corpus()` gave them.
Spans in words that are no longer in the text are dropped and counted.
"""

from __future__ import annotations

import argparse
import json
import re
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from training.readings import READINGS, corpus, sha256

_PIECES = re.compile(r"\w+|\s+|[^\w\s]")


def places(old: str, new: str) -> dict[int, int]:
    """Where each character of `old` that is kept stands in `new`."""
    before, after = ([m.span() for m in _PIECES.finditer(text)] for text in (old, new))
    matcher = SequenceMatcher(None, [old[a:b] for a, b in before], [new[a:b] for a, b in after], autojunk=False)
    found: dict[int, int] = {}
    for a, b, size in matcher.get_matching_blocks():
        for (start, end), (there, _) in zip(before[a : a + size], after[b : b + size], strict=True):
            found |= {at: at - start + there for at in range(start, end)}
    return found


def moved(spans: list[list[Any]], old: str, new: str) -> list[list[Any]]:
    there = places(old, new)
    found = []
    for start, end, *labels in spans:
        if start in there and end - 1 in there and new[there[start] : there[end - 1] + 1] == old[start:end]:
            found.append([there[start], there[end - 1] + 1, *labels])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path, help="JSON: the texts as they were read, by article")
    texts = json.loads(parser.parse_args().old.read_text("utf-8"))
    rows, changed, dropped = [], 0, 0
    for line in READINGS.read_text("utf-8").splitlines():
        row = json.loads(line)
        article, old = corpus()[row["article"]], texts[row["article"]]
        if article.text != old:
            changed += 1
            for part in {"names", "events"} & row.keys():
                spans = moved(row[part], old, article.text)
                dropped += len(row[part]) - len(spans)
                row[part] = spans
            row["sha256"] = sha256(article)
        rows.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    READINGS.write_text("\n".join(rows) + "\n", "utf-8")
    print(f"{len(rows)} articles, {changed} of them changed, {dropped} spans dropped")


if __name__ == "__main__":
    main()
