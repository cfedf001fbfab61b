"""Which full names of the warehouse are one thing: form, short forms, shorter names."""

from __future__ import annotations

import pytest

from warehouse.resolve.name_matching import (
    FullName,
    ShortForm,
    acronyms,
    parts_of_longer,
    same_but_for_form,
    shorter_names,
)
from warehouse.resolve.names import fold
from warehouse.resolve.union_find import Join, UnionFind

LAUT = "Yayasan Laut Biru Lestari"


def full(type: str, name: str, articles: int = 1) -> FullName:
    return FullName(f"{type}:{name}", type, name, articles)


def people(*names: str) -> list[FullName]:
    return [full("PER", name) for name in names]


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (full("ORG", "PT Samudra (Persero)"), full("ORG", "Samudra"), True),
        (full("PER", "H. Ahmad Fauzi"), full("PER", "Ahmad Fauzi"), True),
        (full("PER", "H. Ahmad"), full("PER", "Ahmad"), False),  # a first name alone is nobody's
        (full("ORG", "Samudra"), full("PRD", "Samudra"), False),
        (full("ORG", "Samudra"), full("ORG", "Segara"), False),
    ],
)
def test_the_same_but_for_form(one: FullName, other: FullName, joined: bool) -> None:
    expected = [Join(other.key, one.key, "form", f"{other.name} = {one.name}")] if joined else []
    assert list(same_but_for_form([one, other])) == expected


def test_a_name_is_not_joined_with_itself() -> None:
    assert list(same_but_for_form([full("ORG", "Samudra"), full("ORG", "Samudra")])) == []


def test_first_names_do_not_end_the_search() -> None:
    found = same_but_for_form(people("Ahmad", "H. Ahmad Fauzi", "Ahmad Fauzi"))
    assert [(join.a, join.b) for join in found] == [("PER:Ahmad Fauzi", "PER:H. Ahmad Fauzi")]


def joins(
    names: list[FullName], told: list[tuple[FullName, str, int]], joined: UnionFind | None = None
) -> list[tuple[str, str]]:
    """(short, what it is) where `told` says: this name was shortened so, in so many articles."""
    by_name = {(name.type, fold(name.name)): name for name in names}
    forms = [ShortForm(name.key, name.type, name.name, short, articles) for name, short, articles in told]
    found = list(acronyms(by_name, forms, joined or UnionFind()))
    assert all(join.rule == "short_form" for join in found)
    return [(join.a, join.b) for join in found]


BRN, BANK, BALAI = full("ORG", "BRN"), full("ORG", "Bank Rakyat Niaga"), full("ORG", "Balai Riset Nusantara")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([(BANK, "BRN", 1)], BANK),
        ([(BANK, "BRN", 4), (BALAI, "BRN", 1)], BANK),  # four of five agree
        ([(BANK, "BRN", 3), (BALAI, "BRN", 1)], None),
        ([(BANK, "BRN", 1), (BALAI, "BRN", 4)], BALAI),
        ([(BANK, "BRN", 79), (BALAI, "BRN", 21)], None),
        ([(BANK, "BRN", 1), (BALAI, "BRN", 1)], None),
        ([(full("ORG", "Bintang Timur"), "BRN", 5)], None),  # nobody reads BRN off that
        ([], None),
    ],
)
def test_a_body_is_what_most_articles_say(told: list[tuple[FullName, str, int]], expected: FullName | None) -> None:
    assert joins([BRN, BANK, BALAI], told) == ([(BRN.key, expected.key)] if expected else [])


def test_the_reason_counts_the_articles() -> None:
    forms = [ShortForm(name.key, "ORG", name.name, "BRN", count) for name, count in ((BANK, 4), (BALAI, 1))]
    (join,) = acronyms({("ORG", "brn"): BRN}, forms, UnionFind())
    assert join.because == "BRN is Bank Rakyat Niaga in 4 of 5 articles that spell it out"


def test_names_that_were_joined_are_counted_together() -> None:
    agency = full("ORG", "Badan Rakyat Niaga")
    told = [(BANK, "BRN", 2), (agency, "BRN", 2), (BALAI, "BRN", 1)]
    assert joins([BRN], told) == []
    joined = UnionFind()
    joined.join(BANK.key, agency.key)
    assert joins([BRN], told, joined) == [(BRN.key, agency.key)]


def test_the_first_by_name_tells_what_a_short_form_is() -> None:
    """The meaning that most say may be a thing of several names."""
    joined = UnionFind()
    banks = [full("ORG", "Bank Rakyat Niaga"), full("ORG", "Badan Rakyat Niaga")]
    joined.join(*(bank.key for bank in banks))
    forms = [ShortForm(bank.key, "ORG", bank.name, "BRN", 2) for bank in banks]
    (join,) = acronyms({("ORG", "brn"): BRN}, forms, joined)
    assert join.because == "BRN is Badan Rakyat Niaga in 4 of 4 articles that spell it out"


