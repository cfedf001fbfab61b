"""One entity across articles: what is joined, what is not, why, and that the order of articles does not matter."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from linked import Named, articles_with, gpe, link_rows, links, loaded, org, person

from warehouse.ids import name_id
from warehouse.resolve import corrections
from warehouse.resolve.apply import resolve
from warehouse.resolve.corrections import BadCorrection, Correction
from warehouse.resolve.names import is_initials, office, plain, spells
from warehouse.resolve.places import locate


@pytest.mark.parametrize(
    ("things", "rule"),
    [
        ([org("1", "Komisi Pemberantasan Korupsi"), org("2", "KPK")], "public_name"),
        ([person("1", "Prabowo Subianto"), person("2", "Prabowo", "Presiden")], "public_name"),
        ([person("1", "Joko Widodo"), person("2", "Jokowi")], "public_name"),
        ([org("1", "Yayasan Laut Biru Lestari", "YLBL"), org("2", "YLBL")], "short_form"),
        ([org("1", "PT Samudra Karya (Persero) Tbk"), org("2", "Samudra Karya")], "form"),
        ([org("1", "Dewan Kelapa Republik Indonesia"), org("2", "Dewan Kelapa RI")], "form"),
        ([person("1", "H. Wayan Sudira"), person("2", "Wayan Sudira")], "form"),
        ([person("1", "Moch Wayan Sudira"), person("2", "Muhammad Wayan Sudira")], "form"),
        ([person("1", "Ratna Dewi Lestari", "Bupati Banjarsari"), person("2", "Ratna", "Bupati Banjarsari")], "office"),
        ([person("1", "Ratna", "Bupati Banjarsari"), person("2", "Ratna", "Bupati Banjarsari")], "name_and_office"),
        (
            [person("1", "Ratna Dewi Lestari", "Bupati Banjarsari"), person("2", "Ratna Dewi", "Bupati Banjarsari")],
            "shorter_name",
        ),
        ([person("1", "Ma'mun Sudira"), person("2", "Ma’mun Sudira")], "form"),
        ([gpe("1", "Amerika Serikat"), gpe("2", "AS")], "gazetteer"),
        ([gpe("1", "DKI Jakarta"), gpe("2", "Jakarta")], "gazetteer"),
        ([gpe("1", "Kabupaten Bogor"), gpe("2", "Kab. Bogor")], "gazetteer"),
    ],
)
def test_joined(things: list[Named], rule: str) -> None:
    found = list(links(things).values())
    assert len({entity for entity, _ in found}) == 1
    assert rule in {rule for _, rule in found}


@pytest.mark.parametrize(
    "things",
    [
        [person("1", "Ratna"), person("2", "Ratna")],
        [person("1", "Ratna Dewi Lestari"), person("2", "Ratna")],
        [person("1", "Ratna Dewi Lestari", "Bupati Banjarsari"), person("2", "Ratna", "saksi")],
        [person("1", "Prabowo Subianto"), person("2", "Prabowo", "kepala desa")],
        [person("1", "Ratna Dewi Lestari", "Bupati A"), person("2", "Ratna Dewi", "penyanyi")],
        [person("1", "Ahmad Fauzi"), person("2", "Muhammad Fauzi")],
        [org("1", "DPRD"), org("2", "DPRD")],
        [org("1", "Dewan Perwakilan Daerah"), org("2", "DPD")],
        [org("1", "Polres"), org("2", "Polres")],
        [gpe("1", "Kabupaten Bogor"), gpe("2", "Kota Bogor")],
        [gpe("1", "Kabupaten Bogor"), gpe("2", "Bogor")],
        [org("1", "Yayasan Laut Biru Lestari", "OJK"), org("2", "OJK")],
        [org("1", "Bank Rakyat Niaga", "BRN"), org("2", "Balai Riset Nusantara", "BRN"), org("3", "BRN")],
    ],
)
def test_kept_apart(things: list[Named]) -> None:
    found = list(links(things).values())
    assert len({entity for entity, _ in found}) == len(things)


def test_namesakes_are_told_apart_by_office_and_company() -> None:
    party, club = "Partai Bintang Timur", "Persatuan Sepak Bola Sidomukti"
    found = links(
        [
            person("1", "Ahmad Fauzi", "Bupati Banjarsari"),
            org("1", party),
            person("2", "Ahmad Fauzi", "politikus"),
            org("2", party),
            person("3", "Ahmad Fauzi", "pelatih"),
            org("3", club),
        ]
    )
    one, same, other = (found[article, "Ahmad Fauzi"][0] for article in "123")
    assert one == same != other


def test_an_office_is_believed_for_a_month_only() -> None:
    things = [person("1", "Ratna Dewi Lestari", "Bupati Banjarsari"), person("2", "Ratna", "Bupati Banjarsari")]
    found = links(things, {"1": date(2025, 1, 6), "2": date(2025, 10, 6)})
    assert found["2", "Ratna"][1] == "name_and_office"


def test_two_bearers_of_an_office_leave_a_first_name_alone() -> None:
    things = [
        person("1", "Ratna Dewi Lestari", "anggota DPR"),
        person("2", "Ratna Kusuma", "anggota DPR"),
        person("3", "Ratna", "anggota DPR"),
    ]
    assert links(things)["3", "Ratna"][1] == "bare_name"


@pytest.mark.parametrize("seed", range(5))
def test_order_of_articles_does_not_matter(seed: int) -> None:
    things = [
        person("1", "Ratna Dewi Lestari", "Bupati Banjarsari"), person("2", "Ratna", "Bupati Banjarsari"),
        person("3", "Ratna Dewi", "Bupati Banjarsari"), org("1", "Yayasan Laut Biru Lestari", "YLBL"), org("2", "YLBL"),
        org("3", "PT Samudra Karya"), org("4", "Samudra Karya"), gpe("4", "AS"), gpe("5", "Amerika Serikat"),
        person("6", "Ahmad Fauzi", "pelatih"), person("7", "Ahmad Fauzi", "Bupati Sidomukti"), person("8", "Ahmad"),
    ]  # fmt: skip
    shuffled = random.Random(seed).sample(things, len(things))
    assert links(shuffled) == links(things)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Menkeu", "menteri keuangan"),
        ("Menteri Keuangan (Menkeu) RI", "menteri keuangan"),
        ("Presiden Amerika Serikat (AS)", "presiden as"),
        ("Kapolres Banjarsari, AKBP", "kapolres banjarsari"),
        ("Pak", None),
        ("saksi", None),
    ],
)
def test_office(role: str, expected: str | None) -> None:
    assert office(role) == expected


@pytest.mark.parametrize(
    ("short", "long", "read_off", "initials"),
    [
        ("KPK", "Komisi Pemberantasan Korupsi", True, True),
        ("Kemenkeu", "Kementerian Keuangan", True, False),
        ("BRIN", "Badan Riset dan Inovasi Nasional", True, True),
        ("OJK", "Bank Indonesia", False, False),
    ],
)
def test_short_forms(short: str, long: str, read_off: bool, initials: bool) -> None:
    assert spells(short, long) == read_off
    assert is_initials(short, long) == initials


@pytest.mark.parametrize(
    ("type", "name", "expected"),
    [
        ("ORG", "PT Samudra Karya (Persero) Tbk", "samudra karya"),
        ("PER", "Dr. H. Ratna Dewi, M.H.", "ratna dewi"),
        ("PER", "M. Wayan Sudira", "muhammad wayan sudira"),
        ("PER", "M. Sudira", "m sudira"),
        ("GPE", "PT", "pt"),
    ],
)
def test_plain_name(type: str, name: str, expected: str) -> None:
    assert plain(type, name) == expected


@pytest.mark.parametrize(
    ("name", "country", "region", "on_the_map"),
    [
        ("Jakarta", "ID", "31", True),
        ("DKI Jakarta", "ID", "31", True),
        ("Jakarta Selatan", "ID", "31.74", True),
        ("Kota Bogor", "ID", "32.71", True),
        ("Kabupaten Bogor", "ID", "32.01", False),
        ("Bogor", "ID", None, True),
        ("Sumut", "ID", "12", True),
        ("Gorontalo", "ID", "75", True),
        ("Kabupaten Kuningan", "ID", "32.08", True),
        ("Tiongkok", "CN", None, True),
        ("Inggris", "GB", None, True),
    ],
)
def test_place(name: str, country: str, region: str | None, on_the_map: bool) -> None:
    place = locate(name)
    assert place is not None
    assert (place.country_code, place.region_code, place.latitude is not None) == (country, region, on_the_map)


@pytest.mark.parametrize("name", ["Kuningan", "Senayan", "Wakanda", ""])
def test_no_place(name: str) -> None:
    assert locate(name) is None


def written(tmp_path: Path, *lines: str) -> list[Correction]:
    path = tmp_path / "corrections.csv"
    path.write_text("\n".join(["action,target,article_id,value,author,reason", *lines]), "utf-8")
    return corrections.read(path)


THINGS = [
    person("1", "Ratna Dewi", "Bupati"), person("2", "Ratna Dewi", "Bupati"), person("3", "Dewi Ratnasari"),
    org("1", "Senin Pagi"),
    person("3", "Ratna"),
    person("2", "Ratna"),
]  # fmt: skip


def corrected(tmp_path: Path, *lines: str) -> tuple[dict[tuple[str, str], Any], list[Correction], Any]:
    connection = loaded(THINGS)
    connection.execute(
        "INSERT INTO loaded.quotes BY NAME SELECT 'q' AS quote_id, '1' AS article_id, 's' AS sentence_id,"
        " 'direct' AS kind, 'x' AS text, 0 AS start_char, 1 AS end_char, 1.0 AS confidence"
    )
    unused = resolve(connection, written(tmp_path, *lines))
    rows = connection.execute("SELECT article_id, name, entity_id, rule FROM entity_links").fetchall()
    return {(article, name): (entity, rule) for article, name, entity, rule in rows}, unused, connection


def test_merge_joins(tmp_path: Path) -> None:
    found, unused, _ = corrected(tmp_path, "merge,Dewi Ratnasari,,Ratna Dewi,Sari,stage name")
    assert not unused
    assert found["3", "Dewi Ratnasari"][0] == found["1", "Ratna Dewi"][0]
    assert found["3", "Dewi Ratnasari"][1] == "correction"


def test_split_takes_an_article_out(tmp_path: Path) -> None:
    found, unused, connection = corrected(tmp_path, "split,Ratna Dewi,2,Ratna Dewi (penyanyi),Sari,another one")
    assert not unused
    assert found["1", "Ratna Dewi"][0] != found["2", "Ratna Dewi"][0]
    named = connection.execute("SELECT entity_id, name FROM corrected_entities").fetchall()
    assert named == [(found["2", "Ratna Dewi"][0], "Ratna Dewi (penyanyi)")]


def test_what_is_no_entity_has_no_id(tmp_path: Path) -> None:
    found, unused, _ = corrected(tmp_path, f"not_an_entity,{name_id('ORG', 'Senin Pagi')},,,Sari,a time of day")
    assert not unused
    assert found["1", "Senin Pagi"] == (None, "correction")


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("rename,Ratna Dewi,,Ratna Dewi Lestari,Sari,full name", ("Ratna Dewi Lestari", None)),
        ("retype,Ratna Dewi,,ORG,Sari,a band", (None, "ORG")),
    ],
)
def test_rename_and_retype(tmp_path: Path, line: str, row: tuple[str | None, str | None]) -> None:
    _, unused, connection = corrected(tmp_path, line)
    assert not unused
    assert connection.execute("SELECT name, type FROM corrected_entities").fetchall() == [row]


@pytest.mark.parametrize(("value", "name"), [("Ratna Dewi", "Ratna Dewi"), ("", None), ("warga", "warga")])
def test_right_speaker(tmp_path: Path, value: str, name: str | None) -> None:
    found, unused, connection = corrected(tmp_path, f"speaker,q,,{value},Sari,heard it")
    assert not unused
    entity = found["1", "Ratna Dewi"][0] if value == "Ratna Dewi" else None
    assert connection.execute("FROM corrected_speakers").fetchall() == [("q", entity, name)]


@pytest.mark.parametrize(
    "line",
    [
        "merge,Nobody,,Ratna Dewi,Sari,x",
        "merge,Ratna Dewi,,Nobody,Sari,x",
        "not_an_entity,Ratna,,,Sari,x",
        "split,Ratna Dewi,9,Other,Sari,x",
        "rename,Nobody,,Somebody,Sari,x",
        "not_an_entity,Nobody,,,Sari,x",
        "speaker,nothing,,Ratna Dewi,Sari,x",
    ],
)
def test_correction_that_fits_nothing_is_reported(tmp_path: Path, line: str) -> None:
    _, unused, _ = corrected(tmp_path, line)
    assert [correction.line for correction in unused] == [2]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("join,A,,B,Sari,x", "line 2: 'join'"),
        ("merge,A,,,Sari,x", "needs value"),
        ("merge,A,,B,,x", "needs author"),
        ("merge,A,,B,Sari,", "needs reason"),
        ("retype,A,,DOG,Sari,x", "'DOG'"),
        ("split,A,,B,Sari,x", "needs article_id"),
    ],
)
def test_faulty_correction_is_refused(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(BadCorrection, match=message):
        written(tmp_path, line)


LAUT = "Yayasan Laut Biru Lestari"


@pytest.mark.parametrize(
    ("things", "asked", "rule"),
    [
        # Initials are believed at once, other short forms where two articles say so.
        ([*articles_with(1, org("", LAUT, "YLBL")), org("9", "YLBL")], "YLBL", "short_form"),
        ([*articles_with(1, org("", LAUT, "Yalabir")), org("9", "Yalabir")], "Yalabir", "full_name"),
        ([*articles_with(2, org("", LAUT, "Yalabir")), org("9", "Yalabir")], "Yalabir", "short_form"),
        # People share initials and pet names: always two articles, and no other full name that holds the word.
        ([*articles_with(1, person("", "Wahyu Surya Nata", also=("WSN",))), person("9", "WSN")], "WSN", "bare_name"),
        (
            [*articles_with(2, person("", "Wahyu Surya Nata", also=("WSN",))), person("9", "WSN")],
            "WSN",
            "short_form",
        ),
        (
            [
                *articles_with(2, person("", "Sri Ayu Lestari", also=("Bening",))),
                person("8", "Bening Kusuma"),
                person("9", "Bening"),
            ],
            "Bening",
            "bare_name",
        ),
        # Four of five articles must agree.
        (
            [
                *articles_with(4, org("", "Bank Rakyat Niaga", "BRN")),
                org("8", "Balai Riset Nusantara", "BRN"),
                org("9", "BRN"),
            ],
            "BRN",
            "short_form",
        ),
        (
            [
                *articles_with(3, org("", "Bank Rakyat Niaga", "BRN")),
                org("8", "Balai Riset Nusantara", "BRN"),
                org("9", "BRN"),
            ],
            "BRN",
            "full_name",
        ),
    ],
)
def test_short_forms_are_believed_where_enough_articles_agree(things: list[Named], asked: str, rule: str) -> None:
    found = links(things)
    assert found["9", asked][1] == rule
    assert (found["9", asked][0] == found["1", things[0][2]][0]) == (rule == "short_form")


def test_the_meaning_of_most_articles_is_taken() -> None:
    things = [
        org("1", "Balai Riset Nusantara", "BRN"),
        *articles_with(6, org("", "Bank Rakyat Niaga", "BRN"), first=2),
        org("9", "BRN"),
    ]
    found = links(things)
    assert found["9", "BRN"][0] == found["2", "Bank Rakyat Niaga"][0] != found["1", "Balai Riset Nusantara"][0]


@pytest.mark.parametrize(("shared", "joined"), [(1, False), (2, True)])
def test_a_shorter_name_needs_two_other_names_in_common(shared: int, joined: bool) -> None:
    others = ["Partai Bintang Timur", "Klub Layar Sidomukti"][:shared]
    things = [person("1", "Ratna Dewi Lestari"), person("2", "Ratna Dewi")]
    things += [org(article, name) for article in "12" for name in others]
    found = links(things)
    assert (found["1", "Ratna Dewi Lestari"][0] == found["2", "Ratna Dewi"][0]) == joined


def test_a_part_of_two_longer_names_is_neither() -> None:
    office = "Bupati Banjarsari"
    things = [
        person("1", "Ratna Dewi Lestari", office),
        person("2", "Ratna Dewi Kusuma", office),
        person("3", "Ratna Dewi", office),
    ]
    assert len({entity for entity, _ in links(things).values()}) == 3


@pytest.mark.parametrize(("days", "rule"), [(30, "office"), (31, "name_and_office")])
def test_an_office_is_believed_for_thirty_days(days: int, rule: str) -> None:
    things = [person("1", "Ratna Dewi Lestari", "Bupati Banjarsari"), person("2", "Ratna", "Bupati Banjarsari")]
    for first, second in (("1", "2"), ("2", "1")):
        day = {first: date(2025, 3, 1), second: date(2025, 3, 1) + timedelta(days)}
        assert links(things, day)["2", "Ratna"][1] == rule


@pytest.mark.parametrize("undated", ["1", "2"])
def test_an_article_without_a_day_is_near_every_day(undated: str) -> None:
    things = [person("1", "Ratna Dewi Lestari", "Bupati Banjarsari"), person("2", "Ratna", "Bupati Banjarsari")]
    days = {"1": date(2025, 3, 1), "2": date(2025, 9, 1), undated: None}
    assert links(things, days)["2", "Ratna"][1] == "office"


def test_an_office_of_one_word_makes_nobody_known() -> None:
    assert links([person("1", "Ratna", "Bupati")])["1", "Ratna"][1] == "bare_name"
    assert links([person("1", "Ratna", "Bupati Banjarsari")])["1", "Ratna"][1] == "name_and_office"


@pytest.mark.parametrize(
    ("roles", "rule"), [((), "public_name"), (("Presiden",), "public_name"), (("lurah",), "bare_name")]
)
def test_a_public_name_of_one_word_needs_a_fitting_office(roles: tuple[str, ...], rule: str) -> None:
    assert links([person("1", "Prabowo", *roles)])["1", "Prabowo"][1] == rule


def namesakes(*offices: tuple[str, ...], together: dict[int, str] | None = None) -> list[str | None]:
    """The entities of one name that holds these offices in articles 0, 1, ...: None for the name's own one."""
    name = "Ahmad Fauzi"
    things = [person(str(n), name, *held) for n, held in enumerate(offices)]
    things += [org(str(n), f"Badan {(together or {}).get(n, n)}") for n in range(len(offices))]
    found = links(things)
    entities = [found[str(n), name][0] for n in range(len(offices))]
    return [None if entity == name_id("PER", name) else entity for entity in entities]


