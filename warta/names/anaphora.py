"""Whom `dia`, the `-nya` of `ujarnya` and `Kapolres itu` mean: the person of the article who fits and is nearest.

Nearest is who was named last, but a person who opened a sentence or spoke goes before one named in passing, and what
stands inside quotation marks names nobody for the words outside. Without a person who fits the words are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from warta.lang import load
from warta.records import Document, Form, Mention, Token
from warta.text.quotation_marks import in_paragraph

_MANY = 100  # mentions of people, of which the last are remembered
_FAR = 6  # sentences after which nobody is remembered
_SUBJECT, _SPEAKER = 1.0, 2.0  # sentences by which they are nearer than others
_OPENING = 8  # words of a sentence within which its subject is expected
_LONGEST_DESCRIPTION = 4  # words in front of `itu`


class _Anaphor(NamedTuple):
    """Words that point back; `described` are words that the offices of the person meant must have."""

    start: int
    end: int
    form: Form
    described: frozenset[str] | None = None


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Pronouns, cues that take `-nya`, pointers behind a description, heads and openers of offices."""
    pronouns, roles = load("id", "pronouns"), load("id", "roles")
    return (
        frozenset(pronouns["person"]), frozenset([*load("id", "cues")["roots"], *pronouns["prepositions"]]),
        frozenset(pronouns["pointers"]), frozenset(roles["heads"]), frozenset(roles["openers"]),
    )  # fmt: skip


def _anaphors(tokens: Sequence[Token]) -> Iterator[_Anaphor]:
    """Pronouns, `-nya` at a cue and descriptions (`mantan gubernur itu`), in reading order."""
    persons, cues, pointers, heads, openers = _words()
    words = [token.text.lower() for token in tokens]
    for i, (word, token) in enumerate(zip(words, tokens, strict=True)):
        if word in persons:
            yield _Anaphor(token.start, token.end, "pronoun")
        elif word.endswith("nya") and word[:-3] in cues:
            yield _Anaphor(token.end - 3, token.end, "pronoun")
        elif word in pointers:
            for first in range(i - 1, max(-1, i - 1 - _LONGEST_DESCRIPTION), -1):
                if words[first] in heads and tokens[first].sentence == token.sentence:
                    opened = first - (first > 0 and words[first - 1] in openers)
                    yield _Anaphor(tokens[opened].start, token.end, "nominal", frozenset(words[first:i]))
                    break


@lru_cache(maxsize=1)
def _speaking() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before the name of a speaker, an office perhaps between, and what stands behind it."""
    cues, pronouns = load("id", "cues"), load("id", "pronouns")
    lists = ([*cues["roots"], *pronouns["prepositions"]], cues["saying"], pronouns["before_verbs"])
    roots, verbs, adverbs = ("|".join(words) for words in lists)
    return (
        re.compile(rf"\b(?:{roots})(?: \w+){{0,6}} $", re.IGNORECASE),
        re.compile(rf",? (?:(?:{adverbs}) )?(?:{verbs})\b"),
    )


class _People:
    """The persons of the article as they come up, outside quotation marks."""

    def __init__(self, document: Document, names: Sequence[Mention]) -> None:
        self._document = document
        self._starts = [sentence.start for sentence in document.sentences]
        text, offset = document.article.text, 0
        self._quoted: list[tuple[int, int]] = []
        for paragraph in text.split("\n"):
            self._quoted += [(q.outer_start, q.outer_end) for q in in_paragraph(text, offset, offset + len(paragraph))]
            offset += len(paragraph) + 1
        self._named = [name for name in names if name.type == "PER" and not self.quoted(name.start)]
        self._before = {name.start: other.end for other, name in pairwise(self._named)}
        self._weights: dict[int, float] = {}
        self._roles: dict[int, set[str]] = {}
        for name in names:
            if name.role:
                self._roles.setdefault(name.entity, set()).update(re.findall(r"\w+", name.role.lower()))

    def quoted(self, position: int) -> bool:
        at = bisect_right(self._quoted, (position, len(self._document.article.text))) - 1
        return at >= 0 and position < self._quoted[at][1]

    def sentence(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)

    def _weight(self, name: Mention) -> float:
        """The sentences that a subject or a speaker is nearer for it."""
        if name.start not in self._weights:
            text, first = self._document.article.text, self._document.sentences[name.sentence].start
            before, behind = _speaking()
            leads = text.count(" ", first, name.start) < _OPENING
            reach = max(first, self._before.get(name.start, 0), name.start - 60)  # not over another person
            speaks = name.form == "pronoun" or before.search(text, reach, name.start) or behind.match(text, name.end)
            self._weights[name.start] = _SUBJECT * leads + _SPEAKER * bool(speaks)
        return self._weights[name.start]

    def nearest(self, position: int, words: frozenset[str] | None = None) -> Mention | None:
        """The best person before `position`, where given one whose offices have all of `words`."""
        sentence = self.sentence(position)
        at = bisect_right(self._named, position, key=lambda name: name.start)
        known = [
            name
            for name in self._named[max(0, at - _MANY) if words is None else 0 : at]
            if name.end <= position
            and (
                sentence - name.sentence <= _FAR
                if words is None
                else words <= self._roles.get(name.entity, frozenset())
            )
        ]
        return max(reversed(known), key=lambda name: name.sentence + self._weight(name), default=None)

    def add(self, mention: Mention) -> None:
        """A pronoun counts as another mention of its person."""
        insort(self._named, mention, key=lambda name: name.start)


def resolve_anaphora(document: Document, names: Sequence[Mention]) -> list[Mention]:
    """Mentions by pronoun (`-nya` as the text `nya`) and by description, each with the entity of its antecedent."""
    text = document.article.text
    people = _People(document, names)
    found: list[Mention] = []
    for start, end, form, described in _anaphors(document.tokens):
        meant = None if people.quoted(start) else people.nearest(start, described)
        if meant:
            sentence = people.sentence(start)
            mention = replace(
                meant, start=start, end=end, text=text[start:end], form=form, sentence=sentence, role=None
            )
            found.append(mention)
            people.add(mention)
    return found
