"""Events: triggers and their types, who took part, when and where, and whether it happened.

Every choice is a small linear model over named features (event_features.py, weights in model/events.json, made by
`python -m training.events`); the candidates come from word lists. Nothing outside the sentence of the trigger is used.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from warta.context import Context
from warta.dates import date_range
from warta.event_features import (
    date_features,
    link_features,
    part_features,
    place_features,
    status_features,
    trigger_features,
    type_features,
)
from warta.lang import load
from warta.logistic import Weights, probability, score, scores, sigmoid, weights
from warta.phrases import Phrase, phrases
from warta.records import Document, Event, EventStatus, Mention, Participant, TimeExpression
from warta.triggers import Candidate, candidates

STATUSES: tuple[EventStatus, ...] = ("asserted", "planned", "denied", "possible")
Role = Literal["actor", "target"]
ROLES: tuple[Role, ...] = ("actor", "target")
FAR = 4  # runs of words between a trigger and a phrase that can still take part
PLACES = ("GPE", "LOC", "FAC")


class EventType(NamedTuple):
    """`plover_type` and `cameo_root` name the kindred type of PLOVER and CAMEO; None where they have none."""

    definition: str
    plover_type: str | None
    plover_mode: str | None
    cameo_root: str | None
    example: str


@lru_cache(maxsize=1)
def event_types() -> dict[str, EventType]:
    """The 34 types by name, as declared in event_types.yml."""
    return {
        name: EventType(row["definition"], row["plover"], row["mode"], row["cameo"], row["example"])
        for name, row in load("id", "event_types").items()
    }


def _model(name: str) -> Any:
    return weights("events")[name]


def find(document: Document) -> list[Event]:
    """All events of the article, in reading order. Needs sentences, names, times and quotes."""
    context = Context.of(document)
    chosen: list[tuple[Candidate, float]] = []
    seen: set[str] = set()
    for candidate in candidates(context):
        found = probability(_model("trigger"), trigger_features(context, candidate, seen))
        seen.add(candidate.stem)
        if found >= _model("thresholds")["trigger"]:
            chosen.append((candidate, found))
    events: list[Event] = []
    so_far: dict[str, int] = {}
    for candidate, found in chosen:
        near = context.around(candidate.first)
        others = [c for c, _ in chosen if near.first <= c.first < near.last]
        event = _describe(context, candidate, others, so_far, found)
        so_far[event.type] = so_far.get(event.type, 0) + 1
        events.append(event)
    return events


def _describe(context: Context, c: Candidate, others: list[Candidate], so_far: dict[str, int], found: float) -> Event:
    kind = choose_type(context, c, so_far)
    rivals = [o.first for o in others if o is not c]
    time = _when(context, c, rivals)
    span = date_range(time.value) if time else None
    place = _where(context, c, rivals)
    entities, tokens = context.document.entities, context.document.tokens
    start, end = tokens[c.first].start, tokens[c.last - 1].end
    return Event(
        start, end, context.document.article.text[start:end], kind, choose_status(context, c, kind), c.sentence,
        participants=_who(context, c, kind, others),
        date_start=span[0] if span else None, date_end=span[1] if span else None,
        date_text=time.text if time and span else None,
        place=place.entity if place else None, place_name=entities[place.entity].name if place else None,
        in_quote=context.direct[c.first], confidence=round(found, 3),
    )  # fmt: skip


def choose_type(context: Context, c: Candidate, so_far: dict[str, int]) -> str:
    """The best of the types that the lexicon gives the word."""
    if len(c.types) == 1:
        return c.types[0]
    return max(c.types, key=lambda kind: score(_model("type"), type_features(context, c, kind, so_far)))


def choose_status(context: Context, c: Candidate, kind: str) -> EventStatus:
    found = scores(_model("status"), status_features(context, c, kind))
    return STATUSES[found.index(max(found))]


def dates_near(context: Context, c: Candidate) -> list[tuple[int, int, TimeExpression]]:
    """The expressions in the trigger's sentence that fix a date, with their tokens."""
    sentence = context.around(c.first)
    found: dict[TimeExpression, list[int]] = {}
    for i in range(sentence.first, sentence.last):
        time, mention = context.times[i], context.mentions[i]
        if time and not (mention and mention.type == "LAW") and date_range(time.value):
            found.setdefault(time, []).append(i)
    return [(tokens[0], tokens[-1] + 1, time) for time, tokens in found.items()]


