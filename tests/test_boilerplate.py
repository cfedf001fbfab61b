"""Boilerplate inside lines, in boxes and brackets; where a headline ends; datelines; what a cut tells."""

from __future__ import annotations

from datetime import date

import pytest

from warta.records import Article, RawDocument
from warta.text.clean import clean, clean_text, to_article
from warta.text.headlines import Context, headline_end


@pytest.mark.parametrize(
    "inside",
    [
        "ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT",
        "Advertisement",
        "Halaman Selanjutnya",
        "1 2 3 Tampilkan Semua",
        "Bersambung ke halaman berikutnya...",
        "Baca lanjutan kisah ini di halaman selanjutnya >>>",
        "Load More",
        "[Gambas:Instagram]",
        "[video.1]",
        "(Baca: Harga Cabai Turun Lagi)",
        "[Baca juga: Harga Cabai Turun Lagi]",
        "Baca selengkapnya di sini.",
        "Copyright © KABAR NUSA 2025",
        "Copyright © ANTARA 2025 Dilarang keras mengambil konten di situs ini tanpa izin tertulis dari Kabar Nusa.",
        "Dapatkan update berita pilihan setiap hari dari Kabar Nusa.",
        "Mari bergabung di Grup Telegram Kabar Nusa, caranya klik link https://t.example/kabar, kemudian join.",
        "Simak berita lain di Google News.",
        "(Penulis: Rini Astuti | Editor: Budi Salim)",
        "(Foto: Rini Astuti/Kabar Nusa)",
        "(Dok. Humas Kota Kabut)",
    ],
)
def test_boilerplate_inside_a_line_is_removed(inside: str) -> None:
    cleaned = clean(f"Hujan turun sejak pagi. {inside} Jalan di kota licin.")
    assert cleaned.text == "Hujan turun sejak pagi.\nJalan di kota licin."
    assert " ".join(cut.text for cut in cleaned.cuts) == inside
    assert {cut.at for cut in cleaned.cuts} == {len("Hujan turun sejak pagi.")}


@pytest.mark.parametrize(
    "line",
    [
        "Hujan turun (Foto: Rini Astuti) sejak pagi.",
        "Jalan rusak (ANTARA/HO-Humas) di sana.",
    ],
)
def test_a_credit_inside_a_sentence_leaves_no_break(line: str) -> None:
    assert "\n" not in clean_text(line)
    assert "(" not in clean_text(line)


@pytest.mark.parametrize(
    "line",
    [
        'Ia berkata, "Baca juga: aturan yang lama!"',
        "Iklan itu memuat kata advertisement besar-besar.",
        "Ia menulis di halaman selanjutnya buku itu.",
        "Editor: begitu ia disebut. Ia tertawa.",
        "Dilarang keras mengambil gambar di sini tanpa izin, kata polisi.",
        "Hak cipta lagu itu dijual pada 2020.",
        "Kata copyright © tidak ia pahami.",
        "Dia mengirim pesan lewat WhatsApp Channel miliknya.",
        "Foto (2024) itu hilang.",
        "Sumber: data dinas menunjukkan angka itu naik. Warga tidak percaya.",
        "Baca pula buku itu, pintanya.",
    ],
)
def test_sentences_with_such_words_stay(line: str) -> None:
    assert clean_text(f"Hujan turun. {line} Warga pulang.") == f"Hujan turun. {line} Warga pulang."


@pytest.mark.parametrize(
    "credits",
    [
        "Pewarta: Rini Astuti Editor: Budi Salim COPYRIGHT © KABAR NUSA 2024",
        "Pewarta: Rini AstutiEditor: Budi Salim COPYRIGHT © KABAR NUSA 2024",
        "Penerjemah: Rini Astuti, Budi Salim Editor: M. Tini",
        "Reporter: Rini Astuti",
        "Sumber: Reuters",
        "Pewarta: Rini al Hakim",
    ],
)
def test_credits_at_the_end_of_a_line_are_removed(credits: str) -> None:
    assert clean_text(f"Hujan turun sejak pagi. {credits}") == "Hujan turun sejak pagi."
    assert clean_text(f"Hujan turun sejak pagi.{credits}") == "Hujan turun sejak pagi."


@pytest.mark.parametrize(
    "box",
    [
        "Tags:\nbanjir\njalan rusak\nKota Kabut",
        "Source:\nRini Astuti\nVia:\nBudi Salim\nTags:\nbanjir",
        "Berita Terkait\nHarga Cabai Turun Lagi di Pasar\nPanen Ikan Tertunda Dua Pekan",
        "Artikel Menarik Lainnya",
    ],
)
def test_boxes_at_the_end_are_removed(box: str) -> None:
    assert clean_text(f"Hujan turun sejak pagi.\n{box}") == "Hujan turun sejak pagi."


def test_tags_before_a_sentence_take_no_sentence() -> None:
    assert clean_text("Hujan turun.\nTags:\nJalan licin sejak pagi.") == "Hujan turun.\nJalan licin sejak pagi."


