"""Named mentions: the tagger's labels, made consistent over the article, with the office beside each person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from warta import regular_names, tagger
from warta.acronyms import abbreviates
from warta.features import units
from warta.lang import load
from warta.records import Document, EntityType, Token


class Name(NamedTuple):
    """A named mention before coreference: `role` is the title or office beside it."""

    start: int
    end: int
    type: EntityType
    role: str | None = None


def _labelled(words: Sequence[Token], labels: Sequence[str]) -> list[Name]:
    found: list[Name] = []
    for word, label in zip(words, labels, strict=True):
        if label[0] == "B":
            found.append(Name(word.start, word.end, cast(EntityType, label[2:])))
        elif label[0] == "I":
            found[-1] = found[-1]._replace(end=word.end)
    return found


def _mended(text: str, name: Name) -> Iterator[Name]:
    """A name with a bracket that does not close in it ends before the bracket; what the bracket holds a second one."""
    surface = text[name.start : name.end]
    left, bracket, inside = surface.partition("(")
    if bracket and ")" not in inside:
        if left.strip():
            yield name._replace(end=name.start + len(left.rstrip()))
        if inside.strip():
            yield name._replace(start=name.end - len(inside.lstrip()))
    elif ")" in surface and not bracket:
        yield name._replace(end=name.start + surface.index(")"))
    elif name.type == "PER" and surface[0].isupper():
        yield from (name._replace(start=name.start + a, end=name.start + b) for a, b in _without_words(surface))
    else:
        yield name


@lru_cache(maxsize=1)
def _words_between() -> re.Pattern[str]:
    """Dashes between words and runs of words in small letters, which no person's name holds."""
    particles = "|".join(load("id", "roles")["particles"])
    return re.compile(rf"(?:^| )(?!(?:{particles})\b)(?:[a-z]+|[-–—])(?= |$)(?: [a-z]+(?= |$))* ?")


def _without_words(surface: str) -> Iterator[tuple[int, int]]:
    """The parts of a person's name around words in small letters: `Rifki membantah Adi` names two people."""
    start = 0
    for words in _words_between().finditer(surface):
        if words.start() > start:
            yield start, words.start()
        start = words.end()
    if start < len(surface):
        yield start, len(surface)


# `berinisial AB, CD, dan EF`, `AB (34)`: people whose names the law hides
_INITIALS = re.compile(r"\binisial ((?:[A-Z]{1,5}\b(?:, (?:dan )?| dan )?)+)|\b([A-Z]{1,5})(?= \(\d\d(?: tahun)?\))")
_INITIAL = re.compile(r"[A-Z]+")
_TITLE_WORD = re.compile(r"([^\W\d_]+)\.?(?: |$)")
_STATE_FIRM = re.compile(r" ?\(Persero\)(?: Tbk\b)?")
_IN_BRACKETS = re.compile(r" ?\(([^\W\d_][\w-]+(?: [A-Z][\w-]+)?)\)")


def _whole_firm(text: str, name: Name) -> Name:
    """`PT Pos Indonesia (Persero)`, `(Persero) Tbk`: the form of a state firm belongs to its name."""
    firm = _STATE_FIRM.match(text, name.end) if name.type == "ORG" else None
    return name._replace(end=firm.end()) if firm else name


def _acronyms(text: str, names: Sequence[Name]) -> Iterator[tuple[str, EntityType]]:
    """`Badan Gizi Nasional (BGN)`: what is read off a name and stands in brackets behind it has its type."""
    for name in names:
        found = _IN_BRACKETS.match(text, name.end)
        if found and abbreviates(found[1], text[name.start : name.end]):
            yield found[1], name.type


@lru_cache(maxsize=1)
def _settled() -> tuple[dict[str, EntityType], dict[str, EntityType], dict[str, EntityType]]:
    """First words, last words and whole names that settle the type."""
    lists = load("id", "settled_names")
    first, last, whole = (
        {word: cast(EntityType, kind) for kind, words in lists[place].items() for word in words}
        for place in ("first", "last", "whole")
    )
    return first, last, whole


def _type(surface: str, found: EntityType) -> EntityType:
    """The type that the words of a name settle, else the one that was found."""
    if found == "PER":
        return found
    first, last, whole = _settled()
    lower = surface.lower()
    words = lower.split()
    by_last = last.get(words[-1]) if found == "GPE" and len(words) == 2 else None
    return whole.get(lower) or by_last or first.get(words[0].rstrip(".")) or found


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    """Words that do not make a name alone: ranks, offices, acronyms of the general vocabulary."""
    heads = {entry for entry in load("id", "roles")["heads"] if " " not in entry}
    return frozenset(heads | set(load("id", "roles")["titles"]) | set(load("id", "name_heads")["none"])) - {
        "tni",
        "sultan",
        "raja",
        "ratu",
    }


