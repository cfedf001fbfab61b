"""What changed from one text to the next, as people read it: lines that went and lines that came."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

MAX_LINES = 2_000  # of each text; comparing takes time in proportion to their product


def changes(before: str, after: str) -> Iterator[tuple[str, str]]:
    """(`-` or `+`, line) for each line that is not in both, in order."""
    old, new = before.split("\n")[:MAX_LINES], after.split("\n")[:MAX_LINES]
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (("-", line) for line in old[i:j])
            yield from (("+", line) for line in new[k:m])