def test_a_headline_below_its_mark_is_removed() -> None:
    text = "Hujan turun.\nBACA JUGA\nHarga Cabai Turun di Pasar Kabut\nWarga pulang lebih awal."
    assert clean_text(text) == "Hujan turun.\nWarga pulang lebih awal."


@pytest.mark.parametrize(
    "notice",
    [
        "Artikel ini khusus untuk pelanggan.",
        "Anda telah membaca 40% artikel ini.",
        "Berlangganan mulai Rp 9.000 sebulan untuk membaca semuanya.",
        "Sudah berlangganan? Masuk di sini",
    ],
)
def test_paywall_notices_are_removed(notice: str) -> None:
    assert clean_text(f"Hujan turun.\n{notice}") == "Hujan turun."


def test_what_one_outlet_has_is_removed_for_it_alone() -> None:
    text = "Hujan turun. Coba ini malam ini! Jalan licin."
    assert clean_text(text, "VIVA") == "Hujan turun.\nJalan licin."
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("headline", "sentence"),
    [
        ("Harga Cabai di Pasar Kabut Turun Lagi", "Menurut Rini, hujan akan turun sampai malam."),
        ("Harga cabai di pasar turun lagi pekan ini", "Sementara itu, hujan akan turun sampai malam."),
        ("Kapan Harga Cabai di Pasar Kabut Turun?", "Ia mengatakan hujan akan turun sampai malam."),
        ("Panen Ikan di Sungai Kabut Tertunda Dua Pekan", '"Hujan akan turun sampai malam," kata Rini.'),
        ("Panen ikan di sungai itu tertunda dua pekan", '"Hujan akan turun sampai malam," kata Rini.'),
    ],
)
@pytest.mark.parametrize("mark", ["Baca juga: ", "Baca Juga :", "BACA JUGA: ", "Pilihan Editor: "])
def test_a_headline_before_a_sentence_is_removed(mark: str, headline: str, sentence: str) -> None:
    text = f"Hujan turun sejak pagi. {mark}{headline} {sentence} Jalan licin."
    assert clean_text(text) == f"Hujan turun sejak pagi.\n{sentence} Jalan licin."


@pytest.mark.parametrize(
    "sentence",
    [
        "Rini mengatakan hujan akan turun sampai malam.",
        "Wali Kota Kabut Rini Astuti mengatakan hujan akan turun.",
        "Hujan itu, kata dia, akan turun sampai malam.",
    ],
)
def test_a_sentence_behind_a_headline_stays_whole(sentence: str) -> None:
    text = f"Hujan turun. Baca juga: Harga Cabai di Pasar Kabut Turun Lagi {sentence}"
    assert clean_text(text).endswith(sentence)


def test_headlines_one_behind_the_other_are_removed() -> None:
    text = "Hujan turun. Baca juga: Harga cabai turun lagi Baca juga: Panen ikan tertunda Pewarta: Rini Astuti"
    assert clean_text(text) == "Hujan turun."


def test_a_headline_without_an_end_loses_its_mark_alone() -> None:
    line = "kata demi kata " * 30
    assert headline_end(line, 0, len(line), Context.of(line)) is None
    assert clean_text(f"Hujan turun. Baca juga: {line}.") == f"Hujan turun.\n{line}."


