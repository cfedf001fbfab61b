"""Can two surfaces of an article name one thing, and what becomes of those that can?"""

from __future__ import annotations

import pytest

from warta.names.coreference import is_same, resolve_coreference
from warta.names.spans import NameSpan
from warta.records import Article, Document, Entity, EntityType, Mention
from warta.text.sentences import split


@pytest.mark.parametrize(
    ("short", "long", "kind", "same"),
    [
        ("Sleman", "Sleman", "GPE", True),
        ("SLEMAN", "Sleman", "GPE", True),
        ("", "Sleman", "GPE", False), ("Sleman", "", "GPE", False), ("", "", "GPE", False), 
        ("-", "Sleman", "PER", False),
        # names that share no word, of the list of aliases
        ("Jogja", "Daerah Istimewa Yogyakarta", "GPE", True),
        ("Surakarta", "Solo", "GPE", True),
        ("Jogja", "Surakarta", "GPE", False),
        ("AS", "Arab Saudi", "GPE", False),  # a known acronym stands for nothing else
        ("RI", "Rimba Indah", "GPE", False),
        # the word that tells the kind may be missing, but is not exchanged in places
        ("Sleman", "Kabupaten Sleman", "GPE", True),
        ("Kabupaten Sleman", "Sleman", "GPE", True),
        ("Kota Sleman", "Kabupaten Sleman", "GPE", False),
        ("Gunung Merah", "Sungai Merah", "LOC", False),
        ("Bank Samudra", "Yayasan Samudra", "ORG", True),
        ("Gedung Samudra", "Kantor Samudra", "FAC", True),
        ("Pak Bagas", "Mas Bagas", "PER", True),
        ("Aplikasi Sapa", "Program Sapa", "PRD", False),
        ("Kota", "Kabupaten", "GPE", False), ("Bank", "Yayasan", "ORG", False),  # the last word stays
        ("Desa Kampung Baru", "Baru", "GPE", True),  # several go
        # organisations may end with RI, Tbk and the like
        ("Samudra", "PT Samudra Tbk", "ORG", True),
        ("Samudra", "Samudra Persero Tbk", "ORG", True),
        ("Samudra RI", "Samudra Pusat", "ORG", True),
        ("Lagu Samudra", "Lagu Samudra RI", "WOA", False),
        ("PT Tbk", "Tbk", "ORG", True), ("Indonesia", "Pusat", "ORG", False),  # but not with these alone
        # people: a part of the name, initials in capitals, one wrong letter
        ("Bagas", "Bagas Adi Nugraha", "PER", True),
        ("Adi Nugraha", "Bagas Adi Nugraha", "PER", True),
        ("Bagas Nugraha", "Bagas Adi Nugraha", "PER", False),
        ("Adi Bagas", "Bagas Adi", "PER", False),
        ("Pak Bagas", "Bagas Nugraha", "PER", True),
        ("Bag", "Bagas Nugraha", "PER", False),
        ("BAN", "Bagas Adi Nugraha", "PER", True),
        ("Ban", "Bagas Adi Nugraha", "PER", False),
        ("Rina Bagas", "Bagas Adi Nugraha", "PER", False),
        # one letter of a word of five letters or more: different, missing, too many
        ("Bagas Nugroha", "Bagas Nugraha", "PER", True),
        ("Bagas Nugrah", "Bagas Nugraha", "PER", True),
        ("Bagas Nugaha", "Bagas Nugraha", "PER", True),
        ("Xugraha Bagas", "Nugraha Bagas", "PER", True),
        ("Bagas Nugra", "Bagas Nugraha", "PER", False),
        ("Bagas Nugrohe", "Bagas Nugraha", "PER", False),
        ("Bagas Nugarha", "Bagas Nugraha", "PER", False),  # two letters changed places
        ("Bagos Nugroha", "Bagas Nugraha", "PER", False),  # in two words
        ("Ketut Surya", "Ketut Surye", "PER", True),
        ("Made Rini", "Made Rina", "PER", False),  # four letters
        ("Made Rina", "Made Rinai", "PER", False),
        ("Made Rinai", "Made Rinaib", "PER", True),
        ("Seri Surya1", "Seri Surya2", "PER", False),
        ("Masjid Nurulhada", "Masjid Nurulhuda", "FAC", True),
        ("Nurulhada", "Masjid Nurulhuda Raya", "FAC", False),
        # acronyms, with and without the word of the kind
        ("YLB", "Yayasan Laut Biru", "ORG", True),
        ("LBL", "Yayasan Laut Biru Lestari", "ORG", True),
        ("Kemlaut", "Kementerian Laut", "ORG", True),
        ("Sulbar", "Sulawesi Barat", "GPE", True),
        ("Dinas PU", "Dinas Pekerjaan Umum", "ORG", True),
        ("PN Sleman", "Pengadilan Negeri Sleman", "ORG", True),
        ("PN Sleman", "Pengadilan Negeri Solo", "ORG", False),
        ("YKX", "Yayasan Laut Biru", "ORG", False),
        # the beginning of a body's name: of bodies that every place has, or of several words and no branch of it
        ("Dinas", "Dinas Peternakan Sleman", "ORG", True),
        ("Dinas Peternakan", "Dinas Peternakan Kota Sleman", "ORG", True),
        ("Samudra", "Samudra Karya", "ORG", False),
        ("Samudra Karya", "Samudra Karya Sleman", "ORG", True),
        ("Samudra Karya", "Samudra Karya Cabang Sleman", "ORG", False),
        ("Samudra Karya", "Yayasan Samudra Karya Sleman", "ORG", False),
        ("Karya Sleman", "Samudra Karya Sleman", "ORG", False),
        # the beginning of a building, an event, a law, a product; not of a work or a place
        ("Gedung Melati", "Gedung Melati Sleman", "FAC", True),
        ("Melati", "Gedung Melati Sleman", "FAC", True),
        ("Pekan Batik", "Pekan Batik Sleman", "EVT", True),
        ("UU Garam", "UU Garam Rakyat", "LAW", True),
        ("Sapa", "Aplikasi Sapa Warga", "PRD", True),
        ("Warga", "Aplikasi Sapa Warga", "PRD", False),
        ("Senja", "Senja Merah", "WOA", False),
        ("Senja", "Senja Merah", "LOC", False),
        ("Senja", "Senja Merah", "NOR", False),
    ],
)  # fmt: skip
def test_one_thing(short: str, long: str, kind: EntityType, same: bool) -> None:
    assert is_same(short, long, kind) is same


