"""Noun phrases, without a parser: runs of words between function words, verbs and punctuation; names stay whole."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from warta.events.triggers import TriggerCandidate
from warta.lang import load
from warta.records import Mention
from warta.text.morphology import voice_of
from warta.text.token_view import TokenView


class Phrase(NamedTuple):
    """tokens[first:last], of a run of words from `head` to `end`. `mention` is set where the phrase is a name."""

    first: int
    last: int
    head: int
    end: int
    mention: Mention | None


@lru_cache(maxsize=1)
def _breaks() -> frozenset[str]:
    """Words that no noun phrase holds."""
    data = load("id", "event_status")
    inside = {"this", "process"}
    return frozenset(w for name, words in data["classes"].items() if name not in inside for w in words) | frozenset(
        data["breaks"]
    )


def _breaks_at(view: TokenView, index: int, verbs: set[int]) -> bool:
    word = view.words[index]
    if index in verbs:
        return True
    if view.mentions[index]:
        return False
    return view.times[index] is not None or _ends_phrase(word)


@lru_cache(maxsize=50_000)
def _ends_phrase(word: str) -> bool:
    if word in _breaks() or not (word[0].isalnum() or word in "%/"):
        return True
    return len(word) > 5 and voice_of(word) in ("active", "passive")


def phrases(view: TokenView, trigger: TriggerCandidate, others: list[TriggerCandidate]) -> list[Phrase]:
    """The noun phrases of the trigger's sentence, in reading order. The trigger and other verbs end a phrase."""
    span = view.around(trigger.first)
    verbs = {i for c in others if c.voice != "noun" for i in range(c.first, c.last)}
    verbs.update(range(trigger.first, trigger.last))
    result: list[Phrase] = []
    start = span.first
    for index in range(span.first, span.last + 1):
        if index == span.last or _breaks_at(view, index, verbs):
            result += _options(view, start, index)
            start = index + 1
    return result


def _options(view: TokenView, first: int, last: int) -> Iterator[Phrase]:
    """What a run of words may point at: each name in it, the words before the first name, and the whole."""
    named: dict[Mention, list[int]] = {}
    for i in range(first, last):
        if mention := view.mentions[i]:
            named.setdefault(mention, []).append(i)
    if not named and first < last:
        yield Phrase(first, last, first, last, None)
    for mention, tokens in named.items():
        yield Phrase(tokens[0], tokens[-1] + 1, first, last, mention)
    if named and not view.mentions[first]:
        before = min(tokens[0] for tokens in named.values())
        yield Phrase(first, before, first, last, None)
        if not any(mention.type == "PER" for mention in named):
            yield Phrase(first, last, first, last, None)
