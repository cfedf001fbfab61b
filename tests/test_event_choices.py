"""What the events stage makes of its models' answers: with models of our own, so that a case shows one choice.

A model without weights finds everything as probable as not (0.5). Papers are of Wednesday, 8 October 2025.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from warta.events.extraction import (
    Role,
    choose_parts,
    dates_near,
    extract_events,
    options_for_parts,
    participant,
    places_near,
)
from warta.events.noun_phrases import Phrase
from warta.events.triggers import TriggerCandidate, find_candidates
from warta.model import EventModels
from warta.records import Article, Document, Entity, EntityType, Event, Mention, Participant, Quote
from warta.text.sentences import split
from warta.text.token_view import TokenView
from warta.times.extraction import extract_times

HALF = dict.fromkeys(("trigger", "date", "place", "actor", "target"), 0.5)
SAY_NOTHING = EventModels(
    trigger={}, type={}, status={"bias": [1.0, 0.0, 0.0, 0.0]}, date={}, place={}, role={"bias": [0.0, 0.0]},
    thresholds=HALF,
)  # fmt: skip
NEVER = {"thresholds": HALF | {"date": 0.9, "place": 0.9, "actor": 0.9, "target": 0.9}}


def document(text: str, names: dict[str, EntityType] | None = None) -> Document:
    """A document whose names are these surfaces, each a thing called after it in capitals."""
    found = Document(Article("x", text, published_date=date(2025, 10, 8)))
    found.sentences, found.tokens = split(text)
    for surface, kind in (names or {}).items():
        start = text.index(surface)
        sentence = next(s.ordinal for s in reversed(found.sentences) if s.start <= start)
        found.mentions.append(
            Mention(start, start + len(surface), surface, kind, "name", sentence, len(found.entities))
        )
        found.entities.append(Entity(surface.upper(), kind, (surface,)))
    found.mentions.sort(key=lambda mention: mention.start)
    found.times = extract_times(found)
    return found


def view_of(text: str, names: dict[str, EntityType] | None = None) -> tuple[TokenView, list[TriggerCandidate]]:
    view = TokenView(document(text, names))
    return view, find_candidates(view)


def events(text: str, names: dict[str, EntityType] | None = None, **models: object) -> list[Event]:
    return extract_events(document(text, names), replace(SAY_NOTHING, **models))  # type: ignore[arg-type]


# -- triggers, types, status ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("threshold", "found"), [(0.4, 1), (0.5, 1), (0.51, 0)])
def test_a_trigger_is_as_probable_as_the_threshold_at_least(threshold: float, found: int) -> None:
    assert len(events("Polisi menangkap pencuri.", thresholds=HALF | {"trigger": threshold})) == found


def test_an_event_tells_its_word_sentence_and_confidence_to_three_places() -> None:
    text = "Pasar ramai. Polisi menangkap pencuri."
    (event,) = events(text, trigger={"bias": math.log(2)}, **NEVER)
    assert (event.start, event.end, event.trigger) == (20, 29, "menangkap")
    assert (event.type, event.status, event.sentence, event.confidence) == ("ARREST", "asserted", 1, 0.667)
    assert (event.participants, event.in_quote) == ((), False)
    assert (event.date_start, event.date_end, event.date_text, event.place, event.place_name) == (None,) * 5


def test_a_trigger_of_several_words_is_whole() -> None:
    assert [event.trigger for event in events("Warga berunjuk rasa.", **NEVER)] == ["berunjuk rasa"]


@pytest.mark.parametrize("answer", range(4))
def test_the_status_is_the_answer_with_the_highest_score(answer: int) -> None:
    weights = [float(number == answer) for number in range(4)]
    (event,) = events("Polisi menangkap pencuri.", status={"bias": weights})
    assert event.status == ("asserted", "planned", "denied", "possible")[answer]


@pytest.mark.parametrize("kind", ["INVESTIGATE", "HEALTH"])
def test_the_type_is_the_best_of_those_of_the_word(kind: str) -> None:
    (event,) = events("Dokter memeriksa pasien.", type={f"kind={kind}": 1.0, "kind=ARREST": 5.0})
    assert event.type == kind


def test_a_word_of_one_type_needs_no_model() -> None:
    (candidate,) = view_of("Polisi menangkap pencuri.")[1]
    assert len(candidate.types) == 1
    (event,) = events("Polisi menangkap pencuri.", type={"kind=HEALTH": 5.0})
    assert event.type == "ARREST"


def test_types_are_counted_as_the_article_goes_on() -> None:
    """The third examination is not of health, as it sees two of health before it."""
    weights = {"kind=HEALTH": 1.0, "so far=True,2": -9.0}
    found = events(" ".join(["Dokter memeriksa pasien."] * 4), type=weights)
    assert [event.type == "HEALTH" for event in found] == [True, True, False, False]


# -- dates and places ----------------------------------------------------------------------------------------------


def test_an_event_has_the_day_and_the_place_of_its_sentence() -> None:
    text = "Polisi menangkap pencuri di Blora, Oktober 2025. Hakim memvonis pencuri."
    first, second = events(text, {"Blora": "GPE"}, trigger={"form=menangkap": 1.0, "form=memvonis": 1.0})
    assert (first.date_start, first.date_end, first.date_text) == (
        date(2025, 10, 1),
        date(2025, 10, 31),
        "Oktober 2025",
    )
    assert (first.place, first.place_name) == (0, "BLORA")
    assert (second.date_start, second.place_name) == (None, None)


@pytest.mark.parametrize(("threshold", "given"), [(0.5, True), (0.51, False)])
@pytest.mark.parametrize("what", ["date", "place"])
def test_day_and_place_are_as_probable_as_the_threshold_at_least(what: str, threshold: float, given: bool) -> None:
    text = "Polisi menangkap pencuri di Blora, Senin (6/10/2025)."
    (event,) = events(text, {"Blora": "GPE"}, thresholds=HALF | {what: threshold})
    assert ((event.date_start if what == "date" else event.place_name) is not None) == given


@pytest.mark.parametrize(("side", "day", "place"), [("before", 6, "DEMAK"), ("after", 7, "BLORA")])
def test_the_most_probable_day_and_place_are_taken(side: str, day: int, place: str) -> None:
    text = "Di Demak, Senin (6/10/2025), polisi menangkap pencuri di Blora, Selasa (7/10/2025)."
    names: dict[str, EntityType] = {"Demak": "GPE", "Blora": "GPE"}
    (event,) = events(text, names, date={side: 1.0}, place={side: 1.0})
    assert (event.date_start, event.place_name) == (date(2025, 10, day), place)


NEAREST = {"nearest=True": 1.0, "nearest=False": -1.0}


def test_the_nearest_of_two_triggers_owns_a_day_and_a_place() -> None:
    """The other trigger is a rival, the trigger itself is none."""
    text = (
        "Polisi menangkap pencuri Senin (6/10/2025) di Blora dan karena perkara itu begitu mudah dan jelas"
        " hakim memvonis penadah Selasa (7/10/2025) di Demak."
    )
    found = events(text, {"Blora": "GPE", "Demak": "GPE"}, date=NEAREST, place=NEAREST)
    assert [(event.trigger, event.date_start, event.place_name) for event in found] == [
        ("menangkap", date(2025, 10, 6), "BLORA"), ("memvonis", date(2025, 10, 7), "DEMAK"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Hakim memvonis pencuri di Blora.", "BLORA"),
        ("Penangkapan di Blora lebih dulu ramai, lalu hakim memvonis pencuri.", None),
        ("Polisi menangkap pencuri. Di Blora warga lama sekali duduk sampai hakim memvonis pencuri.", "BLORA"),
        ("Hakim memvonis pencuri sapi yang nakal sekali di Blora. Penangkapan tadi ramai.", "BLORA"),
    ],
)
def test_only_triggers_of_the_same_sentence_are_rivals(text: str, place: str | None) -> None:
    found = {event.trigger: event for event in events(text, {"Blora": "GPE"}, place=NEAREST)}
    assert found["memvonis"].place_name == place


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Ia menangkap ikan Senin (6/10/2025).", {}, ["Senin (6/10/2025)"]),
        ("Ia menangkap ikan Senin (6/10) dan Selasa (7/10).", {}, ["Senin (6/10)", "Selasa (7/10)"]),
        ("Ia menangkap ikan kini.", {}, []),  # fixes no day
        ("Ia menangkap ikan selama dua hari.", {}, []),
        ("Ia menangkap ikan sesuai UU Garam 2024.", {"UU Garam 2024": "LAW"}, []),  # the year of a law
        ("Ia menangkap ikan sebelum Pemilu 2024.", {"Pemilu 2024": "EVT"}, ["2024"]),
        ("Ia menangkap ikan. Hari itu Senin (6/10/2025).", {}, []),
    ],
)
def test_dates_that_may_be_the_event_s(text: str, names: dict[str, EntityType], expected: list[str]) -> None:
    view, candidates = view_of(text, names)
    found = dates_near(view, candidates[0])
    assert [time.text for *_, time in found] == expected
    assert [view.text(first, last) for first, last, _ in found] == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Ia menangkap ikan di Kota Blora.", {"Kota Blora": "GPE"}, ["Kota Blora"]),
        ("Ia menangkap ikan di Laut Merah.", {"Laut Merah": "LOC"}, ["Laut Merah"]),
        ("Ia menangkap ikan di Pasar Baru.", {"Pasar Baru": "FAC"}, ["Pasar Baru"]),
        ("Ia menangkap ikan untuk Bagas.", {"Bagas": "PER"}, []),
        ("Ia menangkap ikan di PN Solo.", {"PN Solo": "ORG"}, ["PN Solo"]),  # the house of a body
        ("Ia menangkap ikan ke PN Solo.", {"PN Solo": "ORG"}, ["PN Solo"]),
        ("Ia menangkap ikan untuk PN Solo.", {"PN Solo": "ORG"}, []),
        ("PN Solo di sana menangkap ikan.", {"PN Solo": "ORG"}, []),
        ("Ia menangkap ikan di Bagas.", {"Bagas": "PER"}, []),
        ("Ia menangkap ikan di Blora dan Demak.", {"Blora": "GPE", "Demak": "GPE"}, ["Blora", "Demak"]),
        ("Ia menangkap ikan bersama Bagas di Demak.", {"Bagas": "PER", "Demak": "GPE"}, ["Demak"]),
        ("Ia menangkap ikan. Hujan turun di Blora.", {"Blora": "GPE"}, []),
    ],
)
def test_places_that_may_be_the_event_s(text: str, names: dict[str, EntityType], expected: list[str]) -> None:
    view, candidates = view_of(text, names)
    found = places_near(view, candidates[0])
    assert [mention.text for *_, mention in found] == expected
    assert [view.text(first, last) for first, last, _ in found] == expected


@pytest.mark.parametrize("form", ["nominal", "pronoun"])
def test_a_place_is_named(form: str) -> None:
    made = document("Ia menangkap ikan di Blora.", {"Blora": "GPE"})
    made.mentions = [replace(made.mentions[0], form=form)]  # type: ignore[arg-type]
    view = TokenView(made)
    assert places_near(view, find_candidates(view)[0]) == []


def test_the_trigger_in_a_direct_quote_is_marked() -> None:
    made = document("Polisi menangkap pencuri dan hakim memvonis pencuri.")
    made.quotes = [Quote(0, 24, "Polisi menangkap pencuri", "direct", 0)]
    assert [event.in_quote for event in extract_events(made, SAY_NOTHING)] == [True, False]


# -- participants --------------------------------------------------------------------------------------------------


def phrase(first: int, last: int, entity: int | None = None) -> Phrase:
    mention = None if entity is None else Mention(first, last, "x", "PER", "name", 0, entity)
    return Phrase(first, last, first, last, mention)


LIMITS = {"actor": 0.5, "target": 0.4}
Scored = list[tuple[Phrase, dict[Role, float]]]


def chosen(*scored: tuple[Phrase, float, float]) -> list[tuple[int, Role]]:
    """First token and role of the phrases that are chosen from these, each with the chances of actor and target."""
    given: Scored = [(one, {"actor": actor, "target": target}) for one, actor, target in scored]
    found = choose_parts(given, LIMITS)
    assert all(a.first <= b.first for (a, _), (b, _) in pairwise(found))
    return [(one.first, role) for one, role in found]


@pytest.mark.parametrize(
    ("actor", "target", "role"),
    [
        (0.9, 0.1, "actor"), (0.1, 0.9, "target"), (0.5, 0.1, "actor"), (0.1, 0.4, "target"), (0.49, 0.39, None),
        (0.5, 0.45, "target"),  # each chance is held against its own threshold
        (0.55, 0.42, "actor"),
        (0.5, 0.4, "actor"), (0.0, 0.0, None),
    ],
)  # fmt: skip
def test_a_phrase_takes_its_better_role(actor: float, target: float, role: Role | None) -> None:
    assert chosen((phrase(0, 2), actor, target)) == ([(0, role)] if role else [])


def test_participants_come_in_reading_order() -> None:
    assert chosen((phrase(5, 7), 0.9, 0), (phrase(0, 2), 0.6, 0), (phrase(3, 4), 0, 0.8)) == [
        (0, "actor"), (3, "target"), (5, "actor"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (phrase(0, 3), phrase(2, 4), False), (phrase(0, 3), phrase(3, 4), True), (phrase(3, 4), phrase(0, 3), True),
        (phrase(0, 9), phrase(2, 4), False), (phrase(2, 4), phrase(0, 9), False), (phrase(2, 3), phrase(2, 3), False),
        # two names are one participant where they are one thing, wherever they stand
        (phrase(0, 2, 7), phrase(4, 5, 7), False), (phrase(0, 2, 7), phrase(4, 5, 8), True),
        (phrase(0, 3, 7), phrase(2, 5, 8), True),
        (phrase(0, 2, 7), phrase(1, 5), False), (phrase(0, 2, 7), phrase(2, 5), True),
    ],
)  # fmt: skip
def test_of_phrases_that_share_words_or_a_thing_the_better_stays(one: Phrase, other: Phrase, both: bool) -> None:
    assert len(chosen((one, 0.6, 0), (other, 0.9, 0))) == 1 + both
    assert (other.first, "actor") in chosen((one, 0.6, 0), (other, 0.9, 0))
    assert (one.first, "actor") in chosen((one, 0.9, 0), (other, 0.6, 0))


def test_the_better_is_better_by_its_own_threshold() -> None:
    """0.5 of 0.4 is more than 0.6 of 0.5."""
    assert chosen((phrase(0, 2), 0.6, 0), (phrase(1, 3), 0, 0.5)) == [(1, "target")]


def test_a_third_phrase_is_held_against_all_that_stay() -> None:
    assert chosen((phrase(0, 2), 0.9, 0), (phrase(4, 6), 0.8, 0), (phrase(5, 7), 0.7, 0), (phrase(1, 3), 0.7, 0)) == [
        (0, "actor"), (4, "actor"),
    ]  # fmt: skip


def test_names_take_part_as_their_thing_other_phrases_as_their_words() -> None:
    view, _ = view_of("Bupati Bagas menangkap dua ekor ikan.", {"Bagas": "PER"})
    name = Phrase(1, 2, 0, 2, view.mentions[1])
    assert participant(view, name, "actor") == Participant("actor", "BAGAS", "Bagas", 7, 12, 0)
    assert participant(view, Phrase(3, 6, 3, 6, None), "target") == Participant(
        "target", "dua ekor ikan", "dua ekor ikan", 23, 36, None
    )


def test_both_roles_are_given_by_the_model_of_roles() -> None:
    roles = {"before": [3.0, -3.0], "after": [-3.0, 3.0]}
    (event,) = events("Bagas menangkap ikan.", {"Bagas": "PER"}, role=roles)
    assert [(p.role, p.name, p.entity) for p in event.participants] == [("actor", "BAGAS", 0), ("target", "ikan", None)]


LIST = "Pasar , toko , kios , warung , kafe , gudang , lumbung , bengkel dirusak massa"


def test_phrases_take_part_up_to_four_runs_of_words_away_and_the_first_of_the_sentence() -> None:
    view, candidates = view_of(LIST)
    found = [view.text(one.first, one.last) for one, _ in options_for_parts(view, candidates[0], "CRIME", candidates)]
    assert found == ["Pasar", "warung", "kafe", "gudang", "lumbung", "bengkel", "massa"]


def test_runs_between_are_counted_up_to_three() -> None:
    view, candidates = view_of(LIST)
    ranks = {}
    for one, features in options_for_parts(view, candidates[0], "CRIME", candidates):
        (ranks[view.text(one.first, one.last)],) = [
            number for number in range(9) for side in ("before", "after") if f"{side},{number},CRIME" in features
        ]
    assert ranks == {"Pasar": 3, "warung": 3, "kafe": 3, "gudang": 2, "lumbung": 1, "bengkel": 0, "massa": 0}
