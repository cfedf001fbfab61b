"""Reported speech without marks: the clause that somebody is said to have said.

Every cue proposes a clause; a small model, learnt from annotated articles, says which of them report words
(`mengatakan harga akan turun`) and which do not (`menjelaskan alasan penundaan`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from warta.cues import Cue, cue_at, lists
from warta.logistic import probability, weights
from warta.pointers import Page, Pointer, before, behind, clitic, is_verb

_BAHWA_REACH = 12  # tokens between a cue and its `bahwa`, e.g. `menyampaikan kepada wartawan bahwa`
_SHORTEST = 2  # tokens


class Report(NamedTuple):
    """tokens[first:last] is the reported clause."""

    first: int
    last: int
    cue: Cue
    pointer: Pointer


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
            sure = judge(page, report, start)
            if sure >= 0.5:
                found.append((report, sure))
                left = report.first
    return found


# -- one reader a kind of cue ------------------------------------------------------------------------------------------


def _saying(page: Page, cue: Cue, left: int, start: int, end: int) -> Report:
    """`Sari mengatakan (bahwa) S`."""
    return Report(_opening(page, cue.last, end), _trim(page, end), cue, before(page, min(left, cue.first), cue.first))


def _inserted(page: Page, cue: Cue, left: int, start: int, end: int) -> Report | None:
    """`Menurut Sari, S`; `S1, kata Sari, S2`; `S1, ujarnya, S2`."""
    lowered = cue.text.lower()
    if cue.kind == "root" and (
        (cue.first == start and (cue.clitic or lowered in lists()["shy_roots"]))
        or (cue.first > start and page.words[cue.first - 1] not in (",", ";"))
    ):
        return None
    pointer = clitic(page, cue) if cue.clitic else behind(page, cue.last, end)
    if pointer.how == "implied" or (lowered in ("bagi", "versi") and pointer.how != "named"):
        return None
    return _longer_half(page, cue, pointer, start, end)


def _passive(page: Page, cue: Cue, left: int, start: int, end: int) -> Report | None:
    """`yang disebutnya S`; `Dalam aturan itu disebutkan (bahwa) S`."""
    if cue.clitic:
        return _longer_half(page, cue, clitic(page, cue), start, end)
    if page.words[start] in ("dalam", "di", "pada") and cue.first - start > 1:
        pointer = Pointer("described", start + 1, cue.first)
        named = page.name_from.get(start + 1)
        if named and named.last == cue.first:
            pointer = Pointer("named", named.first, named.last, named.mention)
        return Report(_opening(page, cue.last, end), _trim(page, end), cue, pointer)
    return None


def _source(page: Page, cue: Cue, left: int, start: int, end: int) -> Report | None:
    """`Dilansir Antara, S`; `Berdasarkan laporan Bank Dunia, S`."""
    if cue.first - start > 1:
        return None
    at = cue.last
    if cue.kind == "based_on" and page.words[at : at + 1] and page.words[at] not in lists()["reports"]:
        return None
    while at < end and page.words[at] in ("dari", "oleh", "laman", "situs", "website", "pada", "kepada"):
        at += 1
    pointer = behind(page, at, end)
    first = pointer.last
    while first < end and page.words[first] != ",":
        first += 1
    return None if pointer.how == "implied" else Report(_opening(page, first, end), _trim(page, end), cue, pointer)


_READERS: dict[str, Callable[[Page, Cue, int, int, int], Report | None]] = {
    "saying": _saying, "stance": _saying, "preposition": _inserted, "root": _inserted,
    "passive": _passive, "source": _source, "based_on": _source,
}  # fmt: skip


# -- where the clause begins and ends ----------------------------------------------------------------------------------


def _opening(page: Page, at: int, end: int) -> int:
    """Where the clause behind a cue begins: after `bahwa` and punctuation."""
    for step in range(at, min(end, at + _BAHWA_REACH)):
        if page.words[step] == "bahwa":
            return step + 1
        if page.words[step] in lists()["saying"]:
            break
    while at < end and page.words[at] in (",", ":"):
        at += 1
    if at < end and page.words[at] in ("jika", "kalau", "jikalau", "bila") and "," not in page.words[at:end]:
        at += 1  # `menekankan jika S`; with a comma behind it a condition begins
    return at


def _trim(page: Page, end: int) -> int:
    while end and page.words[end - 1] in (".", ",", "!", "?", "…", ";", ":"):
        end -= 1
    return end


def _longer_half(page: Page, cue: Cue, pointer: Pointer, start: int, end: int) -> Report:
    """Of what stands before the inserted cue and what stands behind its speaker the longer."""
    after = max(pointer.last, cue.last)
    if cue.first == start and "," in page.words[after : after + 10]:
        after += page.words[after : after + 10].index(",")  # `Menurut Sari dalam rapat di Solo, S`
    halves = [(start, _trim(page, cue.first)), (_opening(page, after, end), _trim(page, end))]
    first, last = max(halves, key=lambda half: half[1] - half[0])
    return Report(first, last, cue, pointer)


# -- what the model sees -----------------------------------------------------------------------------------------------


def features(page: Page, report: Report, start: int) -> list[str]:
    words, cue = page.words, report.cue
    first, last = report.first, report.last
    name = cue.text.lower()
    predicate = _main_predicate(words, first, last)
    before_cue = words[cue.first - 1] if cue.first > start else "^"
    opener = words[first]
    found = [
        "bias", f"cue={name}", f"kind={cue.kind}", f"how={report.pointer.how}",
        f"kind={cue.kind} how={report.pointer.how}",
        f"opened={words[first - 1] if words[first - 1] in ('bahwa', ',', ':', 'jika', 'kalau') else 'bare'}",
        f"opener={opener}", f"before={before_cue}", f"length={min((last - first) // 4, 5)}",
        f"predicate={predicate if predicate < 0 else min(predicate // 2, 5)}",
        f"kind={cue.kind} predicate={predicate >= 0}",
        f"bahwa={words[first - 1] == 'bahwa'} predicate={predicate >= 0}",
        f"front={last <= cue.first}", f"far={report.pointer.far}", f"clitic={cue.clitic}",
        f"start={cue.first == start}",
    ]  # fmt: skip
    if opener.endswith("nya"):
        found.append("opener=*nya")
    if is_verb(opener):
        found.append("opener verb")
    if first in page.name_from:
        found.append(f"opener={page.name_from[first].mention.type}")
    if any(word in lists()["negations"] for word in words[max(start, cue.first - 2) : cue.first]):
        found += ["negated", f"negated {cue.kind}"]
    if "agar" in words[first : first + 4] or "untuk" in words[first : first + 3]:
        found.append("request")
    if report.pointer.mention:
        found.append(f"speaker={report.pointer.mention.type}")
    return found


def _main_predicate(words: list[str], first: int, last: int) -> int:
    """How many words into the clause its predicate stands, relative clauses left out; -1 where there is none."""
    relative = False
    for at in range(first, last):
        if words[at] == "yang":
            relative = True
        elif is_verb(words[at]):
            if not relative and at > first:
                return at - first
            relative = False
    return 0 if is_verb(words[first]) else -1
