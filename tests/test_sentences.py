from __future__ import annotations

import pytest
from timing import assert_linear

from warta.text.sentences import split


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text)[0]]


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("Hujan turun. Warga mengungsi.", ["Hujan turun.", "Warga mengungsi."]),
        ("Kapan selesai? Belum pasti! Begitulah.", ["Kapan selesai?", "Belum pasti!", "Begitulah."]),
        ("Baris satu\nBaris dua", ["Baris satu", "Baris dua"]),
        # Abbreviations, initials and degrees keep their stop.
        ("Menurut Dr. Lestari, aman. Warga lega.", ["Menurut Dr. Lestari, aman.", "Warga lega."]),
        ("Lurah M. Idris dan A.M. Siregar hadir.", ["Lurah M. Idris dan A.M. Siregar hadir."]),
        ("Ia tinggal di Jl. Melati No. 5 sejak lama.", ["Ia tinggal di Jl. Melati No. 5 sejak lama."]),
        ("Surat itu dikirim Kejari Cq. Kasi Pidum.", ["Surat itu dikirim Kejari Cq. Kasi Pidum."]),
        # The same letters end a sentence where no number follows.
        ("Ada beberapa hal. Pertama, biaya.", ["Ada beberapa hal.", "Pertama, biaya."]),
        ("Jaraknya 3 km. Jalannya rusak.", ["Jaraknya 3 km.", "Jalannya rusak."]),
        # Numbers and list items.
        ("Harganya Rp 1.500.000. Itu mahal.", ["Harganya Rp 1.500.000.", "Itu mahal."]),
        ("1. Fotokopi ijazah\n2. Pas foto", ["1. Fotokopi ijazah", "2. Pas foto"]),
        # A pair of marks holds its sentences together.
        ('"Kami siap. Mari mulai," kata Rini.', ['"Kami siap. Mari mulai," kata Rini.']),
        ("“Kami siap. Mari mulai,” kata Rini. Ia pulang.", ["“Kami siap. Mari mulai,” kata Rini.", "Ia pulang."]),
        # A mark that is never closed does not.
        ('"Kami siap. Mari mulai, kata Rini.', ['"Kami siap.', "Mari mulai, kata Rini."]),
        # Forgotten spaces.
        ("Rapat usai.Rini pulang lebih dulu.", ["Rapat usai.", "Rini pulang lebih dulu."]),
        (
            'Target tercapai."Kita ingin lebih," ujarnya.Ia lalu pergi.',
            ["Target tercapai.", '"Kita ingin lebih," ujarnya.', "Ia lalu pergi."],
        ),
        (
            "Rapat digelar Rabu (1/2/2023).Rini hadir di sana.",
            ["Rapat digelar Rabu (1/2/2023).", "Rini hadir di sana."],
        ),
        ("Situs contoh.co.id memuatnya.", ["Situs contoh.co.id memuatnya."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, wanted: list[str]) -> None:
    assert sentences(text) == wanted


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("Jum'at (3/4) pukul 14.30", ["Jum'at", "(", "3/4", ")", "pukul", "14.30"]),
        ("undang-undang Covid-19", ["undang-undang", "Covid-19"]),
        ('"Ya," katanya.', ['"', "Ya", ",", '"', "katanya", "."]),
    ],
)
def test_tokens(text: str, wanted: list[str]) -> None:
    assert [token.text for token in split(text)[1]] == wanted


def test_offsets_point_at_the_text_and_every_token_has_its_sentence() -> None:
    text = 'Rini datang.  "Halo. Apa kabar?" katanya.\n\n  Budi diam.'
    found, tokens = split(text)
    assert [text[t.start : t.end] for t in tokens] == [t.text for t in tokens]
    for sentence in found:
        assert {t.sentence for t in tokens[sentence.first : sentence.last]} == {sentence.ordinal}
    assert [s.paragraph for s in found] == [0, 0, 2]


@pytest.mark.parametrize("piece", ['"Ia. ', "“Ia. ", "Ia. ", '" '])
def test_endless_marks_and_stops_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: split(piece * (size // len(piece))), 75_000)
