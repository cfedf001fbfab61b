"""Where the headline behind `Baca juga:` ends, where an export has lost the line break behind it.

The answer is a guess over the words that may begin the next sentence; its weights (`lang/id/headline_ends.yml`) were
fitted on headlines with sentences put behind them (`python -m training.headline_ends`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from warta.lang import load

MAX_WORDS = 28  # of a headline
MAX_RISK = 0.07  # how probable it may be that a cut takes words of the article
ROLE_KINDS = ("heads",)  # of lang/id/roles.yml

_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"\w+(?:[-’'/.]\w+)*")
_START = re.compile(r"(?:^|[.!?][\"”’)]*\s+|\n)[\"“‘(]*(\w+)")
_STOP = re.compile(r"\.[\"”’')\]]*$")
_SHORT = re.compile(r"^\W*(?:[A-Z]|[A-Z]?[a-z]{1,3}|[A-Z]{2})\.$")  # `M.`, `Pol.`, `St.`
_VERB = re.compile(r"(?:me|ber|ter|di)[a-z]{3,}")
_OPENING = "\"“‘'«"


@dataclass(frozen=True)
class Context:
    """What the rest of an article tells about its words."""

    lower: frozenset[str]  # words written in lower case somewhere
    starts: Counter[str]  # words that begin a sentence
    counts: Counter[str]
    pairs: Counter[tuple[str, str]]  # neighbours

    @classmethod
    def of(cls, text: str) -> Context:
        words = _WORD.findall(text)
        return cls(
            frozenset(word for word in words if word.islower()),
            Counter(_START.findall(text)),
            Counter(words),
            Counter(pairwise(words)),
        )


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    weights: dict[str, float] = load("id", "headline_ends")["weights"]
    return weights


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Words that a headline in title case leaves small."""
    return frozenset(load("id", "headline_ends")["small_words"])


def headline_end(text: str, start: int, stop: int, context: Context) -> int | None:
    """The offset behind the headline that begins at `start`, or a smaller one where its last words are in doubt.

    `stop` is where it ends at the latest: at the end of the line or at the next mark. None where no end is likely.
    """
    tokens = [(m.start(), m.group()) for m in _tokens(text, start, stop)]
    words = [word for _, word in tokens]
    if len(words) <= MAX_WORDS and not any(_stops(word) for word in words):
        return stop
    before, last = 0.0, None
    for i, features in candidates(words, context):
        if before <= MAX_RISK:
            last = tokens[_in_front_of_role(words, i)][0]
        before += (1 - before) * _probability(features)
    return last if before > 0.5 else None


@lru_cache(maxsize=1)
def _roles() -> frozenset[str]:
    roles = load("id", "roles")
    return frozenset(name for kind in ROLE_KINDS for name in roles[kind])


def _in_front_of_role(words: list[str], i: int) -> int:
    """Where an office begins that ends at `i`: no headline ends with it. `... Turun | Wali Kota Kabut mengatakan`"""
    for size in (3, 2, 1):
        if size < i and " ".join(words[i - size : i]).lower() in _roles():
            return _in_front_of_role(words, i - size)
    return i


def _probability(features: list[str]) -> float:
    return 1 / (1 + math.exp(-sum(_weights().get(feature, 0.0) for feature in features)))


def _tokens(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """The words from `start` on, some more than a headline has."""
    for number, found in enumerate(_TOKEN.finditer(text, start, stop)):
        if number > MAX_WORDS + 8:
            break
        yield found


def _stops(word: str) -> bool:
    return bool(_STOP.search(word)) and not _SHORT.match(word)


def candidates(words: list[str], context: Context) -> Iterator[tuple[int, list[str]]]:
    """The places at which the headline may end, as the number of its words, and what is to be seen at each.

    Behind a full stop there are none: a headline has no full stop.
    """
    small = function_words()
    titled = lowered = 0
    for i, word in enumerate(words[: MAX_WORDS + 1]):
        if i and _may_start(word):
            yield i, _features(words, i, titled, lowered, context)
        if i and _stops(word):
            return
        core = word.strip("\"“”‘’'(),.:;!?")
        if core and core not in small and core[0].isalpha():
            titled, lowered = titled + core[0].isupper(), lowered + core[0].islower()


def _may_start(word: str) -> bool:
    core = word.lstrip("(")
    return core[0] in _OPENING or core[0].isupper() or core[0].isdigit() if core else False


def _features(words: list[str], i: int, titled: int, lowered: int, context: Context) -> list[str]:
    small = function_words()
    found = _WORD.search(words[i])
    word = found.group() if found else words[i]
    before = _WORD.findall(words[i - 1])
    previous = before[-1] if before else ""
    # the first two words of a sentence in sentence case may be a name
    style = "title" if not lowered and titled > 2 else "sentence" if lowered > 1 else "open"
    ahead = next((k for k, w in enumerate(words[i + 1 : i + 7]) if w[0].islower() and w.strip(",.") not in small), 7)
    stop = next((k for k, w in enumerate(words[i : i + 12]) if _stops(w)), 12)
    last = words[i - 1][-1]
    big = sum(w.lstrip(_OPENING)[:1].isupper() for w in words[i + 1 : i + 7])
    verb = ahead < 7 and bool(_VERB.match(words[i + 1 + ahead]))
    features = [
        "bias", f"style={style}", f"words={min(i, 22)}", f"ahead={ahead}/{style}", f"verb={verb}/{style}",
        f"previous={previous}", f"lower={words[i + 1 + ahead]}" if ahead < 7 else "", f"big={big}/{style}",
        f"stop={min(stop, 12) // 3}", f"word={word}", f"end={last}" if not last.isalnum() else "",
        f"from={_shape(previous, small)}/{_shape(word, small)}/{style}",
    ]  # fmt: skip
    if words[i][0] in _OPENING:
        features.append(f"opens/{style}")
    if words[i].endswith(","):
        features.append(f"comma/{style}")
    if word.lower() in context.lower:
        features.append(f"common/{style}")
    if (starts := context.starts[word]) and word[0].isupper():
        features += [f"starts={min(starts, 3)}/{style}", f"often={4 * starts // (context.counts[word] + 1)}"]
    if context.pairs[previous, word] > 1:
        features.append(f"pair/{style}")
    if i + 1 < len(words) and (after := _WORD.search(words[i + 1])) and context.pairs[word, after.group()] > 1:
        features.append(f"pair_ahead/{style}")
    return features


def _shape(word: str, small: frozenset[str]) -> str:
    if word.lower() in small:
        return "small" if word.islower() else "Small"
    return "0" if word[:1].isdigit() else "AA" if word.isupper() else "Aa" if word[:1].isupper() else "a"
