"""Who a first name alone is, and when one full name is two people."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from linked import Named, link_rows, org, person

from warehouse.ids import name_id, stable_id

HEAD = "kepala desa banjarsari"
FULL = "Ratna Dewi"
DAY = date(2025, 3, 1)
RATNA = person("1", FULL, HEAD)
BARE = "one word, nothing says whose"


def linked(short: Named, *others: Named, days: dict[str, date | None] | None = None) -> tuple[str, str, str]:
    """The entity, rule and reason of the first of them."""
    row = link_rows([short, *others], days)[short[0], short[2]]
    return row["entity_id"], row["rule"], row["because"]


@pytest.mark.parametrize(
    ("day", "other", "found"),
    [
        (0, 0, True),
        (0, -30, True), (0, -31, False),
        (0, 30, True), (0, 31, False),
        (11, 41, True), (11, 42, False),
        (None, 4000, True), (0, None, True), (None, None, True),
    ],
)  # fmt: skip
def test_the_full_name_stands_within_thirty_days(day: int | None, other: int | None, found: bool) -> None:
    days = {article: None if after is None else DAY + timedelta(after) for article, after in (("9", day), ("1", other))}
    assert (linked(person("9", "Ratna", HEAD), RATNA, days=days)[1] == "office") == found


def test_one_of_the_days_of_a_full_name_is_enough() -> None:
    days: dict[str, date | None] = {"9": DAY, "1": DAY - timedelta(900), "2": DAY - timedelta(10)}
    short, near = person("9", "Ratna", HEAD), person("2", FULL, HEAD)
    assert linked(short, RATNA, near, days=days)[1] == "office"
    assert linked(short, RATNA, near, days={**days, "2": DAY + timedelta(900)})[1] == "name_and_office"


@pytest.mark.parametrize(
    ("short", "found"),
    [
        (person("9", "Ratna", HEAD), True),
        (person("9", "Dewi", HEAD), True),
        (person("9", "Ratna", "camat banjarsari"), False),
        (person("9", "Budi", HEAD), False),
    ],
)
def test_word_and_office_must_be_those_of_the_full_name(short: Named, found: bool) -> None:
    assert (linked(short, RATNA)[1] == "office") == found


def test_who_holds_no_office_is_no_holder() -> None:
    assert linked(person("9", "Ratna", HEAD), person("1", FULL))[1] == "name_and_office"


@pytest.mark.parametrize("office", [HEAD, "ketua koperasi"])
def test_every_office_of_a_full_name_counts(office: str) -> None:
    assert linked(person("9", "Ratna", office), person("1", FULL, HEAD, "ketua koperasi"))[1] == "office"


def test_names_that_were_joined_are_one_holder_who_is_called_by_the_first_of_them() -> None:
    _, rule, because = linked(person("9", "Ratna", HEAD), RATNA, person("2", "H. Ratna Dewi", HEAD))
    assert (rule, because) == ("office", f"Ratna, {HEAD}: H. Ratna Dewi within 30 days")


def test_a_first_name_with_an_office_is_the_one_who_holds_it() -> None:
    because = f"Ratna, {HEAD}: Ratna Dewi within 30 days"
    assert linked(person("9", "Ratna", HEAD), RATNA) == (name_id("PER", FULL), "office", because)


def test_of_two_offices_one_that_a_single_person_holds_is_enough() -> None:
    assert linked(person("9", "Ratna", "anggota", HEAD), RATNA)[1] == "office"


def test_the_first_office_by_the_alphabet_decides() -> None:
    chair = person("2", "Ratna Ayu", "bendahara koperasi")
    found = linked(person("9", "Ratna", HEAD, "bendahara koperasi"), RATNA, chair)
    assert found[0] == name_id("PER", "Ratna Ayu")


def test_two_holders_of_an_office_leave_the_first_name_alone() -> None:
    found = linked(person("9", "Ratna", HEAD), RATNA, person("2", "Ratna Ayu", HEAD))
    assert found == (stable_id(name_id("PER", "Ratna"), "9"), "bare_name", BARE)


@pytest.mark.parametrize(
    ("offices", "rule", "because"),
    [
        ((HEAD,), "name_and_office", f"Made, {HEAD}"),
        (("bupati",), "bare_name", BARE),  # an office of one word has many holders
        ((), "bare_name", BARE),
        (("bupati", HEAD), "name_and_office", f"Made, {HEAD}"),
    ],
)
def test_a_first_name_whose_full_name_nobody_gives(offices: tuple[str, ...], rule: str, because: str) -> None:
    bare = stable_id(name_id("PER", "Made"), "9")
    key = stable_id("person", "made", HEAD) if rule == "name_and_office" else bare
    assert linked(person("9", "Made", *offices), RATNA) == (key, rule, because)


@pytest.mark.parametrize(
    ("offices", "is_public"),
    [
        ((), True), (("presiden",), True), (("presiden terpilih",), True), (("lurah",), False),
        (("lurah", "presiden"), True), (("wakil presiden",), True), (("presidensi",), False),
    ],
)  # fmt: skip
def test_a_public_name_stands_alone_or_beside_a_fitting_office(offices: tuple[str, ...], is_public: bool) -> None:
    found = linked(person("9", "Prabowo", *offices))
    assert (found[1] == "public_name") == is_public
    if is_public:
        assert found == (name_id("PER", "Prabowo Subianto"), "public_name", "Prabowo is Prabowo Subianto")


def apart(*things: Named) -> dict[str, tuple[str, str]]:
    """Articles in which Ratna Dewi is another one than the name says: entity and reason."""
    rows = link_rows(list(things)).values()
    return {row["article_id"]: (row["entity_id"], row["because"]) for row in rows if row["rule"] == "apart"}


def test_the_smaller_group_leaves_with_an_id_of_its_first_article() -> None:
    coaches = [person("4", FULL, "pelatih", "pemain"), person("3", FULL, "pelatih")]
    other = stable_id(name_id("PER", FULL), "apart", "3"), "other office and company: pelatih, pemain"
    assert apart(*coaches, *(person(article, FULL, "bupati") for article in "126")) == {"3": other, "4": other}


def test_of_groups_of_one_size_the_one_of_the_first_article_stays() -> None:
    assert apart(person("2", FULL, "pelatih"), person("1", FULL, "bupati")).keys() == {"2"}


def test_every_group_is_held_against_the_largest() -> None:
    regents = [person(article, FULL, "bupati") for article in "12"]
    assert apart(*regents, person("3", FULL, "pelatih"), person("4", FULL, "penyanyi")).keys() == {"3", "4"}


def test_a_group_without_an_office_counts_and_stays() -> None:
    """The largest group has none: nobody can be told from it."""
    party = [thing for article in "1256" for thing in (person(article, FULL), org(article, "Partai Bintang"))]
    assert apart(*party, person("3", FULL, "pelatih"), person("4", FULL, "bupati")) == {}


def test_articles_without_an_office_hold_others_together() -> None:
    """The regent and the coach share nothing, but both share something with the same article."""
    bridge = [person("3", FULL), org("3", "Partai Bintang"), org("3", "Klub Layar")]
    regent = [person("1", FULL, "bupati"), org("1", "Partai Bintang")]
    coach = [person("2", FULL, "pelatih"), org("2", "Klub Layar")]
    assert apart(*regent, *coach, *bridge) == {}
    assert apart(*regent, *coach).keys() == {"2"}


def test_two_names_of_one_person_in_one_article_hold_its_offices_together() -> None:
    both = [person("1", FULL, "bupati"), person("1", "H. Ratna Dewi", "pelatih")]
    assert apart(*both, person("2", FULL, "bupati"), person("3", FULL, "pelatih")) == {}


@pytest.mark.parametrize(("total", "shared", "left"), [(19, 19, 0), (20, 10, 0), (20, 11, 1), (22, 11, 0), (22, 12, 1)])
def test_co_mentions_of_more_than_half_of_twenty_articles_are_no_sign(total: int, shared: int, left: int) -> None:
    """The coach of the last article shares a co-mention with `shared` - 1 of the regent's articles."""
    regents = [person(f"{n:02}", FULL, "bupati") for n in range(total - 1)]
    among = [org(article, "Partai Bintang") for article in (*(f"{n:02}" for n in range(shared - 1)), "99")]
    assert len(apart(*regents, person("99", FULL, "pelatih"), *among)) == left
