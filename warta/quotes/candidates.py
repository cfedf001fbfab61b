"""Who may speak in an article: everybody who was named last, was a subject, was introduced or has spoken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from warta.quotes.cues import lists
from warta.quotes.speaker_phrases import actor, before, behind, is_person, is_verb, subject
from warta.records import Mention
from warta.text.token_view import NamedTokens, TokenView

_OPENING = 60  # tokens of a sentence in which somebody is introduced
_ROLE_REACH = 14  # tokens of a title or office in front of a name


@dataclass(frozen=True, slots=True)
class Speaker:
    """`entity` indexes `Document.entities`; `probability` is the model's, 0..1; the others as in `Quote`."""

    entity: int | None = None
    name: str | None = None
    text: str | None = None
    role: str | None = None
    probability: float = 1.0


@dataclass(slots=True, eq=False)
class Candidate:
    """Somebody who may speak.

    `type` is an entity's, "unnamed" for a description that spoke, "itself" for the description at hand, "ahead" for a
    person not yet named. `last_sentence` and `mentions` count outside quotes only. `subject_at` and `introduced_at` are
    the tokens where that happened last (-1: never). `contrasted`: last made a subject behind `Sementara itu` or the
    like. `place`: the part a person played where last named outside quotes, "acts" with the class of the verb, or
    "other"; `named_at`: the token of that name. `turns`: how often the candidate spoke. `roles`: the words of titles
    and offices.
    """

    speaker: Speaker
    type: str
    last_sentence: int = -99
    mentions: int = 0
    subject_at: int = -1
    introduced_at: int = -1
    contrasted: bool = False
    place: str = "other"
    named_at: int = -1
    turns: int = 0
    roles: set[str] = field(default_factory=set)

    @property
    def holds_office(self) -> bool:
        """Named with a title such as `Kapolres` or `saksi` at least once."""
        return not lists()["people"].isdisjoint(self.roles)


class Candidates:
    """The candidates of one document so far, in reading order."""

    def __init__(self, view: TokenView) -> None:
        self.view = view
        self.turns: list[Candidate] = []
        self.last_turn_at = -1  # the token at which somebody spoke last
        self.named_speakers: dict[int, Mention] = {}  # who is a speaker by name anywhere in the article, by entity
        self.latest: dict[str, Candidate] = {}  # "subject", "actor", "introduced", named "person", "speaking"
        self._by_entity: dict[int, Candidate] = {}
        self._recent: dict[Candidate, None] = {}  # the latest last

    def named(self, mention: Mention) -> Candidate:
        """The candidate of a named entity."""
        candidate = self._by_entity.get(mention.entity)
        if candidate is None:
            entity = self.view.document.entities[mention.entity]
            speaker = Speaker(mention.entity, entity.name, mention.text, mention.role)
            candidate = self._by_entity[mention.entity] = Candidate(speaker, mention.type)
        elif mention.role and not candidate.speaker.role:
            candidate.speaker = replace(candidate.speaker, role=mention.role)
        return candidate

    def recent(self) -> Iterator[Candidate]:
        """All candidates, the one that was named or spoke last first."""
        return reversed(self._recent)

    def ahead(self) -> Candidate | None:
        """The first person named beside a cue, for articles that begin in the middle (`ujarnya` before any name)."""
        first = next((mention for mention in self.named_speakers.values() if mention.type == "PER"), None)
        return Candidate(self.named(first).speaker, "ahead") if first else None

    def add_turn(self, candidate: Candidate, at: int) -> None:
        """`candidate` spoke at tokens[at]."""
        self.last_turn_at = at
        self.turns.append(candidate)
        candidate.turns += 1
        if candidate.type == "itself":
            candidate.type = "unnamed"
        if candidate.type == "PER":
            self.latest["speaking"] = candidate
        self._make_latest(candidate)

    def _make_latest(self, candidate: Candidate) -> None:
        self._recent.pop(candidate, None)
        self._recent[candidate] = None

    def add_names(self, first: int, last: int, opening: bool) -> None:
        """Take in who is named in tokens[first:last], outside quotes; `opening`: a sentence begins there."""
        for name in self.view.names(first, last):
            candidate = self.named(name.mention)
            candidate.last_sentence = name.mention.sentence
            candidate.mentions += 1
            if is_person(name):
                candidate.roles.update(self._role_words(name))
                self.latest["person"] = candidate
                candidate.place, candidate.named_at = "other", name.first
            self._make_latest(candidate)
        if opening:
            self._add_actor(first, last)
            self._add_subject(first, last)
            self._add_introduced(first, last)

    def _add_actor(self, first: int, last: int) -> None:
        if found := actor(self.view, first, last):
            candidate = self.latest["actor"] = self.named(found.name.mention)
            candidate.place, candidate.named_at = f"acts {found.verb}", found.name.first

    def _add_subject(self, first: int, last: int) -> None:
        if name := subject(self.view, first, last):
            candidate = self.latest["subject"] = self.named(name.mention)
            candidate.subject_at = name.first
            opening = self.view.words[first : min(first + 4, last)]
            candidate.contrasted = not lists()["contrasts"].isdisjoint(opening)

    def _add_introduced(self, first: int, last: int) -> None:
        """`Hal itu disampaikan (oleh) Kapolres Boyolali Sari`; `Sari menyampaikan apresiasi`."""
        words = self.view.words
        for at in range(first, min(last, first + _OPENING) - 1):
            if words[at] in lists()["introducing"]:
                phrase = behind(self.view, at + 1 + (words[at + 1] in lists()["agents"]), last)
            elif words[at] in lists()["saying"]:
                phrase = before(self.view, first, at)
            else:
                continue
            if phrase.how == "named" and phrase.mention:
                candidate = self.latest["introduced"] = self.named(phrase.mention)
                candidate.introduced_at = at

    def _role_words(self, name: NamedTokens) -> set[str]:
        """The words of the title or office in front of a name."""
        found: set[str] = set()
        start = max(self.view.sentence_start(name.first), name.first - _ROLE_REACH)
        for at in range(name.first - 1, start - 1, -1):
            word = self.view.words[at]
            if word in lists()["prepositional"] or is_verb(word):
                break
            found.add(word)
        return found