def places_near(context: Context, c: Candidate) -> list[tuple[int, int, Mention]]:
    """The named places in the trigger's sentence, with their tokens."""
    sentence = context.around(c.first)
    found: dict[Mention, list[int]] = {}
    for i in range(sentence.first, sentence.last):
        mention = context.mentions[i]
        if not mention or mention.form != "name":
            continue
        # A house of an organisation is a place after `di`: `di PN Solo`.
        if mention.type in PLACES or (
            mention.type == "ORG" and (mention in found or context.words[i - 1] in ("di", "ke"))
        ):
            found.setdefault(mention, []).append(i)
    return [(tokens[0], tokens[-1] + 1, mention) for mention, tokens in found.items()]


def _when(context: Context, c: Candidate, rivals: list[int]) -> TimeExpression | None:
    scored = [
        (probability(_model("date"), date_features(context, c, first, last, rivals)), time)
        for first, last, time in dates_near(context, c)
    ]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= _model("thresholds")["date"] else None


def _where(context: Context, c: Candidate, rivals: list[int]) -> Mention | None:
    scored = [
        (probability(_model("place"), place_features(context, c, first, last, rivals)), mention)
        for first, last, mention in places_near(context, c)
    ]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= _model("thresholds")["place"] else None


def options_for_parts(
    context: Context, c: Candidate, kind: str, others: list[Candidate]
) -> list[tuple[Phrase, list[str]]]:
    """The noun phrases that may take part, with their features: those nearby and the one that opens the sentence."""
    near = phrases(context, c, others)
    heads = sorted({p.head for p in near})
    rivals = [o.first for o in others if o is not c]
    result = []
    for phrase in near:
        low, high = sorted((phrase.head, c.first))
        rank = bisect_left(heads, high) - bisect_right(heads, low)
        if rank > FAR and phrase.head != heads[0]:
            continue
        features = link_features(context, c, phrase.first, phrase.last, rivals)
        features += part_features(context, c, kind, phrase, min(rank, 3))
        result.append((phrase, features))
    return result


def choose_parts(scored: list[tuple[Phrase, dict[Role, float]]], thresholds: Weights) -> list[tuple[Phrase, Role]]:
    """The phrases that are likely enough, each in its better role; of those that share words only the best."""
    likely: list[tuple[float, Phrase, Role]] = []
    for phrase, chances in scored:
        role: Role = max(ROLES, key=lambda r: chances[r] / thresholds[r])
        if chances[role] >= thresholds[role]:
            likely.append((chances[role] / thresholds[role], phrase, role))
    kept: list[tuple[Phrase, Role]] = []
    for _, phrase, role in sorted(likely, key=lambda item: -item[0]):
        if not any(_same(phrase, other) for other, _ in kept):
            kept.append((phrase, role))
    return sorted(kept, key=lambda item: item[0].first)


def _same(one: Phrase, other: Phrase) -> bool:
    if one.mention and other.mention:
        return one.mention.entity == other.mention.entity
    return one.first < other.last and other.first < one.last


def _who(context: Context, c: Candidate, kind: str, others: list[Candidate]) -> tuple[Participant, ...]:
    scored = [
        (phrase, dict(zip(ROLES, map(sigmoid, scores(_model("role"), features)), strict=True)))
        for phrase, features in options_for_parts(context, c, kind, others)
    ]
    return tuple(participant(context, phrase, role) for phrase, role in choose_parts(scored, _model("thresholds")))


def participant(context: Context, phrase: Phrase, role: Role) -> Participant:
    document = context.document
    if mention := phrase.mention:
        name = document.entities[mention.entity].name
        return Participant(role, name, mention.text, mention.start, mention.end, mention.entity)
    start, end = document.tokens[phrase.first].start, document.tokens[phrase.last - 1].end
    text = document.article.text[start:end]
    return Participant(role, text, text, start, end)
