"""Who a first name alone is, and when one full name is two people."""

from __future__ import annotations

import pytest

from warehouse.ids import name_id, stable_id
from warehouse.resolve.people import (
    OfficeHolders,
    Person,
    PersonLink,
    link_short_name,
    may_be_namesakes,
    separate_namesakes,
)
from warehouse.resolve.union_find import UnionFind

HEAD = "kepala desa banjarsari"
RATNA = Person("1", "ratna", "key-ratna", "Ratna Dewi", frozenset({HEAD}), 1000)


def person(name: str, *offices: str, day: int | None = 1000, key: str = "", article: str = "9") -> Person:
    return Person(article, f"local-{name}", key or f"key-{name}", name, frozenset(offices), day)


def holders(*people: Person, joined: UnionFind | None = None) -> OfficeHolders:
    return OfficeHolders(people, joined or UnionFind(), {"ratna", "made", "prabowo"})


def linked(short: Person, *others: Person) -> PersonLink:
    return link_short_name(short, holders(*others))


@pytest.mark.parametrize(
    ("day", "other_day", "found"),
    [
        (1000, 1000, True),
        (1000, 970, True), (1000, 969, False),
        (1000, 1030, True), (1000, 1031, False),
        (None, 5000, True), (1000, None, True), (None, None, True),
        (0, 30, True), (0, 31, False),
    ],
)  # fmt: skip
def test_the_full_name_stands_within_thirty_days(day: int | None, other_day: int | None, found: bool) -> None:
    named = holders(RATNA._replace(day=other_day)).named("ratna", HEAD, day)
    assert named == ({"key-ratna": "Ratna Dewi"} if found else {})


def test_one_of_the_days_of_a_full_name_is_enough() -> None:
    far, near = RATNA._replace(day=1), RATNA._replace(day=990, article="2")
    assert holders(far, near).named("ratna", HEAD, 1000) == {"key-ratna": "Ratna Dewi"}
    assert holders(far, RATNA._replace(day=5000)).named("ratna", HEAD, 1000) == {}


@pytest.mark.parametrize(("word", "office"), [("dewi", HEAD), ("ratna", "bupati"), ("budi", HEAD)])
def test_word_and_office_must_be_those_of_the_full_name(word: str, office: str) -> None:
    """`dewi` was not asked for when the holders were gathered."""
    assert holders(RATNA).named(word, office, 1000) == {}


def test_who_holds_no_office_is_no_holder() -> None:
    assert holders(RATNA._replace(offices=frozenset())).named("ratna", HEAD, 1000) == {}


def test_every_office_of_a_full_name_counts() -> None:
    both = holders(RATNA._replace(offices=frozenset({HEAD, "ketua koperasi"})))
    assert both.named("ratna", HEAD, 1000) == both.named("ratna", "ketua koperasi", 1000) != {}


def test_names_that_were_joined_are_one_holder_who_is_called_by_the_first_of_them() -> None:
    joined = UnionFind()
    joined.join("key-ratna", "other")
    other = RATNA._replace(key="other", name="Dewi Ratna")
    assert holders(RATNA, other, joined=joined).named("ratna", HEAD, 1000) == {"key-ratna": "Dewi Ratna"}


def test_a_first_name_with_an_office_is_the_one_who_holds_it() -> None:
    short = person("Ratna", HEAD, day=1010)
    because = f"Ratna, {HEAD}: Ratna Dewi within 30 days"
    assert linked(short, RATNA) == PersonLink(short, "key-ratna", "office", because)


def test_of_two_offices_one_that_a_single_person_holds_is_enough() -> None:
    short = person("Ratna", "anggota", HEAD)
    assert linked(short, RATNA).rule == "office"


def test_the_first_office_by_the_alphabet_decides() -> None:
    chair = person("Ratna Ayu", "bendahara koperasi", key="key-ayu")
    assert linked(person("Ratna", HEAD, "bendahara koperasi"), RATNA, chair).key == "key-ayu"


