"""Noun phrases, without a parser: runs of words between function words, verbs and punctuation; names stay whole."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from warta.context import Context
from warta.lang import load
from warta.morphology import voice_of
from warta.records import Mention
from warta.triggers import Candidate


class Phrase(NamedTuple):
    """tokens[first:last]. `mention` is the name in it that can act: its last one (`Kepala Polsek X Iptu Budi` -> Budi)."""

    first: int
    last: int
    mention: Mention | None


@lru_cache(maxsize=1)
def _breaks() -> frozenset[str]:
    """Words that no noun phrase holds."""
    classes = load("id", "event_status")["classes"]
    inside = {"this", "process", "relative"}
    return frozenset(w for name, words in classes.items() if name not in inside for w in words) | {"yang", "adalah", "merupakan"}


def _breaks_at(context: Context, index: int, triggers: set[int]) -> bool:
    word = context.words[index]
    if context.mentions[index]:
        return False
    if index in triggers or word in _breaks() or context.times[index] or not (word[0].isalnum() or word in "%"):
        return True
    return len(word) > 5 and voice_of(word) in ("active", "passive")


def phrases(context: Context, sentence: int, found: list[Candidate]) -> list[Phrase]:
    """The noun phrases of a sentence, in reading order. Verbs among the triggers in `found` end a phrase."""
    span = context.document.sentences[sentence]
    verbs = {i for c in found if c.voice != "noun" for i in range(c.first, c.last)}
    result: list[Phrase] = []
    start = span.first
    for index in range(span.first, span.last + 1):
        if index == span.last or _breaks_at(context, index, verbs):
            result += _split(context, start, index)
            start = index + 1
    return result


def _split(context: Context, first: int, last: int) -> list[Phrase]:
    """One phrase, or one for each name where several people or organisations stand side by side."""
    if first >= last:
        return []
    ends = [i + 1 for i in range(first, last) if context.mentions[i] and (i + 1 == last or context.mentions[i + 1] is not context.mentions[i])]
    if not ends:
        return [Phrase(first, last, None)]
    mention = context.mentions[ends[-1] - 1]
    return [Phrase(first, last, mention)]