@pytest.mark.parametrize(
    ("dateline", "place", "outlet", "day"),
    [
        ("JAKARTA, KOMPAS.com -", "Jakarta", "Kompas.com", None),
        ("JAKARTA,KOMPAS.com--", "Jakarta", "Kompas.com", None),
        ("KOMPAS.com —", None, "Kompas.com", None),
        ("Jakarta (ANTARA) -", "Jakarta", "ANTARA", None),
        ("Lebak, Banten (ANTARA) -", "Lebak", "ANTARA", None),
        ("Jakarta (ANTARA/JACX) -", "Jakarta", "ANTARA", None),
        ("TEMPO.CO, Jakarta -", "Jakarta", "Tempo", None),
        ("Liputan6.com, Jakarta -", "Jakarta", "Liputan6", None),
        ("Bisnis.com, JAKARTA –", "Jakarta", "Bisnis.com", None),
        ("REPUBLIKA.CO.ID, JAKARTA --", "Jakarta", "Republika", None),
        ("Jakarta, CNN Indonesia --", "Jakarta", "CNN Indonesia", None),
        ("Jakarta, CNBC Indonesia -", "Jakarta", "CNBC Indonesia", None),
        ("Suara.com -", None, "Suara.com", None),
        ("Merdeka.com -", None, "Merdeka.com", None),
        ("SURABAYA, iNews.id –", "Surabaya", "iNews", None),
        ("KONTAN.CO.ID - JAKARTA.", "Jakarta", "Kontan", None),
        ("Jakarta -", "Jakarta", None, None),
        ("BANDAR LAMPUNG –", "Bandar Lampung", None, None),
        ("Bandar Lampung , Lampung –", "Bandar Lampung", None, None),
        ("JAKARTA.", "Jakarta", None, None),
        ("Kota Kabut (Kabarnusa.co) –", "Kota Kabut", "Kabarnusa.co", None),
        ("KABUT, Kabarnusa.id –", "Kabut", "Kabarnusa.id", None),
        ("Jakarta (7/10/2025) -", "Jakarta", None, date(2025, 10, 7)),
        ("JAKARTA, KOMPAS.com, Selasa (7/10/2025) -", "Jakarta", "Kompas.com", date(2025, 10, 7)),
        ("Jakarta, Indonesia (ANTARA /Kabar)-", "Jakarta", "ANTARA", None),
        ("Jakarta:", "Jakarta", None, None),
        ("KBRN, Jakarta:", "Jakarta", "RRI", None),
        ("BANDUNG, (KN).-", "Bandung", "KN", None),
        ("Bandung, 7 Oktober 2025 (ANTARA) -", "Bandung", "ANTARA", date(2025, 10, 7)),
    ],
)
def test_datelines(dateline: str, place: str | None, outlet: str | None, day: date | None) -> None:
    cleaned = clean(f"{dateline} Hujan turun sejak pagi.")
    assert cleaned.text == "Hujan turun sejak pagi."
    found = cleaned.dateline
    assert found is not None
    assert (found.text, found.place, found.outlet, found.day) == (dateline, place, outlet, day)
    assert [(cut.rule, cut.text, cut.at) for cut in cleaned.cuts] == [("dateline", dateline, 0)]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        # a quote above the text, as agencies set it, with the break lost
        ("hujan belum akan redaJakarta (ANTARA) - Jalan licin.", "hujan belum akan reda\nJalan licin."),
        ("Hujan belum reda pada 2025Banda Aceh (ANTARA) - Jalan licin.", "Hujan belum reda pada 2025\nJalan licin."),
        ("Kota Kabut (Kabarnusa.co)\n–Hujan turun sejak pagi.", "Hujan turun sejak pagi."),
        ("Kota Kabut (Kabarnusa.co)—\nHujan turun sejak pagi.", "Hujan turun sejak pagi."),
        ("Warga melihat sungai. (ANTARA FOTO/Rini Astuti)\nJakarta (ANTARA) - Hujan turun.", "Hujan turun."),
    ],
)
def test_datelines_that_are_not_at_the_beginning(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@pytest.mark.parametrize(
    "line",
    [
        "Jakarta - Bandung ditempuh dalam satu jam.",
        "Hujan deras - kata warga - turun sejak pagi.",
        "Rini (ketua panitia) - yang sakit - tidak datang.",
        "Jakarta, kata Rini, sepi.",
        "Kabar.com menulis hujan turun.",
        "Rapat di Jakarta (Senin) - seperti biasa - molor.",
        "Batu: begitulah ia dipanggil.",
    ],
)
def test_what_is_no_dateline_stays(line: str) -> None:
    assert clean_text(line) == line


def article(text: str, **fields: str) -> Article:
    made = to_article(RawDocument("berkas.txt", "", "text/plain", "0" * 64, 1, text, **fields))  # type: ignore[arg-type]
    assert isinstance(made, Article)
    return made


def test_a_dateline_tells_of_the_article() -> None:
    made = article("BANDUNG, Nusa.id (7/10/2025) - Hujan turun sejak pagi.")
    assert (made.place, made.outlet, made.dateline) == (
        "Bandung",
        "nusa.id",  # as the address would give it
        "BANDUNG, Nusa.id (7/10/2025) -",
    )
    assert made.published_date == date(2025, 10, 7)


def test_the_address_tells_the_outlet_before_the_dateline() -> None:
    assert article("Bandung (ANTARA) - Hujan turun.", url="https://www.tempo.co/x").outlet == "Tempo"


def test_cuts_tell_where_they_stood() -> None:
    made = article(
        "Hujan Lagi\n"
        "Jakarta (ANTARA) - Hujan turun. ADVERTISEMENT Jalan licin (Foto: Rini) lagi. Baca juga: Harga naik (*)",
        title="Hujan lagi",
    )
    assert made.text == "Hujan turun.\nJalan licin lagi."
    assert [(cut.at, cut.rule, cut.text) for cut in made.cuts] == [
        (0, "headline", "Hujan Lagi"),
        (0, "dateline", "Jakarta (ANTARA) -"),
        (12, "advertisement", "ADVERTISEMENT"),
        (24, "credit", "(Foto: Rini)"),
        (30, "pointer", "Baca juga: Harga naik (*)"),
    ]


def test_a_dateline_set_twice_is_one_cut() -> None:
    cleaned = clean("JAKARTA, KOMPAS.com - Jakarta (ANTARA) - Hujan turun.")
    assert cleaned.text == "Hujan turun."
    assert [cut.text for cut in cleaned.cuts] == ["JAKARTA, KOMPAS.com - Jakarta (ANTARA) -"]
    assert cleaned.dateline is not None
    assert cleaned.dateline.outlet == "Kompas.com"


@pytest.mark.parametrize("text", ["", "Hujan turun.", "Hujan turun.\n---\nJalan licin."])
def test_nothing_cut_nothing_told(text: str) -> None:
    assert clean(text).cuts == ()
