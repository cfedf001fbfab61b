"""Which mentions of an article are one thing.

Names first, surface by surface: a surface joins the thing that it abbreviates, shortens or spells out. Then pronouns
and descriptions (`Kapolres itu`), which join the nearest person that fits; without one they are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from warta.lang import load
from warta.names import Name
from warta.records import Document, Entity, EntityType, Mention

_BRACKETED = re.compile(r" \($")
_OR = re.compile(r",? (?:atau|alias|biasa disapa|akrab disapa|yang akrab disapa) ?(?:dengan )?$")


@lru_cache(maxsize=1)
def _aliases() -> dict[str, int]:
    return {form: i for i, line in enumerate(load("id", "aliases")) for form in line}


@cache
def _designators(kind: str) -> frozenset[str]:
    return frozenset(load("id", "designators")[kind])


def _bare(words: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """Lower-case words of a name without the designators at its head."""
    first = 0
    while first < len(words) - 1 and words[first] in _designators(kind):
        first += 1
    return words[first:]


@lru_cache(maxsize=4096)
def _words(surface: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", surface.lower()))


_SKIPPED = frozenset(
    ["dan", "untuk", "di", "bidang", "atas", "yang", "dengan", "dari", "ke", "pada", "the", "of", "and", "for"]
)


@lru_cache(maxsize=4096)
def _spells(short: str, words: tuple[str, ...]) -> bool:
    """Can `short` be read off `words` in order: a beginning of each, or two letters and more from within?"""
    if not words:
        return not short
    head, rest = words[0], words[1:]
    if head in _SKIPPED and _spells(short, rest):
        return True
    for size in range(min(len(short), len(head)), 0, -1):
        piece = short[:size]
        if (head.startswith(piece) or (size >= 3 and piece in head)) and _spells(short[size:], rest):
            return True
    return False


def _abbreviates(short: str, long: str, kind: EntityType) -> bool:
    """`KPK` of Komisi Pemberantasan Korupsi, `Sumut` of Sumatera Utara, `HG` of Heri Gunawan."""
    if " " in short or len(short) < 2:
        return False
    words = _words(long)
    content = [word for word in words if word not in _SKIPPED]
    if len(content) < 2:
        return False
    lower = short.lower()
    initials = "".join(word[0] for word in content)
    if short.isupper():
        return (
            lower == initials
            or lower == "".join(w[0] for w in words)
            or lower == "".join(w[0] for w in _bare(words, kind))
        )
    return kind != "PER" and len(short) >= 4 and _spells(lower, words)


def _contains(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def _shortens(short: str, long: str, kind: EntityType) -> bool:
    """`Andin` of Andin Wisnu Sudibyo, `Serang` of Kota Serang, `DPRD` of DPRD Dompu."""
    a, b = _words(short), _words(long)
    if not a or a == b:
        return a == b
    if _bare(a, kind) == _bare(b, kind):
        return a == _bare(a, kind) or b == _bare(b, kind)
    if len(a) > len(b):
        return False
    if kind == "PER":
        return _contains(b, a)
    bare = _bare(b, kind)
    return kind in ("ORG", "FAC", "EVT", "LAW", "PRD") and a in (b[: len(a)], bare[: len(a)])


class _Things:
    """Union-find over the distinct surfaces of an article."""

    def __init__(self, surfaces: Iterable[str]) -> None:
        self._parent = {surface: surface for surface in surfaces}

    def of(self, surface: str) -> str:
        while self._parent[surface] != surface:
            surface = self._parent[surface]
        return surface

    def join(self, a: str, b: str) -> None:
        self._parent[self.of(b)] = self.of(a)


def _cluster(text: str, names: Sequence[Name]) -> dict[str, str]:
    """Surface to the surface that stands for its thing."""
    kind = {text[n.start : n.end]: n.type for n in names}
    order = list(kind)
    things = _Things(order)
    for before, after in pairwise(names):
        between = text[before.end : after.start]
        if before.type == after.type and (
            (_BRACKETED.fullmatch(between) and text[after.end : after.end + 1] == ")") or _OR.fullmatch(between)
        ):
            things.join(text[before.start : before.end], text[after.start : after.end])
    for short in sorted(order, key=len):
        others = [s for s in order if s != short and kind[s] == kind[short] and things.of(s) != things.of(short)]
        alias = _aliases().get(short.lower())
        if alias is not None:
            for other in others:
                if _aliases().get(other.lower()) == alias:
                    things.join(other, short)
        fits = [
            o
            for o in others
            if _abbreviates(short, o, kind[short]) or (len(o) >= len(short) and _shortens(short, o, kind[short]))
        ]
        if len({things.of(o) for o in fits}) >= 1:
            things.join(fits[0], short)
    return {surface: things.of(surface) for surface in order}


@lru_cache(maxsize=1)
def _pronoun() -> re.Pattern[str]:
    words = load("id", "pronouns")
    cues = "|".join(words["cues"])
    return re.compile(rf"\b(?:(?P<word>{'|'.join(words['person'])})|(?:{cues})(?P<ending>nya))\b", re.IGNORECASE)


def _sentence_at(document: Document, position: int) -> int:
    return next((s.ordinal for s in document.sentences if s.start <= position < s.end), 0)


def _pronouns(document: Document, mentions: list[Mention]) -> list[Mention]:
    people = [m for m in mentions if m.type == "PER"]
    found = []
    for match in _pronoun().finditer(document.article.text):
        start, end = match.span("word" if match["word"] else "ending")
        before = [m for m in people if m.end <= start]
        if before:
            found.append(
                replace(before[-1], start=start, end=end, text=document.article.text[start:end], form="pronoun",
                        sentence=_sentence_at(document, start), role=None)
            )  # fmt: skip
    return found


def resolve(document: Document, names: list[Name]) -> tuple[list[Entity], list[Mention]]:
    """Entities of the article, and all its mentions in reading order."""
    text = document.article.text
    thing = _cluster(text, names)
    members: dict[str, list[str]] = {}
    for surface, stands_for in thing.items():
        members.setdefault(stands_for, []).append(surface)
    kinds = {text[n.start : n.end]: n.type for n in names}
    entities, index = [], {}
    for i, (stands_for, surfaces) in enumerate(members.items()):
        name = max(surfaces, key=len)
        entities.append(Entity(name, kinds[name], tuple(surfaces)))
        index[stands_for] = i
    mentions = []
    for n in names:
        surface = text[n.start : n.end]
        sentence = _sentence_at(document, n.start)
        mentions.append(Mention(n.start, n.end, surface, n.type, "name", sentence, index[thing[surface]], n.role))
    mentions += _pronouns(document, mentions)
    return entities, sorted(mentions, key=lambda m: (m.start, m.end))
