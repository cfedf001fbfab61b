"""Where a reported clause begins and ends, and whether it is one: does it have a predicate of its own?"""

from __future__ import annotations

from warta.quotes.cues import lists
from warta.quotes.speaker_phrases import is_verb
from warta.text.token_view import TokenView

_BAHWA_REACH = 12  # tokens between a cue and its `bahwa`, e.g. `menyampaikan kepada wartawan bahwa`
_PHRASE_REACH = 20  # tokens of place and time between a speaker and the comma before the clause


def opening(view: TokenView, at: int, end: int) -> int:
    """Where the clause behind a cue begins: after `bahwa`, punctuation and a date."""
    for step in range(at, min(end, at + _BAHWA_REACH)):
        if view.words[step] in lists()["complementizers"]:
            return step + 1
        if view.words[step] in lists()["saying"] or view.words[step] in lists()["predicates"]:
            break
    while at < end and view.words[at] in (",", ":"):
        at += 1
    if at < end and view.words[at] in lists()["weekdays"]:
        at = after_phrase(view, at, end) + 1
    if at < end and view.words[at] in lists()["conditionals"] and "," not in view.words[at:end]:
        at += 1  # `menekankan jika S`; with a comma behind it a condition begins
    return min(at, end)


def after_phrase(view: TokenView, at: int, end: int) -> int:
    """The comma behind a phrase of place or time at tokens[at] (`dalam rapat di Solo, ...`), else `at`."""
    opening_words = ("prepositional", "relative", "weekdays")
    if at < end and (view.words[at] == "(" or any(view.words[at] in lists()[name] for name in opening_words)):
        ahead = view.words[at : min(end, at + _PHRASE_REACH)]
        if "," in ahead:
            return at + ahead.index(",")
    return at


def trim(view: TokenView, end: int) -> int:
    """`end` without the punctuation before it."""
    while end and view.words[end - 1] in (".", ",", "!", "?", "…", ";", ":"):
        end -= 1
    return end


def main_predicate(words: list[str], first: int, last: int) -> str:
    """How clear a sign of a predicate there is in tokens[first:last].

    "finite": one of the words that only a clause has (`akan`, `tidak`, `merupakan`); "verb": a verb's prefix; "none". A
    verb behind `yang` belongs to a relative clause, one behind `untuk` or `dalam` to a phrase.
    """
    relative, sign = False, "none"
    for at in range(first, last):
        word = words[at]
        if word in lists()["relative"]:
            relative = True
        elif is_verb(word):
            if not relative and (at == first or words[at - 1] not in lists()["verb_phrases"]):
                if word in lists()["predicates"]:
                    return "finite"
                sign = "verb"
            relative = False
    return sign
