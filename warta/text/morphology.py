"""Indonesian verb forms: all forms of a stem, the voice of a form, and a likely stem of an unknown word.

The rules of the nasal prefixes are those of the standard grammar (Tata Bahasa Baku Bahasa Indonesia); see affixes.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal

from warta.lang import load

Voice = Literal["active", "passive", "stative", "middle", "noun", "bare"]  # me-, di-, ter-, ber-, pe-an, no affix
_VOWELS = re.compile("[aeiou]+")


def _affixes() -> Any:
    return load("id", "affixes")


def _nasals(stem: str) -> Iterator[str]:
    """The stem as it stands behind `me` or `pe`: `tangkap` -> `nangkap`, `ntangkap`."""
    for nasal, swallowed in _affixes()["nasal"].get(stem[0], []):
        yield nasal + stem[swallowed:]
    if len(_VOWELS.findall(stem)) == 1:
        yield _affixes()["short"] + stem


def forms(entry: str) -> Iterator[tuple[str, Voice]]:
    """Every form of a stem as written in event_triggers.yml (`salur+kan`), with its voice."""
    stem, _, suffix = entry.partition("+")
    first, _, rest = stem.partition(" ")  # `tanda tangan+i` -> menandatangani
    stem = first + rest
    whole = stem + suffix
    yield whole, "bare"
    yield "di" + whole, "passive"
    yield "ter" + whole, "stative"
    for nasal in _nasals(stem):
        yield "me" + nasal + suffix, "active"
        yield "pe" + nasal + "an", "noun"
    if stem.startswith("per"):
        yield "mem" + whole, "active"


@lru_cache(maxsize=1)
def _not_verbs() -> frozenset[str]:
    return frozenset(_affixes()["not_verbs"])


@lru_cache(maxsize=20_000)
def voice_of(word: str) -> Voice:
    """The voice that the outside of a word shows."""
    if word in _not_verbs():
        return "bare"
    if re.match(r"me(?:m|n|l|r|w|y|nge)", word):
        return "active"
    if word.startswith("di") and len(word) > 4:
        return "passive"
    if word.startswith("ter") and len(word) > 5:
        return "stative"
    if word.startswith("ber") and len(word) > 5:
        return "middle"
    if word.endswith("an") and re.match("pe|ke", word):
        return "noun"
    return "bare"


def without_clitic(word: str) -> str:
    """`penolakannya` -> `penolakan`."""
    for clitic in _affixes()["clitics"]:
        if word.endswith(clitic) and len(word) - len(clitic) > 3:
            return word[: -len(clitic)]
    return word


@lru_cache(maxsize=20_000)
def likely_stem(word: str) -> str:
    """The word without its affixes, by their outer form alone: good enough to group forms of one verb."""
    for prefix in _affixes()["prefixes"]:
        if word.startswith(prefix) and len(word) - len(prefix) >= 4:
            word = word[len(prefix) :]
            break
    for suffix in _affixes()["suffixes"]:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word
