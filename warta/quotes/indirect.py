"""Indirect quotes: clauses that report somebody's words without quotation marks.

Every cue proposes a clause; a small model, learnt from annotated articles, says which of them report words
(`mengatakan harga akan turun`) and which do not (`menjelaskan alasan penundaan`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from warta.quotes.clauses import after_phrase, main_predicate, opening, trim
from warta.quotes.cues import Cue, cue_at, lists
from warta.quotes.speaker_phrases import SpeakerPhrase, before, behind, clitic, is_verb
from warta.text.token_view import TokenView

THRESHOLD = 0.5  # less probable clauses are not reported
_SHORTEST = 2  # tokens


class IndirectQuote(NamedTuple):
    """tokens[first:last] is the reported clause; `nested`: its cue stands in an earlier one of the sentence."""

    first: int
    last: int
    cue: Cue
    phrase: SpeakerPhrase
    nested: bool = False


# How probably a clause reports somebody's words, 0..1; the number is the first token of its stretch of the sentence.
Probability = Callable[[TokenView, IndirectQuote, int], float]


def find_indirect(view: TokenView, start: int, end: int, probability: Probability) -> list[tuple[IndirectQuote, float]]:
    """The reported clauses among tokens[start:end], a stretch of one sentence outside direct quotes."""
    found: list[tuple[IndirectQuote, float]] = []
    left = start
    for at in range(start, end):
        cue = cue_at(view, at)
        quote = _READERS[cue.kind](view, cue, left, start, end) if cue else None
        if quote and quote.last - quote.first >= _SHORTEST:
            quote = quote._replace(nested=left > start)
            probable = probability(view, quote, start)
            if probable >= THRESHOLD:
                found.append((quote, probable))
                left = quote.first
    return found


# -- one reader a kind of cue ------------------------------------------------------------------------------------------


def _saying(view: TokenView, cue: Cue, left: int, start: int, end: int) -> IndirectQuote | None:
    """`Sari mengatakan (bahwa) S`; not the verb of a reported clause itself (`mengatakan belum menemukan bukti`)."""
    phrase = before(view, min(left, cue.first), cue.first)
    if left > start and phrase.how == "implied" and phrase.first <= left:
        return None
    return IndirectQuote(opening(view, cue.last, end), trim(view, end), cue, phrase)


def _inserted(view: TokenView, cue: Cue, left: int, start: int, end: int) -> IndirectQuote | None:
    """`Menurut Sari, S`; `S1, kata Sari, S2`; `S1, ujarnya, S2`."""
    lowered = cue.text.lower()
    if cue.kind == "root" and (
        (cue.first == start and (cue.clitic or lowered in lists()["shy"]))
        or (cue.first > start and view.words[cue.first - 1] not in (",", ";"))
    ):
        return None
    phrase = clitic(view, cue) if cue.clitic else behind(view, cue.last, end)
    if phrase.how == "implied" or (phrase.how == "described" and lowered in lists()["shy"] and not cue.clitic):
        return None
    if lowered in lists()["before_comma"] and view.words[phrase.last : phrase.last + 1] != [","]:
        return None
    return _halves(view, cue, phrase, left, end)


def _passive(view: TokenView, cue: Cue, left: int, start: int, end: int) -> IndirectQuote | None:
    """`yang disebutnya S`; `Dijelaskan Sari, S`; `Dalam aturan itu disebutkan (bahwa) S`."""
    if cue.clitic:
        return _halves(view, cue, clitic(view, cue), left, end)
    by = not lists()["agents"].isdisjoint(view.words[cue.last : cue.last + 1])
    agent = behind(view, cue.last + by, end)
    if agent.how == "named" and not agent.far:
        return _halves(view, cue, agent, left, end)
    first = cue.first
    while first > start and view.words[first - 1] != ",":
        first -= 1
    if view.words[first] not in lists()["inside_documents"] or cue.first - first < 2:
        return None
    name = view.name_from.get(first + 1)
    exact = name is not None and name.last == cue.first
    phrase = SpeakerPhrase("named" if exact else "described", first + 1, cue.first, name.mention if name else None)
    return IndirectQuote(opening(view, cue.last, end), trim(view, end), cue, phrase)


def _source(view: TokenView, cue: Cue, left: int, start: int, end: int) -> IndirectQuote | None:
    """`Dilansir Antara, S`; `Berdasarkan laporan Bank Dunia, S`."""
    if cue.first - start > 1:
        return None
    at = cue.last
    if cue.kind == "based_on" and view.words[at : at + 1] and view.words[at] not in lists()["reports"]:
        return None
    while at < end and view.words[at] in lists()["before_sources"]:
        at += 1
    phrase = behind(view, at, end)
    if phrase.how == "implied":
        return None
    return IndirectQuote(opening(view, after_phrase(view, phrase.last, end), end), trim(view, end), cue, phrase)


def _halves(view: TokenView, cue: Cue, phrase: SpeakerPhrase, start: int, end: int) -> IndirectQuote:
    """Of what stands before the inserted cue and what stands behind its speaker the longer."""
    after = max(phrase.last, cue.last)
    if not cue.clitic:
        after = after_phrase(view, after, end)
    front = (start, trim(view, cue.first))
    rear = (opening(view, after, end), trim(view, end))
    subordinate = view.words[start] in lists()["subordinators"]
    first, last = rear if subordinate and rear[1] - rear[0] > _SHORTEST else max(front, rear, key=lambda h: h[1] - h[0])
    return IndirectQuote(first, last, cue, phrase)


_READERS: dict[str, Callable[[TokenView, Cue, int, int, int], IndirectQuote | None]] = {
    "saying": _saying, "stance": _saying, "preposition": _inserted, "root": _inserted,
    "passive": _passive, "source": _source, "based_on": _source,
}  # fmt: skip


def features(view: TokenView, quote: IndirectQuote, start: int) -> list[str]:
    """What the model knows of a proposed clause; tokens[start] begins its stretch of the sentence."""
    words, cue, phrase, (first, last) = view.words, quote.cue, quote.phrase, quote[:2]
    name, opener = cue.text.lower(), _opener(view, first)
    opened = words[first - 1] if words[first - 1] in lists()["clause_openers"] else "bare"
    complementizer = opened in lists()["complementizers"]
    clause = main_predicate(words, first, last)
    speaker = phrase.mention.type if phrase.mention else "none"
    found = [
        "bias", f"cue={name}", f"cue={name} clause={clause}", f"cue={name} bahwa={complementizer}",
        f"kind={cue.kind}", f"kind={cue.kind} clause={clause}", f"kind={cue.kind} how={phrase.how}",
        f"clitic={cue.clitic}", f"speaker={speaker}", f"nested={quote.nested} how={phrase.how}",
        f"opened={opened}", f"opened={opened} clause={clause}", f"opener={opener}", f"opener={opener} clause={clause}",
        f"clause={clause}", f"length={min((last - first) // 4, 5)}",
    ]  # fmt: skip
    if lists()["negations"].intersection(words[max(start, cue.first - 2) : cue.first]):
        found.append(f"negated kind={cue.kind}")
    if not lists()["wishes"].isdisjoint(words[first : first + 4]):
        found.append("agar")
    return found


def _opener(view: TokenView, first: int) -> str:
    """The class of the word that opens a clause."""
    word = view.words[first]
    for group in ("about", "questions", "nominal", "prepositional", "subordinators", "pronouns", "predicates"):
        if word in lists()[group]:
            return group
    if first in view.name_from:
        return view.name_from[first].mention.type
    if word.endswith("nya"):
        return "nya"
    return "verb" if is_verb(word) else "number" if word[0].isdigit() else "noun"
