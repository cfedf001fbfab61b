"""Titles and fields of `.txt` files: a headline that stands apart, and lines such as `Judul: ...` above the text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import warta
from warta.records import Article

BODY = "Hujan turun sejak pagi di lereng gunung. Warga diminta waspada."


def read(folder: Path, text: str) -> Article:
    path = folder / "a.txt"
    path.write_text(text, "utf-8")
    (found,) = warta.read(path)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("Harga Cabai Naik Lagi\n\n", "Harga Cabai Naik Lagi"),
        ("Harga cabai naik lagi\n\n", "Harga cabai naik lagi"),  # as ANTARA writes headlines
        ("Banjir Rob\n\n", "Banjir Rob"),
        ("\n\n  Harga Cabai Naik Lagi  \r\n \r\n", "Harga Cabai Naik Lagi"),
        ("Kapan Musim Hujan Tiba? Ini Jawaban Pakar\n\n", "Kapan Musim Hujan Tiba? Ini Jawaban Pakar"),
        ("Viral! Perahu Nelayan Terdampar di Jalan Raya!\n\n", "Viral! Perahu Nelayan Terdampar di Jalan Raya!"),
        ('"Kami Lelah", Keluh Nelayan Pantura\n\n', '"Kami Lelah", Keluh Nelayan Pantura'),
        ("Gempa M 5,2 Guncang Pulau: Warga Panik\n\n", "Gempa M 5,2 Guncang Pulau: Warga Panik"),
        ("Prof. Sutarmi Raih Penghargaan\n\n", "Prof. Sutarmi Raih Penghargaan"),
        ("Harga Cabai Naik Lagi\nBANDUNG, Kabarnusa.id - ", "Harga Cabai Naik Lagi"),
        ("Harga Cabai Naik Lagi\nJakarta (ANTARA) - ", "Harga Cabai Naik Lagi"),
        ("Harga Cabai Naik Lagi\nOleh: Rini Astuti\n\n", "Harga Cabai Naik Lagi"),
        ("Harga Cabai Naik Lagi\nSelasa, 7 Oktober 2025 09:30 WIB\n\n", "Harga Cabai Naik Lagi"),
        ("Jakarta Banjir, Ribuan Warga Mengungsi\n\n", "Jakarta Banjir, Ribuan Warga Mengungsi"),
        ("Oleh-oleh Khas Garut Laris Manis\n\n", "Oleh-oleh Khas Garut Laris Manis"),
    ],
)
def test_a_headline_above_the_text_is_its_title(tmp_path: Path, above: str, title: str) -> None:
    found = read(tmp_path, above + BODY)
    assert found.title == title
    assert found.text.splitlines()[-1] == BODY and title not in found.text


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "Hujan turun.\n\nJalan licin.",  # a first sentence
        '"Kami lelah."\n\nNelayan itu mengeluh.',
        f"Harga cabai naik lagi\n{BODY}",  # a paragraph a line, and nothing that sets the first apart
        f"JAKARTA - Harga cabai naik lagi\n\n{BODY}",
        f"JAKARTA, KOMPAS.com\n\n{BODY}",
        f"Bandung (ANTARA) -\n\n{BODY}",
        f"Oleh: Rini Astuti\n\n{BODY}",
        f"Oleh Rini Astuti\n\n{BODY}",
        f"Laporan wartawan Kabar Nusa, Rini Astuti\n\n{BODY}",
        f"Selasa, 7 Oktober 2025\n\n{BODY}",
        f"ADVERTISEMENT\n\n{BODY}",
        f"Banjir\n\n{BODY}",  # one word
        f"Berikut daftar pemenang lomba:\n\n{BODY}",
        f"dan warga pun mengungsi\n\n{BODY}",  # the middle of a text
        f"Hujan turun. Jalan licin di mana-mana\n\n{BODY}",
        f"{'Hujan turun sejak pagi ' * 8}\n\n{BODY}",  # a paragraph that lost its full stop
        "Harga Cabai\n\nHarga Bawang\n\nHarga Beras",  # a list
        "Harga Cabai Naik Lagi",  # nothing below
    ],
)
def test_the_beginning_of_a_text_is_no_title(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).title == ""


def test_nothing_of_a_first_sentence_is_lost(tmp_path: Path) -> None:
    found = read(tmp_path, f"Hujan turun. Jalan licin\n\n{BODY}")
    assert found.text == f"Hujan turun. Jalan licin\n{BODY}"


def test_a_record_without_a_title_is_no_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Harga Cabai Naik Lagi\\n\\nHujan turun sejak pagi."}\n')
    (found,) = warta.read(path)
    assert isinstance(found, Article)
    assert found.title == ""


HEADER = (
    "Judul: Harga Cabai Naik\nTanggal: 7 Oktober 2025\nSumber: Kabar Nusa\nPenulis: Rini\nURL: https://kabar.example/1"
)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}\n\n{BODY}",
        f"{HEADER}\r\n\r\n{BODY}".replace("Judul: ", "JUDUL : "),
        f"---\n{HEADER}\n---\n{BODY}",
        f"{HEADER}\n==========\n\n{BODY}",
        f"{HEADER}\nIsi: {BODY}",
        f"{HEADER}\n\nIsi:\n{BODY}",
        f"{HEADER}\nEditor: Budi Salim\n\n{BODY}",  # cleaning takes it out, and tells
        HEADER.replace("Judul", "title").replace("Tanggal", "date").replace("Sumber", "Source") + f"\n\n{BODY}",
    ],
)
def test_lines_above_the_text_are_fields(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text)
    assert (found.title, found.outlet, found.author, found.url) == (
        "Harga Cabai Naik", "Kabar Nusa", "Rini", "https://kabar.example/1",
    )  # fmt: skip
    assert (found.published_date, found.text) == (date(2025, 10, 7), BODY)


@pytest.mark.parametrize(
    ("header", "field", "value"),
    [
        ("Judul: Harga Cabai Naik", "title", "Harga Cabai Naik"),
        ("Sumber: www.detik.com", "outlet", "detikcom"),
        ("Tanggal: 7/10/2025", "published_date", date(2025, 10, 7)),
        ("Link: https://www.kompas.com/x", "outlet", "Kompas.com"),
        ("Penulis: Rini\nPenulis: Budi\nID: 8", "external_id", "8"),
    ],
)
def test_one_field_above_the_text(tmp_path: Path, header: str, field: str, value: object) -> None:
    found = read(tmp_path, f"{header}\n\n{BODY}")
    assert (getattr(found, field), found.text) == (value, BODY)


@pytest.mark.parametrize(
    "text",
    [
        "Wartawan: Kapan hujan turun?\nMenteri: Besok pagi.\nWartawan: Di mana?\n\nHujan turun.",
        "Penulis: bekerja tanpa henti.\n\nHujan turun.",
        "Judul: Harga Cabai Naik\nHujan turun sejak pagi.",  # no blank line: it may be a sentence
        "Sumber: Dua Menteri Akan Diganti\n\nHujan turun.",
        "Alamat: Jalan Melati 7.\n\nHujan turun.",
    ],
)
def test_what_is_no_header_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    from warta.readers.files import read as documents

    assert [found.text for found in documents(path, "a")] == [text]  # type: ignore[union-attr]


def test_a_title_below_the_fields(tmp_path: Path) -> None:
    found = read(tmp_path, f"Tanggal: 7/10/2025\nSumber: Kabar Nusa\n\nHarga Cabai Naik\n\n{BODY}")
    assert (found.title, found.text, found.outlet) == ("Harga Cabai Naik", BODY, "Kabar Nusa")
