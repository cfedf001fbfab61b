"""Indonesian acronyms: `KPK` from initials, `Sumut` (Sumatera Utara) and `Kemenkeu` from pieces of the words."""

from __future__ import annotations

import re
from functools import lru_cache

# Words that an acronym passes over.
_SKIPPED = frozenset(
    ["dan", "untuk", "di", "bidang", "atas", "yang", "dengan", "dari", "ke", "pada", "the", "of", "and", "for"]
)
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=4096)
def _reads_off(short: str, words: tuple[str, ...]) -> bool:
    """Can `short` be spelt from the words in order: a beginning of each, or three letters and more from within it?"""
    if not words:
        return not short
    head, rest = words[0], words[1:]
    if head in _SKIPPED and _reads_off(short, rest):
        return True
    return any(
        (head.startswith(short[:size]) or (size >= 3 and short[:size] in head)) and _reads_off(short[size:], rest)
        for size in range(min(len(short), len(head)), 0, -1)
    )


def abbreviates(short: str, long: str) -> bool:
    """True where `short` is one word made of letters of the words of `long`, two words at least."""
    words = tuple(_WORD.findall(long.lower()))
    content = [word for word in words if word not in _SKIPPED]
    lower = short.lower()
    if " " in short or len(short) < 2 or len(content) < 2 or lower in words:
        return False
    initials = {"".join(word[0] for word in chosen) for chosen in (words, content, content[1:])}
    return lower in initials or (len(short) >= 4 and len(lower) < len(long) and _reads_off(lower, words))
