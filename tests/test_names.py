from __future__ import annotations

import pytest

from warta.model import shipped
from warta.names import acronyms, boundaries, extraction
from warta.names.extraction import extract_names
from warta.names.patterns import find_patterns
from warta.names.spans import NameSpan
from warta.names.word_features import features, shape, units
from warta.records import Article, Document, EntityType, Token
from warta.text.sentences import split


def names_of(text: str) -> list[NameSpan]:
    document = Document(Article("1", text))
    document.sentences, document.tokens = split(text)
    return extract_names(document, shipped().names)


def found(text: str) -> list[tuple[str, str]]:
    return [(text[name.start : name.end], name.type) for name in names_of(text)]


def roles(text: str) -> dict[str, str | None]:
    return {text[name.start : name.end]: name.role for name in names_of(text) if name.type == "PER"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Menteri Keuangan Rina Kartika mengatakan harga beras turun.", ("Rina Kartika", "PER")),
        ("Pasar itu berada di Semarang, Jawa Tengah.", ("Semarang", "GPE")),
        ("Pasar itu berada di Semarang, Jawa Tengah.", ("Jawa Tengah", "GPE")),
        ("Kementerian Perdagangan membuka gerai baru di Medan.", ("Kementerian Perdagangan", "ORG")),
        ("Kasus itu ditangani Polres Magelang.", ("Polres Magelang", "ORG")),
        ("Banjir menutup Jalan Diponegoro sejak pagi.", ("Jalan Diponegoro", "FAC")),
        ("Kapal itu berlayar dari Asia ke Eropa.", ("Eropa", "LOC")),
        ("Tersangka dijerat Pasal 362 KUHP oleh penyidik.", ("Pasal 362 KUHP", "LAW")),
        ("Timnas bersiap menuju Piala Dunia 2030 di Maroko.", ("Piala Dunia 2030", "EVT")),
        ("Perkara pencurian itu melibatkan pelaku berinisial QZ.", ("QZ", "PER")),
    ],
)
def test_finds(text: str, name: tuple[str, str]) -> None:
    assert name in found(text)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Rahmi membantah Adi", ["Rahmi", "Adi"]),
        ("Budi yang juga Sari", ["Budi", "Sari"]),
        ("Siti binti Umar", ["Siti binti Umar"]),
        ("Karim al-Fasi", ["Karim al-Fasi"]),
        ("Tono dan", ["Tono"]),
        ("Tono - Sari", ["Tono", "Sari"]),
    ],
)
def test_what_ends_the_name_of_a_person(name: str, parts: list[str]) -> None:
    person = NameSpan(0, len(name), "PER")
    assert [name[part.start : part.end] for part in boundaries.mend(name, [person])] == parts


@pytest.mark.parametrize(
    ("text", "kind", "parts"),
    [
        ("Persiraja vs Persela", "ORG", ["Persiraja", "Persela"]),
        ("Persiraja 2-0 Persela", "LAW", ["Persiraja", "Persela"]),
        ("Airbus 320-20 Neo", "PRD", ["Airbus 320-20 Neo"]),
        ("Desa Alas Kecamatan Cibaru Kabupaten Muko", "GPE", ["Desa Alas", "Kecamatan Cibaru", "Kabupaten Muko"]),
        ("Ibu Kota Sukasari", "GPE", ["Ibu Kota Sukasari"]),
        ("Sukasari Kota", "GPE", ["Sukasari Kota"]),
        ("Dinas Pendidikan Kota Sukasari", "ORG", ["Dinas Pendidikan Kota Sukasari"]),
        ("Persiraja. Persela", "ORG", ["Persiraja", "Persela"]),
        ("PT. Sawit Jaya", "ORG", ["PT. Sawit Jaya"]),
        ("@akun_resmi", "ORG", []),
        ("Instagram @akun", "PRD", ["Instagram"]),
        ("surat@sawit.id", "ORG", []),
    ],
)
def test_where_a_name_ends(text: str, kind: EntityType, parts: list[str]) -> None:
    name = NameSpan(0, len(text), kind)
    assert [text[part.start : part.end] for part in boundaries.mend(text, [name])] == parts


@pytest.mark.parametrize(
    ("surface", "found", "kind"),
    [
        ("Curug Indah", "PER", "LOC"),
        ("Geopark Rinjani", "FAC", "LOC"),
        ("Curug", "PER", "PER"),
        ("Stasiun Harun", "PER", "PER"),
        ("Liga Wakanda", "ORG", "EVT"),
        ("Liga Arab", "ORG", "ORG"),
        ("Ligue 1", "PRD", "EVT"),
    ],
)
def test_words_that_tell_the_type(surface: str, found: EntityType, kind: EntityType) -> None:
    assert extraction._type(surface, found) == kind


@pytest.mark.parametrize(
    ("before", "found", "kind"),
    [
        ("seperti dilansir ", "PER", "ORG"),
        ("Dikutip dari laman ", "GPE", "ORG"),
        ("dikutip dari ", "PRD", "PRD"),
        ("menurut ", "PER", "PER"),
    ],
)
def test_what_is_cited_is_a_medium(before: str, found: EntityType, kind: EntityType) -> None:
    assert extraction._cited(before + "Zenit", NameSpan(len(before), len(before) + 5, found)).type == kind


