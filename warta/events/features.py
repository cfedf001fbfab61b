"""What the event models look at: features of a candidate trigger, and of a candidate together with a type."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from warta.events.noun_phrases import Phrase
from warta.events.triggers import TriggerCandidate, find_candidates
from warta.lang import load
from warta.text.morphology import Voice
from warta.text.token_view import TokenSpan, TokenView
from warta.times.timex import date_range


@lru_cache(maxsize=1)
def cues() -> dict[str, frozenset[str]]:
    """Words that speak for a type, by type."""
    return {kind: frozenset(lists["cues"]) for kind, lists in load("id", "event_triggers").items()}


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    """Function words by class (event_status.yml)."""
    return {word: name for name, words in load("id", "event_status")["classes"].items() for word in words}


def _near(view: TokenView, c: TriggerCandidate, sentence: TokenSpan, offset: int) -> str:
    index = c.first + offset if offset < 0 else c.last - 1 + offset
    return view.word(index, sentence)


def _kind(view: TokenView, index: int, word: str) -> str:
    """A coarse class of the token at `index`: a name by type, a time, a number, or a class of function word."""
    if word in ("<s>", "</s>"):
        return word
    if mention := view.mentions[index]:
        return mention.type
    if view.times[index]:
        return "time"
    if word[0].isdigit():
        return "number"
    if not word[0].isalpha():
        return word[0]
    return _classes().get(word, "word")


def _of_sentence(view: TokenView, number: int) -> list[str]:
    """Features that all candidates of a sentence share."""
    sentence = view.document.sentences[number]
    names = sum(m is not None for m in view.mentions[sentence.first : sentence.last])
    dated = any(t is not None for t in view.times[sentence.first : sentence.last])
    length = sentence.last - sentence.first
    return [
        "bias",
        f"names={min(names, 3)}",
        f"time={dated}",
        f"length={length > 35},{length < 10}",
        f"paragraph={min(sentence.paragraph, 2)}",
    ]


def trigger_candidates(view: TokenView) -> Iterator[tuple[TriggerCandidate, list[str]]]:
    """Every candidate of the article with its features of "this word names an event here"."""
    seen: set[str] = set()
    number, shared = -1, list[str]()
    for c in find_candidates(view):
        if c.sentence != number:
            number, shared = c.sentence, _of_sentence(view, c.sentence)
        yield c, shared + _trigger_features(view, c, seen)
        seen.add(c.stem)


def _trigger_features(view: TokenView, c: TriggerCandidate, seen: set[str]) -> list[str]:
    """`seen`: stems of candidates earlier in the article."""
    sentence, voice = view.around(c.first), c.voice
    of_word, of_types = _word_features(c.form, c.stem, voice, c.types, c.firm)
    words = {offset: _near(view, c, sentence, offset) for offset in (-2, -1, 1, 2)}
    kinds = {o: _kind(view, c.first + o if o < 0 else c.last - 1 + o, word) for o, word in words.items()}
    mention, reported = view.mentions[c.first], view.reported[c.first]
    features = [
        *of_word,
        f"k-1,voice,k1={kinds[-1]},{voice},{kinds[1]}",
        f"inside={mention.type if mention else None}",
        f"capital={view.document.tokens[c.first].text[0].isupper()},{c.first == sentence.first}",
        f"reported={reported.kind if reported else None}",
        f"seen={c.stem in seen}",
        f"position={min(4, (c.first - sentence.first) // 4)}",
        f"before,{_nearest_name(view, range(c.first - 1, max(sentence.first, c.first - 6) - 1, -1))},{voice}",
        f"after,{_nearest_name(view, range(c.last, min(sentence.last, c.last + 6)))},{voice}",
        *of_types,
    ]
    for offset, word in words.items():
        features += [f"w{offset}={word}", f"k{offset}={kinds[offset]}", f"k{offset},voice={kinds[offset]},{voice}"]
    near = {*view.words[max(sentence.first, c.first - 5) : min(sentence.last, c.last + 7)]}
    features.append(f"cued={any(not near.isdisjoint(cues()[kind]) for kind in c.types)}")
    features += ["near=" + word for word in near & _marks()]
    return features


@lru_cache(maxsize=5_000)
def _word_features(
    form: str, stem: str, voice: Voice, types: tuple[str, ...], firm: frozenset[str]
) -> tuple[list[str], list[str]]:
    """Features of the word of a candidate wherever it stands, and those of its types."""
    of_word = [
        "form=" + form,
        "stem=" + stem,
        "start=" + form[:3],
        "end=" + form[-3:],
        "voice=" + voice,
        f"types={min(len(types), 4)}",
        f"firm={min(len(firm), 2)}",
        f"firm,voice={bool(firm)},{voice}",
    ]
    of_types = [name for kind in types for name in (f"type={kind},{kind in firm}", f"type,voice={kind},{voice}")]
    return of_word, of_types


def _nearest_name(view: TokenView, places: range) -> str | None:
    return next((m.type for i in places if (m := view.mentions[i])), None)


@lru_cache(maxsize=1)
def _marks() -> frozenset[str]:
    return frozenset(load("id", "event_status")["marks"])


def type_features(view: TokenView, c: TriggerCandidate, kind: str, so_far: dict[str, int]) -> Iterator[str]:
    """Features of "the candidate is of this type". `so_far`: types found earlier in the article."""
    sentence = view.around(c.first)
    known = kind in c.types
    yield f"known={known}"
    yield f"firm={kind in c.firm},{len(c.firm)}"
    yield "kind=" + kind
    yield f"stem,kind={c.stem},{kind}"
    yield f"form,kind={c.form},{kind}"
    after = view.words[c.last : min(sentence.last, c.last + 5)]
    ahead = view.words[max(sentence.first, c.first - 4) : c.first]
    whole = view.words[sentence.first : sentence.last]
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


def status_features(view: TokenView, c: TriggerCandidate, kind: str) -> Iterator[str]:
    """Features of the status of an event: the words around the trigger, what verbs rule it, and its time."""
    sentence = view.around(c.first)
    yield "bias"
    yield f"voice={c.voice}"
    yield "form=" + c.form
    yield "stem=" + c.stem
    yield "kind=" + kind
    for distance, index in enumerate(range(c.first - 1, max(sentence.first, c.first - 8) - 1, -1)):
        word = view.words[index]
        if word == ";":
            break
        if view.mentions[index]:
            continue
        yield f"ahead={word}"
        if group := _status_class(word):
            yield f"{group}@{'near' if distance < 3 else 'far'}"
            if distance == 0:
                yield f"next={group}"
    for index in range(c.last, min(sentence.last, c.last + 7)):
        yield f"behind={view.words[index]}"
    for group in {_status_class(word) for word in view.words[sentence.first : sentence.last]} - {None}:
        yield f"sentence has {group}"
    yield f"reported={view.reported[c.first] is not None},{c.voice}"
    published = view.document.article.published_date
    for time in {view.times[i] for i in range(sentence.first, sentence.last)}:
        if time and published and (span := date_range(time.value)):
            yield "later" if span[0] > published else "earlier" if span[1] < published else "now"


def _status_class(word: str) -> str | None:
    group = _classes().get(word)
    return group if group in ("future", "past", "negation", "possible", "must", "purpose") else None


@lru_cache(maxsize=1)
def _between() -> frozenset[str]:
    return frozenset(load("id", "event_status")["between"])


def link_features(view: TokenView, c: TriggerCandidate, first: int, last: int, rivals: list[int]) -> list[str]:
    """Features of "tokens[first:last] belong to the trigger": order, distance, what stands between, other owners.

    `rivals`: first tokens of the other triggers in the sentence.
    """
    sentence = view.around(c.first)
    after = first >= c.last
    low, high = (c.last, first) if after else (last, c.first)
    side = "after" if after else "before"
    distance = abs((first if after else last) - c.first)
    nearest = all(distance <= abs((first if i <= first else last) - i) for i in rivals)
    previous = view.word(first - 1, sentence)
    reported = view.reported[c.first]
    features = [
        "bias",
        side,
        f"{side},distance={min(max(high - low, 0) // 3, 8)}",
        f"{side},voice={c.voice}",
        f"{side},rivals between={len([i for i in rivals if low <= i < high])}",
        f"nearest={nearest}",
        f"{side},previous={previous}",
        f"previous={previous}",
        f"next={view.word(last, sentence)}",
        f"last={last >= sentence.last - 1}",
        f"reported={reported is not None},{view.reported[first] is reported}",
    ]
    return features + [f"{side},between={word}" for word in _between().intersection(view.words[low:high])]


def date_features(view: TokenView, c: TriggerCandidate, first: int, last: int, rivals: list[int]) -> Iterator[str]:
    """Features of a date, on top of `link_features`: whether it is part of a name (`Pemilu 2024`)."""
    yield from link_features(view, c, first, last, rivals)
    mention = view.mentions[first]
    yield f"inside={mention.type if mention else None},{c.voice}"


def place_features(view: TokenView, c: TriggerCandidate, first: int, last: int, rivals: list[int]) -> Iterator[str]:
    """Features of a named place, on top of `link_features`: what it is and where it stands in `di A, B, C`."""
    yield from link_features(view, c, first, last, rivals)
    mention = view.mentions[first]
    yield f"type={mention.type if mention else None}"
    sentence = view.around(c.first)
    comma = view.word(first - 1, sentence) in (",", "(")
    chained = comma and first - 2 >= sentence.first and view.mentions[first - 2] is not None
    yield f"chained={chained}"
    yield f"inside={c.first <= first < c.last or view.mentions[c.first] is mention}"
    prepositions = load("id", "event_status")["place_prepositions"]
    ahead = [view.word(first - offset, sentence) in prepositions for offset in (1, 2, 3)]
    yield f"ahead={ahead}"


def _part_of_run(phrase: Phrase) -> str:
    if (phrase.first, phrase.last) == (phrase.head, phrase.end):
        return "whole"
    return "opening" if phrase.first == phrase.head else "inner"


def part_features(view: TokenView, c: TriggerCandidate, kind: str, phrase: Phrase, rank: int) -> list[str]:
    """Features of a phrase as actor or target, on top of `link_features`. `rank`: runs between it and the trigger."""
    side = "after" if phrase.head >= c.last else "before"
    mention = phrase.mention
    what = f"{mention.type},{mention.form}" if mention else "common"
    whole = _part_of_run(phrase)
    sentence = view.around(c.first)
    previous = view.word(phrase.head - 1, sentence)
    following = view.word(phrase.end, sentence)

    return [
        f"{side},{rank},{c.voice}",
        f"{side},{rank},{what}",
        f"{side},{what},{kind}",
        f"{side},{rank},{kind}",
        f"{side},{rank},{c.form}",
        f"{side},{rank},{c.voice},{kind}",
        f"{whole},{what}",
        f"{whole},{side},{rank},{c.voice}",
        "head=" + view.words[phrase.head],
        f"head,kind={view.words[phrase.head]},{kind}",
        f"opening={view.words[phrase.head]},{whole}",
        f"{side},{previous},{c.voice}",
        f"{side},{previous},{kind}",
        f"{side},{previous},{rank}",
        f"{side},{following},{rank}",
        f"opens={phrase.head == sentence.first},{side},{c.voice}",
        f"size={min(3, phrase.last - phrase.first)},{what}",
    ]
