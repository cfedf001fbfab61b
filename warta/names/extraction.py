"""Named mentions: the tagger's labels, made consistent over the article, with the office beside each person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import cast

from warta.lang import load
from warta.names.acronyms import abbreviates
from warta.names.boundaries import HANDLE_MARKS, mend, whole_firm
from warta.names.labeller import Labeller
from warta.names.patterns import find_patterns
from warta.names.spans import NameSpan
from warta.names.word_features import units
from warta.records import Document, EntityType, Token


def _labelled(words: Sequence[Token], labels: Sequence[str]) -> list[NameSpan]:
    found: list[NameSpan] = []
    for word, label in zip(words, labels, strict=True):
        if label[0] == "B":
            found.append(NameSpan(word.start, word.end, cast(EntityType, label[2:])))
        elif label[0] == "I":
            found[-1] = found[-1]._replace(end=word.end)
    return found


_INITIAL = re.compile(r"[A-Z]+")
_TITLE_WORD = re.compile(r"([^\W\d_]+)\.?(?: |$)")
_IN_BRACKETS = re.compile(r" ?\(([^\W\d_][\w-]+(?: [A-Z][\w-]+)?)\)")


@lru_cache(maxsize=1)
def _initials() -> re.Pattern[str]:
    """`berinisial AB, CD, dan EF`, `AB (34)`: people whose names the law hides."""
    words = load("id", "name_words")["initials"]
    joined = f"(?:, (?:{words['and']} )?| {words['and']} )?"
    return re.compile(
        rf"\b{words['announced_by']} ((?:[A-Z]{{1,5}}\b{joined})+)"
        rf"|\b([A-Z]{{1,5}})(?= \(\d\d(?: {words['years']})?\))"
    )


def _acronyms(text: str, names: Sequence[NameSpan]) -> Iterator[tuple[str, EntityType]]:
    """`Badan Gizi Nasional (BGN)`: what is read off a name and stands in brackets behind it has its type."""
    for name in names:
        found = _IN_BRACKETS.match(text, name.end)
        if found and abbreviates(found[1], text[name.start : name.end]):
            yield found[1], name.type


@lru_cache(maxsize=1)
def _type_words() -> tuple[dict[str, EntityType], dict[str, EntityType], dict[str, EntityType]]:
    """First words, last words and whole names that decide the type."""
    lists = load("id", "name_types")
    first, last, whole = (
        {word: cast(EntityType, kind) for kind, words in lists[place].items() for word in words}
        for place in ("first", "last", "whole")
    )
    return first, last, whole


def _type(surface: str, found: EntityType) -> EntityType:
    """The type that the words of a name decide, else the one that was found."""
    first, last, whole = _type_words()
    lower = surface.lower()
    words = lower.split()
    if found == "PER":  # nobody is called `Curug Indah`
        return "LOC" if len(words) > 1 and first.get(words[0]) == "LOC" else found
    by_last = last.get(words[-1]) if found == "GPE" and len(words) == 2 else None
    return whole.get(lower) or by_last or first.get(words[0].rstrip(".")) or found


_LONGEST_CITATION = 50  # characters


@lru_cache(maxsize=1)
def _cites_media() -> re.Pattern[str]:
    """What a text in front of the name of a medium ends with: `seperti dilansir dari laman `."""
    words = load("id", "name_words")["media"]
    cues, links, carriers = ("|".join(words[name]) for name in ("cues", "links", "carriers"))
    return re.compile(rf"\b(?:{cues})(?: (?:{links}))?(?: (?:{carriers}))? $", re.IGNORECASE)


def _cited(text: str, name: NameSpan) -> NameSpan:
    """`dilansir Kabar Pagi`: what is cited so is a medium, neither a person nor a place."""
    if name.type in ("PER", "GPE") and _cites_media().search(text, name.start - _LONGEST_CITATION, name.start):
        return name._replace(type="ORG")
    return name


@lru_cache(maxsize=1)
def _not_names_alone() -> frozenset[str]:
    """Words that do not make a name alone: ranks, offices, acronyms of the general vocabulary."""
    roles = load("id", "roles")
    heads = {entry for entry in roles["heads"] if " " not in entry}
    words = heads.union(roles["titles"], load("id", "name_heads")["none"])
    return frozenset(words.difference(load("id", "name_words")["names_too"]))


def _surfaces(text: str, names: Sequence[NameSpan]) -> dict[str, EntityType]:
    """The article's distinct names, each with its most frequent type there."""
    votes: dict[str, Counter[EntityType]] = {}
    for name in names:
        votes.setdefault(text[name.start : name.end], Counter())[name.type] += 1
    types = {surface: _type(surface, counted.most_common(1)[0][0]) for surface, counted in votes.items()}
    types |= dict(_acronyms(text, names))
    types |= {found: "PER" for line in _initials().findall(text) for found in _INITIAL.findall("".join(line))}
    return {surface: kind for surface, kind in types.items() if not set(surface.lower().split()) <= _not_names_alone()}