def test_a_form_of_address_makes_a_person() -> None:
    text = "Saudari QZX dan Pak Darto hadir."
    organisation = NameSpan(0, len("Saudari QZX"), "ORG")
    assert extraction._untitled(text, organisation) == NameSpan(8, 11, "PER")


@pytest.mark.parametrize(
    "text", ["Harga cabai naik lagi pekan ini.", "Mayjen itu tiba pukul 09.00 WIB.", "Dia pulang."]
)
def test_finds_nothing(text: str) -> None:
    assert found(text) == []


def test_every_occurrence_has_one_type() -> None:
    text = "Wali Kota Surakarta Bagas Nugraha datang. Warga menyambut Bagas Nugraha. Bagas Nugraha lalu pulang."
    assert [kind for name, kind in found(text) if name == "Bagas Nugraha"] == ["PER"] * 3


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Menteri Keuangan Rina Kartika mengatakan harga turun.", "Rina Kartika", "Menteri Keuangan"),
        ("Wali Kota Semarang Bagas Nugraha meninjau pasar.", "Bagas Nugraha", "Wali Kota Semarang"),
        ("Kapolres Magelang AKBP Dewi Lestari menyatakan hal itu.", "Dewi Lestari", "Kapolres Magelang AKBP"),
        ("Rina Kartika mengatakan harga turun.", "Rina Kartika", None),
    ],
)
def test_role(text: str, name: str, role: str | None) -> None:
    assert roles(text)[name] == role


@pytest.mark.parametrize(
    ("short", "long", "does"),
    [
        ("KPK", "Komisi Pemberantasan Korupsi", True),
        ("Sumut", "Sumatera Utara", True),
        ("Jateng", "Jawa Tengah", True),
        ("Kejari", "Kejaksaan Negeri", True),
        ("Kemenkeu", "Kementerian Keuangan", True),
        ("AIJ", "PT Aneka Industri dan Jasa", True),
        ("KPK", "Kementerian Keuangan", False),
        ("BI", "Bandung", False),
        ("Agung", "Kejaksaan Agung", False),
    ],
)
def test_abbreviates(short: str, long: str, does: bool) -> None:
    assert acronyms.abbreviates(short, long) is does


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("melanggar Pasal 27 ayat (2) huruf a dan b KUHP", ["Pasal 27 ayat (2) huruf a dan b KUHP"]),
        ("Pasal 3 juncto Pasal 18 UU Nomor 9 Tahun 2001", ["Pasal 3", "Pasal 18 UU Nomor 9 Tahun 2001"]),
        ("menurut Pasal 4 ayat (2) UU Kehutanan itu", ["Pasal 4 ayat (2) UU Kehutanan"]),
        ("Pasal 7 Undang-Undang (UU) Nomor 4 Tahun 2019", ["Pasal 7 Undang-Undang (UU) Nomor 4 Tahun 2019"]),
        ("Pasal 7 Undang-Undang Dasar (UUD) Tahun 1945", ["Pasal 7 Undang-Undang Dasar (UUD) Tahun 1945"]),
        ("UU 12 Tahun 2011 jo UU 15/2019", ["UU 12 Tahun 2011", "UU 15/2019"]),
        ("dalam pasal 9 undang-undang itu", ["pasal 9"]),
        ("terbit Keputusan Menteri Pertanian Nomor 7 tentang Benih", ["Keputusan Menteri Pertanian Nomor 7"]),
        ("merayakan HUT ke-80 RI", ["HUT ke-80 RI"]),
        ("menjelang Pemilu 2029 nanti", ["Pemilu 2029"]),
        ("peraturan itu belum terbit", []),
    ],
)  # fmt: skip
def test_names_that_follow_a_grammar(text: str, spans: list[str]) -> None:
    assert [text[start:end] for start, end, _ in find_patterns(text)] == spans


@pytest.mark.parametrize(
    ("form", "expected"), [("Jakarta", "Xx"), ("KPK", "X"), ("G20", "Xd"), ("4.851", "d.d"), ("B", "X1"), ("", "pad")]
)
def test_shape(form: str, expected: str) -> None:
    assert shape(form) == expected


@pytest.mark.parametrize(
    ("form", "parts"),
    [("Arif-Bima", ["Arif", "-", "Bima"]), ("Aplikasi-nya", ["Aplikasi", "-", "nya"]), ("anak-anak", ["anak-anak"])],
)
def test_capitalised_words_come_apart_at_hyphens(form: str, parts: list[str]) -> None:
    assert [unit.text for unit in units([Token(form, 5, 5 + len(form), 0)])] == parts
    assert next(units([Token(form, 5, 5 + len(form), 0)])).start == 5


def test_features_name_their_place() -> None:
    assert "-1wdi" in features("di")[1]
    assert "0wdi" in features("Di")[2]
