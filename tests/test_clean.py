"""What cleaning repairs, removes and leaves alone, and what an article says about itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_linear

from warta.records import Article, RawDocument, Rejection
from warta.text.clean import clean_text, to_article
from warta.text.publication import WIB


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("Hujan turun.\r\n\r\n  Jalan\xa0\xa0licin. \n", "Hujan turun.\nJalan licin."),
        ("satu\u2028dua\rtiga", "satu\ndua\ntiga"),
        ("â€œSiap,â€\x9d kata Rudi.", "“Siap,” kata Rudi."),
        ("Harga naik 5 â€“ 7 persen di CafÃ© Kota.", "Harga naik 5 – 7 persen di Café Kota."),
        ("\"Siap,\" kata 'Rudi' dan “Tini”.", "\"Siap,\" kata 'Rudi' dan “Tini”."),
        ("Tanya &amp; jawab &quot;langsung&quot;", 'Tanya & jawab "langsung"'),
        ("Tanya &amp;amp;amp; &amp;#38;lt;jawab&amp;gt;", "Tanya & <jawab>"),
        ("ber\u200bita ke\u00adbakaran \ufeffbesar", "berita kebakaran besar"),
        ("konﬁrmasi oﬃsial", "konfirmasi offisial"),
        ("cafe\u0301", "café"),
        ("Hujan\x00 turun\x07.", "Hujan turun."),
        ("\x1b[31mHujan\x1b[0m turun.", "Hujan turun."),
        ("Hujan \ud83d turun.", "Hujan \ufffd turun."),
    ],
)
def test_repairs(written: str, cleaned: str) -> None:
    assert clean_text(written) == cleaned


@pytest.mark.parametrize(
    "line",
    [
        "SCROLL TO CONTINUE WITH CONTENT",
        "Scroll ke bawah untuk melanjutkan membaca",
        "ADVERTISEMENT",
        "Iklan",
        "Simak juga Video 'Warga Kampung Baru Panen Ikan':",
        "Simak Video: Jalan Layang Dibuka Pekan Depan",
        "Simak juga 'Begini Cara Merawat Sumur':",
        "'Lihat juga Video: Pasar Terapung Ramai Lagi'",
        'Tonton juga video "Perahu Naga di Sungai Kota" di sini:',
        "Saksikan Live Siaran Pagi :",
        "Saksikan Video Pilihan di Bawah Ini:",
        "[Gambas:Video 20detik]",
        "[Gambas:Instagram]",
        "Baca juga: Harga Cabai Turun",
        "BACA JUGA: Harga Cabai Turun",
        "Baca Juga:",
        "Pilihan Editor: Sungai yang Hilang",
        "Halaman 2 dari 3",
        "Halaman: 1 2 3 Show All",
        "Baca selengkapnya di halaman berikutnya....",
        "Selanjutnya",
        "Ikuti kami di Google News dan saluran WhatsApp",
        "Dapatkan update berita pilihan setiap hari dari Kabar Nusa. Mari bergabung di Grup Telegram kami.",
        "Bagikan artikel ini",
        "Tags: banjir, jalan",
        "Editor: Rini Astuti",
        "Pewarta: Rini Astuti",
        "Laporan Wartawan Kabar Nusa, Rini Astuti",
        "COPYRIGHT © Kabar Nusa 2026",
        "Dilarang keras mengambil konten tanpa izin tertulis dari redaksi.",
        "All rights reserved.",
        "Yuk, ikuti kanal WhatsApp Kabar Nusa",
        "Kabar Nusa kini hadir di WhatsApp. Klik di sini.",
        "Ikuti kami di Instagram @kabarnusa",
        "Foto: Rini Astuti/Kabar Nusa",
        "Baca: Harga Cabai Turun di Pasar",
        "Halaman : 1 2",
        "Mungkin Anda Suka",
        "Artikel ini telah tayang di kabar.example dengan judul Hujan Turun",
        "---",
        "* * *",
    ],
)
def test_boilerplate_is_removed(line: str) -> None:
    assert clean_text(f"Hujan turun sejak pagi.\n{line}\nJalan licin.") == "Hujan turun sejak pagi.\nJalan licin."


def test_boilerplate_inside_a_line_is_a_line_break() -> None:
    flat = "Hujan turun. SCROLL TO CONTINUE WITH CONTENT Jalan licin. ADVERTISEMENT [Gambas:Video 20detik] Warga diam."
    assert clean_text(flat) == "Hujan turun.\nJalan licin.\nWarga diam."


@pytest.mark.parametrize(
    "line",
    [
        "Jakarta - Bandung ditempuh dalam satu jam.",
        "Malaysia - Jepang sepakat membuka pasar.",
        "Hujan - yang lama ditunggu - turun sejak pagi.",
        "Jakarta-Merak macet sejak pagi.",
        '"Lihat video itu baik-baik," kata Rudi.',
        '"Baca juga: aturan lama," kata Rudi sambil tertawa.',
        "Lihat saja, kata Rudi, 'semua orang' tahu.",
        "Simak informasinya!",
        "Tonton video itu bersama orang tua, kata Rudi.",
        "Video: Rudi menyimpan rekaman itu di rumahnya.",
        "Iklan rokok akan dilarang mulai Januari.",
        "Halaman 2 buku itu hilang.",
        "Halaman rumah Rudi terendam.",
        "Sumber air di desa itu mengering.",
        "Editor surat kabar itu mengundurkan diri.",
        "Hak cipta lagu itu milik Tini.",
        "Laporan wartawan di lokasi menyebutkan dua rumah rusak.",
        "Ikuti aturan lalu lintas, kata polisi.",
        "Bagikan bantuan ini kepada warga, pinta Tini.",
        "Dua warga dirawat (salah satunya anak-anak)",
        "1. Golkar",
        "Bank itu kini hadir di WhatsApp, kata Rudi.",
        "Jangan ketinggalan kereta, pesan Tini.",
        "Foto: begitu warga menyebut kedai itu.",
        "Rekomendasi itu ditolak.",
        "Terkini, hujan mulai reda.",
        "Baca: begitu bunyi papan itu.",
    ],
)
def test_sentences_stay(line: str) -> None:
    assert clean_text(line) == line


@pytest.mark.parametrize(
    "mark", ["(rin/tin)", " (rin)", "[rin]", "\n(rin/tin)", "(Antara)", "(*)", " ***", "\n***\n(*)"]
)
def test_initials_at_the_end_are_removed(mark: str) -> None:
    assert clean_text(f'"Licin," kata Rudi.{mark}') == '"Licin," kata Rudi.'


@pytest.mark.parametrize("end", ["dari Bank Cakra (BCKR)", "pada Senin (20/10/2025).", "sebut dia (Rudi)."])
def test_brackets_of_the_sentence_stay(end: str) -> None:
    assert clean_text(f"Kabar itu datang {end}") == f"Kabar itu datang {end}"


_PIECES = [*"Aa .\n\"'â€œ(*/)[]:\u200b\x85", "&", "amp;", "lt;", "Simak juga: ", "Selanjutnya", "(*)", "ADVERTISEMENT"]
_PIECES += [
    "Jakarta",
    " (ANTARA) - ",
    "KABAR.com",
    " - ",
    "Baca juga: ",
    "Editor: ",
    "Tags:\n",
    "(Foto: x)",
    " Hujan turun. ",
]


@given(st.text() | st.lists(st.sampled_from(_PIECES)).map("".join))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once


@pytest.mark.parametrize(
    "unit",
    [
        "amp;",
        "#38;",
        "(rin)\n",
        "x.(rin)",
        '"',
        "Ab",
        "Ab ",
        " ",
        "\n",
        "\xa0",
        "(",
        "[",
        '"Simak juga: ',
        "ikuti ",
        "Baca juga: x\n",
        "â€œ",
        "&amp;",
        "(a/",
        "\u200b",
        "Jakarta (ANTARA) - ",
        "a (ANTARA) - ",
        "KABAR.com - ",
        "Jakarta - ",
        "Baca juga: Harga ",
        "Baca juga",
        "Editor: Rini ",
        "(Foto: ",
        "Tags:\n",
        "Tags:\nbanjir\n",
        "Baca: a halaman ",
        "Dapatkan update ",
    ],
)
def test_a_megabyte_of_anything_is_cleaned_in_linear_time(unit: str) -> None:
    assert_linear(lambda size: clean_text("&" + unit * (size // len(unit))), 250_000)


def raw(text: str = "Hujan turun sejak pagi.", **fields: str | datetime | None) -> RawDocument:
    return RawDocument("berkas.txt", "line 1", "text/plain", "0" * 64, 1, text, **fields)  # type: ignore[arg-type]


def article(text: str = "Hujan turun sejak pagi.", **fields: str | datetime | None) -> Article:
    made = to_article(raw(text, **fields))
    assert isinstance(made, Article)
    return made


@pytest.mark.parametrize("text", ["", "A:", "ADVERTISEMENT", "12.30 - 13.00", "***", "\u200b\n\ufeff"])
def test_no_words_no_article(text: str) -> None:
    made = to_article(raw(text, external_id="7"))
    assert isinstance(made, Rejection)
    assert (made.reason, made.locator, made.external_id) == ("no_text", "line 1", "7")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (raw(title="Hujan  TURUN ", url="https://kabar.example/1"), True),
        (raw("Hujan turun\xa0sejak pagi.\n\nADVERTISEMENT\n", title="Hujan Turun"), True),
        (raw("Hujan Turun\nHujan turun sejak pagi.", title="Hujan Turun"), True),  # the headline again
        (raw(title="Hujan Reda"), False),
        (raw("Hujan turun sejak petang.", title="Hujan Turun"), False),
    ],
)
def test_the_same_title_and_text_are_one_article(other: RawDocument, same: bool) -> None:
    """What an id is made from, outside of the library, is alike: the title but for case, and the text."""
    made, first = to_article(other), article(title="Hujan Turun")
    assert isinstance(made, Article)
    assert ((made.title.casefold(), made.text) == (first.title.casefold(), first.text)) is same


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"published": datetime(2025, 10, 20, 23, 30)}, date(2025, 10, 20)),
        ({"published": datetime(2025, 10, 20, 23, 30, tzinfo=UTC)}, date(2025, 10, 21)),  # half past six in Jakarta
        ({"published": datetime(2025, 10, 20, 0, 30, tzinfo=WIB)}, date(2025, 10, 20)),
        ({"text": "Seperti dilansir AFP, Jumat (8/10/2021), hujan turun."}, date(2021, 10, 8)),
        ({"text": "Hujan turun.\nRudi pulang pada Rabu, 2 Juni 2021."}, date(2021, 6, 2)),
        ({"text": "Hujan turun pada Jumat (8/10).\nLalu reda (9/10/2021)."}, date(2021, 10, 9)),
        ({"text": "Hujan turun.", "url": "https://kabar.example/2025/10/20/hujan"}, date(2025, 10, 20)),
        ({"text": "Hujan turun.", "url": "https://kabar.example/20251020170000-12-3/hujan"}, date(2025, 10, 20)),
        ({"text": "Jumat (8/10/2021) hujan.", "url": "https://kabar.example/2025/10/20/x"}, date(2021, 10, 8)),
        ({"text": "Dia lahir pada 2 Juni 1971 (32/10/2021)."}, None),
    ],
)
def test_the_day_of_publication(fields: dict[str, str | datetime], day: date | None) -> None:
    assert article(**fields).published_date == day  # type: ignore[arg-type]


def test_a_time_without_a_zone_is_jakarta_time() -> None:
    made = article(published=datetime(2025, 10, 20, 17))
    assert made.published_at == datetime(2025, 10, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://news.detik.com/berita/d-1/x", "detikcom"),
        ("https://www.kompas.com/x", "Kompas.com"),
        ("https://bisnis.tempo.co/x", "Tempo"),
        ("https://m.kabar.co.id:8080/x", "kabar.co.id"),
        ("https://kabar.id/x", "kabar.id"),
        ("javascript:alert(1)", None),
        ("http://[", None),
        ("berita/1", None),
        (None, None),
    ],
)
def test_outlet(url: str | None, name: str | None) -> None:
    made = article(url=url)
    assert made.outlet == name
    assert made.url == (url if name else None)
