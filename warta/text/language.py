"""Which language an article is written in, judged by the words outside its quotes.

Whom an article quotes says nothing of its own language: an Indonesian one may be full of English quotes. Where a text
could be Indonesian it is taken for Indonesian: a wrong answer costs an article its annotation.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from warta.lang import load
from warta.text.quotation_marks import find_quoted

HOME, UNKNOWN = "id", "und"
SAMPLE = 20_000  # characters
MIN_SHARE = 0.05  # of all words; of an Indonesian news text a third are such words
MIN_DISTINCT = 3  # words that Indonesian lacks: one that a text repeats (`polis asuransi`) is a matter, not a language
MIN_RATIO = 2  # of words that Indonesian lacks to words that only Indonesian has

_WORD = re.compile(r"[^\W\d_]+")
_MARKS = re.compile("[\u0300-\u036f]")


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {code: frozenset(words) for code, words in load("id", "languages")["words"].items()}


@lru_cache(maxsize=1)
def _scripts() -> dict[str, re.Pattern[str]]:
    return {code: re.compile(f"[{ranges}]+") for code, ranges in load("id", "languages")["scripts"].items()}


def language(text: str) -> str:
    """ISO 639 code of the language of `text`, `und` where its words outside quotes are too few to tell."""
    own = _outside_quotes(text[:SAMPLE])
    return _by_script(own) or _by_words(own)


def _outside_quotes(text: str) -> str:
    at, parts = 0, list[str]()
    for quoted in find_quoted(text):
        parts.append(text[at : quoted.outer_start])
        at = max(at, quoted.outer_end)
    return " ".join([*parts, text[at:]])


def _by_script(text: str) -> str | None:
    """The language that is written in the letters that most of `text` consists of; None where they are Latin."""
    if text.isascii():
        return None
    found = {code: sum(map(len, letters.findall(text))) for code, letters in _scripts().items()}
    if 2 * sum(found.values()) <= sum(map(len, _WORD.findall(text))):
        return None
    if found["ja"]:  # it also writes the signs of Chinese
        return "ja"
    return max(found, key=lambda code: found[code])


def _by_words(text: str) -> str:
    """The language whose small words `text` uses most."""
    words = Counter(_WORD.findall(_folded(text)))
    counts = {code: sum(words[word] for word in known & words.keys()) for code, known in _words().items()}
    enough = max(2, MIN_SHARE * words.total())
    best = max(counts, key=lambda code: counts[code])
    if counts[best] < enough:
        return UNKNOWN
    if best == HOME or _is_clear(words, _words()[best]):
        return best
    return HOME if counts[HOME] >= enough else UNKNOWN


def _is_clear(words: Counter[str], known: frozenset[str]) -> bool:
    """Whether words that Indonesian lacks are several and outweigh those that only Indonesian has."""
    home = _words()[HOME]
    foreign, own = (known - home) & words.keys(), (home - known) & words.keys()
    weights = sum(words[word] for word in foreign), sum(words[word] for word in own)
    return len(foreign) >= MIN_DISTINCT and weights[0] >= MIN_RATIO * weights[1]


def _folded(text: str) -> str:
    """Small letters without accents."""
    lower = text.lower()
    return lower if lower.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", lower))
