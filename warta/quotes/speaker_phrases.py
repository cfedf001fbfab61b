"""The words beside a cue that say who speaks: a name, a pronoun, a description, or none.

Behind a bare root or a preposition they follow (`kata | Kapolres Boyolali, Sari, kepada ...`), before a verb they
precede (`Sari, yang memimpin rapat, juga | mengatakan`).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from warta.quotes.cues import Cue, lists
from warta.records import Mention
from warta.text.morphology import voice_of
from warta.text.token_view import NamedTokens, TokenView

_REACH = 26  # tokens: how far from its cue a speaker's name may stand behind titles and offices
_ADDRESSEE_REACH = 14  # tokens between a speaker and the addressee
_CLAUSE = 60  # tokens of a sentence in which its subject and verb are looked for
_APPOSITION = 14  # tokens: the same, behind the comma that closes a title

_ABLE = ("PER", "ORG", "LAW", "WOA", "PRD", "EVT")  # what a description may take its name from
_MARKS = frozenset(",.;:!?()\"“”'’-–—")

How = Literal["named", "pronoun", "described", "implied"]


class SpeakerPhrase(NamedTuple):
    """tokens[first:last] say who speaks; `mention` is the name in them, if any.

    `far`: a name that stands apart from its cue. `word`: the pronoun, `nya` for the clitic.
    """

    how: How
    first: int
    last: int
    mention: Mention | None = None
    word: str = ""
    far: bool = False


def is_person(name: NamedTokens | None) -> bool:
    return name is not None and name.mention.type == "PER"


def clitic(view: TokenView, cue: Cue) -> SpeakerPhrase:
    """The `-nya` of `cue`, or the name that was put behind it all the same (`ujarnya Sari`)."""
    name = view.name_from.get(cue.last)
    if name and is_person(name):
        return SpeakerPhrase("named", name.first, name.last, name.mention)
    return SpeakerPhrase("pronoun", cue.last, cue.last, word="nya")


def behind(view: TokenView, at: int, end: int) -> SpeakerPhrase:
    """The phrase that begins at tokens[at] and ends before tokens[end]."""
    if at < end and view.words[at] in lists()["pronouns"]:
        return SpeakerPhrase("pronoun", at, at + 1, word=view.words[at])
    end = min(end, at + _REACH)
    last, depth = 0, 0
    step = at
    while step < end:
        word, name = view.words[step], view.name_from.get(step)
        if name and not depth:
            if is_person(name):
                return SpeakerPhrase("named", at, name.last, name.mention, far=bool(last))
            step = name.last
            continue
        depth += (word in "([") - (word in ")]")
        if not depth:
            verb = is_verb(word) and view.tokens[step].text.islower()  # `Energi Terbarukan` is an office's
            if verb or word in lists()["closers"] or (last and step - last > _APPOSITION):
                break
            if not last and (word == "," or word in lists()["phrase_stops"]):
                last = step
        step += 1
    return _unnamed(view, at, last or step)


def _unnamed(view: TokenView, first: int, last: int) -> SpeakerPhrase:
    """A phrase without a person's name; capitals behind an organisation are one all the same (`Kapuspen TNI Sari`)."""
    if first >= last:
        return SpeakerPhrase("implied", first, first)
    names = view.names(first, last)
    if names and names[0].first == first:
        return SpeakerPhrase("named", first, names[0].last, names[0].mention)
    if names and names[-1].last < last and all(t.text[0].isupper() for t in view.tokens[names[-1].last : last]):
        return SpeakerPhrase("described", names[-1].last, last)
    inside = next((name.mention for name in names if name.last <= last and name.mention.type in _ABLE), None)
    return SpeakerPhrase("described", first, last, inside)


def before(view: TokenView, start: int, at: int) -> SpeakerPhrase:
    """The subject of the verb at tokens[at], not further left than tokens[start]."""
    words = view.words
    left = _skip_adverbs(view, start, at)
    source = view.name_to.get(left)
    if source and source.first - 1 > start and words[source.first - 1] in lists()["sources"]:
        left = _skip_adverbs(view, start, source.first - 1 - (words[source.first - 2] in lists()["like"]))
    if left > start and words[left - 1] in lists()["pronouns"]:
        return SpeakerPhrase("pronoun", left - 1, left, word=words[left - 1])
    name = view.name_to.get(left)
    if name and is_person(name):
        return SpeakerPhrase("named", name.first, name.last, name.mention)
    if left == start or words[left - 1] in lists()["coordinators"]:
        return SpeakerPhrase("implied", left, left)
    return _further(view, start, left)


def _skip_adverbs(view: TokenView, start: int, at: int) -> int:
    """From a verb to the left over adverbs, commas, `yang` and brackets."""
    words, left = view.words, at
    while left > start and (words[left - 1] in lists()["adverbs"] or words[left - 1] in lists()["beside_adverbs"]):
        left = min(_bracket(view, start, left), left - 1)
    return left


def _bracket(view: TokenView, start: int, at: int) -> int:
    """Where the bracket that ends before tokens[at] begins, `at` if none does."""
    if at > start and view.words[at - 1] == ")":
        for left in range(at - 2, start - 1, -1):
            if view.words[left] == "(":
                return left
    return at