def _surfaces(text: str, names: Sequence[Name]) -> dict[str, EntityType]:
    """The article's distinct names, each with its most frequent type there."""
    votes: dict[str, Counter[EntityType]] = {}
    for name in names:
        votes.setdefault(text[name.start : name.end], Counter())[name.type] += 1
    types = {surface: _type(surface, counted.most_common(1)[0][0]) for surface, counted in votes.items()}
    types |= dict(_acronyms(text, names))
    types |= {found: "PER" for line in _INITIALS.findall(text) for found in _INITIAL.findall("".join(line))}
    return {surface: kind for surface, kind in types.items() if not set(surface.lower().split()) <= _no_names()}


def _with_regular(text: str, names: Sequence[Name]) -> list[Name]:
    """The names that follow a grammar, and the others that do not touch one; a longer event is left to the tagger."""
    found = []
    for start, end, kind in regular_names.find(text):
        touching = [name for name in names if name.start < end and start < name.end]
        if kind == "LAW" or all(name.end - name.start <= end - start for name in touching):
            found.append(Name(start, end, kind))
            names = [name for name in names if name not in touching]
    return found + list(names)


def _everywhere(text: str, words: Sequence[Token], types: Mapping[str, EntityType]) -> list[Name]:
    """Every occurrence of the surfaces at word boundaries, the longest first, without overlaps."""
    starts = {word.start: i for i, word in enumerate(words)}
    ends = {word.end: i for i, word in enumerate(words)}
    taken, found = bytearray(len(words)), []
    for surface in sorted(types, key=lambda surface: (-len(surface), surface)):
        at = text.find(surface)
        while at >= 0:
            end = at + len(surface)
            if at in starts and end in ends:
                first, last = starts[at], ends[end]
                if not any(taken[first : last + 1]):
                    taken[first : last + 1] = b"\1" * (last - first + 1)
                    found.append(Name(at, end, types[surface]))
            at = text.find(surface, end)
    return sorted(found)


def _untitled(text: str, name: Name) -> Name | None:
    """A person's name without ranks and offices in front; None where nothing else is left (`Mayjen`)."""
    start = name.start
    if (word := _TITLE_WORD.match(text, start, name.end)) and word[1].lower() in load("id", "roles")["addresses"]:
        name = name._replace(type="PER")
    while name.type == "PER" and (word := _TITLE_WORD.match(text, start, name.end)) and word[1].lower() in _no_names():
        start = word.end()
    return name._replace(start=start) if start < name.end else None


@lru_cache(maxsize=1)
def _role_words() -> tuple[frozenset[str], frozenset[str]]:
    """All words of heads and openers, and the titles."""
    roles = load("id", "roles")
    heads = {word for entry in roles["heads"] + roles["openers"] for word in entry.split()}
    return frozenset(heads), frozenset(roles["titles"])


_INSIDE_ROLE = frozenset(["dan", "untuk", "di", "bidang", "pada", "dari", ",", "(", ")", ".", "-", "/", "ri"])
_LONGEST_ROLE = 24  # words


def _role(text: str, words: Sequence[Token], at: int, owner: Sequence[str]) -> str | None:
    """The office in front of the name that begins at word `at`: back over capitalised words and names to its head.

    `owner` is the type of the name that each word belongs to, "" for none.
    """
    heads, titles = _role_words()
    first = at
    for i in range(at - 1, max(-1, at - _LONGEST_ROLE), -1):
        form = words[i].text
        lower = form.lower()
        if words[i].sentence != words[at].sentence or owner[i] == "PER":
            break
        if lower in heads or lower in titles:
            first = i
        elif not (owner[i] or lower in _INSIDE_ROLE or form[0].isupper()):
            break
    return text[words[first].start : words[at - 1].end].rstrip(" ,(") if first < at else None


def _with_roles(text: str, words: Sequence[Token], names: list[Name]) -> list[Name]:
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


def find(document: Document) -> list[Name]:
    """The named mentions of the document, in reading order, without overlaps."""
    words = list(units(document.tokens))
    sentences: list[list[str]] = [[] for _ in document.sentences]
    for word in words:
        sentences[word.sentence].append(word.text)
    labels = [label for tags in tagger.shipped().tag(sentences) for label in tags]
    text = document.article.text
    mended = (part for name in _labelled(words, labels) for part in _mended(text, name))
    names = _with_regular(text, [bare for name in mended if (bare := _untitled(text, name))])
    names = [_whole_firm(text, name) for name in names if text[name.start : name.end] != "Persero"]
    return _with_roles(text, words, _everywhere(text, words, _surfaces(text, names)))