def test_the_largest_group_of_articles_keeps_the_entity() -> None:
    coach, *regents = namesakes(("pelatih",), ("bupati",), ("bupati",))
    assert coach and regents == [None, None]
    first, second = namesakes(("pelatih",), ("bupati",))
    assert first is None and second


@pytest.mark.parametrize(
    ("offices", "separate"),
    [
        ((("bupati banjarsari",), ("mantan bupati",)), False),  # a word in common
        ((("bupati",), ()), False),  # no office to tell them by
        (((), ("bupati",)), False),
        ((("bupati",), ("pelatih",)), True),
        ((("bupati a",), ("ketua a",), ("bupati b",)), False),  # each with the first
        ((("bupati",),), False),
    ],
)
def test_namesakes_have_offices_without_a_common_word(offices: tuple[tuple[str, ...], ...], separate: bool) -> None:
    assert any(namesakes(*offices)) == separate


def test_co_mentions_hold_a_person_together() -> None:
    assert not any(namesakes(("bupati",), ("pelatih",), together={0: "partai", 1: "partai"}))


@pytest.mark.parametrize(("count", "separate"), [(18, False), (19, True)])
def test_what_most_of_many_articles_name_holds_nobody_together(count: int, separate: bool) -> None:
    """From twenty articles on, a name in more than half of them is no sign."""
    found = namesakes(*[("bupati",)] * count, ("pelatih",), together=dict.fromkeys(range(count + 1), "partai"))
    assert any(found) == separate


