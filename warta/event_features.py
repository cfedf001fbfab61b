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
        yield f"firm={min(2, len(c.firm))}"
        yield f"firm,voice={bool(c.firm)},{c.voice}"
        for kind in c.types:
            yield f"type={kind},{kind in c.firm}"
            yield f"type,voice={kind},{c.voice}"
    sentence = context.document.sentences[c.sentence]
    kinds = {
        o: _kind(context, (c.first + o if o < 0 else c.last - 1 + o), _near(context, c, o))
        for o in (-3, -2, -1, 1, 2, 3)
    }
    for offset in (-2, -1, 1, 2):
        word = _near(context, c, offset)
        yield f"w{offset}={word}"
        yield f"k{offset}={kinds[offset]}"
        yield f"k{offset},voice={kinds[offset]},{c.voice}"
    yield f"k1,k2={kinds[1]},{kinds[2]}"
    yield "start=" + c.form[:3]
    yield "end=" + c.form[-3:]
    yield f"k-1,voice,k1={kinds[-1]},{c.voice},{kinds[1]}"
    length = sentence.last - sentence.first
    yield f"length={length > 35},{length < 10}"
    for side, nearby in (
        ("before", range(c.first - 1, max(sentence.first, c.first - 6) - 1, -1)),
        ("after", range(c.last, min(sentence.last, c.last + 6))),
    ):
        index = next((i for i in nearby if context.mentions[i]), None)
        mention = context.mentions[index] if index is not None else None
        yield f"{side},{mention.type if mention else None},{c.voice}"
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
    yield f"firm={kind in c.firm},{len(c.firm)}"
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


def status_features(context: Context, c: Candidate, kind: str) -> Iterator[str]:
    """Features of the status of an event: the words around the trigger, what verbs rule it, and its time."""
    sentence = context.document.sentences[c.sentence]
    yield "bias"
    yield f"voice={c.voice}"
    yield "form=" + c.form
    yield "stem=" + c.stem
    yield "kind=" + kind
    for distance, index in enumerate(range(c.first - 1, max(sentence.first, c.first - 8) - 1, -1)):
        word = context.words[index]
        if word == ";":
            break
        if context.mentions[index]:
            continue
        yield f"ahead={word}"
        if group := _status_class(word):
            yield f"{group}@{'near' if distance < 3 else 'far'}"
            if distance == 0:
                yield f"next={group}"
    for index in range(c.last, min(sentence.last, c.last + 7)):
        yield f"behind={context.words[index]}"
    for group in {_status_class(word) for word in context.words[sentence.first : sentence.last]} - {None}:
        yield f"sentence has {group}"
    yield f"reported={context.reported[c.first] is not None},{c.voice}"
    published = context.document.article.published_date
    for time in {context.times[i] for i in range(sentence.first, sentence.last)}:
        if time and published and (span := date_range(time.value)):
            yield "later" if span[0] > published else "earlier" if span[1] < published else "now"


def _status_class(word: str) -> str | None:
    group = _classes().get(word)
    return group if group in ("future", "past", "negation", "possible", "must", "purpose") else None


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


def place_features(context: Context, c: Candidate, first: int, last: int, rivals: list[int]) -> Iterator[str]:
    """Features of a named place, on top of `link_features`: what it is and where it stands in `di A, B, C`."""
    yield from link_features(context, c, first, last, rivals)
    mention = context.mentions[first]
    yield f"type={mention.type if mention else None}"
    sentence = context.document.sentences[c.sentence]
    comma = context.word(first - 1, sentence.first, sentence.last) in (",", "(")
    chained = comma and first - 2 >= sentence.first and context.mentions[first - 2] is not None
    yield f"chained={chained}"
    yield f"inside={c.first <= first < c.last or context.mentions[c.first] is mention}"
    yield f"ahead={[context.word(first - o, sentence.first, sentence.last) in ('di', 'ke', 'dari', 'pada') for o in (1, 2, 3)]}"


def part_features(context: Context, c: Candidate, kind: str, phrase: Phrase, rank: int) -> Iterator[str]:
    """Features of a noun phrase as actor or target, on top of `link_features`. `rank`: runs between it and the trigger."""
    side = "after" if phrase.head >= c.last else "before"
    mention = phrase.mention
    what = f"{mention.type},{mention.form}" if mention else "common"
    whole = (
        "whole"
        if (phrase.first, phrase.last) == (phrase.head, phrase.end)
        else "opening"
        if phrase.first == phrase.head
        else "inner"
    )
    yield f"{side},{rank},{c.voice}"
    yield f"{side},{rank},{what}"
    yield f"{side},{what},{kind}"
    yield f"{side},{rank},{kind}"
    yield f"{side},{rank},{c.form}"
    yield f"{side},{rank},{c.voice},{kind}"
    yield f"{whole},{what}"
    yield f"{whole},{side},{rank},{c.voice}"
    yield "head=" + context.words[phrase.head]
    yield f"head,kind={context.words[phrase.head]},{kind}"
    yield f"opening={context.words[phrase.head]},{whole}"
    sentence = context.document.sentences[c.sentence]
    previous = context.word(phrase.head - 1, sentence.first, sentence.last)
    yield f"{side},{previous},{c.voice}"
    yield f"{side},{previous},{kind}"
    yield f"{side},{previous},{rank}"
    following = context.word(phrase.end, sentence.first, sentence.last)
    yield f"{side},{following},{rank}"
    yield f"opens={phrase.head == sentence.first},{side},{c.voice}"
    yield f"size={min(3, phrase.last - phrase.first)},{what}"
