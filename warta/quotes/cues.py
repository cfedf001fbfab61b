"""Words that announce somebody's words: which token is a cue, and of what kind (lists in `lang/id/cues.yml`)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from warta.lang import load
from warta.text.token_view import TokenView

Kind = Literal["root", "saying", "stance", "passive", "preposition", "source", "based_on"]

# `-nya`, as written and as mistyped (`terangnnya`, `tutupnha`).
_CLITIC = re.compile(r"n{1,2}[yh]{1,2}a$")


class Cue(NamedTuple):
    """tokens[first:last] is the cue; `text` is it without `-nya`, which `clitic` keeps."""

    kind: Kind
    text: str
    first: int
    last: int
    clitic: bool = False


@lru_cache(maxsize=1)
def lists() -> dict[str, frozenset[str]]:
    """The word lists of the quote stage, by name."""
    files = ("cues", "speaker_words", "clause_words")
    return {name: frozenset(words) for file in files for name, words in load("id", file).items()}


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Kind]:
    names: list[tuple[str, Kind]] = [
        ("passives", "passive"), ("stance", "stance"), ("saying", "saying"), ("roots", "root"),
        ("based_on", "based_on"), ("sources", "source"), ("prepositions", "preposition"),
    ]  # fmt: skip
    return {word: kind for name, kind in names for word in lists()[name]}


@lru_cache(maxsize=1)
def _phrases() -> dict[str, set[str]]:
    """Cues of two words: their second words by the first."""
    found: dict[str, set[str]] = {}
    for first, second in map(str.split, lists()["phrases"]):
        found.setdefault(first, set()).add(second)
    return found


@lru_cache(maxsize=20_000)
def _with_clitic(word: str) -> tuple[Kind, int] | None:
    """The kind of a cue that stands in `word` before a clitic, and its length."""
    clitic = _CLITIC.search(word)
    kind = _kinds().get(word[: clitic.start()]) if clitic else None
    return (kind, clitic.start()) if clitic and kind in ("root", "passive", "preposition") else None


def cue_at(view: TokenView, at: int) -> Cue | None:
    """The cue that begins at tokens[at]."""
    word = view.words[at]
    if kind := _kinds().get(word):
        return Cue(kind, view.tokens[at].text, at, at + 1)
    if (seconds := _phrases().get(word)) and not seconds.isdisjoint(view.words[at + 1 : at + 2]):
        return Cue("saying", " ".join(token.text for token in view.tokens[at : at + 2]), at, at + 2)
    if found := _with_clitic(word):
        kind, length = found
        return Cue(kind, view.tokens[at].text[:length], at, at + 1, clitic=True)
    return None