def test_a_pet_name_need_not_be_read_off_the_full_name() -> None:
    """`Bening` of Sri Ayu Lestari; a body of that name takes nothing away."""
    full = person("", "Sri Ayu Lestari", also=("Bening",))
    found = links([*articles_with(2, full), org("8", "Bening Jaya"), person("9", "Bening")])
    assert found["9", "Bening"] == (found["1", "Sri Ayu Lestari"][0], "short_form")


def test_a_short_form_of_a_body_can_be_read_off_it() -> None:
    found = links([*articles_with(3, org("", LAUT, "QXZ")), org("9", "QXZ")])
    assert found["9", "QXZ"][0] != found["1", LAUT][0]


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (org("1", "PT Samudrajaya"), org("2", "Samudrajaya"), True),
        (person("1", "H. Ratna"), person("2", "Dr. Ratna"), False),
    ],
)
def test_one_word_is_enough_for_a_body_not_for_a_person(one: Named, other: Named, joined: bool) -> None:
    found = links([one, other])
    assert (found["1", one[2]][0] == found["2", other[2]][0]) == joined


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        ("Dewi Lestari", "Ratna Dewi Lestari"),
        ("Ratna Dewi", "Ratna Dewi Lestari"),
        ("Ratna Dewi Lestari", "Ratna Dewi Lestari Kusuma"),
    ],
)
def test_a_shorter_name_stands_anywhere_in_the_longer_one(shorter: str, longer: str) -> None:
    things = [person("1", longer, "Bupati Banjarsari"), person("2", shorter, "Bupati Banjarsari")]
    rows = {name: row for (_, name), row in link_rows(things).items()}
    assert rows[shorter]["entity_id"] == rows[longer]["entity_id"]
    because = {row["because"] for row in rows.values() if row["rule"] == "shorter_name"}
    assert because == {f"{shorter} is part of {longer}; bupati banjarsari"}


def test_what_a_short_name_is_joined_by_is_told() -> None:
    things = [*articles_with(2, org("", LAUT, "Yalabir")), org("9", "Yalabir")]
    because = link_rows(things)["9", "Yalabir"]["because"]
    assert because == f"Yalabir is {LAUT} in 2 of 2 articles that spell it out"
