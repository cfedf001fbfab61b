"""What the tagger sees of a word: everything here depends on the word form alone, so it is computed once per form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from warta.records import Token

OFFSETS = (-2, -1, 0, 1, 2)
PAD = ""  # stands before and behind every sentence

# `Prabowo-Gibran` may be two names and `Coretax-nya` a name with an ending: capitalised words come apart at hyphens.
_PARTS = re.compile(r"[^-]+|-")
_RUNS = ((re.compile("[A-ZÀ-Þ]+"), "X"), (re.compile("[a-zß-ÿ]+"), "x"), (re.compile("[0-9]+"), "d"))


def units(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens, those that begin with a capital split at their hyphens."""
    for token in tokens:
        text, start, _, sentence = token
        if "-" in text and len(text) > 1 and text[0].isupper():
            for part in _PARTS.finditer(text):
                yield Token(part.group(), start + part.start(), start + part.end(), sentence)
        else:
            yield token


@lru_cache(maxsize=50_000)
def shape(form: str) -> str:
    """`Xx` for Jakarta, `X` for KPK, `Xd` for G20, `d.d` for 4.851; `X1` is a single capital."""
    if form == PAD:
        return "pad"
    if len(form) == 1 and form.isupper():
        return "X1"
    for run, letter in _RUNS:
        form = run.sub(letter, form)
    return form[:8]


def word_features(form: str) -> list[str]:
    """Features of a form at its own place."""
    lower = form.lower()
    found = ["w" + lower, "s" + shape(form)]
    for size in (2, 3, 4):
        if len(lower) > size:
            found += [f"p{lower[:size]}", f"e{lower[-size:]}"]
    return found


def context_features(form: str) -> list[str]:
    """Features of a form for its neighbours."""
    return ["w" + form.lower(), "s" + shape(form), "e" + form.lower()[-3:]]


def features(form: str, offset: int) -> list[str]:
    """Names of the features that `form` gives to the word `-offset` places from it, e.g. `-1wdi`."""
    return [f"{offset}{name}" for name in (word_features(form) if offset == 0 else context_features(form))]
