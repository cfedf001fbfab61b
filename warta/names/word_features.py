"""What the tagger sees of a word: everything here depends on the word form alone, so it is computed once per form.

Feature names are short strings. The first letter tells the kind: `w` the word, `s` its shape, `p` and `e` its beginning
and end, `a` `b` `c` its clusters (coarse to fine), `u` how often it is written with a capital, `n` what it names in an
older corpus, `g` its place in the gazetteer, `h` the lists of name heads, `k` of
well-known names, `q` of people's names, `r` `t` of offices and titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources

import numpy as np

from warta.lang import load
from warta.records import Token

OFFSETS = (-2, -1, 0, 1, 2)
PAD = ""  # stands before and behind every sentence

# `Prabowo-Gibran` may be two names and `Coretax-nya` a name with an ending: capitalised words come apart at hyphens.
_PARTS = re.compile(r"[^-]+|-")
_RUNS = ((re.compile("[A-ZÀ-Þ]+"), "X"), (re.compile("[a-zß-ÿ]+"), "x"), (re.compile("[0-9]+"), "d"))
_DIGIT = re.compile(r"\d")


def units(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens, those that begin with a capital split at their hyphens."""
    for token in tokens:
        text, start, _, sentence = token
        if "-" in text and len(text) > 1 and text[0].isupper():
            for part in _PARTS.finditer(text):
                yield Token(part.group(), start + part.start(), start + part.end(), sentence)
        else:
            yield token


def shape(form: str) -> str:
    """`Xx` for Jakarta, `X` for KPK, `Xd` for G20, `d.d` for 4.851; `X1` is a single capital."""
    if form == PAD:
        return "pad"
    if len(form) == 1 and form.isupper():
        return "X1"
    for run, letter in _RUNS:
        form = run.sub(letter, form)
    return form[:8]


def fold_digits(form: str) -> str:
    """`2025` and `1998` are one word to the lexicon."""
    return _DIGIT.sub("0", form)


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, str]:
    """Form to its clusters, capitals, corpus and gazetteer features, separated by spaces (see training/lexicon.py)."""
    with resources.as_file(resources.files("warta.model") / "lexicon.npz") as path, np.load(path) as stored:
        forms, kinds, which = (stored[name] for name in ("forms", "features", "which"))
        lines = kinds.tobytes().decode().split("\n")
        return dict(zip(forms.tobytes().decode().split("\n"), (lines[i] for i in which), strict=True))


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    """Lower-case word to the word lists that it stands in."""
    roles = load("id", "roles")
    found: dict[str, list[str]] = {}
    lists = {"h" + kind: words for kind, words in load("id", "name_heads").items()}
    lists |= {"k" + kind: words for kind, words in load("id", "known_names").items()}
    lists |= {"q" + kind: words for kind, words in load("id", "person_names").items()}
    lists |= {"r": {word for entry in roles["heads"] for word in entry.split()}, "t": roles["titles"]}
    for name, words in lists.items():
        for word in words:
            found.setdefault(word, []).append(name)
    return found


def _looked_up(form: str) -> list[str]:
    """What is known about the form: clusters by the form as written, else in lower case; the rest in lower case."""
    written, lower = fold_digits(form), fold_digits(form.lower())
    known = _lexicon()
    as_written = [name for name in known.get(written, "").split() if name[0] in "abc"]
    as_lower = known.get(lower, "").split()
    found = as_written or [name for name in as_lower if name[0] in "abc"]
    found += [name for name in as_lower if name[0] in "un" or (name[0] == "g" and form[0].isupper())]
    return found + _lists().get(lower, [])


def own_and_around(form: str) -> tuple[list[str], list[str]]:
    """What `form` says to itself, and what it says to the words around it, e.g. `wdi`."""
    lower = form.lower()
    word = ["w" + lower, "s" + shape(form)]
    looked_up = _looked_up(form) if form != PAD else []
    affixes = [name for size in (2, 3, 4) if len(lower) > size for name in ("p" + lower[:size], "e" + lower[-size:])]
    return word + looked_up + affixes, [*word, "e" + lower[-3:], *looked_up]


def features(form: str) -> list[list[str]]:
    """For each of `OFFSETS`, what `form` says to the word `-offset` places from it, e.g. `-1wdi`."""
    own, near = own_and_around(form)
    far = [name for name in near if name[0] != "c"]
    return [
        [f"{offset}{name}" for name in (own if offset == 0 else near if abs(offset) == 1 else far)]
        for offset in OFFSETS
    ]
