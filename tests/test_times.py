"""Time expressions: what is found, and which day it means for a paper of Wednesday, 8 October 2025."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest

from warta.lang import load
from warta.records import Article, Document, EntityType, Form, Mention
from warta.text.sentences import split
from warta.times.extraction import extract_times
from warta.times.timex import date_range

PUBLISHED = date(2025, 10, 8)


def read(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str, str]]:
    document = Document(Article("x", text, published_date=published))
    document.sentences, document.tokens = split(text)
    found = extract_times(document)
    assert all(text[t.start : t.end] == t.text for t in found)
    return [(t.text, t.kind, t.value) for t in found]


@pytest.mark.parametrize(
    "text, expected",
    [
        # days
        ("Pasar dibuka Senin (6/10/2025).", ("Senin (6/10/2025)", "DATE", "2025-10-06")),
        ("Pasar dibuka Senin (6/10) lalu.", ("Senin (6/10) lalu", "DATE", "2025-10-06")),
        ("Ia tiba pada Selasa, 21 Oktober 2025 di Palu.", ("Selasa, 21 Oktober 2025", "DATE", "2025-10-21")),
        ("Ia tiba 20 Desember lalu.", ("20 Desember lalu", "DATE", "2024-12-20")),
        ("Ia tiba 20 Oktober mendatang.", ("20 Oktober mendatang", "DATE", "2025-10-20")),
        ("Pameran berlangsung 7-17 November 2025.", ("7-17 November 2025", "DATE", "2025-11-07/2025-11-17")),
        ("Toko tutup pada hari Minggu.", ("hari Minggu", "DATE", "2025-10-05")),
        ("Toko tutup Kamis pekan lalu.", ("Kamis pekan lalu", "DATE", "2025-10-02")),
        ("Toko tutup Jumat mendatang.", ("Jumat mendatang", "DATE", "2025-10-10")),
        ("Ia datang kemarin.", ("kemarin", "DATE", "2025-10-07")),
        ("Ia datang kemarin (7/10).", ("kemarin (7/10)", "DATE", "2025-10-07")),
        ("Lomba digelar hari ini, Rabu (8/10/2025), di Solo.", ("Rabu (8/10/2025)", "DATE", "2025-10-08")),
        ("Jalan dibuka lusa.", ("lusa", "DATE", "2025-10-10")),
        ("Ia lahir pada 0 Juli.", ("Juli", "DATE", "2025-07")),
        # longer spans
        ("Fosil itu berumur 66 juta tahun lalu.", ("66 juta tahun lalu", "DATE", "PAST_REF")),
        ("Matahari padam 5.000 abad lagi.", ("5.000 abad lagi", "DATE", "FUTURE_REF")),
        ("Harga naik pekan lalu.", ("pekan lalu", "DATE", "2025-W40")),
        ("Harga naik bulan depan.", ("bulan depan", "DATE", "2025-11")),
        ("Harga naik pada Juli lalu.", ("Juli lalu", "DATE", "2025-07")),
        ("Harga naik pada Desember tahun lalu.", ("Desember tahun lalu", "DATE", "2024-12")),
        ("Harga naik pada akhir Desember.", ("akhir Desember", "DATE", "2025-12")),
        ("Harga naik pada Juni-Juli 2024.", ("Juni-Juli 2024", "DATE", "2024-06/2024-07")),
        ("Harga naik pada kuartal III 2024.", ("kuartal III 2024", "DATE", "2024-Q3")),
        ("Harga naik pada semester I tahun ini.", ("semester I tahun ini", "DATE", "2025-H1")),
        ("Proyek selesai pertengahan tahun depan.", ("pertengahan tahun depan", "DATE", "2026")),
        ("Proyek dimulai sejak tahun 2018.", ("tahun 2018", "DATE", "2018")),
        ("Pabrik itu berdiri pada 1980-an.", ("1980-an", "DATE", "198X")),
        ("Benteng itu dari abad ke-17.", ("abad ke-17", "DATE", "16XX")),
        ("Izin terbit dua tahun silam.", ("dua tahun silam", "DATE", "2023")),
        ("Izin terbit tiga hari lagi.", ("tiga hari lagi", "DATE", "2025-10-11")),
        ("Acara digelar akhir pekan ini.", ("akhir pekan ini", "DATE", "2025-W41-WE")),
        # feasts, by the calendar
        ("Harga naik menjelang Idul Fitri 2025.", ("Idul Fitri 2025", "DATE", "2025-03-31")),
        ("Harga naik jelang Natal.", ("Natal", "DATE", "2025-12-25")),
        ("Harga naik selama Ramadan 2025.", ("Ramadan 2025", "DATE", "2025-03")),
        # clock
        ("Api muncul pukul 15.30 WIB.", ("pukul 15.30 WIB", "TIME", "2025-10-08T15:30")),
        ("Ia tiba Senin (6/10) sekitar pukul 2.15.", ("Senin (6/10) sekitar pukul 2.15", "TIME", "2025-10-06T02:15")),
        ("Api muncul jam 9 malam.", ("jam 9 malam", "TIME", "2025-10-08T21:00")),
        ("Api muncul Senin (6/10) malam.", ("Senin (6/10) malam", "TIME", "2025-10-06TNI")),
        ("Api muncul tadi malam.", ("tadi malam", "TIME", "2025-10-07TNI")),
        ("Rupiah menguat sore ini.", ("sore ini", "TIME", "2025-10-08TAF")),
        # durations, sets, vague times
        ("Hujan turun selama empat jam.", ("empat jam", "DURATION", "PT4H")),
        ("Ia menjabat hampir dua tahun.", ("hampir dua tahun", "DURATION", "P2Y")),
        ("Harga naik dalam tiga bulan terakhir.", ("tiga bulan terakhir", "DURATION", "P3M")),
        ("Jalan rusak bertahun-tahun.", ("bertahun-tahun", "DURATION", "PXY")),
        ("Pasar buka setiap Senin.", ("setiap Senin", "SET", "XXXX-WXX-1")),
        ("Dana cair setiap tahun.", ("setiap tahun", "SET", "P1Y")),
        ("Saat ini jalan ditutup.", ("Saat ini", "DATE", "PRESENT_REF")),
        ("Ia pindah beberapa waktu lalu.", ("beberapa waktu lalu", "DATE", "PAST_REF")),
    ],
)  # fmt: skip
def test_an_expression_and_its_value(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in read(text)


@pytest.mark.parametrize("variables", [{}, {"LANG": "id_ID.UTF-8"}, {"LANG": "en_GB.UTF-8"}, {"LANGUAGE": "th"}])
def test_feasts_do_not_depend_on_the_language_of_the_environment(variables: dict[str, str]) -> None:
    """Every feast of the list has a day, and the same one everywhere."""
    ask = "from warta.times.timex import feast; import sys; print(*(feast(name, 2025) for name in sys.argv[1:]))"
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LANG", "LC_"))}
    names = list(load("id", "holidays")["feasts"])
    command = [sys.executable, "-c", ask, *names]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=env | variables).stdout.split()
    days = dict(zip(names, said, strict=True))
    assert "None" not in said
    assert (days["Lebaran"], days["Natal"], days["Nyepi"]) == ("2025-03-31", "2025-12-25", "2025-03-29")


@pytest.mark.parametrize(
    "text",
    [
        "Sebanyak 2000 orang mengungsi.",  # a count, no year
        "Harganya Rp 2025 per lembar.",
        "IHSG berada di level 2024.",
        "Rumah itu bernomor 12/3 di gang sempit.",
        "Kami mei-mei datang.",
        "Ia lahir pada (5/0) atau (31/2).",  # days that no calendar has
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert read(text) == []


def test_the_year_of_a_list_belongs_to_all_its_months() -> None:
    assert [value for *_, value in read("Bunga turun pada Januari dan Mei 2024.")] == ["2024-01/2024-05"]
    assert [value for *_, value in read("Bunga turun pada Januari, Maret dan Mei 2024.")] == [
        "2024-01",
        "2024-03/2024-05",
    ]


def test_without_a_day_of_publication_only_full_dates_are_resolved() -> None:
    assert read("Ia tiba kemarin, bukan 3 Mei 2024.", published=None) == [
        ("kemarin", "DATE", "XXXX-XX-XX"),
        ("3 Mei 2024", "DATE", "2024-05-03"),
    ]


@pytest.mark.parametrize(
    "value, first, last",
    [
        ("2025-10-07", date(2025, 10, 7), date(2025, 10, 7)),
        ("2025-10-07TNI", date(2025, 10, 7), date(2025, 10, 7)),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
        ("2025-W41", date(2025, 10, 6), date(2025, 10, 12)),
        ("2025-W41-WE", date(2025, 10, 11), date(2025, 10, 12)),
        ("2025-Q3", date(2025, 7, 1), date(2025, 9, 30)),
        ("2025-H2", date(2025, 7, 1), date(2025, 12, 31)),
        ("198X", date(1980, 1, 1), date(1989, 12, 31)),
        ("2025-11-07/2025-11-17", date(2025, 11, 7), date(2025, 11, 17)),
    ],
)
def test_the_days_of_a_value(value: str, first: date, last: date) -> None:
    assert date_range(value) == (first, last)


@pytest.mark.parametrize("value", ["P3D", "PRESENT_REF", "XXXX-XX-XX", "XXXX-WXX-1", "PT4H"])
def test_values_without_a_day(value: str) -> None:
    assert date_range(value) is None


def test_what_is_part_of_a_mention_is_no_time() -> None:
    """Also where that mention holds a shorter one."""
    text = "Ketua Bank Nusa hari Senin itu pergi hari Selasa."
    document = Document(Article("x", text, published_date=PUBLISHED))
    document.sentences, document.tokens = split(text)

    def mention(of: str, type: EntityType, form: Form) -> Mention:
        return Mention(text.index(of), text.index(of) + len(of), of, type, form, 0, 0)

    document.mentions = [
        mention("Ketua Bank Nusa hari Senin itu", "PER", "nominal"),
        mention("Bank Nusa", "ORG", "name"),
    ]
    assert [t.text for t in extract_times(document)] == ["hari Selasa"]
