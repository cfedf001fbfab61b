"""The words beside a cue that point at the speaker: a name, a pronoun, a description, or none.

Behind a bare root or a preposition they follow (`kata | Kapolres Boyolali, Sari, kepada ...`), before a verb they
precede (`Sari, yang memimpin rapat, juga | mengatakan`).
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal, NamedTuple

from warta.cues import Cue, lists
from warta.morphology import voice_of
from warta.records import Document, Mention

_REACH = 26  # tokens: how far from its cue a speaker's name may stand behind titles and offices
_ADDRESSEE_REACH = 14  # tokens between a speaker and the addressee
_APPOSITION = 14  # tokens: the same, behind the comma that closes a title

# `Analis itu | dalam catatannya menyebut ...`
_ASIDES = frozenset(["dalam", "pada", "saat", "ketika", "lewat", "melalui", "usai"])
_ABLE = ("PER", "ORG", "LAW", "WOA", "PRD", "EVT")  # what a description may take its name from
_MARKS = frozenset(",.;:!?()\"“”'’-–—")

How = Literal["named", "pronoun", "described", "implied"]


class Pointer(NamedTuple):
    """tokens[first:last] point at the speaker; `mention` is the name in them, if any.

    `far`: a name that stands apart from its cue. `word`: the pronoun, `nya` for the clitic.
    """

    how: How
    first: int
    last: int
    mention: Mention | None = None
    word: str = ""
    far: bool = False


class Name(NamedTuple):
    """A named mention as tokens[first:last]."""

    first: int
    last: int
    mention: Mention


class Page:
    """A document as its stages for quotes see it: tokens in lower case, and where names begin and end."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens
        self.words = [token.text.lower() for token in document.tokens]
        self.starts = [token.start for token in document.tokens]
        self.name_from: dict[int, Name] = {}
        self.name_to: dict[int, Name] = {}
        for mention in document.mentions:
            if mention.form == "name":
                name = Name(self.at(mention.start), max(self.at(mention.end), self.at(mention.start) + 1), mention)
                self.name_from[name.first] = self.name_to[name.last] = name

    def at(self, offset: int) -> int:
        """The first token that starts at `offset` or later."""
        return bisect_left(self.starts, offset)

    def sentence_start(self, at: int) -> int:
        """The first token of the sentence of tokens[at]."""
        return self.document.sentences[self.tokens[at].sentence].first

    def text(self, first: int, last: int) -> str:
        return self.document.article.text[self.tokens[first].start : self.tokens[last - 1].end]

    def names(self, first: int, last: int) -> list[Name]:
        """The names that begin in tokens[first:last]."""
        return [self.name_from[at] for at in range(first, last) if at in self.name_from]


def is_person(name: Name | None) -> bool:
    return name is not None and name.mention.type == "PER"


def clitic(page: Page, cue: Cue) -> Pointer:
    """The `-nya` of `cue`, or the name that was put behind it all the same (`ujarnya Sari`)."""
    name = page.name_from.get(cue.last)
    if name and is_person(name):
        return Pointer("named", name.first, name.last, name.mention)
    return Pointer("pronoun", cue.last, cue.last, word="nya")


def behind(page: Page, at: int, end: int) -> Pointer:
    """The pointer that begins at tokens[at] and ends before tokens[end]."""
    if at < end and page.words[at] in lists()["pronouns"]:
        return Pointer("pronoun", at, at + 1, word=page.words[at])
    end = min(end, at + _REACH)
    last, depth = 0, 0
    step = at
    while step < end:
        word, name = page.words[step], page.name_from.get(step)
        if name and not depth:
            if is_person(name):
                return Pointer("named", at, name.last, name.mention, far=bool(last))
            step = name.last
            continue
        depth += (word in "([") - (word in ")]")
        if not depth:
            verb = is_verb(word) and page.tokens[step].text.islower()  # `Energi Terbarukan` is an office's
            if verb or word in lists()["closers"] or (last and step - last > _APPOSITION):
                break
            if not last and (word == "," or word in lists()["phrase_stops"]):
                last = step
        step += 1
    return _unnamed(page, at, last or step)


def _unnamed(page: Page, first: int, last: int) -> Pointer:
    """A phrase without a person's name; capitals behind an organisation are one all the same (`Kapuspen TNI Sari`)."""
    if first >= last:
        return Pointer("implied", first, first)
    names = page.names(first, last)
    if names and names[0].first == first:
        return Pointer("named", first, names[0].last, names[0].mention)
    if names and names[-1].last < last and all(t.text[0].isupper() for t in page.tokens[names[-1].last : last]):
        return Pointer("described", names[-1].last, last)
    inside = next((name.mention for name in names if name.last <= last and name.mention.type in _ABLE), None)
    return Pointer("described", first, last, inside)


