"""Everybody who speaks in an article or might: who was named last, was a subject, was introduced, was heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from warta.cues import lists
from warta.pointers import Name, Page, before, behind, is_person, is_verb, subject
from warta.records import Mention

_OPENING = 60  # tokens of a sentence in which somebody is introduced
_ROLE_REACH = 14  # tokens of a title or office in front of a name


@dataclass(frozen=True, slots=True)
class Speaker:
    """`entity` indexes `Document.entities`; the others as in `Quote`. `sure` is how probable the model found it."""

    entity: int | None = None
    name: str | None = None
    text: str | None = None
    role: str | None = None
    sure: float = 1.0


@dataclass(slots=True, eq=False)
class Voice:
    """One candidate. `subject` and `introduced` are the tokens where that happened last (-1: never).

    `type` is an entity's, "unnamed" for a description that spoke, "itself" for one that is being judged, "ahead" for a
    person not yet named. `seen`: the last sentence outside quotes; `count`: mentions there; `times`: turns taken;
    `contrasted`: last made a subject behind `Sementara itu` or the like.
    """

    speaker: Speaker
    type: str
    seen: int = -99
    subject: int = -1
    introduced: int = -1
    contrasted: bool = False
    times: int = 0
    count: int = 0
    roles: set[str] = field(default_factory=set)

    @property
    def holds_office(self) -> bool:
        """Named with a title such as `Kapolres` or `saksi` at least once."""
        return not lists()["people"].isdisjoint(self.roles)


class Voices:
    """The voices of one document, in reading order."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.turns: list[Voice] = []
        self.turned = -1  # the token at which somebody spoke last
        self.named: dict[int, Mention] = {}  # who is called a speaker by name anywhere in the article
        self.latest: dict[str, Voice] = {}  # the latest "subject", "introduced", named "person" and "speaking" person
        self._by_entity: dict[int, Voice] = {}
        self._recent: dict[Voice, None] = {}  # the latest last

    def of(self, mention: Mention) -> Voice:
        """The voice of a named entity."""
        voice = self._by_entity.get(mention.entity)
        if voice is None:
            entity = self.page.document.entities[mention.entity]
            speaker = Speaker(mention.entity, entity.name, mention.text, mention.role)
            voice = self._by_entity[mention.entity] = Voice(speaker, mention.type)
        elif mention.role and not voice.speaker.role:
            voice.speaker = replace(voice.speaker, role=mention.role)
        return voice

    def recent(self) -> Iterator[Voice]:
        """All voices so far, the latest named or heard first."""
        return reversed(self._recent)

    def ahead(self) -> Voice | None:
        """The first person named beside a cue, for articles that begin in the middle (`ujarnya` before any name)."""
        first = next((mention for mention in self.named.values() if mention.type == "PER"), None)
        return Voice(self.of(first).speaker, "ahead") if first else None

    def hear(self, voice: Voice, at: int) -> None:
        """`voice` spoke at tokens[at]."""
        self.turned = at
        self.turns.append(voice)
        voice.times += 1
        if voice.type == "itself":
            voice.type = "unnamed"
        if voice.type == "PER":
            self.latest["speaking"] = voice
        self._touch(voice)

    def _touch(self, voice: Voice) -> None:
        self._recent.pop(voice, None)
        self._recent[voice] = None

    # -- reading on -------------------------------------------------------------------------------------------------

    def read(self, first: int, last: int, opening: bool) -> None:
        """Notice who is named in tokens[first:last], outside quotes; `opening`: a sentence begins there."""
        for name in self.page.names(first, last):
            voice = self.of(name.mention)
            voice.seen = name.mention.sentence
            voice.count += 1
            if is_person(name):
                voice.roles.update(self._role_words(name))
                self.latest["person"] = voice
            self._touch(voice)
        if opening:
            who = subject(self.page, first, last)
            if who:
                voice = self.latest["subject"] = self.of(who.mention)
                voice.subject = who.first
                voice.contrasted = not lists()["contrasts"].isdisjoint(self.page.words[first : min(first + 4, last)])
            self._introduce(first, last)

    def _introduce(self, first: int, last: int) -> None:
        """`Hal itu disampaikan (oleh) Kapolres Boyolali Sari`; `Sari menyampaikan apresiasi`."""
        words = self.page.words
        for at in range(first, min(last, first + _OPENING) - 1):
            if words[at] in lists()["introducing"]:
                pointer = behind(self.page, at + 1 + (words[at + 1] == "oleh"), last)
            elif words[at] in lists()["saying"]:
                pointer = before(self.page, first, at)
            else:
                continue
            if pointer.how == "named" and pointer.mention:
                voice = self.latest["introduced"] = self.of(pointer.mention)
                voice.introduced = at

    def _role_words(self, name: Name) -> set[str]:
        """The words of the title or office in front of a name."""
        found: set[str] = set()
        start = max(self.page.sentence_start(name.first), name.first - _ROLE_REACH)
        for at in range(name.first - 1, start - 1, -1):
            word = self.page.words[at]
            if word in lists()["prepositional"] or is_verb(word):
                break
            found.add(word)
        return found