def _further(view: TokenView, start: int, left: int) -> SpeakerPhrase:
    """A subject with something between it and its verb, or one without a person's name."""
    names = view.names(start, left)
    people = [name for name in names if is_person(name)]
    if people:
        return SpeakerPhrase("named", people[-1].first, people[-1].last, people[-1].mention, far=True)
    for at in range(left - 1, start - 1, -1):
        if view.words[at] in lists()["singular_pronouns"]:
            return SpeakerPhrase("pronoun", at, at + 1, word=view.words[at])
    first = left
    while first > start:
        bracket = _bracket(view, start, first)
        word = view.words[first - 1]
        of_verb = word in lists()["relative"] and is_verb(view.words[first])
        if bracket == first and word in lists()["phrase_starts"] and not of_verb:
            break
        first = min(bracket, first - 1)  # over a relative clause too: `survei yang dilakukan Bank Nusa menyebut`
    while first < left - 1 and view.words[first] in lists()["subject_prepositions"]:
        first += 1  # `Di mana dalam putusan itu menyebut`
    last = next((at for at in range(first + 1, left) if view.words[at] in lists()["asides"]), left)
    return _unnamed(view, first, last)


def subject(view: TokenView, first: int, last: int) -> NamedTokens | None:
    """The person whom tokens[first:last] are about: named before any verb or preposition."""
    for at in range(first, last):
        name = view.name_from.get(at)
        if is_person(name):
            return name
        if view.words[at] in lists()["prepositional"] or is_verb(view.words[at]):
            return None
    return None


class Actor(NamedTuple):
    """The person in front of a clause's verb; `verb` is its class, see `verb_class`."""

    name: NamedTokens
    verb: str


def actor(view: TokenView, first: int, last: int) -> Actor | None:
    """The person who stands before the main verb of tokens[first:last].

    What a comma closes may stand before (`Menanggapi hal itu, ...`), an office may hold prepositions (`Anggota DPR dari
    Fraksi Melati, Sari, ...`).
    """
    last, opens = min(last, first + _CLAUSE), first
    for at in range(first, last):
        name = view.name_from.get(at)
        if is_person(name) and name:
            if not _verb_between(view, opens, at):
                return Actor(name, _predicate(view, name.last, last))
            if view.words[first] not in lists()["before_clause"] and not is_verb(view.words[first]):
                return None
        elif view.words[at] == ",":
            opens = at + 1
    return None


def _verb_between(view: TokenView, first: int, last: int) -> bool:
    """A verb, or a preposition that opens the phrase: the name behind it is no subject."""
    words = view.words
    lower = [at for at in range(first, last) if view.tokens[at].text.islower() or at == first]
    return first < last and (words[first] in lists()["prepositional"] or any(is_verb(words[at]) for at in lower))


def _predicate(view: TokenView, first: int, last: int) -> str:
    """The class of the main verb behind a subject, over appositions and relative clauses; "none" without one."""
    relative = False
    for at in range(first, last):
        word = view.words[at]
        if word in lists()["relative"]:
            relative = True
        elif word == ",":
            relative = False
        elif word in lists()["states"] and not relative:
            return "state"
        elif view.tokens[at].text.islower() and word not in lists()["predicates"]:
            found = verb_class(word)
            if found != "none" and not relative:
                return found
            relative = relative and found == "none"
    return "none"


def verb_class(word: str) -> str:
    """ "heard" (`ditemui`), "stand" (`mengkritik`), else the voice its outside shows, "none" for what is no verb."""
    for name in ("heard", "stand"):
        if word in lists()[name]:
            return name
    return voice_of(word) if is_verb(word) else "none"


def is_verb(word: str) -> bool:
    """Whether a word looks like a predicate: by its prefix, or one of those that have none."""
    if word in lists()["predicates"]:
        return True
    return voice_of(word) in ("active", "passive", "stative", "middle") and word not in lists()["not_verbs"]


def _inside_address(view: TokenView, at: int) -> bool:
    """A full stop with letters close on both sides: `Contoh.com`."""
    return view.words[at] == "." and view.starts[at + 1 : at + 2] == [view.tokens[at].end]


def addressee(view: TokenView, at: int, end: int) -> str | None:
    """To whom or through what the words beside a cue were said, as written in tokens[at:end].

    `kepada | wartawan`, `dikutip dari | Antara`, `dalam | keterangan tertulis`.
    """
    words = view.words
    for step in range(at, min(end, at + _ADDRESSEE_REACH) - 1):
        if words[step] in lists()["addressee_cues"]:
            first = step + 1 + (words[step + 1] in lists()["addressee_prepositions"])
        elif words[step] in lists()["occasion_prepositions"] and words[step + 1] in lists()["occasions"]:
            first = step + 1
        else:
            continue
        last = first
        while last < end and (_inside_address(view, last) or words[last] not in lists()["phrase_stops"] | _MARKS):
            last += 1
        return view.text(first, last) if last > first else None
    return None
