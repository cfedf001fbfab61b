from __future__ import annotations

import pytest

from warta.names import coreference
from warta.names.coreference import resolve_coreference
from warta.names.spans import NameSpan
from warta.records import Article, Document, Entity, EntityType, Mention
from warta.text.sentences import split


def resolved(
    text: str, named: dict[str, EntityType], roles: dict[str, str] | None = None
) -> tuple[list[Entity], list[Mention]]:
    """Coreference of `text` where the given surfaces, longest first, are its names."""
    document = Document(Article("1", text))
    document.sentences, document.tokens = split(text)
    taken: list[NameSpan] = []
    for surface in sorted(named, key=len, reverse=True):
        at = text.find(surface)
        while at >= 0:
            end = at + len(surface)
            if not any(name.start < end and at < name.end for name in taken):
                taken.append(NameSpan(at, end, named[surface], (roles or {}).get(surface)))
            at = text.find(surface, end)
    return resolve_coreference(document, sorted(taken))


@pytest.mark.parametrize(
    ("long", "short", "kind"),
    [
        ("Bagas Adi Nugraha", "Bagas", "PER"),
        ("Bagas Adi Nugraha", "Nugraha", "PER"),
        ("Bagas Nugraha", "BN", "PER"),
        ("Kota Semarang", "Semarang", "GPE"),
        ("Sumatera Barat", "Sumbar", "GPE"),
        ("Indonesia", "RI", "GPE"),
        ("DPRD Magelang", "DPRD", "ORG"),
        ("DPR RI", "DPR", "ORG"),
        ("Kementerian Pekerjaan Umum", "Kementerian PU", "ORG"),
        ("Kementerian Pekerjaan Umum", "PU", "ORG"),
        ("Pengadilan Negeri Sleman", "PN Sleman", "ORG"),
        ("Pemerintah Kota (Pemkot) Sleman", "Pemkot Sleman", "ORG"),
        ("PT Sawit Rimba Jaya", "SRJ", "ORG"),
        ("Partai Rakyat Bersatu", "Rakyat Bersatu", "ORG"),
        ("Masjid Nurulhudda", "Masjid Nurulhuda", "FAC"),
        ("Undang-Undang (UU) Nomor 3 Tahun 2011", "UU 3 Tahun 2011", "LAW"),
    ],
)
def test_one_thing(long: str, short: str, kind: EntityType) -> None:
    entities, _ = resolved(f"{long} disebut dahulu. Kemudian {short} disebut lagi.", {long: kind, short: kind})
    assert entities == [Entity(long, kind, (long, short))]


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Kota Serasi", "Kabupaten Serasi", "GPE"),
        ("Polri", "Polres Wonosari", "ORG"),
        ("Badan Pangan Nasional", "Badan Pangan Nasional Kota Sleman", "ORG"),
        ("Bagas Nugraha", "Bagas Pratama", "PER"),
        ("Fraksi Rakyat", "Rakyat", "ORG"),
        ("UU Nomor 3 Tahun 2011", "UU Nomor 4 Tahun 2011", "LAW"),
    ],
)
def test_two_things(a: str, b: str, kind: EntityType) -> None:
    entities, _ = resolved(f"{a} disebut dahulu. Kemudian {b} disebut juga.", {a: kind, b: kind})
    assert {entity.name for entity in entities} == {a, b}


@pytest.mark.parametrize(
    "text",
    [
        "Zulmi Hasan (Zulha) hadir.",
        "Zulmi Hasan atau Zulha hadir.",
        "Zulmi Hasan alias Zulha hadir.",
        "Zulmi Hasan yang akrab disapa Zulha hadir.",
    ],
)
def test_declared_by_the_article(text: str) -> None:
    entities, _ = resolved(text, {"Zulmi Hasan": "PER", "Zulha": "PER"})
    assert entities == [Entity("Zulmi Hasan", "PER", ("Zulmi Hasan", "Zulha"))]


def test_a_short_name_of_two_goes_to_the_one_named_last() -> None:
    text = "Rina Kartika tiba. Rina duduk. Rina Lestari tiba. Rina berdiri."
    entities, mentions = resolved(text, {"Rina Kartika": "PER", "Rina Lestari": "PER", "Rina": "PER"})
    assert [entities[m.entity].name for m in mentions if m.text == "Rina"] == ["Rina Kartika", "Rina Lestari"]


@pytest.mark.parametrize(
    ("text", "word", "form", "name"),
    [
        ('Rina tiba di pasar. "Harga turun," ujarnya.', "nya", "pronoun", "Rina"),
        ("Rina tiba di pasar. Dia membeli beras.", "Dia", "pronoun", "Rina"),
        ('"Harga turun," kata Rina saat mendampingi Bagas. "Stok cukup," lanjut dia.', "dia", "pronoun", "Rina"),
        ("Rina bertemu Bagas. Kapolres itu lalu pulang.", "Kapolres itu", "nominal", "Bagas"),
        ("Rina bertemu Bagas. Mantan gubernur tersebut tersenyum.", "Mantan gubernur tersebut", "nominal", "Rina"),
    ],
)
def test_points_back(text: str, word: str, form: str, name: str) -> None:
    named: dict[str, EntityType] = {"Rina": "PER", "Bagas": "PER"}
    entities, mentions = resolved(text, named, {"Bagas": "Kapolres", "Rina": "gubernur"})
    assert [(m.form, entities[m.entity].name) for m in mentions if m.text == word] == [(form, name)]


@pytest.mark.parametrize(
    "text", ["Dia tiba di pasar bersama Rina.", "Rina tiba. Menteri itu pulang.", "Rina tiba. Harganya turun."]
)
def test_left_out_without_an_antecedent(text: str) -> None:
    _, mentions = resolved(text, {"Rina": "PER"})
    assert [m.text for m in mentions if m.form != "name"] == []


def test_mentions_are_in_order_and_carry_their_text() -> None:
    text = "Bagas tiba di Sleman. Ia ditemui Rina."
    _, mentions = resolved(text, {"Bagas": "PER", "Sleman": "GPE", "Rina": "PER"})
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    assert all(text[m.start : m.end] == m.text for m in mentions)


def test_only_the_first_names_of_a_text_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of a million characters has more names than can be compared with one another; each stays a thing."""
    monkeypatch.setattr(coreference, "MOST_COMPARED", 3)
    names: dict[str, EntityType] = dict.fromkeys(["Wayan Sudira", "Sudira", "Made Artana", "Artana"], "PER")
    entities, mentions = resolved("Wayan Sudira, Sudira, Made Artana, Artana.", names)
    assert [entity.name for entity in entities] == ["Wayan Sudira", "Made Artana", "Artana"]
    assert [mention.entity for mention in mentions] == [0, 0, 1, 2]
