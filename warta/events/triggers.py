"""Candidates for event triggers: the words of event_triggers.yml in any of their forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from warta.events.types import event_types
from warta.lang import load
from warta.text.morphology import Voice, forms, likely_stem, voice_of, without_clitic
from warta.text.token_view import TokenView


class Entry(NamedTuple):
    """What the lexicon knows of a form."""

    stem: str
    voice: Voice
    types: tuple[str, ...]
    firm: frozenset[str]


class TriggerCandidate(NamedTuple):
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
    """Every form, in small letters, of every entry in event_triggers.yml; fixed expressions keep their spaces.

    Raises ValueError where event_types.yml and event_triggers.yml do not have the same types.
    """
    triggers = load("id", "event_triggers")
    check_types(event_types(), triggers)
    return {form: entry for form, entry in _entries(triggers).items() if form not in _never()}


def check_types(declared: Collection[str], with_triggers: Collection[str]) -> None:
    """Raises ValueError, with the file to edit, unless every declared event type has triggers and the reverse."""
    problems = [
        f"{kind} has no entry in warta/lang/id/event_triggers.yml: add its stems, words and cues there"
        for kind in declared
        if kind not in with_triggers
    ] + [
        f"{kind} has triggers but is not declared: add it to warta/lang/id/event_types.yml"
        for kind in with_triggers
        if kind not in declared
    ]
    if problems:
        raise ValueError("event types do not match: " + "; ".join(problems))


def _entries(triggers: Mapping[str, Mapping[str, list[str]]]) -> dict[str, Entry]:
    found: dict[str, tuple[str, Voice, dict[str, bool]]] = {}
    for kind, lists in triggers.items():
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


def find_candidates(view: TokenView) -> list[TriggerCandidate]:
    """In reading order, never overlapping."""
    found: list[TriggerCandidate] = []
    words, known, expressions = view.words, lexicon(), _expressions()
    for sentence in view.document.sentences:
        index = sentence.first
        while index < sentence.last:
            for expression in expressions.get(words[index], ()):
                last = index + len(expression)
                if last <= sentence.last and words[index:last] == expression:
                    form = " ".join(expression)
                    if form in known:
                        found.append(TriggerCandidate(index, last, sentence.ordinal, form, *known[form]))
                    index = last
                    break
            else:
                if (entry := _entry(words[index])) and not view.times[index]:
                    found.append(TriggerCandidate(index, index + 1, sentence.ordinal, words[index], *entry))
                index += 1
    return found


@lru_cache(maxsize=50_000)
def _entry(word: str) -> Entry | None:
    known = lexicon()
    if word in _never():
        return None
    return known.get(word) or known.get(without_clitic(word))
