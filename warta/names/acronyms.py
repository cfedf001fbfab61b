"""Indonesian acronyms: `KPK` from initials, `Sumut` (Sumatera Utara) and `Kemenkeu` from pieces of the words."""

from __future__ import annotations

import re
from functools import lru_cache

from warta.lang import load

_WORD = re.compile(r"\w+")

Words = tuple[str, ...]


@lru_cache(maxsize=1)
def _skipped() -> frozenset[str]:
    return frozenset(load("id", "name_words")["skipped_by_acronyms"])


@lru_cache(maxsize=8192)
def words_of(surface: str) -> Words:
    """Lower-case words of a name, without a short form in brackets inside it (`Pemerintah Kota (Pemkot) Palembang`)."""
    return tuple(_WORD.findall(re.sub(r"\([^()]*\)(?=\W*\w)", " ", surface.lower())))


def _reads_off(short: str, words: Words) -> bool:
    """Can `short` be spelt from the words in order: a beginning of each, its end, or three letters from within it?"""
    if not words:
        return not short
    head, rest = words[0], words[1:]
    if head in _skipped() and _reads_off(short, rest):
        return True
    for size in range(1, len(short) + 1):
        piece = short[:size]
        if piece not in head:  # nor is a longer one
            return False
        fits = size >= 3 or head.startswith(piece) or (size == 2 and head.endswith(piece))
        if fits and _reads_off(short[size:], rest):
            return True
    return False


@lru_cache(maxsize=8192)
def stands_for(short: str, words: Words) -> bool:
    """True where the lower-case word `short` is made of letters of `words`, two at least."""
    content = [word for word in words if word not in _skipped()]
    if len(short) < 2 or len(content) < 2 or short in words or len(short) >= sum(map(len, words)):
        return False
    if short in ("".join(word[0] for word in words), "".join(word[0] for word in content)):
        return True
    return len(short) >= 4 and _reads_off(short, words)


def abbreviates(short: str, long: str) -> bool:
    """`KPK` for Komisi Pemberantasan Korupsi; the first word may be left out: `KAI` for PT Kereta Api Indonesia."""
    words = words_of(long)
    return len(words_of(short)) == 1 and any(stands_for(short.lower(), part) for part in (words, words[1:]))


@lru_cache(maxsize=8192)
def same_words(a: Words, b: Words) -> bool:
    """Equal word by word, where a word may stand for several: `PN Solo` and Pengadilan Negeri Solo."""
    if not a or not b:
        return a == b
    if a[0] == b[0] and same_words(a[1:], b[1:]):
        return True
    return any(
        stands_for(x[0], y[:size]) and same_words(x[1:], y[size:])
        for x, y in ((a, b), (b, a))
        for size in range(2, min(len(y), 8) + 1)
    )
