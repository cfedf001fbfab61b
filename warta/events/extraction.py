"""Events: triggers and their types, who took part, when and where, and whether it happened.

Every choice is a small linear model over named features (features.py), fitted by `python -m training.events`; the
candidates come from word lists. Nothing outside the sentence of the trigger is used.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Literal

from warta.events.features import (
    date_features,
    link_features,
    part_features,
    place_features,
    status_features,
    trigger_candidates,
    type_features,
)
from warta.events.noun_phrases import Phrase, phrases
from warta.events.triggers import TriggerCandidate
from warta.lang import load
from warta.model import EventModels
from warta.model.logistic import Weights, probability, score, scores, sigmoid
from warta.records import Document, Event, EventStatus, Mention, Participant, TimeExpression
from warta.text.token_view import TokenView
from warta.times.timex import date_range

STATUSES: tuple[EventStatus, ...] = ("asserted", "planned", "denied", "possible")
Role = Literal["actor", "target"]
ROLES: tuple[Role, ...] = ("actor", "target")
FAR = 4  # runs of words between a trigger and a phrase that can still take part
PLACES = ("GPE", "LOC", "FAC")


def extract_events(document: Document, models: EventModels) -> list[Event]:
    """All events of the article, in reading order. Needs sentences, names, times and quotes."""
    view = TokenView(document)
    chosen: list[tuple[TriggerCandidate, float]] = []
    for candidate, features in trigger_candidates(view):
        probable = probability(models.trigger, features)
        if probable >= models.thresholds["trigger"]:
            chosen.append((candidate, probable))
    events: list[Event] = []
    so_far: dict[str, int] = {}
    for candidate, probable in chosen:
        near = view.around(candidate.first)
        others = [c for c, _ in chosen if near.first <= c.first < near.last]
        kind = _type(view, models, candidate, so_far)
        so_far[kind] = so_far.get(kind, 0) + 1
        events.append(_event(view, models, candidate, kind, others, probable))
    return events


def _event(
    view: TokenView,
    models: EventModels,
    c: TriggerCandidate,
    kind: str,
    others: list[TriggerCandidate],
    probable: float,
) -> Event:
    rivals = [o.first for o in others if o is not c]
    time = _date(view, models, c, rivals)
    span = date_range(time.value) if time else None
    place = _place(view, models, c, rivals)
    entities, tokens = view.document.entities, view.document.tokens
    start, end = tokens[c.first].start, tokens[c.last - 1].end
    return Event(
        start, end, view.document.article.text[start:end], kind, _status(view, models, c, kind), c.sentence,
        participants=_participants(view, models, c, kind, others),
        date_start=span[0] if span else None, date_end=span[1] if span else None,
        date_text=time.text if time and span else None,
        place=place.entity if place else None, place_name=entities[place.entity].name if place else None,
        in_quote=view.direct[c.first], confidence=round(probable, 3),
    )  # fmt: skip


def _type(view: TokenView, models: EventModels, c: TriggerCandidate, so_far: dict[str, int]) -> str:
    """The best of the types that the lexicon gives the word."""
    if len(c.types) == 1:
        return c.types[0]
    return max(c.types, key=lambda kind: score(models.type, type_features(view, c, kind, so_far)))


def _status(view: TokenView, models: EventModels, c: TriggerCandidate, kind: str) -> EventStatus:
    found = scores(models.status, status_features(view, c, kind))
    return STATUSES[found.index(max(found))]


def dates_near(view: TokenView, c: TriggerCandidate) -> list[tuple[int, int, TimeExpression]]:
    """The expressions in the trigger's sentence that fix a date, with their tokens."""
    sentence = view.around(c.first)
    found: dict[TimeExpression, list[int]] = {}
    for i in range(sentence.first, sentence.last):
        time, mention = view.times[i], view.mentions[i]
        if time and not (mention and mention.type == "LAW") and date_range(time.value):
            found.setdefault(time, []).append(i)
    return [(tokens[0], tokens[-1] + 1, time) for time, tokens in found.items()]


def places_near(view: TokenView, c: TriggerCandidate) -> list[tuple[int, int, Mention]]:
    """The named places in the trigger's sentence, with their tokens; also an organisation's house (`di PN Solo`)."""
    at_organisations = load("id", "event_status")["at_organisations"]
    sentence = view.around(c.first)
    found: dict[Mention, list[int]] = {}
    for i in range(sentence.first, sentence.last):
        mention = view.mentions[i]
        if not mention or mention.form != "name":
            continue
        house = mention.type == "ORG" and (mention in found or view.words[i - 1] in at_organisations)
        if mention.type in PLACES or house:
            found.setdefault(mention, []).append(i)
    return [(tokens[0], tokens[-1] + 1, mention) for mention, tokens in found.items()]


def _date(view: TokenView, models: EventModels, c: TriggerCandidate, rivals: list[int]) -> TimeExpression | None:
    scored = [
        (probability(models.date, date_features(view, c, first, last, rivals)), time)
        for first, last, time in dates_near(view, c)
    ]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= models.thresholds["date"] else None


def _place(view: TokenView, models: EventModels, c: TriggerCandidate, rivals: list[int]) -> Mention | None:
    scored = [
        (probability(models.place, place_features(view, c, first, last, rivals)), mention)
        for first, last, mention in places_near(view, c)
    ]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= models.thresholds["place"] else None


def options_for_parts(
    view: TokenView, c: TriggerCandidate, kind: str, others: list[TriggerCandidate]
) -> list[tuple[Phrase, list[str]]]:
    """The noun phrases that may take part, with their features: those nearby and the one that opens the sentence."""
    near = phrases(view, c, others)
    heads = sorted({p.head for p in near})
    rivals = [o.first for o in others if o is not c]
    result = []
    for phrase in near:
        low, high = sorted((phrase.head, c.first))
        rank = bisect_left(heads, high) - bisect_right(heads, low)
        if rank > FAR and phrase.head != heads[0]:
            continue
        features = link_features(view, c, phrase.first, phrase.last, rivals)
        features += part_features(view, c, kind, phrase, min(rank, 3))
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


def _participants(
    view: TokenView, models: EventModels, c: TriggerCandidate, kind: str, others: list[TriggerCandidate]
) -> tuple[Participant, ...]:
    scored = [
        (phrase, dict(zip(ROLES, map(sigmoid, scores(models.role, features)), strict=True)))
        for phrase, features in options_for_parts(view, c, kind, others)
    ]
    return tuple(participant(view, phrase, role) for phrase, role in choose_parts(scored, models.thresholds))


def participant(view: TokenView, phrase: Phrase, role: Role) -> Participant:
    document = view.document
    if mention := phrase.mention:
        name = document.entities[mention.entity].name
        return Participant(role, name, mention.text, mention.start, mention.end, mention.entity)
    start, end = document.tokens[phrase.first].start, document.tokens[phrase.last - 1].end
    text = document.article.text[start:end]
    return Participant(role, text, text, start, end)
