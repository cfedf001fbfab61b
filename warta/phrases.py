"""Noun phrases, without a parser: runs of words between function words, verbs and punctuation; names stay whole."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from warta.context import Context
from warta.lang import load
from warta.morphology import voice_of
from warta.records import Mention
from warta.triggers import Candidate


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


def _breaks_at(context: Context, index: int, verbs: set[int]) -> bool:
    word = context.words[index]
    if index in verbs:
        return True
    if context.mentions[index]:
        return False
    return context.times[index] is not None or _ends_phrase(word)


@lru_cache(maxsize=50_000)
def _ends_phrase(word: str) -> bool:
    if word in _breaks() or not (word[0].isalnum() or word in "%/"):
        return True
    return len(word) > 5 and voice_of(word) in ("active", "passive")


def phrases(context: Context, trigger: Candidate, others: list[Candidate]) -> list[Phrase]:
    """The noun phrases of the trigger's sentence, in reading order. The trigger and other verbs end a phrase."""
    span = context.around(trigger.first)
    verbs = {i for c in others if c.voice != "noun" for i in range(c.first, c.last)}
    verbs.update(range(trigger.first, trigger.last))
    result: list[Phrase] = []
    start = span.first
    for index in range(span.first, span.last + 1):
        if index == span.last or _breaks_at(context, index, verbs):
            result += _options(context, start, index)
            start = index + 1
    return result


def _options(context: Context, first: int, last: int) -> Iterator[Phrase]:
    """What a run of words may point at: each name in it, the words before the first name, and the whole."""
    named: dict[Mention, list[int]] = {}
    for i in range(first, last):
        if mention := context.mentions[i]:
            named.setdefault(mention, []).append(i)
    if not named and first < last:
        yield Phrase(first, last, first, last, None)
    for mention, tokens in named.items():
        yield Phrase(tokens[0], tokens[-1] + 1, first, last, mention)
    if named and not context.mentions[first]:
        before = min(tokens[0] for tokens in named.values())
        yield Phrase(first, before, first, last, None)
        if not any(mention.type == "PER" for mention in named):
            yield Phrase(first, last, first, last, None)
