"""Events in made-up sentences of a paper of Wednesday, 8 October 2025."""

from __future__ import annotations

from datetime import date

import pytest

from training.document_events import PAGE, page
from warta.chain import annotate_article
from warta.events.triggers import check_types, lexicon
from warta.events.types import event_types
from warta.lang import load
from warta.records import Article, Event
from warta.text.morphology import forms, likely_stem, voice_of


def read(text: str) -> dict[str, Event]:
    """The events of a text by their triggers."""
    document = annotate_article(Article("x", text, published_date=date(2025, 10, 8)))
    for event in document.events:
        assert text[event.start : event.end] == event.trigger
        assert all(text[p.start : p.end] == p.text for p in event.participants)
    return {event.trigger.lower(): event for event in document.events}


@pytest.mark.parametrize(
    "text, trigger, kind",
    [
        ("Polisi menangkap dua pencuri sapi di Kabupaten Blora, Senin (6/10/2025).", "menangkap", "ARREST"),
        ("Dua pencuri sapi ditangkap polisi di Kabupaten Blora.", "ditangkap", "ARREST"),
        ("Penangkapan dua pencuri sapi oleh polisi berlangsung Senin (6/10/2025).", "penangkapan", "ARREST"),
        ("Banjir merendam ratusan rumah di Kabupaten Demak, Senin (6/10/2025).", "merendam", "DISASTER"),
        ("Gempa bermagnitudo 5,4 mengguncang Kabupaten Sarmi, Rabu (8/10) dini hari.", "mengguncang", "DISASTER"),
        ("Kebakaran melanda pasar di Kota Padang, Minggu (5/10/2025) malam.", "kebakaran", "DISASTER"),
        ("Truk tronton menabrak angkot di Kota Bogor, dua penumpang tewas.", "menabrak", "ACCIDENT"),
        ("Truk tronton menabrak angkot di Kota Bogor, dua penumpang tewas.", "tewas", "DEATH"),
        ("Bupati akan melantik sebelas pejabat pada Jumat (10/10/2025).", "melantik", "APPOINT"),
        ("Hakim memvonis terdakwa empat tahun penjara di Pengadilan Negeri Sleman.", "memvonis", "TRIAL"),
        ("Warga berunjuk rasa di depan kantor bupati, Kamis (2/10/2025).", "berunjuk rasa", "PROTEST"),
        ("Rudi Hartanto bertemu Siti Rahmawati di Jakarta, Selasa (7/10/2025).", "bertemu", "CONSULT"),
        ("Harga cabai rawit naik menjadi Rp 90 ribu per kilogram.", "naik", "MARKET"),
        # the same word, another type
        ("Penyidik memeriksa lima saksi di Semarang, Selasa (7/10/2025).", "memeriksa", "INVESTIGATE"),
        ("Dokter memeriksa puluhan pasien demam berdarah di puskesmas itu.", "memeriksa", "HEALTH"),
        ("Jaksa menetapkan kepala dinas itu sebagai tersangka.", "menetapkan", "CHARGE"),
        ("Pemerintah menetapkan aturan baru tentang garam impor.", "menetapkan", "LEGISLATE"),
    ],
)
def test_a_trigger_and_its_type(text: str, trigger: str, kind: str) -> None:
    assert read(text)[trigger].type == kind


@pytest.mark.parametrize(
    "text",
    [
        "Banjir kerap terjadi setiap musim hujan.",  # a habit
        "Menteri Pembangunan itu duduk di Gedung DPR.",  # a title and a name
        "Kebakaran umumnya dipicu kelalaian.",  # a general statement
    ],
)
def test_what_is_no_event(text: str) -> None:
    assert read(text) == {}


@pytest.mark.parametrize(
    "text, trigger, status",
    [
        ("Polisi menangkap dua pencuri sapi di Kabupaten Blora.", "menangkap", "asserted"),
        ("Bupati akan melantik sebelas pejabat pada Jumat (10/10/2025).", "melantik", "planned"),
        ("Polisi belum menangkap pelaku pembacokan itu.", "menangkap", "denied"),
        ("Gubernur batal mengunjungi Kabupaten Sikka.", "mengunjungi", "denied"),
        ("Kepala desa diduga menggelapkan dana bantuan Rp 200 juta.", "menggelapkan", "possible"),
    ],
)
def test_whether_it_happened(text: str, trigger: str, status: str) -> None:
    assert read(text)[trigger].status == status