def _with_patterns(text: str, names: Sequence[NameSpan]) -> list[NameSpan]:
    """The names that follow a grammar, and the others that do not touch one; a longer event is left to the tagger."""
    found = []
    for start, end, kind in find_patterns(text):
        touching = [name for name in names if name.start < end and start < name.end]
        if kind == "LAW" or all(name.end - name.start <= end - start for name in touching):
            found.append(NameSpan(start, end, kind))
            names = [name for name in names if name not in touching]
    return found + list(names)


def _everywhere(text: str, words: Sequence[Token], types: Mapping[str, EntityType]) -> list[NameSpan]:
    """Every occurrence of the surfaces at word boundaries, the longest first, without overlaps."""
    starts = {word.start: i for i, word in enumerate(words)}
    ends = {word.end: i for i, word in enumerate(words)}
    taken, found = bytearray(len(words)), []
    for surface in sorted(types, key=lambda surface: (-len(surface), surface)):
        at = text.find(surface)
        while at >= 0:
            end = at + len(surface)
            if at in starts and end in ends and text[at - 1 : at] not in HANDLE_MARKS:
                first, last = starts[at], ends[end]
                if not any(taken[first : last + 1]):
                    taken[first : last + 1] = b"\1" * (last - first + 1)
                    found.append(NameSpan(at, end, types[surface]))
            at = text.find(surface, end)
    return sorted(found)


def _untitled(text: str, name: NameSpan) -> NameSpan | None:
    """A person's name without ranks and offices in front; None where nothing else is left (`Mayjen`)."""
    start, addresses = name.start, load("id", "roles")["addresses"]
    if (word := _TITLE_WORD.match(text, start, name.end)) and word[1].lower() in addresses:
        name = name._replace(type="PER")
    if name.type == "PER":
        while (word := _TITLE_WORD.match(text, start, name.end)) and word[1].lower() in _not_names_alone():
            start = word.end()
    return name._replace(start=start) if start < name.end else None


_LONGEST_ROLE = 24  # words


@lru_cache(maxsize=1)
def _role_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words of heads, openers and titles, which begin an office; and other small words inside one."""
    roles = load("id", "roles")
    heads = {word for entry in roles["heads"] + roles["openers"] for word in entry.split()}
    return frozenset(heads.union(roles["titles"])), frozenset(load("id", "name_words")["inside_offices"])


def _role(text: str, words: Sequence[Token], at: int, owner: Sequence[str]) -> str | None:
    """The office in front of the name that begins at word `at`: back over capitalised words and names to its head.

    `owner` is the type of the name that each word belongs to, "" for none.
    """
    heads, inside = _role_words()
    first = at
    for i in range(at - 1, max(-1, at - _LONGEST_ROLE), -1):
        form = words[i].text
        lower = form.lower()
        if words[i].sentence != words[at].sentence or owner[i] == "PER":
            break
        if lower in heads:
            first = i
        elif not (owner[i] or lower in inside or form[0].isupper()):
            break
    return text[words[first].start : words[at - 1].end].rstrip(" ,(") if first < at else None


def _with_roles(text: str, words: Sequence[Token], names: list[NameSpan]) -> list[NameSpan]:
    starts = {word.start: i for i, word in enumerate(words)}
    owner = [""] * len(words)
    for name in names:
        i = starts[name.start]
        while i < len(words) and words[i].start < name.end:
            owner[i] = name.type
            i += 1
    return [
        name._replace(role=_role(text, words, starts[name.start], owner)) if name.type == "PER" else name
        for name in names
    ]


def extract_names(document: Document, labeller: Labeller) -> list[NameSpan]:
    """The named mentions of the document, in reading order, without overlaps."""
    words = list(units(document.tokens))
    sentences: list[list[str]] = [[] for _ in document.sentences]
    for word in words:
        sentences[word.sentence].append(word.text)
    labels = [label for tags in labeller.tag(sentences) for label in tags]
    text = document.article.text
    mended = mend(text, _labelled(words, labels))
    names = _with_patterns(text, [bare for name in mended if (bare := _untitled(text, name))])
    names = [whole for name in names if (whole := whole_firm(text, _cited(text, name)))]
    return _with_roles(text, words, _everywhere(text, words, _surfaces(text, names)))