def before(page: Page, start: int, at: int) -> Pointer:
    """The subject of the verb at tokens[at], not further left than tokens[start]."""
    words = page.words
    left = _skip_adverbs(page, start, at)
    source = page.name_to.get(left)
    if source and source.first - 1 > start and words[source.first - 1] in lists()["sources"]:
        left = _skip_adverbs(page, start, source.first - 1 - (words[source.first - 2] == "seperti"))
    if left > start and words[left - 1] in lists()["pronouns"]:
        return Pointer("pronoun", left - 1, left, word=words[left - 1])
    name = page.name_to.get(left)
    if name and is_person(name):
        return Pointer("named", name.first, name.last, name.mention)
    if left == start or words[left - 1] in lists()["coordinators"]:
        return Pointer("implied", left, left)
    return _further(page, start, left)


def _skip_adverbs(page: Page, start: int, at: int) -> int:
    """From a verb to the left over adverbs, commas, `yang` and brackets."""
    words, left = page.words, at
    while left > start and (words[left - 1] in lists()["adverbs"] or words[left - 1] in (",", "yang", ")")):
        left = min(_bracket(page, start, left), left - 1)
    return left


def _bracket(page: Page, start: int, at: int) -> int:
    """Where the bracket that ends before tokens[at] begins, `at` if none does."""
    if at > start and page.words[at - 1] == ")":
        for left in range(at - 2, start - 1, -1):
            if page.words[left] == "(":
                return left
    return at


def _further(page: Page, start: int, left: int) -> Pointer:
    """A subject with something between it and its verb, or one without a person's name."""
    names = page.names(start, left)
    people = [name for name in names if is_person(name)]
    if people:
        return Pointer("named", people[-1].first, people[-1].last, people[-1].mention, far=True)
    for at in range(left - 1, start - 1, -1):
        if page.words[at] in ("dia", "ia"):
            return Pointer("pronoun", at, at + 1, word=page.words[at])
    first = left
    while first > start:
        bracket = _bracket(page, start, first)
        word = page.words[first - 1]
        if bracket == first and word in lists()["phrase_starts"] and (word != "yang" or not is_verb(page.words[first])):
            break
        first = min(bracket, first - 1)  # over a relative clause too: `survei yang dilakukan Bank Nusa menyebut`
    while first < left - 1 and page.words[first] in ("di", "dalam", "pada", "mana"):
        first += 1  # `Di mana dalam putusan itu menyebut`
    last = next((at for at in range(first + 1, left) if page.words[at] in _ASIDES), left)
    return _unnamed(page, first, last)


def subject(page: Page, first: int, last: int) -> Name | None:
    """The person whom tokens[first:last] are about: named before any verb or preposition."""
    for at in range(first, last):
        name = page.name_from.get(at)
        if is_person(name):
            return name
        if page.words[at] in lists()["prepositional"] or is_verb(page.words[at]):
            return None
    return None


def is_verb(word: str) -> bool:
    """Whether a word looks like a predicate: by its prefix, or one of those that have none."""
    if word in lists()["predicates"]:
        return True
    return voice_of(word) in ("active", "passive", "stative", "middle") and word not in lists()["not_verbs"]


def _inside_address(page: Page, at: int) -> bool:
    """A full stop with letters close on both sides: `Contoh.com`."""
    return page.words[at] == "." and page.starts[at + 1 : at + 2] == [page.tokens[at].end]


def addressee(page: Page, at: int, end: int) -> str | None:
    """To whom or through what the words beside a cue were said, as written in tokens[at:end].

    `kepada | wartawan`, `dikutip dari | Antara`, `dalam | keterangan tertulis`.
    """
    words = page.words
    for step in range(at, min(end, at + _ADDRESSEE_REACH) - 1):
        if words[step] in ("kepada", "dikutip", "dilansir"):
            first = step + 1 + (words[step + 1] == "dari")
        elif words[step] in ("dalam", "lewat", "melalui") and words[step + 1] in lists()["occasions"]:
            first = step + 1
        else:
            continue
        last = first
        while last < end and (_inside_address(page, last) or words[last] not in lists()["phrase_stops"] | _MARKS):
            last += 1
        return page.text(first, last) if last > first else None
    return None