@pytest.mark.parametrize(
    "text, trigger, actors, targets",
    [
        ("Polisi menangkap dua pencuri sapi di Kabupaten Blora.", "menangkap", ["Polisi"], ["dua pencuri sapi"]),
        ("Dua pencuri sapi ditangkap polisi di Kabupaten Blora.", "ditangkap", ["polisi"], ["Dua pencuri sapi"]),
        ("Truk tronton menabrak angkot di Kota Bogor.", "menabrak", ["Truk tronton"], ["angkot"]),
        ("Rudi Hartanto bertemu Siti Rahmawati di Jakarta.", "bertemu", ["Rudi Hartanto"], ["Siti Rahmawati"]),
        ("Banjir merendam ratusan rumah di Kabupaten Demak.", "merendam", [], ["ratusan rumah"]),
        ("Truk itu menabrak angkot, dua penumpang tewas.", "tewas", [], ["dua penumpang"]),
    ],
)
def test_who_took_part(text: str, trigger: str, actors: list[str], targets: list[str]) -> None:
    found = read(text)[trigger].participants
    assert [p.name for p in found if p.role == "actor"] == actors
    assert [p.name for p in found if p.role == "target"] == targets


@pytest.mark.parametrize(
    "text, trigger, day, place",
    [
        ("Polisi menangkap pencuri di Blora, Senin (6/10/2025).", "menangkap", date(2025, 10, 6), "Blora"),
        ("Penyidik memeriksa lima saksi di Semarang, kemarin.", "memeriksa", date(2025, 10, 7), "Semarang"),
        ("Bupati akan melantik sebelas pejabat pada Jumat mendatang.", "melantik", date(2025, 10, 10), None),
        ("Polisi menangkap dua pencuri sapi.", "menangkap", None, None),
    ],
)  # fmt: skip
def test_when_and_where(text: str, trigger: str, day: date | None, place: str | None) -> None:
    event = read(text)[trigger]
    assert (event.date_start, event.place_name) == (day, place)


def test_events_in_direct_quotes_are_marked() -> None:
    found = read('"Kami menangkap tiga pelaku di Cirebon kemarin," kata Kapolres Budi Santosa kepada wartawan.')
    assert found["menangkap"].in_quote
    assert not read("Polisi menangkap tiga pelaku di Cirebon.")["menangkap"].in_quote


@pytest.mark.parametrize(
    "entry, expected",
    [
        ("tangkap", {"menangkap", "ditangkap", "tertangkap", "tangkap", "penangkapan"}),
        ("salur+kan", {"menyalurkan", "disalurkan", "penyaluran"}),
        ("periksa", {"memeriksa", "diperiksa", "pemeriksaan"}),
        ("kaji", {"mengkaji", "dikaji", "pengkajian"}),
        ("cek", {"mengecek", "dicek", "pengecekan"}),
        ("lantik", {"melantik", "dilantik", "pelantikan"}),
        ("tanda tangan+i", {"menandatangani", "ditandatangani"}),
    ],
)
def test_the_forms_of_a_stem(entry: str, expected: set[str]) -> None:
    assert expected <= {form for form, _ in forms(entry)}


@pytest.mark.parametrize(
    "word, voice",
    [("menangkap", "active"), ("ditahan", "passive"), ("terbakar", "stative"), ("bertemu", "middle"),
     ("penahanan", "noun"), ("banjir", "bare"), ("menteri", "bare"), ("direktur", "bare")],
)  # fmt: skip
def test_the_voice_of_a_word(word: str, voice: str) -> None:
    assert voice_of(word) == voice


def test_a_likely_stem_is_shared_by_the_forms_of_a_verb() -> None:
    assert likely_stem("digelontorkan") == likely_stem("menggelontorkan") == likely_stem("penggelontoran") == "gelontor"


def test_every_type_has_words_and_a_mapping_that_the_others_know() -> None:
    types = event_types()
    assert len(types) == 34
    assert set(load("id", "event_triggers")) == set(types)
    assert {t.cameo_root for t in types.values() if t.cameo_root} <= {f"{n:02}" for n in range(1, 21)}
    assert {kind for entry in lexicon().values() for kind in entry.types} == set(types)


@pytest.mark.parametrize(
    "declared, with_triggers, message",
    [
        (["CRIME", "STRIKE"], ["CRIME"], r"STRIKE .*warta/lang/id/event_triggers\.yml"),
        (["CRIME"], ["CRIME", "STRIKE"], r"STRIKE .*warta/lang/id/event_types\.yml"),
    ],
)
def test_an_event_type_in_one_of_its_files_alone_is_an_error(
    declared: list[str], with_triggers: list[str], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        check_types(declared, with_triggers)


def test_the_page_says_what_the_program_does() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m training.document_events"
