"""Where a name begins and ends, where the text itself leaves no doubt about it.

The tagger looks at two words on either side. What a rule of spelling decides is mended here, name by name: handles are
no names, a bracket closes, a sentence or a score ends a name, two places are two names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from warta.lang import load
from warta.names.spans import NameSpan
from warta.records import EntityType

HANDLE_MARKS = ("@", "#")
_HANDLE_MARK = re.compile(r"[@#]")
_SCORE = re.compile(r" \d{1,2}-\d{1,2} (?=[A-Z])")
_SENTENCE_END = re.compile(r"(?<=[a-z]{4})\. (?=[A-Z])")


def mend(text: str, names: Iterable[NameSpan]) -> Iterator[NameSpan]:
    """The names with their ends put right; what is none is left out."""
    for name in names:
        for part in _without_handles(text, name):
            for piece in _apart(text, part):
                yield from _bracketed(text, piece)


def whole_firm(text: str, name: NameSpan) -> NameSpan | None:
    """`PT Pos Indonesia (Persero)`, `(Persero) Tbk`: the form of a state firm belongs to its name and is none alone."""
    state, form = _firm_forms()
    if text[name.start : name.end] == state:
        return None
    firm = form.match(text, name.end) if name.type == "ORG" else None
    return name._replace(end=firm.end()) if firm else name


def _without_handles(text: str, name: NameSpan) -> Iterator[NameSpan]:
    """`@akun`, `#tagar` and addresses are no names; what stands in front of one may be."""
    if text[name.start - 1 : name.start] in HANDLE_MARKS:
        return
    mark = _HANDLE_MARK.search(text, name.start, name.end)
    end = mark.start() if mark else name.end
    while mark and end > name.start and not text[end - 1].isspace():  # the word that holds the mark goes, too
        end -= 1
    if text[name.start : end].strip():
        yield name._replace(end=name.start + len(text[name.start : end].rstrip()))


@lru_cache(maxsize=1)
def _between() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands between two opponents, and in front of a second place (`Desa A` `Kecamatan B`)."""
    words = load("id", "name_words")
    versus, places = "|".join(words["versus"]), "|".join(words["places"])
    return re.compile(rf" (?:{versus})\.? "), re.compile(rf"(?<!^Ibu) (?=(?:{places})\b\.? \w)")


def _apart(text: str, name: NameSpan) -> Iterator[NameSpan]:
    """The names that were run together: over the end of a sentence, over a score, place and larger place."""
    versus, place = _between()
    surface = text[name.start : name.end]
    kind: EntityType = name.type
    if _SCORE.search(surface):
        borders, kind = _SCORE, "ORG"
    elif versus.search(surface):
        borders = versus
    elif name.type == "GPE" and place.search(surface):
        borders = place
    else:
        borders = _SENTENCE_END
    start = 0
    for border in borders.finditer(surface):
        yield NameSpan(name.start + start, name.start + border.start(), kind)
        start = border.end()
    yield NameSpan(name.start + start, name.end, kind)


def _bracketed(text: str, name: NameSpan) -> Iterator[NameSpan]:
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


@lru_cache(maxsize=1)
def _firm_forms() -> tuple[str, re.Pattern[str]]:
    """`Persero`, and what it looks like behind a name: `(Persero)`, `(Persero) Tbk`."""
    words = load("id", "name_words")
    state = words["state_firm"]
    return state, re.compile(rf" ?\({state}\)(?: {words['listed_firm']}\b)?")
