"""Reported speech without marks: the clause that somebody is said to have said.

Every cue proposes a clause; a small model, learnt from annotated articles, says which of them report words
(`mengatakan harga akan turun`) and which do not (`menjelaskan alasan penundaan`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from warta.clauses import after_phrase, main_predicate, opening, trim
from warta.cues import Cue, cue_at, lists
from warta.logistic import probability, weights
from warta.pointers import Page, Pointer, before, behind, clitic, is_verb

THRESHOLD = 0.5  # less probable clauses are not reported
_SHORTEST = 2  # tokens


class Report(NamedTuple):
    """tokens[first:last] is the reported clause; `nested`: its cue stands in an earlier report of the sentence."""

    first: int
    last: int
    cue: Cue
    pointer: Pointer
    nested: bool = False


Judge = Callable[[Page, Report, int], float]


def judge(page: Page, report: Report, start: int) -> float:
    """How probably `report` reports somebody's words, 0..1; tokens[start] begins its stretch of the sentence."""
    return probability(weights("quotes")["report"], features(page, report, start))


def find(page: Page, start: int, end: int, judge: Judge = judge) -> list[tuple[Report, float]]:
    """The reported clauses among tokens[start:end], a stretch of one sentence outside direct quotes."""
    found: list[tuple[Report, float]] = []
    left = start
    for at in range(start, end):
        cue = cue_at(page.tokens, page.words, at)
        report = _READERS[cue.kind](page, cue, left, start, end) if cue else None
        if report and report.last - report.first >= _SHORTEST:
            report = report._replace(nested=left > start)
            sure = judge(page, report, start)
            if sure >= THRESHOLD:
                found.append((report, sure))
                left = report.first
    return found


# -- one reader a kind of cue ------------------------------------------------------------------------------------------


def _saying(page: Page, cue: Cue, left: int, start: int, end: int) -> Report | None:
    """`Sari mengatakan (bahwa) S`; not the verb of a reported clause itself (`mengatakan belum menemukan bukti`)."""
    pointer = before(page, min(left, cue.first), cue.first)
    if left > start and pointer.how == "implied" and pointer.first <= left:
        return None
    return Report(opening(page, cue.last, end), trim(page, end), cue, pointer)


def _inserted(page: Page, cue: Cue, left: int, start: int, end: int) -> Report | None:
    """`Menurut Sari, S`; `S1, kata Sari, S2`; `S1, ujarnya, S2`."""
    lowered = cue.text.lower()
    if cue.kind == "root" and (
        (cue.first == start and (cue.clitic or lowered in lists()["shy"]))
        or (cue.first > start and page.words[cue.first - 1] not in (",", ";"))
    ):
        return None
    pointer = clitic(page, cue) if cue.clitic else behind(page, cue.last, end)
    if pointer.how == "implied" or (pointer.how == "described" and lowered in lists()["shy"] and not cue.clitic):
        return None
    if lowered == "bagi" and page.words[pointer.last : pointer.last + 1] != [","]:
        return None
    return _halves(page, cue, pointer, left, end)


def _passive(page: Page, cue: Cue, left: int, start: int, end: int) -> Report | None:
    """`yang disebutnya S`; `Dijelaskan Sari, S`; `Dalam aturan itu disebutkan (bahwa) S`."""
    if cue.clitic:
        return _halves(page, cue, clitic(page, cue), left, end)
    agent = behind(page, cue.last + (page.words[cue.last : cue.last + 1] == ["oleh"]), end)
    if agent.how == "named" and not agent.far:
        return _halves(page, cue, agent, left, end)
    first = cue.first
    while first > start and page.words[first - 1] != ",":
        first -= 1
    if page.words[first] not in ("dalam", "di", "pada") or cue.first - first < 2:
        return None
    name = page.name_from.get(first + 1)
    exact = name is not None and name.last == cue.first
    pointer = Pointer("named" if exact else "described", first + 1, cue.first, name.mention if name else None)
    return Report(opening(page, cue.last, end), trim(page, end), cue, pointer)


def _source(page: Page, cue: Cue, left: int, start: int, end: int) -> Report | None:
    """`Dilansir Antara, S`; `Berdasarkan laporan Bank Dunia, S`."""
    if cue.first - start > 1:
        return None
    at = cue.last
    if cue.kind == "based_on" and page.words[at : at + 1] and page.words[at] not in lists()["reports"]:
        return None
    while at < end and page.words[at] in ("dari", "oleh", "pada", "kepada"):
        at += 1
    pointer = behind(page, at, end)
    if pointer.how == "implied":
        return None
    return Report(opening(page, after_phrase(page, pointer.last, end), end), trim(page, end), cue, pointer)


def _halves(page: Page, cue: Cue, pointer: Pointer, start: int, end: int) -> Report:
    """Of what stands before the inserted cue and what stands behind its speaker the longer."""
    after = max(pointer.last, cue.last)
    if not cue.clitic:
        after = after_phrase(page, after, end)
    front = (start, trim(page, cue.first))
    rear = (opening(page, after, end), trim(page, end))
    subordinate = page.words[start] in lists()["subordinators"]
    first, last = rear if subordinate and rear[1] - rear[0] > _SHORTEST else max(front, rear, key=lambda h: h[1] - h[0])
    return Report(first, last, cue, pointer)


_READERS: dict[str, Callable[[Page, Cue, int, int, int], Report | None]] = {
    "saying": _saying, "stance": _saying, "preposition": _inserted, "root": _inserted,
    "passive": _passive, "source": _source, "based_on": _source,
}  # fmt: skip


def features(page: Page, report: Report, start: int) -> list[str]:
    """What the model knows of a proposed clause; tokens[start] begins its stretch of the sentence."""
    words, cue, pointer, (first, last) = page.words, report.cue, report.pointer, report[:2]
    name, opener = cue.text.lower(), _opener(page, first)
    opened = words[first - 1] if words[first - 1] in ("bahwa", ",", ":", "jika", "kalau") else "bare"
    clause = main_predicate(words, first, last)
    speaker = pointer.mention.type if pointer.mention else "none"
    found = [
        "bias", f"cue={name}", f"cue={name} clause={clause}", f"cue={name} bahwa={opened == 'bahwa'}",
        f"kind={cue.kind}", f"kind={cue.kind} clause={clause}", f"kind={cue.kind} how={pointer.how}",
        f"clitic={cue.clitic}", f"speaker={speaker}", f"nested={report.nested} how={pointer.how}",
        f"opened={opened}", f"opened={opened} clause={clause}", f"opener={opener}", f"opener={opener} clause={clause}",
        f"clause={clause}", f"length={min((last - first) // 4, 5)}",
    ]  # fmt: skip
    if lists()["negations"].intersection(words[max(start, cue.first - 2) : cue.first]):
        found.append(f"negated kind={cue.kind}")
    if "agar" in words[first : first + 4]:
        found.append("agar")
    return found


def _opener(page: Page, first: int) -> str:
    """The class of the word that opens a clause."""
    word = page.words[first]
    for group in ("about", "questions", "nominal", "prepositional", "subordinators", "pronouns", "predicates"):
        if word in lists()[group]:
            return group
    if first in page.name_from:
        return page.name_from[first].mention.type
    if word.endswith("nya"):
        return "nya"
    return "verb" if is_verb(word) else "number" if word[0].isdigit() else "noun"
