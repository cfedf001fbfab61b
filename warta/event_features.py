"""What the event models look at: features of a candidate trigger, and of a candidate together with a type."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from warta.context import Context, Span
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


def _near(context: Context, c: Candidate, sentence: Span, offset: int) -> str:
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


def _of_sentence(context: Context, number: int) -> list[str]:
    """Features that all candidates of a sentence share."""
    sentence = context.document.sentences[number]
    names = sum(m is not None for m in context.mentions[sentence.first : sentence.last])
    dated = any(t is not None for t in context.times[sentence.first : sentence.last])
    length = sentence.last - sentence.first
    return [
        "bias",
        f"names={min(names, 3)}",
        f"time={dated}",
        f"length={length > 35},{length < 10}",
        f"paragraph={min(sentence.paragraph, 2)}",
    ]


def trigger_features(context: Context, c: Candidate, before: set[str]) -> list[str]:
    """Features of "this word names an event here". `before`: stems of candidates earlier in the article."""
    sentence, voice, firm = context.around(c.first), c.voice, bool(c.firm)
    if c.sentence not in context.shared:
        context.shared[c.sentence] = _of_sentence(context, c.sentence)
    words = {offset: _near(context, c, sentence, offset) for offset in (-2, -1, 1, 2)}
    kinds = {o: _kind(context, c.first + o if o < 0 else c.last - 1 + o, word) for o, word in words.items()}
    mention, reported = context.mentions[c.first], context.reported[c.first]
    features = [
        *context.shared[c.sentence],
        "form=" + c.form,
        "stem=" + c.stem,
        "start=" + c.form[:3],
        "end=" + c.form[-3:],
        "voice=" + voice,
        f"types={min(len(c.types), 4)}",
        f"firm={min(len(c.firm), 2)}",
        f"firm,voice={firm},{voice}",
        f"k-1,voice,k1={kinds[-1]},{voice},{kinds[1]}",
        f"inside={mention.type if mention else None}",
        f"capital={context.document.tokens[c.first].text[0].isupper()},{c.first == sentence.first}",
        f"reported={reported.kind if reported else None}",
        f"seen={c.stem in before}",
        f"position={min(4, (c.first - sentence.first) // 4)}",
        f"before,{_nearest_name(context, range(c.first - 1, max(sentence.first, c.first - 6) - 1, -1))},{voice}",
        f"after,{_nearest_name(context, range(c.last, min(sentence.last, c.last + 6)))},{voice}",
    ]
    for kind in c.types:
        features += [f"type={kind},{kind in c.firm}", f"type,voice={kind},{voice}"]
    for offset, word in words.items():
        features += [f"w{offset}={word}", f"k{offset}={kinds[offset]}", f"k{offset},voice={kinds[offset]},{voice}"]
    near = {*context.words[max(sentence.first, c.first - 5) : min(sentence.last, c.last + 7)]}
    features.append(f"cued={any(not near.isdisjoint(cues()[kind]) for kind in c.types)}")
    features += ["near=" + word for word in near & _marks()]
    return features


def _nearest_name(context: Context, places: range) -> str | None:
    return next((m.type for i in places if (m := context.mentions[i])), None)


@lru_cache(maxsize=1)
def _marks() -> frozenset[str]:
    return frozenset(load("id", "event_status")["marks"])


def type_features(context: Context, c: Candidate, kind: str, so_far: dict[str, int]) -> Iterator[str]:
    """Features of "the candidate is of this type". `so_far`: types found earlier in the article."""
    sentence = context.around(c.first)
    known = kind in c.types
    yield f"known={known}"
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
    sentence = context.around(c.first)
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


_BETWEEN = frozenset([",", "yang", "dan", "(", "bahwa", "saat", "usai", "setelah", "untuk", "oleh"])


def link_features(context: Context, c: Candidate, first: int, last: int, rivals: list[int]) -> list[str]:
    """Features of "tokens[first:last] belong to the trigger": order, distance, what stands between, other owners.

    `rivals`: first tokens of the other triggers in the sentence.
    """
    sentence = context.around(c.first)
    after = first >= c.last
    low, high = (c.last, first) if after else (last, c.first)
    side = "after" if after else "before"
    distance = abs((first if after else last) - c.first)
    nearest = all(distance <= abs((first if i <= first else last) - i) for i in rivals)
    previous = context.word(first - 1, sentence.first, sentence.last)
    reported = context.reported[c.first]
    features = [
        "bias",
        side,
        f"{side},distance={min(max(high - low, 0) // 3, 8)}",
        f"{side},voice={c.voice}",
        f"{side},rivals between={len([i for i in rivals if low <= i < high])}",
        f"nearest={nearest}",
        f"{side},previous={previous}",
        f"previous={previous}",
        f"next={context.word(last, sentence.first, sentence.last)}",
        f"last={last >= sentence.last - 1}",
        f"reported={reported is not None},{context.reported[first] is reported}",
    ]
    return features + [f"{side},between={word}" for word in _BETWEEN.intersection(context.words[low:high])]


def date_features(context: Context, c: Candidate, first: int, last: int, rivals: list[int]) -> Iterator[str]:
    """Features of a date, on top of `link_features`: whether it is part of a name (`Pemilu 2024`)."""
    yield from link_features(context, c, first, last, rivals)
    mention = context.mentions[first]
    yield f"inside={mention.type if mention else None},{c.voice}"


def place_features(context: Context, c: Candidate, first: int, last: int, rivals: list[int]) -> Iterator[str]:
    """Features of a named place, on top of `link_features`: what it is and where it stands in `di A, B, C`."""
    yield from link_features(context, c, first, last, rivals)
    mention = context.mentions[first]
    yield f"type={mention.type if mention else None}"
    sentence = context.around(c.first)
    comma = context.word(first - 1, sentence.first, sentence.last) in (",", "(")
    chained = comma and first - 2 >= sentence.first and context.mentions[first - 2] is not None
    yield f"chained={chained}"
    yield f"inside={c.first <= first < c.last or context.mentions[c.first] is mention}"
    ahead = [context.word(first - o, sentence.first, sentence.last) in ("di", "ke", "dari", "pada") for o in (1, 2, 3)]
    yield f"ahead={ahead}"


def _part_of_run(phrase: Phrase) -> str:
    if (phrase.first, phrase.last) == (phrase.head, phrase.end):
        return "whole"
    return "opening" if phrase.first == phrase.head else "inner"


def part_features(context: Context, c: Candidate, kind: str, phrase: Phrase, rank: int) -> list[str]:
    """Features of a phrase as actor or target, on top of `link_features`. `rank`: runs between it and the trigger."""
    side = "after" if phrase.head >= c.last else "before"
    mention = phrase.mention
    what = f"{mention.type},{mention.form}" if mention else "common"
    whole = _part_of_run(phrase)
    sentence = context.around(c.first)
    previous = context.word(phrase.head - 1, sentence.first, sentence.last)
    following = context.word(phrase.end, sentence.first, sentence.last)

    return [
        f"{side},{rank},{c.voice}",
        f"{side},{rank},{what}",
        f"{side},{what},{kind}",
        f"{side},{rank},{kind}",
        f"{side},{rank},{c.form}",
        f"{side},{rank},{c.voice},{kind}",
        f"{whole},{what}",
        f"{whole},{side},{rank},{c.voice}",
        "head=" + context.words[phrase.head],
        f"head,kind={context.words[phrase.head]},{kind}",
        f"opening={context.words[phrase.head]},{whole}",
        f"{side},{previous},{c.voice}",
        f"{side},{previous},{kind}",
        f"{side},{previous},{rank}",
        f"{side},{following},{rank}",
        f"opens={phrase.head == sentence.first},{side},{c.voice}",
        f"size={min(3, phrase.last - phrase.first)},{what}",
    ]
