"""Reported speech without marks: the clause that somebody is said to have said, and where it ends."""

from __future__ import annotations

from typing import NamedTuple

from warta.cues import Cue, cue_at, lists
from warta.speakers import Speaker, Speakers, is_verb


class Report(NamedTuple):
    """tokens[first:last] is the reported clause."""

    first: int
    last: int
    cue: Cue
    speaker: Speaker


def find(speakers: Speakers, start: int, end: int) -> list[Report]:
    """Reported clauses among tokens[start:end], a stretch of one sentence outside direct quotes."""
    found = []
    left = start
    for at in range(start, end):
        cue = cue_at(speakers.tokens, speakers.words, at)
        report = _READERS[cue.kind](speakers, cue, left, start, end) if cue else None
        if report:
            found.append(report)
            if report.speaker.entity is not None:
                speakers.see(report.speaker)
            left = report.first
    return found


def _saying(speakers: Speakers, cue: Cue, left: int, start: int, end: int) -> Report | None:
    words = speakers.words
    back = cue.first
    while back > left and words[back - 1] in lists()["adverbs"]:
        back -= 1
        if words[back] in lists()["negations"] and cue.kind != "stance":
            return None
    first = cue.last
    ahead = words[first : first + 12]
    if "bahwa" in ahead:
        first += ahead.index("bahwa") + 1
    else:
        while first < end and words[first] in ",:":
            first += 1
        if first < end and words[first] in ("jika", "kalau", "bahwa") and "," not in words[first:end]:
            first += 1
    last = _end(speakers, first, end)
    if last - first < 3 or not _is_clause(words, first, last):
        return None
    return Report(first, last, cue, speakers.before(left, cue.first))


def _preposition(speakers: Speakers, cue: Cue, left: int, start: int, end: int) -> Report | None:
    if cue.text.lower() in ("bagi", "versi") and cue.last not in speakers.mention_from:
        return None
    if cue.clitic:
        speaker, after = speakers.pronoun("nya"), cue.last
    else:
        speaker, after = speakers.behind(cue.last, end)
    if speaker.text is None:
        return None
    return _halves(speakers, cue, speaker, after, start, end)


def _root(speakers: Speakers, cue: Cue, left: int, start: int, end: int) -> Report | None:
    words = speakers.words
    shy = cue.text.lower() in lists()["shy_roots"] and not cue.clitic
    if cue.first > start and words[cue.first - 1] != ",":
        return None
    if cue.first == start and (shy or cue.clitic):
        return None
    if cue.clitic:
        speaker, after = speakers.pronoun("nya"), cue.last
    else:
        speaker, after = speakers.behind(cue.last, end)
    if speaker.text is None:
        return None
    return _halves(speakers, cue, speaker, after, start, end)


def _halves(speakers: Speakers, cue: Cue, speaker: Speaker, after: int, start: int, end: int) -> Report | None:
    """The longer of what stands before the inserted cue and what stands behind its speaker."""
    words = speakers.words
    if cue.first == start or words[after : after + 1] == [","] or after < end - 4:
        while after < end and words[after] != "," and cue.first == start and "," in words[after : after + 8]:
            after += 1
    first = after
    while first < end and words[first] in (",", "bahwa"):
        first += 1
    behind = (first, _end(speakers, first, end))
    front = (start, cue.first)
    while front[1] > front[0] and words[front[1] - 1] in ",":
        front = (front[0], front[1] - 1)
    best = max(front, behind, key=lambda span: span[1] - span[0])
    if best[1] - best[0] < 3:
        return None
    return Report(*best, cue, speaker)


def _passive(speakers: Speakers, cue: Cue, left: int, start: int, end: int) -> Report | None:
    if cue.clitic:
        return _halves(speakers, cue, speakers.pronoun("nya"), cue.last, start, end)
    return None


def _source(speakers: Speakers, cue: Cue, left: int, start: int, end: int) -> Report | None:
    return None


_READERS = {
    "saying": _saying, "stance": _saying, "preposition": _preposition, "root": _root,
    "passive": _passive, "source": _source, "based_on": _source,
}  # fmt: skip


def _is_clause(words: list[str], first: int, last: int) -> bool:
    relative = False
    for at in range(first, last):
        word = words[at]
        if word == "yang":
            relative = True
        elif is_verb(word):
            if not relative:
                return True
            relative = False
    return words[first].endswith("nya")


def _end(speakers: Speakers, first: int, end: int) -> int:
    last = end
    while last > first and speakers.words[last - 1] in ".,!?…":
        last -= 1
    return last
