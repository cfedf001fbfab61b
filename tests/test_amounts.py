"""Amounts: money, percentages, measures and counts with their plain values."""

from __future__ import annotations

import re

import pytest

from warta.records import Article, Document
from warta.text.sentences import split
from warta.times.amounts import extract_amounts
from warta.times.extraction import extract_times
from warta.times.numbers import number_pattern, number_start, parse


def read(text: str) -> list[tuple[str, str, float, str | None]]:
    document = Document(Article("x", text))
    document.sentences, document.tokens = split(text)
    document.times = extract_times(document)
    found = extract_amounts(document)
    assert all(text[a.start : a.end] == a.text for a in found)
    return [(a.text, a.kind, a.value, a.unit) for a in found]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Kerugian ditaksir Rp 2,3 triliun.", ("Rp 2,3 triliun", "money", 2.3e12, "IDR")),
        ("Harganya Rp60 ribu saja.", ("Rp60 ribu", "money", 60_000, "IDR")),
        ("Harganya Rp 12.500 di pasar.", ("Rp 12.500", "money", 12_500, "IDR")),
        ("Ia membayar Rp 1,5 M tunai.", ("Rp 1,5 M", "money", 1.5e9, "IDR")),
        ("Ia membayar lima juta rupiah.", ("lima juta rupiah", "money", 5e6, "IDR")),
        ("Ekspornya US$ 7,95 miliar.", ("US$ 7,95 miliar", "money", 7.95e9, "USD")),
        ("Minyak dijual 65 dolar AS.", ("65 dolar AS", "money", 65, "USD")),
        ("Tiketnya 20 ringgit.", ("20 ringgit", "money", 20, "MYR")),
        ("Inflasi 2,65% pada kuartal itu.", ("2,65%", "percent", 2.65, "%")),
        ("Inflasi 3 persen.", ("3 persen", "percent", 3, "%")),
        ("Ekonomi tumbuh 4,6-5,4 persen.", ("4,6-5,4 persen", "percent", 4.6, "%")),
        ("Bunga turun 25 basis poin.", ("25 basis poin", "measure", 25, "basis poin")),
        ("Ketinggian air 80 sentimeter.", ("80 sentimeter", "measure", 80, "cm")),
        ("Lahan seluas 4.000 hektare terbakar.", ("4.000 hektare", "measure", 4000, "ha")),
        ("Gempa magnitudo 5,6 terjadi.", ("magnitudo 5,6", "measure", 5.6, "M")),
        ("Sebanyak 26 pegawai dipecat.", ("26 pegawai", "count", 26, "pegawai")),
        ("Ada dua belas rumah rusak.", ("dua belas rumah", "count", 12, "rumah")),
        ("Ada 1.250 warga di sana.", ("1.250 warga", "count", 1250, "warga")),
    ],
)
def test_an_amount_and_its_value(text: str, expected: tuple[str, str, float, str]) -> None:
    assert expected in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ia tiba pada 7 Oktober 2025.",
        "Ia tinggal di RT 3 sana.",
        "Ia kalah dua kali.",
        "Ini tahap ke-3 dari rencana.",
        f"Ia punya {'9' * 400} ekor.",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text, value",
    [
        ("seratus lima puluh ribu", 150_000),
        ("dua belas", 12),
        ("sejuta", 1e6),
        ("dua ratus tiga", 203),
        ("1.250,5", 1250.5),
        ("2,3 triliun", 2.3e12),
        ("17.20", 17.2),
        ("17.0000 ribu", 17_000),  # too many digits for a group of thousands: a decimal mark
    ],
)
def test_numbers_in_words_and_digits(text: str, value: float) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    "text, begins",
    [
        ("Ia punya Dua puluh ekor.", ["Dua", "puluh"]),
        ("Ia punya 1.250 ekor di KTT G20.", ["1", "250", "20"]),
        ("Ia menduakan sebelasnya.", ["sebelas"]),  # a number may begin there, and does not
        ("Ia punya ſatu ekor.", ["ſatu"]),  # a long s is an s where case does not matter
        ("Ia tiba.", []),
    ],
)
def test_where_a_number_can_begin(text: str, begins: list[str]) -> None:
    assert number_start().findall(text) == begins
    found = [m.start() for m in number_start().finditer(text)]
    assert {m.start() for m in re.finditer(number_pattern(), text)} <= set(found)
