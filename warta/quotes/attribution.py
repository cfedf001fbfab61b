"""Who speaks: from the words beside a cue to the entity behind them.

A name says it itself. What a pronoun, a description or no word at all means is decided by the flow of the article: who
spoke last, who was introduced since, whom the quote itself talks about. A small model ranks everybody so far.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

from warta.model.logistic import Weights, score, shares
from warta.quotes.candidates import Candidate, Candidates, Speaker
from warta.quotes.cues import Cue, lists
from warta.quotes.speaker_phrases import SpeakerPhrase
from warta.text.token_view import TokenView

THRESHOLD = 0.4  # a pronoun whose best candidate is less probable stays unresolved
_MEMORY = 12  # candidates that a pronoun may choose from, the latest first
_SPEAKING = ("PER", "ORG")
_WRITINGS = ("LAW", "WOA", "PRD", "EVT", "ORG")  # what `dokumen tersebut` may mean


class Choice(NamedTuple):
    """The candidates for the speaker of tokens[first:last], each with its features and its probability."""

    candidates: list[Candidate]
    features: list[list[str]]
    probabilities: list[float]
    first: int
    last: int


def most_probable(choice: Choice) -> int:
    """The index of the most probable candidate."""
    return max(range(len(choice.candidates)), key=choice.probabilities.__getitem__)


class Attribution:
    """Finds the speakers of one document, in reading order.

    `model` are the weights of a candidate's features; `choose` takes one of the candidates, by default the most
    probable one.
    """

    def __init__(self, view: TokenView, model: Weights, choose: Callable[[Choice], int] = most_probable) -> None:
        self.view = view
        self.candidates = Candidates(view)
        self._model, self._choose = model, choose
        ends = (sentence.end for sentence in view.document.sentences)
        text = view.document.article.text
        breaks = [text.count("\n", start, end) for start, end in pairwise([0, *ends])]
        self._paragraphs = list(accumulate(breaks))  # the line breaks before each sentence's end

    def add_named_speakers(self, phrases: list[SpeakerPhrase]) -> None:
        """Take in who is named as a speaker anywhere in the article; the others are only talked about."""
        for phrase in phrases:
            if phrase.how == "named" and phrase.mention:
                self.candidates.named_speakers.setdefault(phrase.mention.entity, phrase.mention)

    def speaker(self, phrase: SpeakerPhrase, cue: Cue | None, first: int, last: int) -> Speaker:
        """Who says tokens[first:last]; remembered as the one who spoke last."""
        text, place = self._text(phrase), cue.first if cue else first
        if phrase.how == "named" and phrase.mention:
            candidate = self.candidates.named(phrase.mention)
            self.candidates.add_turn(candidate, place)
            return replace(candidate.speaker, text=text, role=phrase.mention.role or candidate.speaker.role)
        candidates = self._candidates(phrase, text)
        if not candidates:
            return Speaker(text=text)
        features = [self._features(candidate, phrase, cue, first, last) for candidate in candidates]
        probabilities = shares([score(self._model, found) for found in features])
        best = self._choose(Choice(candidates, features, probabilities, first, last))
        if probabilities[best] < THRESHOLD:
            name = text if phrase.how == "described" else None
            return Speaker(None, name, text, probability=probabilities[best])
        self.candidates.add_turn(candidates[best], place)
        return replace(candidates[best].speaker, text=text, probability=probabilities[best])

    def _text(self, phrase: SpeakerPhrase) -> str | None:
        if phrase.how == "implied":
            return None
        if phrase.how == "pronoun" and phrase.first == phrase.last:
            return "-nya"
        if phrase.how == "named" and phrase.mention:
            return phrase.mention.text
        return self.view.text(phrase.first, phrase.last)

    def _candidates(self, phrase: SpeakerPhrase, text: str | None) -> list[Candidate]:
        """Everybody whom a pronoun or description may mean, the latest first; a description also means itself."""
        writings = phrase.how == "described" and self._group(phrase) == "documents"
        types = _WRITINGS if writings else _SPEAKING
        able = (candidate for candidate in self.candidates.recent() if candidate.type in types or candidate.turns)
        found = list(islice(able, _MEMORY))
        ahead = self.candidates.ahead()
        if ahead and not any(candidate.type == "PER" for candidate in found):
            found.append(ahead)
        if phrase.how == "described" and text:
            if phrase.mention and self.candidates.named(phrase.mention) not in found:
                found.append(self.candidates.named(phrase.mention))
            found.append(Candidate(Speaker(None, text, text), "itself"))
        return found

    # -- what the model sees ----------------------------------------------------------------------------------------

    def _features(
        self, candidate: Candidate, phrase: SpeakerPhrase, cue: Cue | None, first: int, last: int
    ) -> list[str]:
        """What the model knows of `candidate` as the speaker of tokens[first:last]."""
        how = "dia" if phrase.word in lists()["same_pronouns"] else phrase.word or phrase.how
        sentence = self.view.tokens[cue.first if cue else first].sentence
        distance = sentence - candidate.last_sentence
        spoke = min(candidate.turns, 1)
        found = [
            f"{how} type={candidate.type}", f"type={candidate.type}", f"spoke={min(candidate.turns, 2)}",
            f"seen={distance if distance < 3 else 3 if distance < 6 else 6}", f"count={min(candidate.mentions, 4)}",
        ]  # fmt: skip
        if candidate.speaker.entity is not None:
            called = candidate.speaker.entity in self.candidates.named_speakers or candidate.introduced_at >= 0
            found += [f"named beside cue={called}", f"named beside cue={called} spoke={spoke}"]
        if candidate.type == "PER":
            found.append(f"office={candidate.holds_office} spoke={spoke}")
        if self.candidates.latest.get("person") is candidate:
            found.append("newest")
        found += self._turns(candidate, cue, how)
        found += self._flow(candidate, sentence, how)
        if any(name.mention.entity == candidate.speaker.entity for name in self.view.names(first, last)):
            found += ["inside", f"inside last={self._spoke_last(candidate)}"]
        else:
            found += self._entrance(candidate, sentence, how, cue)
        if phrase.how == "described":
            found += self._description(candidate, phrase)
        return found

    def _spoke_last(self, candidate: Candidate) -> bool:
        return bool(self.candidates.turns) and self.candidates.turns[-1] is candidate

    def _turns(self, candidate: Candidate, cue: Cue | None, how: str) -> list[str]:
        """Who had the last word, and who the last one among people."""
        if self._spoke_last(candidate):
            continues = cue is not None and cue.text.lower() in lists()["continuing"]
            return ["last", f"last how={how}", *(["last continuing"] if continues else [])]
        if self.candidates.latest.get("speaking") is candidate:
            return ["last person", f"last person how={how}"]
        return ["earlier"] if candidate.turns else []

    def _flow(self, candidate: Candidate, sentence: int, how: str) -> list[str]:
        """Subject and introduction, and whether they are newer than the last turn."""
        found = []
        for name, at in (("subject", candidate.subject_at), ("introduced", candidate.introduced_at)):
            if at < 0:
                continue
            back = min(sentence - self.view.tokens[at].sentence, 4)
            latest = self.candidates.latest.get(name) is candidate
            fresh = at > self.candidates.last_turn_at
            found += [f"{name}={back}", f"{name} latest={latest} fresh={fresh}"]
            if latest and fresh:
                spoke, turns = min(candidate.turns, 1), bool(self.candidates.turns)
                found += [
                    f"{name}={back} how={how}",
                    f"fresh {name} spoke={spoke} office={candidate.holds_office} turns={turns}",
                ]
                found += [f"fresh {name} contrasted"] * candidate.contrasted
        return found

    def _entrance(self, candidate: Candidate, sentence: int, how: str, cue: Cue | None) -> list[str]:
        """What somebody did where he was last named, if since the last turn; and whether another has entered."""
        if how not in ("nya", "dia"):
            return []
        actor = self.candidates.latest.get("actor")
        if candidate.named_at <= self.candidates.last_turn_at or candidate.type != "PER":
            another = actor is not None and actor.named_at > self.candidates.last_turn_at
            return [f"enters another={another}"] if self._spoke_last(candidate) else []
        continues = cue is not None and cue.text.lower() in lists()["continuing"]
        named = self.view.tokens[candidate.named_at].sentence
        back, spoke = min(sentence - named, 3), min(candidate.turns, 1)
        acts = candidate.place != "other" and actor is candidate
        place = candidate.place if acts or candidate.place == "other" else "acts before"
        found = [
            f"enters {place} back={back}",
            f"enters {place} spoke={spoke}",
            f"enters {place} continuing={continues}",
        ]
        if acts:
            here = self._paragraphs[sentence] == self._paragraphs[named]
            found += [f"enters back={back} here={here} spoke={spoke}", f"enters how={how}"]
        return found

    def _description(self, candidate: Candidate, phrase: SpeakerPhrase) -> list[str]:
        """How well a description fits: its head, the words it shares with offices and names, `itu` and `para`."""
        words = self.view.words[phrase.first : phrase.last]
        kind, group = candidate.type, self._group(phrase)
        pointing = words[-1] in lists()["pointing_last"] or words[0] in lists()["pointing_first"]
        many = words[0] in lists()["quantifiers"]
        named = (candidate.speaker.name or "").lower().split()
        shared = min(len(candidate.roles.intersection(words)), 2)
        found = [
            f"{group} {kind} pointing={pointing}", f"shared={shared} pointing={pointing}",
            f"shared={shared} spoke={min(candidate.turns, 1)}", f"many={many} {kind}",
            f"head in name={kind != 'itself' and words[0] in named}",
        ]  # fmt: skip
        if pointing and self.candidates.latest.get("speaking") is candidate:
            found.append(f"pointed at last person {group}")
        if phrase.mention and candidate.speaker.entity == phrase.mention.entity:
            found += ["contained", f"contained {group}", f"contained {group} pointing={pointing}"]
        return found

    def _group(self, phrase: SpeakerPhrase) -> str:
        """What the head of a description is: people, bodies, writings, or an unknown name."""
        words = self.view.words[phrase.first : phrase.last]
        for group in ("collectives", "people", "bodies", "documents"):
            if lists()[group].intersection(words[:2]):
                return group
        if all(token.text[0].isupper() for token in self.view.tokens[phrase.first : phrase.last]):
            return "name"
        agent = words[0].startswith("pe") and not words[0].endswith("an")  # `pengasuh`, `peneliti`; not `penelitian`
        return "people" if agent else "other"