@pytest.mark.parametrize(
    ("short", "articles", "joined"),
    [("YLBL", 1, True), ("Yalabir", 1, False), ("Yalabir", 2, True), ("Yalabir", 3, True)],
)
def test_short_forms_that_are_no_initials_need_two_articles(short: str, articles: int, joined: bool) -> None:
    body, own = full("ORG", LAUT), full("ORG", short)
    assert joins([body, own], [(body, short, articles)]) == ([(own.key, body.key)] if joined else [])


@pytest.mark.parametrize(
    ("articles", "others", "joined"),
    [
        (1, (), False),  # two articles must say so
        (2, (), True),
        (2, ("Bening Kusuma",), False),  # another full name holds it as a word
        (2, ("Kusuma Bening",), False),
        (2, ("Beningsari Kusuma",), True),
        (2, ("Kusuma",), True),
    ],
)
def test_pet_names_of_people(articles: int, others: tuple[str, ...], joined: bool) -> None:
    sri, bening = people("Sri Ayu Lestari", "Bening")
    found = joins([sri, bening, *people(*others)], [(sri, "Bening", articles)])
    assert found == ([(bening.key, sri.key)] if joined else [])


def test_initials_of_people_need_two_articles_too() -> None:
    wahyu, initials = people("Wahyu Surya Nata", "WSN")
    assert joins([wahyu, initials], [(wahyu, "WSN", 1)]) == []
    assert joins([wahyu, initials], [(wahyu, "WSN", 2)]) == [(initials.key, wahyu.key)]


def test_the_word_of_a_body_takes_no_pet_name_away() -> None:
    sri, bening = people("Sri Ayu Lestari", "Bening")
    assert joins([sri, bening, full("ORG", "Bening Jaya")], [(sri, "Bening", 2)]) == [(bening.key, sri.key)]


def test_a_short_form_that_is_nowhere_a_name_joins_nothing_and_the_next_is_looked_at() -> None:
    sawit, own = full("ORG", "Sawit Rimba Jaya"), full("ORG", "SRJ")
    assert joins([BANK, sawit, own], [(BANK, "BRN", 3), (sawit, "SRJ", 1)]) == [(own.key, sawit.key)]


def test_a_short_form_that_is_joined_already_is_not_joined_again() -> None:
    joined = UnionFind()
    assert joins([BANK], [(BANK, "Bank Rakyat Niaga", 3)], joined) == []


def test_short_forms_count_within_their_type() -> None:
    product = full("PRD", "Beras Ramah Niaga")
    assert joins([BRN], [(BANK, "BRN", 1), (product, "BRN", 9)]) == [(BRN.key, BANK.key)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Ratna Dewi", "Ratna Dewi Lestari"), [("Ratna Dewi", "Ratna Dewi Lestari")]),
        (("Dewi Lestari", "Ratna Dewi Lestari"), [("Dewi Lestari", "Ratna Dewi Lestari")]),
        (("Dewi Lestari", "Ratna Dewi Lestari Kusuma"), [("Dewi Lestari", "Ratna Dewi Lestari Kusuma")]),
        (("Ratna Dewi Lestari", "Ratna Dewi Lestari Kusuma"), [("Ratna Dewi Lestari", "Ratna Dewi Lestari Kusuma")]),
        (("Ratna", "Ratna Dewi"), []),  # of one word
        (("Ratna Lestari", "Ratna Dewi Lestari"), []),  # not side by side
        (("Ratna Dewi", "Ratna Dewinta Sari"), []),
        (("Ratna Dewi Ayu", "Ratna Dewi Lestari"), []),
        (("Ratna Dewi", "Ratna Dewi Lestari", "Ratna Dewi Kusuma"), []),  # two longer ones
        (("Ratna Dewi", "Ratna Dewi"), []),
        ((), []),
    ],
)
def test_parts_of_one_longer_name(names: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert [(part.name, whole.name) for part, whole in parts_of_longer(people(*names))] == expected


@pytest.mark.parametrize(
    ("shared", "offices", "because"),
    [
        ((), (), None),
        (("a",), (), None),
        (("a", "b"), (), "2 other names in common"),
        (("a", "b", "c"), (), "3 other names in common"),
        ((), ("bupati",), "bupati"),
        (("a", "b"), ("ketua", "bupati"), "bupati, ketua"),
    ],
)
def test_a_shorter_name_needs_an_office_or_two_names_in_common(
    shared: tuple[str, ...], offices: tuple[str, ...], because: str | None
) -> None:
    short, long = people("Ratna Dewi", "Ratna Dewi Lestari")
    names = {short.key: {"x", "y", *shared}, long.key: {"z", *shared}}
    held = {short.key: {"lurah", *offices}, long.key: {"pelatih", *offices}}
    found = list(shorter_names([(short, long)], names, held))
    told = f"Ratna Dewi is part of Ratna Dewi Lestari; {because}"
    assert found == ([Join(short.key, long.key, "shorter_name", told)] if because else [])


def test_people_without_co_mentions_and_offices_stay_apart() -> None:
    short, long = people("Ratna Dewi", "Ratna Dewi Lestari")
    assert list(shorter_names([(short, long)], {}, {})) == []
