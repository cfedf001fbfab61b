"""What the event models look at: features of a candidate trigger, and of a candidate together with a type."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from warta.context import Context
from warta.dates import date_range
from warta.lang import load
from warta.phrases import Phrase
from warta.triggers import Candidate


@lru_cache(maxsize=1)
def cues() -> dict[str, frozenset[str]]:
    """Words that speak for a type, by type."""
    return {kind: frozenset(lists["cues"]) for kind, lists in load("id", "event_triggers").items()}


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    """Function words by class (event_status.yml)."""
    return {word: name for name, words in load("id", "event_status")["classes"].items() for word in words}


def _near(context: Context, c: Candidate, offset: int) -> str:
    sentence = context.document.sentences[c.sentence]
    index = c.first + offset if offset < 0 else c.last - 1 + offset
    return context.word(index, sentence.first, sentence.last)


def _kind(context: Context, index: int, word: str) -> str:
    """A coarse class of the token at `index`: a name by type, a time, a number, or a class of function word."""
    if word in ("<s>", "</s>"):
        return word
    if mention := context.mentions[index]:
        return mention.type
    if context.times[index]:
        return "time"
    if word[0].isdigit():
        return "number"
    if not word[0].isalpha():
        return word[0]
    return _classes().get(word, "word")


def trigger_features(context: Context, c: Candidate, before: set[str], in_sentence: int) -> Iterator[str]:
    """Features of "this word names an event here". `before`: stems of candidates earlier in the article."""
    yield "bias"
    yield "form=" + c.form
    yield "stem=" + c.stem
    yield f"voice={c.voice}"
    yield f"known={bool(c.types)}"
    if c.types:
        yield f"types={len(c.types) if len(c.types) < 4 else 4}"
        yield f"known,voice={c.voice}"
        for kind in c.types:
            yield "type=" + kind
            yield f"type,voice={kind},{c.voice}"
    sentence = context.document.sentences[c.sentence]
    kinds = {o: _kind(context, (c.first + o if o < 0 else c.last - 1 + o), _near(context, c, o)) for o in (-3, -2, -1, 1, 2, 3)}
    for offset in (-2, -1, 1, 2):
        word = _near(context, c, offset)
        yield f"w{offset}={word}"
        yield f"k{offset}={kinds[offset]}"
        yield f"k{offset},voice={kinds[offset]},{c.voice}"
    yield f"k-1,k1={kinds[-1]},{kinds[1]}"
    yield f"k-2,k-1={kinds[-2]},{kinds[-1]}"
    yield f"k1,k2={kinds[1]},{kinds[2]}"
    yield f"k-1,voice,k1={kinds[-1]},{c.voice},{kinds[1]}"
    words = range(sentence.first, sentence.last)
    names = sum(context.mentions[i] is not None for i in words)
    yield f"names={min(names, 3)}"
    yield f"time={any(context.times[i] for i in words)}"
    mention = context.mentions[c.first]
    yield f"inside={mention.type if mention else None}"
    yield f"capital={context.document.tokens[c.first].text[0].isupper()},{c.first == sentence.first}"
    yield f"reported={context.reported[c.first].kind if context.reported[c.first] else None}"
    yield f"seen={c.stem in before}"
    yield f"rank={min(in_sentence, 3)}"
    yield f"paragraph={min(sentence.paragraph, 2)}"
    yield f"position={min(4, (c.first - sentence.first) // 4)}"
    near = {context.words[i] for i in range(max(sentence.first, c.first - 5), min(sentence.last, c.last + 7))}
    cued = [kind for kind in c.types if near & cues()[kind]]
    yield f"cued={bool(cued)}"
    for word in near & _marks():
        yield "near=" + word


@lru_cache(maxsize=1)
def _marks() -> frozenset[str]:
    return frozenset(load("id", "event_status")["marks"])


def type_features(context: Context, c: Candidate, kind: str, so_far: dict[str, int]) -> Iterator[str]:
    """Features of "the candidate is of this type". `so_far`: types found earlier in the article."""
    sentence = context.document.sentences[c.sentence]
    known = kind in c.types
    yield f"known={known},{len(c.types) == 1}"
    yield "kind=" + kind
    yield f"stem,kind={c.stem},{kind}"
    yield f"form,kind={c.form},{kind}"
    after = context.words[c.last : min(sentence.last, c.last + 5)]
    ahead = context.words[max(sentence.first, c.first - 4) : c.first]
    whole = context.words[sentence.first : sentence.last]
    mine = cues()[kind]
    yield f"cue after={known},{len(mine.intersection(after)) > 0}"
    yield f"cue before={known},{len(mine.intersection(ahead)) > 0}"
    yield f"cues={known},{min(3, len(mine.intersection(whole)))}"
    yield f"so far={known},{min(3, so_far.get(kind, 0))}"
    yield f"voice,kind={c.voice},{kind}"
    for word in after[:3]:
        yield f"after,kind={word},{kind}"
    for word in ahead[-2:]:
        yield f"before,kind={word},{kind}"


def status_features(context: Context, c: Candidate) -> Iterator[str]:
    """Features of the status of an event: what stands before the trigger in its clause, and what verb rules it."""
    sentence = context.document.sentences[c.sentence]
    yield "bias"
    yield f"voice={c.voice}"
    yield "form=" + c.form
    ahead = [i for i in range(max(sentence.first, c.first - 8), c.first) if not context.mentions[i]]
    for distance, index in enumerate(reversed(ahead)):
        word = context.words[index]
        if word in ".;":
            break
        kind = _classes().get(word)
        if kind in ("future", "past", "negation", "possible", "must", "purpose"):
            yield f"{kind}@{'near' if distance < 3 else 'far'}"
            yield f"ahead={word}"
            if distance == 0:
                yield f"next={word}"
    whole = context.words[sentence.first : sentence.last]
    for word in set(whole):
        kind = _classes().get(word)
        if kind in ("future", "negation", "possible", "must"):
            yield f"sentence has {kind}"
            yield f"has={word}"
    for offset in (-1, 1):
        yield f"w{offset}={_near(context, c, offset)}"
    yield f"reported={context.reported[c.first] is not None}"
    published = context.document.article.published_date
    for i in range(sentence.first, sentence.last):
        if (time := context.times[i]) and published and (span := date_range(time.value)):
            yield "later" if span[0] > published else "earlier" if span[1] < published else "now"


def link_features(context: Context, c: Candidate, first: int, last: int, rivals: list[int]) -> Iterator[str]:
    """Features of "tokens[first:last] belong to the trigger": order, distance, what stands between, who else could own them.

    `rivals`: first tokens of the other triggers in the sentence.
    """
    sentence = context.document.sentences[c.sentence]
    yield "bias"
    after = first >= c.last
    between = range(c.last, first) if after else range(last, c.first)
    side = "after" if after else "before"
    yield side
    yield f"{side},distance={min(len(between) // 3, 8)}"
    yield f"{side},voice={c.voice}"
    words = [context.words[i] for i in between]
    for mark in (",", "yang", "dan", "(", "bahwa", "saat", "usai", "setelah", "untuk", "oleh"):
        if mark in words:
            yield f"{side},between={mark}"
    yield f"{side},rivals between={sum(i in between for i in rivals)}"
    own = abs((first if after else last) - c.first)
    yield f"nearest={all(own <= abs((first if i <= first else last) - i) for i in rivals)}"
    previous = context.word(first - 1, sentence.first, sentence.last)
    yield f"{side},previous={previous}"
    yield f"previous={previous}"
    yield f"next={context.word(last, sentence.first, sentence.last)}"
    yield f"last={last >= sentence.last - 1}"
    yield f"reported={context.reported[c.first] is not None},{context.reported[first] is context.reported[c.first]}"


def part_features(context: Context, c: Candidate, kind: str, phrase: Phrase, rank: int) -> Iterator[str]:
    """Features of a noun phrase as actor or target, on top of `link_features`. `rank`: phrases between it and the trigger."""
    side = "after" if phrase.first >= c.last else "before"
    what = phrase.mention.type if phrase.mention else "common"
    yield f"{side},{rank},{c.voice}"
    yield f"{side},{rank},{what}"
    yield f"{side},{what},{kind}"
    yield f"{side},{min(rank, 2)},{kind}"
    yield f"{side},{min(rank, 2)},{c.form}"
    yield f"{side},{min(rank, 2)},{c.voice},{kind}"
    yield "head=" + context.words[phrase.first]
    yield f"head,kind={context.words[phrase.first]},{kind}"
    sentence = context.document.sentences[c.sentence]
    previous = context.word(phrase.first - 1, sentence.first, sentence.last)
    yield f"{side},{previous},{c.voice}"
    yield f"{side},{previous},{kind}"
    yield f"opens={phrase.first == sentence.first},{side},{c.voice}"
    yield f"length={min(3, phrase.last - phrase.first)},{what}"
