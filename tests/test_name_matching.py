"""Which full names of the warehouse are one thing: form, short forms, shorter names."""

from __future__ import annotations

import pytest
from linked import Named, articles_with, link_rows, org, person

from warehouse.ids import name_id

LAUT = "Yayasan Laut Biru Lestari"


def joined_by(rule: str, *things: Named) -> dict[str, str]:
    """Name of what was joined with another by this rule -> the reason."""
    rows = link_rows(list(things)).values()
    return {row["name"]: row["because"] for row in rows if row["rule"] == rule}


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (org("1", "PT Samudra (Persero)"), org("2", "Samudra"), True),
        (person("1", "H. Ahmad Fauzi"), person("2", "Ahmad Fauzi"), True),
        (person("1", "H. Ahmad"), person("2", "Ahmad"), False),  # a first name alone is nobody's
        (org("1", "Samudra"), ("2", "PRD", "Samudra", [], []), False),
        (org("1", "Samudra"), org("2", "Segara"), False),
        (org("1", "Samudra"), org("2", "Samudra"), False),  # one name
    ],
)
def test_the_same_but_for_form(one: Named, other: Named, joined: bool) -> None:
    """The one with the smaller id stands for both."""
    first, second = sorted((one, other), key=lambda named: name_id(named[1], named[2]))
    assert joined_by("form", one, other) == ({second[2]: f"{second[2]} = {first[2]}"} if joined else {})


def test_first_names_do_not_end_the_search() -> None:
    names = [person("1", "Ahmad"), person("2", "H. Ahmad Fauzi"), person("3", "Ahmad Fauzi")]
    assert len(joined_by("form", *names)) == 1


def short_forms(own: list[Named], told: list[tuple[Named, int]]) -> dict[str, str]:
    """What the names of `own` are by articles that tell it, in so many articles each."""
    things, first = list(own), 100
    for named, count in told:
        things += articles_with(count, named, first=first)
        first += count
    return joined_by("short_form", *things)


BRN, BANK, BALAI = org("1", "BRN"), org("", "Bank Rakyat Niaga", "BRN"), org("", "Balai Riset Nusantara", "BRN")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([(BANK, 1)], "Bank Rakyat Niaga in 1 of 1"),
        ([(BANK, 4), (BALAI, 1)], "Bank Rakyat Niaga in 4 of 5"),  # four of five agree
        ([(BANK, 3), (BALAI, 1)], None),
        ([(BANK, 1), (BALAI, 4)], "Balai Riset Nusantara in 4 of 5"),
        ([(BANK, 79), (BALAI, 21)], None),
        ([(BANK, 1), (BALAI, 1)], None),
        ([(org("", "Bintang Timur", "BRN"), 5)], None),  # nobody reads BRN off that
        ([(org("", "Beras Ramah", "BRN"), 1), (BANK, 4)], "Bank Rakyat Niaga in 4 of 4"),
        ([], None),
    ],
)
def test_a_body_is_what_most_articles_say(told: list[tuple[Named, int]], expected: str | None) -> None:
    because = {"BRN": f"BRN is {expected} articles that spell it out"} if expected else {}
    assert short_forms([BRN], told) == because


def test_names_that_were_joined_are_counted_together() -> None:
    """And the first by name tells what the short form is."""
    agency = org("", "Bank Rakyat Niaga (Persero)", "BRN")
    because = "BRN is Bank Rakyat Niaga in 4 of 5 articles that spell it out"
    assert short_forms([BRN], [(BANK, 2), (agency, 2), (BALAI, 1)]) == {"BRN": because}
    assert short_forms([BRN], [(BANK, 2), (org("", "Badan Rakyat Niaga", "BRN"), 2), (BALAI, 1)]) == {}


@pytest.mark.parametrize(
    ("short", "articles", "joined"),
    [("YLBL", 1, True), ("Yalabir", 1, False), ("Yalabir", 2, True), ("Yalabir", 3, True)],
)
def test_short_forms_that_are_no_initials_need_two_articles(short: str, articles: int, joined: bool) -> None:
    assert (short in short_forms([org("1", short)], [(org("", LAUT, short), articles)])) == joined