def resolved(marked: str, kinds: dict[str, EntityType]) -> tuple[list[Entity], list[Mention]]:
    """Coreference of a text whose names stand in square brackets."""
    text, spans = "", []
    for part in marked.split("["):
        name, closed, rest = part.partition("]")
        if closed:
            spans.append((len(text), len(text) + len(name)))
        text += name + rest
    document = Document(Article("x", text))
    document.sentences, document.tokens = split(text)
    names = [NameSpan(start, end, kinds.get(text[start:end], "PER"), "") for start, end in spans]
    return resolve_coreference(document, names)


def things(marked: str, kinds: dict[str, EntityType] | None = None) -> list[tuple[str, ...]]:
    """The surfaces of each thing."""
    return [entity.aliases for entity in resolved(marked, kinds or {})[0]]


@pytest.mark.parametrize(
    ("marked", "one"),
    [
        ("[Zulmi Hasan] ([Bento]) hadir.", True),
        ("[Zulmi Hasan], ([Bento]) hadir.", True),
        ("[Zulmi Hasan] ([Bento] dan kawan) hadir.", False),
        ("[Zulmi Hasan] [Bento] hadir.", False),
        ("[Zulmi Hasan] atau [Bento] hadir.", True),
        ("[Zulmi Hasan], alias [Bento] hadir.", True),
        ("[Zulmi Hasan] yang biasa dipanggil dengan [Bento] hadir.", True),
        ("[Zulmi Hasan] kerap disebut [Bento] hadir.", True),
        ("[Zulmi Hasan] dan [Bento] hadir.", False),
        ("[Zulmi Hasan] memanggil [Bento].", False),
    ],
)
def test_the_article_says_that_two_names_are_one(marked: str, one: bool) -> None:
    assert things(marked) == ([("Zulmi Hasan", "Bento")] if one else [("Zulmi Hasan",), ("Bento",)])


