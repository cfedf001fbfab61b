"""Who speaks: from the words beside a cue to the entity behind them.

A name says it itself. What a pronoun, a description or no word at all means is decided by the flow of the article: who
spoke last, who was introduced since, whom the quote itself talks about. A small model ranks everybody so far.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from warta.cues import Cue, lists
from warta.logistic import score, shares, weights
from warta.pointers import Name, Page, Pointer, before, behind, is_person, is_verb, subject
from warta.records import Mention

THRESHOLD = 0.4  # a pronoun or description whose best candidate is less probable stays unresolved
_MEMORY = 12  # candidates that a pronoun may choose from, the latest first
_ROLE_REACH = 8  # tokens of a title or office in front of a name
_SPEAKING = ("PER", "ORG")
_WRITINGS = ("LAW", "WOA", "PRD", "EVT", "ORG")  # what `dokumen tersebut` may mean


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
    """Somebody who spoke or might: where (sentence, order) he was last seen, subject, introduced and heard."""

    speaker: Speaker
    type: str
    seen: int = -99
    at: int = -1
    subject: int = -1
    introduced: int = -1
    heard: int = -1
    times: int = 0
    count: int = 0
    roles: set[str] = field(default_factory=set)


class Speakers:
    """The voices of one document, heard in reading order."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.voices: dict[int | str, Voice] = {}
        self.turns: list[Voice] = []
        self.turned = -1  # the token at which somebody spoke last
        self.named: dict[int, Mention] = {}

    def expect(self, pointers: list[Pointer]) -> None:
        """Take note of who is called a speaker by name anywhere in the article: of the others it only tells."""
        for pointer in pointers:
            if pointer.how == "named" and pointer.mention:
                self.named.setdefault(pointer.mention.entity, pointer.mention)

    # -- reading on -------------------------------------------------------------------------------------------------

    def read(self, first: int, last: int, opening: bool) -> None:
        """Notice who is named in tokens[first:last], outside quotes; `opening`: a sentence begins there."""
        for name in self.page.names(first, last):
            voice = self._voice(name.mention)
            voice.seen, voice.at = name.mention.sentence, name.first
            voice.count += 1
            if is_person(name):
                voice.roles.update(self._role_words(name))
        if opening:
            who = subject(self.page, first, last)
            if who:
                self._voice(who.mention).subject = who.first
            self._introduce(first, last)

    def _introduce(self, first: int, last: int) -> None:
        """`Hal itu disampaikan (oleh) Kapolres Boyolali Sari`; `Sari menyampaikan apresiasi`."""
        words = self.page.words
        for at in range(first, last - 1):
            if words[at] in lists()["introducing"]:
                pointer = behind(self.page, at + 1 + (words[at + 1] == "oleh"), last)
            elif words[at] in lists()["saying"]:
                pointer = before(self.page, first, at)
            else:
                continue
            if pointer.how == "named" and pointer.mention:
                self._voice(pointer.mention).introduced = at

    def _voice(self, mention: Mention) -> Voice:
        voice = self.voices.get(mention.entity)
        if voice is None:
            entity = self.page.document.entities[mention.entity]
            speaker = Speaker(mention.entity, entity.name, mention.text, mention.role)
            voice = self.voices[mention.entity] = Voice(speaker, mention.type)
        elif mention.role and not voice.speaker.role:
            voice.speaker = replace(voice.speaker, role=mention.role)
        return voice

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

    # -- who is meant -----------------------------------------------------------------------------------------------

    def resolve(self, pointer: Pointer, cue: Cue | None, first: int, last: int) -> Speaker:
        """Who says tokens[first:last]; remembered as the one who spoke."""
        text, place = self._text(pointer), cue.first if cue else first
        if pointer.how == "named" and pointer.mention:
            voice = self._voice(pointer.mention)
            role = pointer.mention.role or voice.speaker.role
            return self._heard(voice, replace(voice.speaker, text=text, role=role), place)
        candidates = self._candidates(pointer, text)
        if not candidates:
            return Speaker(text=text)
        described = [self.features(voice, pointer, cue, place, first, last) for voice in candidates]
        sure = shares([score(weights("quotes")["speaker"], features) for features in described])
        best = self.choose(sure, candidates, first, last)
        if sure[best] < THRESHOLD:
            name = text if pointer.how == "described" else None
            return Speaker(None, name, text, sure=sure[best])
        return self._heard(candidates[best], replace(candidates[best].speaker, text=text, sure=sure[best]), place)

    def choose(self, sure: list[float], candidates: list[Voice], first: int, last: int) -> int:
        """The index of the most probable candidate."""
        return max(range(len(sure)), key=sure.__getitem__)

    def _text(self, pointer: Pointer) -> str | None:
        if pointer.how == "implied":
            return None
        if pointer.how == "pronoun" and pointer.first == pointer.last:
            return "-nya"
        if pointer.how == "named" and pointer.mention:
            return pointer.mention.text
        return self.page.text(pointer.first, pointer.last)

    def _heard(self, voice: Voice, speaker: Speaker, place: int) -> Speaker:
        self.turned = place
        voice.heard = len(self.turns)
        voice.times += 1
        if voice.type == "itself":
            voice.type = "unnamed"
        self.turns.append(voice)
        if speaker.name is not None:
            self.voices.setdefault(speaker.entity if speaker.entity is not None else speaker.name, voice)
        return speaker

    def _candidates(self, pointer: Pointer, text: str | None) -> list[Voice]:
        """Everybody whom a pronoun or description may mean, the latest first; a description also means itself."""
        writings = pointer.how == "described" and self._group(pointer) == "documents"
        types = _WRITINGS if writings else _SPEAKING
        voices = [voice for voice in self.voices.values() if voice.type in types or voice.times]
        voices = sorted(voices, key=lambda voice: (voice.at, voice.times), reverse=True)[:_MEMORY]
        voices += [turn for turn in self.turns[-2:] if turn not in voices]
        if not any(voice.type == "PER" for voice in voices):
            voices += self._ahead()
        if pointer.how == "described" and text:
            if pointer.mention and self._voice(pointer.mention) not in voices:
                voices.append(self._voice(pointer.mention))
            voices.append(Voice(Speaker(None, text, text), "itself"))
        return voices

    def _ahead(self) -> list[Voice]:
        """The first person named beside a cue, for articles that begin in the middle (`ujarnya` before any name)."""
        people = (mention for mention in self.named.values() if mention.type == "PER")
        first = next(people, None)
        return [Voice(Speaker(first.entity, self.page.document.entities[first.entity].name), "ahead")] if first else []

    def features(self, voice: Voice, pointer: Pointer, cue: Cue | None, place: int, first: int, last: int) -> list[str]:
        """What the model knows of `voice` as the speaker of tokens[first:last] with its cue at tokens[place]."""
        page = self.page
        sentence = page.tokens[place].sentence
        since = self.turns[-1] if self.turns else None
        person = self._last_person()
        how = pointer.word or pointer.how
        if how in ("dia", "ia", "beliau", "dirinya"):
            how = "dia"
        distance = min(sentence - voice.seen, 9)
        found = [
            f"{how} type={voice.type}",
            f"type={voice.type}",
            f"spoke={min(voice.times, 2)}",
            f"seen={distance if distance < 3 else 3 if distance < 6 else 6}",
            f"count={min(voice.count, 4)}",
        ]
        if voice.speaker.entity is not None:
            heard = voice.speaker.entity in self.named or voice.introduced >= 0
            found += [f"named beside cue={heard}", f"named beside cue={heard} spoke={min(voice.times, 1)}"]
        newest = max((v.at for v in self.voices.values() if v.type == "PER"), default=-1)
        if voice.at == newest and newest >= 0:
            found.append("newest")
        if since is voice:
            found += ["last", f"last how={how}"]
            if cue and cue.text.lower() in lists()["continuing"]:
                found.append("last continuing")
        elif person is voice:
            found += ["last person", f"last person how={how}"]
        elif voice.times:
            found.append("earlier")
        if voice.type == "PER":
            found.append(f"office={bool(voice.roles & lists()['people'])} spoke={min(voice.times, 1)}")
        found += self._flow(voice, sentence, how)
        if any(name.mention.entity == voice.speaker.entity for name in page.names(first, last)):
            found += ["inside", f"inside last={since is voice}"]
        if pointer.how == "described":
            found += self._description(voice, pointer)
        return found

    def _flow(self, voice: Voice, sentence: int, how: str) -> list[str]:
        """Subject and introduction, and whether they are newer than the last turn."""
        found = []
        for name, at in (("subject", voice.subject), ("introduced", voice.introduced)):
            if at < 0:
                continue
            back = min(sentence - self.page.tokens[at].sentence, 4)
            others = [getattr(v, name) for v in self.voices.values() if v is not voice]
            latest = at > max(others, default=-1)
            fresh = at > self.turned
            found += [f"{name}={back}", f"{name} latest={latest} fresh={fresh}"]
            if latest and fresh:
                found.append(f"{name}={back} how={how}")
                office = bool(voice.roles & lists()["people"])
                found.append(f"fresh {name} spoke={min(voice.times, 1)} office={office} turns={bool(self.turns)}")
        return found

    def _group(self, pointer: Pointer) -> str:
        """What the head of a description is: people, bodies, writings, or an unknown name."""
        words = self.page.words[pointer.first : pointer.last]
        for group in ("collectives", "people", "bodies", "documents"):
            if lists()[group].intersection(words[:2]):
                return group
        if all(token.text[0].isupper() for token in self.page.tokens[pointer.first : pointer.last]):
            return "name"
        agent = words[0].startswith("pe") and not words[0].endswith("an")  # `pengasuh`, `peneliti`; not `penelitian`
        return "people" if agent else "other"

    def _last_person(self) -> Voice | None:
        return next((turn for turn in reversed(self.turns) if turn.type == "PER"), None)

    def _description(self, voice: Voice, pointer: Pointer) -> list[str]:
        """How well a description fits: its head, the words it shares with offices and names, `itu` and `para`."""
        words = self.page.words[pointer.first : pointer.last]
        kind = voice.type
        pointing = words[-1] in ("itu", "ini", "tersebut", "sama") or words[0] == "sang"
        many = words[0] in ("para", "sejumlah", "beberapa", "seorang", "salah", "banyak", "sebagian")
        group = self._group(pointer)
        named = (voice.speaker.name or "").lower().split()
        shared = min(len(voice.roles.intersection(words)), 2)
        found = [
            f"{group} {kind} pointing={pointing}",
            f"shared={shared} pointing={pointing}",
            f"shared={shared} spoke={min(voice.times, 1)}",
            f"many={many} {kind}",
            f"head in name={kind != 'itself' and words[0] in named}",
        ]
        if pointing and kind == "PER" and self._last_person() is voice:
            found.append(f"pointed at last person {group}")
        if pointer.mention and voice.speaker.entity == pointer.mention.entity:
            found += ["contained", f"contained {group}", f"contained {group} pointing={pointing}"]
        return found
