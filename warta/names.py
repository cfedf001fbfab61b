"""Named mentions: the tagger's labels, made consistent over the article, with the office beside each person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from warta import tagger
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


def _consistent(text: str, words: Sequence[Token], names: Sequence[Name]) -> list[Name]:
    """Every occurrence of a surface gets the surface's most frequent type in the article, longest surfaces first."""
    types: dict[str, Counter[EntityType]] = {}
    for name in names:
        types.setdefault(text[name.start : name.end], Counter())[name.type] += 1
    starts, ends = {word.start: i for i, word in enumerate(words)}, {word.end for word in words}
    taken, found = bytearray(len(words) + 1), []
    for surface in sorted(types, key=len, reverse=True):
        at = text.find(surface)
        while at >= 0:
            end = at + len(surface)
            if at in starts and end in ends:
                first = starts[at]
                last = next(i for i in range(first, len(words)) if words[i].end == end)
                if not any(taken[first : last + 1]):
                    taken[first : last + 1] = b"\1" * (last - first + 1)
                    found.append(Name(at, end, types[surface].most_common(1)[0][0]))
            at = text.find(surface, end)
    return sorted(found)


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
    return _with_roles(text, words, _consistent(text, words, _labelled(words, labels)))