@pytest.mark.parametrize(
    ("marked", "one", "other", "are_one"),
    [
        ("[Sleman] atau [Demak] menang.", "GPE", "GPE", False),  # a choice
        ("[Sapa] atau [Warga] dipakai.", "PRD", "PRD", True),
        ("[Sleman] ([Demak]) menang.", "GPE", "GPE", True),
        ("[Sleman] ([Demak]) menang.", "GPE", "ORG", False),
        ("[Zulmi] atau [Demak] menang.", "PER", "ORG", False),
    ],
)
def test_names_of_one_type_are_said_to_be_one(marked: str, one: EntityType, other: EntityType, are_one: bool) -> None:
    names = [part.split("]")[0] for part in marked.split("[")[1:]]
    found = things(marked, dict(zip(names, (one, other), strict=True)))
    assert (len(found) == 1) is are_one


def test_names_that_were_said_to_be_one_bring_their_short_forms() -> None:
    marked = "[Bento] tiba. [Zulmi Hasan] alias [Bento Raya] duduk. [Rina] pulang. [Zulmi] berdiri."
    assert things(marked) == [("Bento", "Zulmi Hasan", "Bento Raya", "Zulmi"), ("Rina",)]


def test_other_things_stay_when_two_become_one() -> None:
    marked = "[Bagas] tiba. [Rina] tiba. [Sari] tiba. [Bagas Adi] tiba. [Sari Dewi] tiba."
    assert things(marked) == [("Bagas", "Bagas Adi"), ("Rina",), ("Sari", "Sari Dewi")]


def test_a_short_name_goes_to_the_last_named_mention_by_mention() -> None:
    marked = (
        "[Rina] tiba. [Rina Dewi] duduk. [Rina] makan. [Rina Sari] tiba. [Rina] naik. [Rina Dewi] turun. [Rina] pergi."
    )
    entities, mentions = resolved(marked, {})
    assert [entities[m.entity].name for m in mentions if m.text == "Rina"] == [
        "Rina Dewi", "Rina Dewi", "Rina Sari", "Rina Dewi",
    ]  # fmt: skip


def test_before_either_is_named_a_short_name_goes_to_the_longer_one() -> None:
    entities, mentions = resolved("[Rina] tiba. [Rina Dewi] duduk. [Rina Lestari] pergi.", {})
    assert entities[mentions[0].entity].name == "Rina Lestari"


def test_longer_names_of_one_thing_leave_no_choice() -> None:
    assert things("[Bagas Adi Nugraha] dan [Bagas Adi] tiba. [Bagas] duduk.") == [
        ("Bagas Adi Nugraha", "Bagas Adi", "Bagas"),
    ]  # fmt: skip


def test_a_name_of_another_type_is_another_thing() -> None:
    kinds: dict[str, EntityType] = {"Yayasan Bagas": "ORG"}
    assert things("[Yayasan Bagas] tutup. [Bagas] pulang.", kinds) == [("Yayasan Bagas",), ("Bagas",)]


def test_mentions_know_their_sentence_entity_and_role() -> None:
    text = "Bagas Adi tiba. Rina duduk. Bagas pulang."
    document = Document(Article("x", text))
    document.sentences, document.tokens = split(text)
    names = [
        NameSpan(0, 9, "PER", "lurah"), NameSpan(16, 20, "PER", None), NameSpan(28, 33, "PER", None),
    ]  # fmt: skip
    entities, mentions = resolve_coreference(document, names)
    assert entities == [Entity("Bagas Adi", "PER", ("Bagas Adi", "Bagas")), Entity("Rina", "PER", ("Rina",))]
    assert mentions == [
        Mention(0, 9, "Bagas Adi", "PER", "name", 0, 0, "lurah"),
        Mention(16, 20, "Rina", "PER", "name", 1, 1, None),
        Mention(28, 33, "Bagas", "PER", "name", 2, 0, None),
    ]


def test_an_article_without_names() -> None:
    assert resolved("Pasar tutup.", {}) == ([], [])
