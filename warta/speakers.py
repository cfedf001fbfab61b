"""Who speaks: from the words beside a cue to the entity behind them.

A name says it itself. What a pronoun, a description or no word at all means is decided by the flow of the article: who
spoke last, who was introduced since, whom the quote itself talks about. A small model ranks everybody so far.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from warta.cues import Cue, lists
from warta.logistic import score, shares, weights
from warta.pointers import Page, Pointer
from warta.voices import Speaker, Voice, Voices

THRESHOLD = 0.4  # a pronoun whose best candidate is less probable stays unresolved
_MEMORY = 12  # candidates that a pronoun may choose from, the latest first
_SPEAKING = ("PER", "ORG")
_WRITINGS = ("LAW", "WOA", "PRD", "EVT", "ORG")  # what `dokumen tersebut` may mean


class Speakers:
    """Resolves the speakers of one document, in reading order."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.voices = Voices(page)

    def expect(self, pointers: list[Pointer]) -> None:
        """Take note of who is called a speaker by name anywhere in the article: of the others it only tells."""
        for pointer in pointers:
            if pointer.how == "named" and pointer.mention:
                self.voices.named.setdefault(pointer.mention.entity, pointer.mention)

    def resolve(self, pointer: Pointer, cue: Cue | None, first: int, last: int) -> Speaker:
        """Who says tokens[first:last]; remembered as the one who spoke."""
        text, place = self._text(pointer), cue.first if cue else first
        if pointer.how == "named" and pointer.mention:
            voice = self.voices.of(pointer.mention)
            self.voices.hear(voice, place)
            return replace(voice.speaker, text=text, role=pointer.mention.role or voice.speaker.role)
        candidates = self._candidates(pointer, text)
        if not candidates:
            return Speaker(text=text)
        described = [self.features(voice, pointer, cue, first, last) for voice in candidates]
        sure = shares([score(weights("quotes")["speaker"], features) for features in described])
        best = self.choose(sure, candidates, first, last)
        if sure[best] < THRESHOLD:
            return Speaker(None, text if pointer.how == "described" else None, text, sure=sure[best])
        self.voices.hear(candidates[best], place)
        return replace(candidates[best].speaker, text=text, sure=sure[best])

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

    def _candidates(self, pointer: Pointer, text: str | None) -> list[Voice]:
        """Everybody whom a pronoun or description may mean, the latest first; a description also means itself."""
        writings = pointer.how == "described" and self._group(pointer) == "documents"
        types = _WRITINGS if writings else _SPEAKING
        able = (voice for voice in self.voices.recent() if voice.type in types or voice.times)
        voices = list(islice(able, _MEMORY))
        ahead = self.voices.ahead()
        if ahead and not any(voice.type == "PER" for voice in voices):
            voices.append(ahead)
        if pointer.how == "described" and text:
            if pointer.mention and self.voices.of(pointer.mention) not in voices:
                voices.append(self.voices.of(pointer.mention))
            voices.append(Voice(Speaker(None, text, text), "itself"))
        return voices

    # -- what the model sees ----------------------------------------------------------------------------------------

    def features(self, voice: Voice, pointer: Pointer, cue: Cue | None, first: int, last: int) -> list[str]:
        """What the model knows of `voice` as the speaker of tokens[first:last]."""
        how = "dia" if pointer.word in ("dia", "ia", "beliau", "dirinya") else pointer.word or pointer.how
        sentence = self.page.tokens[cue.first if cue else first].sentence
        distance = sentence - voice.seen
        spoke = min(voice.times, 1)
        found = [
            f"{how} type={voice.type}", f"type={voice.type}", f"spoke={min(voice.times, 2)}",
            f"seen={distance if distance < 3 else 3 if distance < 6 else 6}", f"count={min(voice.count, 4)}",
        ]  # fmt: skip
        if voice.speaker.entity is not None:
            called = voice.speaker.entity in self.voices.named or voice.introduced >= 0
            found += [f"named beside cue={called}", f"named beside cue={called} spoke={spoke}"]
        if voice.type == "PER":
            found.append(f"office={voice.holds_office} spoke={spoke}")
        if self.voices.latest.get("person") is voice:
            found.append("newest")
        found += self._turns(voice, cue, how)
        found += self._flow(voice, sentence, how)
        if any(name.mention.entity == voice.speaker.entity for name in self.page.names(first, last)):
            found += ["inside", f"inside last={self._spoke_last(voice)}"]
        if pointer.how == "described":
            found += self._description(voice, pointer)
        return found

    def _spoke_last(self, voice: Voice) -> bool:
        return bool(self.voices.turns) and self.voices.turns[-1] is voice

    def _turns(self, voice: Voice, cue: Cue | None, how: str) -> list[str]:
        """Who had the last word, and who the last one among people."""
        if self._spoke_last(voice):
            continues = cue is not None and cue.text.lower() in lists()["continuing"]
            return ["last", f"last how={how}", *(["last continuing"] if continues else [])]
        if self.voices.latest.get("speaking") is voice:
            return ["last person", f"last person how={how}"]
        return ["earlier"] if voice.times else []

    def _flow(self, voice: Voice, sentence: int, how: str) -> list[str]:
        """Subject and introduction, and whether they are newer than the last turn."""
        found = []
        for name, at in (("subject", voice.subject), ("introduced", voice.introduced)):
            if at < 0:
                continue
            back = min(sentence - self.page.tokens[at].sentence, 4)
            latest = self.voices.latest.get(name) is voice
            fresh = at > self.voices.turned
            found += [f"{name}={back}", f"{name} latest={latest} fresh={fresh}"]
            if latest and fresh:
                heard = f"spoke={min(voice.times, 1)} office={voice.holds_office} turns={bool(self.voices.turns)}"
                found += [f"{name}={back} how={how}", f"fresh {name} {heard}"]
                found += [f"fresh {name} contrasted"] * voice.contrasted
        return found

    def _description(self, voice: Voice, pointer: Pointer) -> list[str]:
        """How well a description fits: its head, the words it shares with offices and names, `itu` and `para`."""
        words = self.page.words[pointer.first : pointer.last]
        kind, group = voice.type, self._group(pointer)
        pointing = words[-1] in ("itu", "ini", "tersebut", "sama") or words[0] == "sang"
        many = words[0] in ("para", "sejumlah", "beberapa", "seorang", "salah", "banyak", "sebagian")
        named = (voice.speaker.name or "").lower().split()
        shared = min(len(voice.roles.intersection(words)), 2)
        found = [
            f"{group} {kind} pointing={pointing}", f"shared={shared} pointing={pointing}",
            f"shared={shared} spoke={min(voice.times, 1)}", f"many={many} {kind}",
            f"head in name={kind != 'itself' and words[0] in named}",
        ]  # fmt: skip
        if pointing and self.voices.latest.get("speaking") is voice:
            found.append(f"pointed at last person {group}")
        if pointer.mention and voice.speaker.entity == pointer.mention.entity:
            found += ["contained", f"contained {group}", f"contained {group} pointing={pointing}"]
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