SRI, BENING = person("", "Sri Ayu Lestari", also=("Bening",)), person("1", "Bening")


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
    others_named = [person("2", other) for other in others]
    assert ("Bening" in short_forms([BENING, *others_named], [(SRI, articles)])) == joined


@pytest.mark.parametrize(("articles", "joined"), [(1, False), (2, True)])
def test_initials_of_people_need_two_articles_too(articles: int, joined: bool) -> None:
    wahyu = person("", "Wahyu Surya Nata", also=("WSN",))
    assert ("WSN" in short_forms([person("1", "WSN")], [(wahyu, articles)])) == joined


def test_the_word_of_a_body_takes_no_pet_name_away() -> None:
    assert "Bening" in short_forms([BENING, org("2", "Bening Jaya")], [(SRI, 2)])


def test_a_short_form_that_is_nowhere_a_name_joins_nothing_and_the_next_is_looked_at() -> None:
    sawit = org("", "Sawit Rimba Jaya", "SRJ")
    assert short_forms([org("1", "SRJ")], [(BANK, 3), (sawit, 1)]).keys() == {"SRJ"}


def test_short_forms_count_within_their_type() -> None:
    product: Named = ("", "PRD", "Beras Ramah Niaga", ["BRN"], [])
    assert "Bank Rakyat Niaga in 1 of 1" in short_forms([BRN], [(BANK, 1), (product, 9)])["BRN"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Ratna Dewi", "Ratna Dewi Lestari"), {"Ratna Dewi": "Ratna Dewi Lestari"}),
        (("Dewi Lestari", "Ratna Dewi Lestari"), {"Dewi Lestari": "Ratna Dewi Lestari"}),
        (("Dewi Lestari", "Ratna Dewi Lestari Kusuma"), {"Dewi Lestari": "Ratna Dewi Lestari Kusuma"}),
        (("Ratna Dewi Lestari", "Ratna Dewi Lestari Kusuma"), {"Ratna Dewi Lestari": "Ratna Dewi Lestari Kusuma"}),
        (("Ratna Lestari", "Ratna Dewi Lestari"), {}),  # not side by side
        (("Ratna Dewi", "Ratna Dewinta Sari"), {}),
        (("Ratna Dewi Ayu", "Ratna Dewi Lestari"), {}),
        (("Ratna Dewi", "Ratna Dewi Lestari", "Ratna Dewi Kusuma"), {}),  # two longer ones
        (("Ratna", "Ratna Dewi"), {}),  # of one word
    ],
)
def test_parts_of_one_longer_name(names: tuple[str, ...], expected: dict[str, str]) -> None:
    things = [person(str(n), name, "bupati") for n, name in enumerate(names)]
    because = {part: f"{part} is part of {whole}; bupati" for part, whole in expected.items()}
    assert joined_by("shorter_name", *things) == because


@pytest.mark.parametrize(
    ("shared", "offices", "because"),
    [
        (0, (), None),
        (1, (), None),
        (2, (), "2 other names in common"),
        (3, (), "3 other names in common"),
        (0, ("bupati",), "bupati"),
        (2, ("ketua", "bupati"), "bupati, ketua"),
    ],
)
def test_a_shorter_name_needs_an_office_or_two_names_in_common(
    shared: int, offices: tuple[str, ...], because: str | None
) -> None:
    things = [person("1", "Ratna Dewi", "lurah", *offices), person("2", "Ratna Dewi Lestari", "pelatih", *offices)]
    things += [org(article, f"Badan {n}") for article in "12" for n in range(shared)]
    things += [org("1", "Klub Layar"), org("2", "Partai Bintang")]
    told = {"Ratna Dewi": f"Ratna Dewi is part of Ratna Dewi Lestari; {because}"} if because else {}
    assert joined_by("shorter_name", *things) == told
