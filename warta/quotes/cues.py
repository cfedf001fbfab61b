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
def _phrases() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in lists()["phrases"])


def cue_at(view: TokenView, at: int) -> Cue | None:
    """The cue that begins at tokens[at]."""
    word = view.words[at]
    kind = _kinds().get(word)
    if kind:
        return Cue(kind, view.tokens[at].text, at, at + 1)
    if tuple(view.words[at : at + 2]) in _phrases():
        return Cue("saying", " ".join(token.text for token in view.tokens[at : at + 2]), at, at + 2)
    clitic = _CLITIC.search(word)
    stem = word[: clitic.start()] if clitic else ""
    kind = _kinds().get(stem)
    if kind in ("root", "passive", "preposition"):
        return Cue(kind, view.tokens[at].text[: len(stem)], at, at + 1, clitic=True)
    return None
