"""Who speaks: the words beside a cue that point at somebody, and the entity behind them.

The flow of an article decides what `dia` and `-nya` mean: whoever spoke last, unless somebody was introduced since.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from warta.cues import lists
from warta.records import Document, Mention

_REACH = 26  # tokens: how far from its cue a speaker's name may stand behind titles and offices


@dataclass(frozen=True, slots=True)
class Speaker:
    """`entity` indexes `Document.entities`; `name` and `text` as in `Quote.speaker_name` and `speaker_text`."""

    entity: int | None = None
    name: str | None = None
    text: str | None = None
    role: str | None = None
    person: bool = True


NOBODY = Speaker()


def is_verb(word: str) -> bool:
    """Whether a word looks like a verb: by its prefix, or one of those that have none."""
    return word in lists()["predicates"] or (len(word) > 4 and word.startswith(("me", "ber", "di", "ter")))


class Speakers:
    """Resolves the speakers of one document, in reading order; `focus` is who `dia` would be at this point."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens
        self.words = [token.text.lower() for token in document.tokens]
        self.focus = NOBODY
        self.person = NOBODY
        starts = [token.start for token in document.tokens]
        self.mention_from: dict[int, tuple[int, Mention]] = {}
        self.mention_to: dict[int, tuple[int, Mention]] = {}
        for mention in document.mentions:
            if mention.form == "name" and mention.type in ("PER", "ORG"):
                first = bisect_left(starts, mention.start)
                last = max(bisect_left(starts, mention.end), first + 1)
                self.mention_from[first] = (last, mention)
                self.mention_to[last] = (first, mention)

    # -- names and phrases ------------------------------------------------------------------------------------------

    def named(self, mention: Mention) -> Speaker:
        entity = self.document.entities[mention.entity]
        return Speaker(mention.entity, entity.name, mention.text, mention.role, mention.type == "PER")

    def text(self, first: int, last: int) -> str:
        return self.document.article.text[self.tokens[first].start : self.tokens[last - 1].end]

    def see(self, speaker: Speaker) -> Speaker:
        """Remember `speaker` as the one whom later pronouns mean."""
        if speaker.name is not None:
            self.focus = speaker
            if speaker.person:
                self.person = speaker
        return speaker

    def pronoun(self, word: str) -> Speaker:
        """Whom `dia`, `ia`, `mereka`, `-nya` means here."""
        meant = self.focus
        if word in ("dia", "ia", "beliau") and not meant.person and self.person.name is not None:
            meant = self.person
        return replace(meant, text=word) if meant.name is not None else Speaker(text=word)

    # -- behind a cue -----------------------------------------------------------------------------------------------

    def behind(self, at: int, end: int) -> tuple[Speaker, int]:
        """The speaker named from tokens[at] on (`kata | Kapolres Boyolali, Sari, kepada ...`), and where it ends."""
        words, stops = self.words, lists()["phrase_stops"]
        end = min(end, at + _REACH)
        if at < end and words[at] in lists()["pronouns"]:
            return self.pronoun(words[at]), at + 1
        stop = at
        organisation: tuple[int, Mention] | None = None
        depth = 0
        phrase_end = 0
        while stop < end:
            word = words[stop]
            found = self.mention_from.get(stop)
            if found and found[1].type == "PER" and not depth:
                return self.named(found[1]), found[0]
            if found:
                organisation = organisation or found
                stop = found[0]
                continue
            depth += (word in "([") - (word in ")]")
            if not depth and (word in '.!?:;"“”' or word == "kepada"):
                break
            if not depth and not phrase_end and (word == "," or word in stops):
                phrase_end = stop
            if phrase_end and (stop - phrase_end > 12 or word in ("kepada", "dalam", "saat", "usai", "dikutip")):
                break
            stop += 1
        return self._unnamed(at, phrase_end or stop, organisation)

    def _unnamed(self, first: int, last: int, organisation: tuple[int, Mention] | None) -> tuple[Speaker, int]:
        if first >= last:
            return NOBODY, first
        text = self.text(first, last)
        meant = self.described(first, last)
        if meant.name is not None:
            return replace(meant, text=text), last
        if organisation and organisation[0] <= last:
            return replace(self.named(organisation[1]), text=text), last
        return Speaker(None, text, text), last

    def described(self, first: int, last: int) -> Speaker:
        """Whom a description means: `Kapolres itu`, `politikus tersebut`."""
        if self.words[last - 1] in ("itu", "ini", "tersebut") and self.focus.name is not None:
            return self.person if self.person.name is not None else self.focus
        return NOBODY

    # -- in front of a verb -----------------------------------------------------------------------------------------

    def before(self, start: int, at: int) -> Speaker:
        """The subject of the verb at tokens[at], not further left than tokens[start]."""
        words, skip = self.words, lists()["adverbs"]
        left = at
        while left > start and (words[left - 1] in skip or words[left - 1] in ",yang" or words[left - 1] == ")"):
            left -= 1
            if words[left] == ")":
                while left > start and words[left] != "(":
                    left -= 1
        if left > start and words[left - 1] in lists()["pronouns"]:
            return self.pronoun(words[left - 1])
        if left in self.mention_to and self.mention_to[left][1].type == "PER":
            return self.named(self.mention_to[left][1])
        inside = [self.mention_from[i] for i in range(start, left) if i in self.mention_from]
        people = [m for _, m in inside if m.type == "PER"]
        if people:
            return self.named(people[-1])
        pronouns = [i for i in range(start, left) if words[i] in ("dia", "ia")]
        if pronouns:
            return self.pronoun(words[pronouns[-1]])
        if left == start:
            return self.pronoun("")
        return self._unnamed(*self._phrase_before(start, left), inside[-1] if inside else None)[0]

    def _phrase_before(self, start: int, last: int) -> tuple[int, int]:
        first = last
        while (
            first > start
            and self.words[first - 1] not in lists()["phrase_stops"]
            and self.words[first - 1] not in ',.;:"'
        ):
            first -= 1
        return first, last

    def subject(self, first: int, last: int) -> Speaker:
        """The person whom tokens[first:last] are about: named before any verb or preposition."""
        for at in range(first, last):
            found = self.mention_from.get(at)
            if found and found[1].type == "PER":
                return self.named(found[1])
            if self.words[at] in lists()["prepositional"] or is_verb(self.words[at]):
                break
        return NOBODY