def test_two_holders_of_an_office_leave_the_first_name_alone() -> None:
    short = person("Ratna", HEAD)
    found = linked(short, RATNA, RATNA._replace(key="key-ayu", name="Ratna Ayu"))
    assert found == PersonLink(short, stable_id("local-Ratna", "9"), "bare_name", "one word, nothing says whose")


@pytest.mark.parametrize(
    ("offices", "rule", "because"),
    [
        ((HEAD,), "name_and_office", f"Made, {HEAD}"),
        (("bupati",), "bare_name", "one word, nothing says whose"),  # an office of one word has many holders
        ((), "bare_name", "one word, nothing says whose"),
        (("bupati", HEAD), "name_and_office", f"Made, {HEAD}"),
    ],
)
def test_a_first_name_whose_full_name_nobody_gives(offices: tuple[str, ...], rule: str, because: str) -> None:
    short = person("Made", *offices)
    key = stable_id("person", "made", HEAD) if rule == "name_and_office" else stable_id("local-Made", "9")
    assert linked(short, RATNA) == PersonLink(short, key, rule, because)


@pytest.mark.parametrize(
    ("offices", "is_public"),
    [
        ((), True), (("presiden",), True), (("presiden terpilih",), True), (("lurah",), False),
        (("lurah", "presiden"), True),
    ],
)  # fmt: skip
def test_a_public_name_stands_alone_or_beside_a_fitting_office(offices: tuple[str, ...], is_public: bool) -> None:
    found = linked(person("Prabowo", *offices))
    assert (found.rule == "public_name") == is_public
    if is_public:
        assert found.key == name_id("PER", "Prabowo Subianto")
        assert found.because == "Prabowo is Prabowo Subianto"


def test_a_name_that_is_not_public_needs_an_office() -> None:
    assert linked(person("Ratna")).rule == "bare_name"


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([], False), ([()], False), ([("pelatih",)], False), ([("pelatih",), ()], False),
        ([("pelatih",), ("bupati",)], True), ([("pelatih tim",), ("asisten pelatih",)], False),
        ([("pelatih",), ("bupati",), ("pelatih",)], True),
    ],
)  # fmt: skip
def test_namesakes_have_no_word_of_their_offices_in_common(held: list[tuple[str, ...]], expected: bool) -> None:
    assert may_be_namesakes([person("Ahmad Fauzi", *offices) for offices in held]) == expected


def namesake(article: str, *offices: str, among: tuple[str, ...] = ()) -> Person:
    return Person(article, "local", "key", "Ahmad Fauzi", frozenset(offices), 1000, frozenset(among))


def test_the_smaller_group_leaves_with_an_id_of_its_first_article() -> None:
    coaches = [namesake("4", "pelatih", "pemain"), namesake("3", "pelatih")]
    regents = [namesake(article, "bupati") for article in "126"]
    found = list(separate_namesakes("key", [*coaches, *regents]))
    because = "other office and company: pelatih, pemain"
    assert found == [PersonLink(p, stable_id("key", "apart", "3"), "apart", because) for p in reversed(coaches)]


def test_of_groups_of_one_size_the_one_of_the_first_article_stays() -> None:
    found = separate_namesakes("key", [namesake("2", "pelatih"), namesake("1", "bupati")])
    assert [link.person.article for link in found] == ["2"]


def test_every_group_is_held_against_the_largest() -> None:
    people = [namesake("1", "bupati"), namesake("2", "bupati"), namesake("3", "pelatih"), namesake("4", "penyanyi")]
    assert [link.person.article for link in separate_namesakes("key", people)] == ["3", "4"]


@pytest.mark.parametrize(("total", "shared", "left"), [(19, 19, 0), (20, 10, 0), (20, 11, 1), (22, 11, 0), (22, 12, 1)])
def test_co_mentions_of_more_than_half_of_twenty_articles_are_no_sign(total: int, shared: int, left: int) -> None:
    """The coach of the last article shares a co-mention with `shared` - 1 of the regent's articles."""
    people = [namesake(f"{n:02}", "bupati", among=("partai",) if n < shared - 1 else ()) for n in range(total - 1)]
    people.append(namesake("99", "pelatih", among=("partai",)))
    assert len(list(separate_namesakes("key", people))) == left
