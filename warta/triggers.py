"""Candidates for event triggers: the words of event_triggers.yml in any of their forms."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from warta.context import Context
from warta.lang import load
from warta.morphology import Voice, forms, likely_stem, voice_of, without_clitic


class Entry(NamedTuple):
    """What the lexicon knows of a form."""

    stem: str
    voice: Voice
    types: tuple[str, ...]
    firm: frozenset[str]


class Candidate(NamedTuple):
    """tokens[first:last] of a document may name an event of one of `types`.

    `firm` are those of its types for which the word is a good sign by itself.
    """

    first: int
    last: int
    sentence: int
    form: str
    stem: str
    voice: Voice
    types: tuple[str, ...]
    firm: frozenset[str]


@lru_cache(maxsize=1)
def _never() -> frozenset[str]:
    return frozenset(load("id", "event_status")["not_triggers"])


@lru_cache(maxsize=1)
def lexicon() -> dict[str, Entry]:
    """Every form, in small letters, of every entry in event_triggers.yml; fixed expressions keep their spaces."""
    found: dict[str, tuple[str, Voice, dict[str, bool]]] = {}
    for kind, lists in load("id", "event_triggers").items():
        for entry in lists["stems"]:
            stem = entry.rstrip("~").partition("+")[0]
            for form, voice in forms(entry.rstrip("~")):
                types = found.setdefault(form, (stem, voice, {}))[2]
                types[kind] = types.get(kind, False) or not entry.endswith("~")
        for entry in lists["words"]:
            form = entry.rstrip("~").lower()
            types = found.setdefault(form, (likely_stem(form), voice_of(form), {}))[2]
            types[kind] = not entry.endswith("~")  # a word's own entry wins over the form of a stem
    return {
        form: Entry(stem, voice, tuple(types), frozenset(kind for kind, firm in types.items() if firm))
        for form, (stem, voice, types) in found.items()
        if form not in _never()
    }


@lru_cache(maxsize=1)
def _expressions() -> dict[str, list[list[str]]]:
    """Fixed expressions by their first word, longest first."""
    by_first: dict[str, list[list[str]]] = defaultdict(list)
    for form in lexicon().keys() | _never():
        words = form.split()
        if len(words) > 1:
            by_first[words[0]].append(words)
    return {first: sorted(many, key=len, reverse=True) for first, many in by_first.items()}


def candidates(context: Context) -> list[Candidate]:
    """In reading order, never overlapping."""
    found: list[Candidate] = []
    words, known, expressions = context.words, lexicon(), _expressions()
    for sentence in context.document.sentences:
        index = sentence.first
        while index < sentence.last:
            for expression in expressions.get(words[index], ()):
                last = index + len(expression)
                if last <= sentence.last and words[index:last] == expression:
                    form = " ".join(expression)
                    if form in known:
                        found.append(Candidate(index, last, sentence.ordinal, form, *known[form]))
                    index = last
                    break
            else:
                if (entry := _entry(words[index])) and not context.times[index]:
                    found.append(Candidate(index, index + 1, sentence.ordinal, words[index], *entry))
                index += 1
    return found


@lru_cache(maxsize=50_000)
def _entry(word: str) -> Entry | None:
    known = lexicon()
    if word in _never():
        return None
    return known.get(word) or known.get(without_clitic(word))
