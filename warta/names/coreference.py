"""Which mentions of an article are one thing.

Names first, surface by surface, the longest first: a surface joins the thing that it shortens, abbreviates or spells
out, or that it is said to be (`Zulkifli Hasan (Zulhas)`, `Muhaimin Iskandar atau Cak Imin`). A short name that fits
two things goes to the one named last, mention by mention. Pronouns and descriptions follow (see `anaphora.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from warta.lang import load
from warta.names.acronyms import Words, abbreviates, same_words, stands_for, words_of
from warta.names.anaphora import resolve_anaphora
from warta.names.spans import NameSpan
from warta.records import Document, Entity, EntityType, Mention

_IN_BRACKET = re.compile(r",? ?\(")
MOST_COMPARED = (
    1_000  # different names, the first of a text; each is compared with all, and hardly an article has as many
)
_SHORTEST_VARIANT = 5  # letters of a word that may be misspelt


@lru_cache(maxsize=1)
def _said_to_be() -> re.Pattern[str]:
    """What stands between two names of one person: `atau`, `yang akrab disapa dengan`."""
    words = load("id", "name_words")["said_to_be"]
    either, usually, called = ("|".join(words[name]) for name in ("or", "usually", "called"))
    return re.compile(rf"\)?,? (?:{either}|(?:{words['who']} )?(?:(?:{usually}) )?(?:{called}))(?: {words['by']})? ")


@lru_cache(maxsize=1)
def _aliases() -> dict[str, int]:
    return {form: i for i, line in enumerate(load("id", "aliases")) for form in line}


@lru_cache(maxsize=1)
def _designators() -> dict[str, frozenset[str]]:
    lists = load("id", "designators")
    by_name = lists["heads"] | {name: words for name, words in lists.items() if name != "heads"}
    return {name: frozenset(words) for name, words in by_name.items()}


def _bare(words: Words, kind: str) -> Words:
    """Without the words at the head that only tell the kind; organisations without `RI`, `Tbk` at the end, laws
    without the word before a number (`UU Nomor 5 Tahun 2017` is `UU 5 Tahun 2017`)."""
    lists = _designators()
    if kind == "LAW":
        return tuple(word for word in words if word not in lists["number"]) or words
    first, last = 0, len(words)
    while first < last - 1 and words[first] in lists[kind]:
        first += 1
    while kind == "ORG" and last > first + 1 and words[last - 1] in lists["tails"]:
        last -= 1
    return words[first:last]


def _contains(long: Words, short: Words) -> bool:
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def _misspelt(a: Words, b: Words) -> bool:
    """One letter of one long word is different, missing or too many: `Masjid Tribrata` and `Masjid Tibrata`."""
    if len(a) != len(b):
        return False
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(differing) != 1:
        return False
    short, long = sorted(differing[0], key=len)
    if len(short) < _SHORTEST_VARIANT or not (short + long).isalpha() or len(long) - len(short) > 1:
        return False
    same = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


def is_same(short: str, long: str, kind: EntityType) -> bool:
    """Can the two surfaces of one type, `short` not the longer one, name one thing?"""
    a, b = words_of(short), words_of(long)
    if not a or not b:
        return False
    if a == b or _aliases().get(short.lower(), -1) == _aliases().get(long.lower(), -2):
        return True
    bare_a, bare_b = _bare(a, kind), _bare(b, kind)
    if bare_a == bare_b:  # but Kota Serang and Kabupaten Serang are two
        return a == bare_a or b == bare_b or kind in ("ORG", "FAC", "PER")
    if kind == "PER":
        return _contains(b, bare_a) or (short.isupper() and abbreviates(short, long)) or _misspelt(a, b)
    if short.lower() in _aliases():  # a known acronym stands for nothing else
        return False
    if abbreviates(short, long) or (len(a) == 1 and stands_for(a[0], bare_b)):
        return True
    if same_words(bare_a, bare_b) or same_words(a, b) or _misspelt(a, b):
        return True
    if kind == "ORG":
        lists, rest = _designators(), b[len(a) :]
        known = a[0] in lists["local"] or (len(a) > 1 and bool(rest) and rest[0] not in lists["branches"])
        return b[: len(a)] == a and known
    return kind in ("FAC", "EVT", "LAW", "PRD") and bare_b[: len(bare_a)] == bare_a


def _declared(text: str, names: Sequence[NameSpan]) -> Iterable[tuple[str, str]]:
    """Pairs of surfaces that the article itself calls one thing."""
    for a, b in pairwise(names):
        between = text[a.end : b.start]
        in_bracket = _IN_BRACKET.fullmatch(between) and text[b.end : b.end + 1] == ")"
        said = a.type in ("PER", "PRD") and _said_to_be().fullmatch(between)  # `kota A atau kota B` are two
        if a.type == b.type and (in_bracket or said):
            yield text[a.start : a.end], text[b.start : b.end]


class _Clusters:
    """The things of an article; `of` tells which one a name means."""

    def __init__(self, text: str, names: Sequence[NameSpan]) -> None:
        self._text = text
        kinds = {text[name.start : name.end]: name.type for name in names}
        self._thing = {surface: surface for surface in kinds}  # each surface to the one that stands for its thing
        self._members = {surface: [surface] for surface in kinds}
        self._choices: dict[str, list[str]] = {}
        self._latest: dict[str, int] = {}
        for a, b in _declared(text, names):
            self._join(a, b)
        by_kind: dict[EntityType, list[str]] = {}
        for short in sorted(islice(kinds, MOST_COMPARED), key=lambda surface: (-len(surface), surface)):
            longer = by_kind.setdefault(kinds[short], [])
            fits = [s for s in longer if is_same(short, s, kinds[short])]
            longer.append(short)
            things = list(dict.fromkeys(self._thing[s] for s in fits))
            if len(things) > 1 and self._thing[short] == short:
                self._choices[short] = things
            elif things:
                self._join(things[0], short)

    def _join(self, long: str, short: str) -> None:
        """The things of the two surfaces are one, that of `long`."""
        kept, dropped = self._thing[long], self._thing[short]
        if kept != dropped:
            moved = self._members.pop(dropped)
            self._members[kept] += moved
            self._thing |= dict.fromkeys(moved, kept)

    def of(self, name: NameSpan) -> str:
        """The surface that stands for the thing that `name` (given in reading order) means."""
        surface = self._text[name.start : name.end]
        choices = [self._thing[choice] for choice in self._choices.get(surface, [surface])]
        chosen = max(choices, key=lambda choice: self._latest.get(choice, -1))
        self._latest[chosen] = name.start
        return chosen


def resolve_coreference(document: Document, names: list[NameSpan]) -> tuple[list[Entity], list[Mention]]:
    """Entities of the article in order of appearance, and all its mentions in reading order."""
    text = document.article.text
    clusters = _Clusters(text, names)
    index: dict[str, int] = {}
    surfaces: list[dict[str, EntityType]] = []
    starts = [sentence.start for sentence in document.sentences]
    mentions: list[Mention] = []
    for name in names:
        entity = index.setdefault(clusters.of(name), len(index))
        if entity == len(surfaces):
            surfaces.append({})
        surface = text[name.start : name.end]
        surfaces[entity][surface] = name.type
        sentence = max(0, bisect_right(starts, name.start) - 1)
        mentions.append(Mention(name.start, name.end, surface, name.type, "name", sentence, entity, name.role))
    entities = []
    for found in surfaces:
        fullest = max(found, key=len)
        entities.append(Entity(fullest, found[fullest], tuple(found)))
    mentions += resolve_anaphora(document, mentions)
    return entities, sorted(mentions, key=lambda mention: (mention.start, mention.end))
