"""Where a reported clause begins and ends, and whether it is one: does it have a predicate of its own?"""

from __future__ import annotations

from warta.cues import lists
from warta.pointers import Page, is_verb

_BAHWA_REACH = 12  # tokens between a cue and its `bahwa`, e.g. `menyampaikan kepada wartawan bahwa`
_PHRASE_REACH = 20  # tokens of place and time between a speaker and the comma before the clause


def opening(page: Page, at: int, end: int) -> int:
    """Where the clause behind a cue begins: after `bahwa`, punctuation and a date."""
    for step in range(at, min(end, at + _BAHWA_REACH)):
        if page.words[step] == "bahwa":
            return step + 1
        if page.words[step] in lists()["saying"] or page.words[step] in lists()["predicates"]:
            break
    while at < end and page.words[at] in (",", ":"):
        at += 1
    if at < end and page.words[at] in lists()["weekdays"]:
        at = after_phrase(page, at, end) + 1
    if at < end and page.words[at] in ("jika", "kalau", "jikalau", "bila") and "," not in page.words[at:end]:
        at += 1  # `menekankan jika S`; with a comma behind it a condition begins
    return min(at, end)


def after_phrase(page: Page, at: int, end: int) -> int:
    """The comma behind a phrase of place or time at tokens[at] (`dalam rapat di Solo, ...`), else `at`."""
    words = page.words
    if at < end and (words[at] in lists()["prepositional"] or words[at] in ("yang", "(", *lists()["weekdays"])):
        ahead = words[at : min(end, at + _PHRASE_REACH)]
        if "," in ahead:
            return at + ahead.index(",")
    return at


def trim(page: Page, end: int) -> int:
    """`end` without the punctuation before it."""
    while end and page.words[end - 1] in (".", ",", "!", "?", "…", ";", ":"):
        end -= 1
    return end


def main_predicate(words: list[str], first: int, last: int) -> str:
    """How sure a sign of a predicate there is in tokens[first:last].

    "finite": one of the words that only a clause has (`akan`, `tidak`, `merupakan`); "verb": a verb's prefix; "none". A
    verb behind `yang` belongs to a relative clause, one behind `untuk` or `dalam` to a phrase.
    """
    relative, sign = False, "none"
    for at in range(first, last):
        word = words[at]
        if word == "yang":
            relative = True
        elif is_verb(word):
            if not relative and (at == first or words[at - 1] not in lists()["verb_phrases"]):
                if word in lists()["predicates"]:
                    return "finite"
                sign = "verb"
            relative = False
    return sign
