"""The rules of time expressions one by one, for a paper of Wednesday, 8 October 2025 unless another day is told.

A case is the only expression of its sentence, written as `before [expression] after`.
"""

from __future__ import annotations

from datetime import date

import pytest

import warta
from conftest import SAMPLES
from warta.records import Article, Document
from warta.text.sentences import split
from warta.times.extraction import extract_times
from warta.times.rules import any_of, hints_in, rules, rules_for

WEDNESDAY = date(2025, 10, 8)


def read(text: str, published: date | None = WEDNESDAY) -> list[tuple[str, str, str]]:
    document = Document(Article("x", text, published_date=published))
    document.sentences, document.tokens = split(text)
    return [(t.text, t.kind, t.value) for t in extract_times(document)]


def only(marked: str, published: date | None = WEDNESDAY) -> tuple[str, str]:
    """Kind and value of the expression in square brackets, which must be the only one."""
    expression = marked[marked.index("[") + 1 : marked.index("]")]
    found = read(marked.replace("[", "").replace("]", ""), published)
    assert [text for text, *_ in found] == [expression]
    return found[0][1:]


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        # a day of a month: the nearest, or as the hint says
        ("Ia tiba [9 Oktober].", "2025-10-09"),
        ("Ia tiba [9 Oktober lalu].", "2024-10-09"),
        ("Ia tiba [8 Oktober lalu].", "2025-10-08"),
        ("Ia tiba [7 Oktober mendatang].", "2026-10-07"),
        ("Ia tiba [20 Januari].", "2026-01-20"),
        ("Ia tiba [20 Mei].", "2025-05-20"),
        ("Ia tiba [tanggal 30 Juni lalu].", "2025-06-30"),
        ("Ia tiba [30 Sept 2023].", "2023-09-30"),
        ("Pasar tutup [7-9 November].", "2025-11-07/2025-11-09"),
        ("Pasar tutup [7 hingga 9 November 2024].", "2024-11-07/2024-11-09"),
        ("Pasar tutup [7 s/d 9 November 2024].", "2024-11-07/2024-11-09"),
        ("Pasar tutup [7-7 November 2024].", "2024-11-07"),
        # with slashes; two digits are a year of this century
        ("Ia tiba [kemarin (5/8/2025)].", "2025-08-05"),
        ("Ia tiba [Jumat (5/8/22)].", "2022-08-05"),
        ("Pasar tutup [(9-10/12)].", "2025-12-09/2025-12-10"),
        ("Pasar tutup [(10-9/12)].", "2025-12-09"),
        ("Pasar tutup [(0-9/12)].", "2025-12-09"),
        ("Pasar tutup [(1-9/12)].", "2025-12-01/2025-12-09"),
        ("Pasar tutup [(9-9/12)].", "2025-12-09"),
        ("Ia tiba [Rabu (9/10) lalu].", "2024-10-09"),
        # other ways of writing a whole date
        ("Laporan itu bertanggal [05/08/2025].", "2025-08-05"),
        ("Laporan itu bertanggal [2025-08-05].", "2025-08-05"),
        # weekdays: the last one without a hint, the day of the paper included
        ("Ia tiba [Rabu].", "2025-10-08"),
        ("Ia tiba [Kamis].", "2025-10-02"),
        ("Ia tiba [Rabu lalu].", "2025-10-01"),
        ("Ia tiba [Selasa lalu].", "2025-10-07"),
        ("Ia tiba [Rabu mendatang].", "2025-10-15"),
        ("Ia tiba [Kamis depan].", "2025-10-09"),
        ("Ia tiba [Rabu ini].", "2025-10-08"),
        ("Ia tiba [Senin pekan ini].", "2025-10-06"),
        ("Ia tiba [Minggu pekan ini].", "2025-10-12"),
        ("Ia tiba [Senin pekan lalu].", "2025-09-29"),
        ("Ia tiba [Senin pekan depan].", "2025-10-13"),
        ("Ia tiba [hari Ahad].", "2025-10-05"),
        # `Minggu` is Sunday, but with a hint the week
        ("Ia tiba [Minggu].", "2025-10-05"),
        ("[Minggu lalu] ia tiba.", "2025-W40"),
        ("Ia tiba [hari Minggu lalu].", "2025-10-05"),
        ("[Hari Minggu depan] ia tiba.", "2025-10-12"),
        # months
        ("Ia tiba [Juli].", "2025-07"),
        ("Ia tiba [bulan Juli 2019].", "2019-07"),
        ("Ia tiba [Oktober lalu].", "2024-10"),
        ("Ia tiba [September lalu].", "2025-09"),
        ("Ia tiba [November lalu].", "2024-11"),
        ("Ia tiba [Oktober mendatang].", "2026-10"),
        ("Ia tiba [September mendatang].", "2026-09"),
        ("Ia tiba [November mendatang].", "2025-11"),
        ("Ia tiba [Januari ini].", "2025-01"),
        ("Ia tiba [Juli tahun lalu].", "2024-07"),
        ("Ia tiba [Juli tahun ini].", "2025-07"),
        ("Ia tiba [Juli tahun depan].", "2026-07"),
        # a month more than half a year away is of the year that brings it closer
        ("Ia tiba [Maret].", "2026-03"),
        ("Ia tiba [April].", "2025-04"),
        ("Ia tiba [Mei].", "2025-05"),
        # ranges of months
        ("Ia tiba [Juni-Juli].", "2025-06/2025-07"),
        ("Ia tiba [November-Januari 2024].", "2023-11/2024-01"),
        ("Ia tiba [Juli-Juli 2024].", "2024-07"),
        # years, decades, centuries
        ("Pabrik itu tutup [2019-2021].", "2019/2021"),
        ("Pabrik itu tutup [tahun 2019].", "2019"),
        ("Pabrik itu tutup [tahun 2019 hingga 2021].", "2019/2021"),
        ("Pabrik itu tutup [tahun 90-an].", "199X"),
        ("Pabrik itu tutup [tahun 40-an].", "194X"),
        ("Pabrik itu tutup [tahun 30-an].", "203X"),
        ("Pabrik itu tutup [era 2010-an].", "201X"),
        ("Pabrik itu tutup [1890-an].", "189X"),
        ("Benteng itu dari [abad 17].", "16XX"),
        ("Benteng itu dari [abad XVI].", "15XX"), ("Benteng itu dari [abad XVII].", "16XX"),
        ("Benteng itu dari [abad XVIII].", "17XX"), ("Benteng itu dari [abad XIX].", "18XX"),
        ("Benteng itu dari [abad XX].", "19XX"), ("Benteng itu dari [abad XXI].", "20XX"),
        # a unit and a hint, at the grain of the unit
        ("Ia tiba [minggu lalu].", "2025-W40"), ("Ia tiba [pekan depan].", "2025-W42"),
        ("Ia tiba [bulan ini].", "2025-10"), ("Ia tiba [bulan lalu].", "2025-09"),
        ("Ia tiba [kuartal lalu].", "2025-Q3"), ("Ia tiba [semester depan].", "2026-H1"),
        ("Ia tiba [tahun lalu].", "2024"), ("Ia tiba [dekade ini].", "202X"), ("Ia tiba [abad lalu].", "19XX"),
        ("Ia tiba [akhir tahun].", "2025"), ("Ia tiba [awal bulan].", "2025-10"),
        ("Ia tiba [tahun yang akan datang].", "2026"), ("Ia tiba [bulan yang lalu].", "2025-09"),
        ("Ia tiba [akhir pekan].", "2025-W41-WE"), ("Ia tiba [akhir pekan lalu].", "2025-W40-WE"),
        ("Ia tiba [akhir pekan depan].", "2025-W42-WE"),
        # so many units away
        ("Ia tiba [dua pekan lalu].", "2025-W39"), ("Ia tiba [lima bulan silam].", "2025-05"),
        ("Ia tiba [sebulan lalu].", "2025-09"), ("Ia tiba [setahun silam].", "2024"),
        ("Ia tiba [sepekan lagi].", "2025-W42"),
        ("Ia tiba [dua dekade lalu].", "200X"), ("Ia tiba [tiga hari kemudian].", "2025-10-11"),
        ("Ia tiba [sekitar dua tahun yang lalu].", "2023"), ("Ia tiba [seabad lalu].", "19XX"),
        ("Ia tiba [beberapa tahun lalu].", "PAST_REF"), ("Ia tiba [beberapa hari lagi].", "FUTURE_REF"),
        ("Ia tiba [10.000 tahun mendatang].", "FUTURE_REF"), ("Ia tiba [10.000 tahun silam].", "PAST_REF"),
        # quarters and halves of years
        ("Ekspor naik [kuartal pertama].", "2025-Q1"), ("Ekspor naik [kuartal ke-2 2024].", "2024-Q2"),
        ("Ekspor naik [triwulan IV tahun lalu].", "2024-Q4"), ("Ekspor naik [kuartal I tahun depan].", "2026-Q1"),
        ("Ekspor naik [semester II 2024].", "2024-H2"), ("Ekspor naik [semester kedua].", "2025-H2"),
        ("Ekspor naik [semester terakhir].", "2025-H2"), ("Ekspor naik [kuartal terakhir].", "2025-Q4"),
        # day words
        ("Ia tiba [hari ini].", "2025-10-08"), ("Ia tiba [besok].", "2025-10-09"), ("Ia tiba [lusa].", "2025-10-10"),
        ("Ia tiba [kemarin lusa].", "2025-10-06"), ("Ia tiba [besok lusa].", "2025-10-10"),
        # feasts and the month before Idul Fitri
        ("Harga naik jelang [Natal 2024].", "2024-12-25"), ("Harga naik jelang [Natal tahun lalu].", "2024-12-25"),
        ("Harga naik jelang [Natal tahun depan].", "2026-12-25"),
        ("Harga naik jelang [Tahun Baru].", "2026-01-01"),
        ("Harga naik jelang [Lebaran 2024].", "2024-04-10"),
        ("Harga naik selama [Ramadan].", "2025-03"), ("Harga naik selama [Ramadan 2024].", "2024-03"),
        ("Harga naik selama [Ramadhan 1446].", "2025-03"),  # a year of the Islamic calendar
        # seasons
        ("Sungai kering saat [musim kemarau].", "2025-SU"), ("Sungai meluap saat [musim hujan].", "2025-WI"),
        # times that no calendar can pin down
        ("[Kini] jalan ditutup.", "PRESENT_REF"), ("Jalan ditutup [baru-baru ini].", "PAST_REF"),
        ("Jalan ditutup [dalam waktu dekat].", "FUTURE_REF"), ("[Saat itu] jalan ditutup.", "PAST_REF"),
    ],
)  # fmt: skip
def test_dates(marked: str, value: str) -> None:
    assert only(marked) == ("DATE", value)


@pytest.mark.parametrize(
    ("marked", "published", "value"),
    [
        ("Ia tiba [30 Desember].", date(2026, 1, 2), "2025-12-30"),
        ("Ia tiba [2 Januari].", date(2025, 12, 30), "2026-01-02"),
        ("Ia tiba [November].", date(2026, 2, 10), "2025-11"),
        ("Ia tiba [Agustus].", date(2026, 2, 10), "2026-08"),
        ("Ia tiba [September].", date(2026, 2, 10), "2025-09"),
        ("Ia tiba [pekan ini].", date(2024, 12, 31), "2025-W01"),
        ("Ia tiba [pekan lalu].", date(2027, 1, 5), "2026-W53"),
        ("Ia tiba [Minggu pekan ini].", date(2024, 12, 31), "2025-01-05"),
        ("Ia tiba [bulan depan].", date(2025, 1, 31), "2025-02"),
        ("Harga naik jelang [Natal].", date(2026, 1, 10), "2025-12-25"),
        ("Harga naik jelang [Tahun Baru].", date(2025, 1, 10), "2025-01-01"),
        ("Harga naik jelang [Lebaran].", date(2025, 12, 31), "2026-03-21"),
        ("Ia tiba [(29/2)].", date(2024, 5, 1), "2024-02-29"),
    ],
)
def test_dates_of_papers_around_new_year(marked: str, published: date, value: str) -> None:
    assert only(marked, published) == ("DATE", value)


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        # clock times are of the day of the paper or the day named with them
        ("Api muncul [pukul 02.15].", "2025-10-08T02:15"),
        ("Api muncul [pukul 24.00 WIB].", "2025-10-08T00:00"),
        ("Api muncul [pukul 23.59].", "2025-10-08T23:59"),
        ("Api muncul [pukul 15:30:20 WITA].", "2025-10-08T15:30"),
        ("Api muncul [15.30 WIT].", "2025-10-08T15:30"),
        ("Api muncul [jam 7].", "2025-10-08T07:00"),
        ("Api muncul [pukul 09.00 waktu setempat].", "2025-10-08T09:00"),
        ("Api muncul [pukul 09.00-11.00 WIB].", "2025-10-08T09:00"),
        # twelve hours are added where the part of the day asks for them
        ("Api muncul [jam 9 pagi].", "2025-10-08T09:00"), ("Api muncul [jam 9 malam].", "2025-10-08T21:00"),
        ("Api muncul [jam 10 malam].", "2025-10-08T22:00"), ("Api muncul [jam 3 sore].", "2025-10-08T15:00"),
        ("Api muncul [jam 6 petang].", "2025-10-08T18:00"), ("Api muncul [jam 1 siang].", "2025-10-08T13:00"),
        ("Api muncul [jam 11 siang].", "2025-10-08T11:00"), ("Api muncul [jam 12 siang].", "2025-10-08T12:00"),
        ("Api muncul [pukul 19.30 malam].", "2025-10-08T19:30"),
        ("Api muncul [Senin (6/10) pukul 15.30 WIB].", "2025-10-06T15:30"),
        # parts of a day
        ("Api muncul [Senin malam].", "2025-10-06TNI"), ("Api muncul [Senin lalu].", None),
        ("Api muncul [6 Oktober 2025 malam].", "2025-10-06TNI"),
        ("Api muncul [Senin malam (6/10)].", "2025-10-06TNI"),
        ("Api muncul [Senin (6/10) dini hari].", "2025-10-06TMO"),
        ("Api muncul [kemarin sore].", "2025-10-07TAF"), ("Api muncul [pagi kemarin].", "2025-10-07TMO"),
        ("Api muncul [petang ini].", "2025-10-08TEV"), ("Api muncul [siang hari tadi].", "2025-10-08TAF"),
        ("Api muncul [semalam].", "2025-10-07TNI"), ("Api muncul [tadi pagi].", "2025-10-08TMO"),
        ("Api muncul [nanti malam].", "2025-10-08TNI"),
        # so many hours away: some time of the day
        ("Api muncul [dua jam lalu].", "2025-10-08TXX"),
    ],
)  # fmt: skip
def test_times_of_day(marked: str, value: str | None) -> None:
    assert only(marked) == (("TIME", value) if value else ("DATE", "2025-10-06"))


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        ("Hujan turun selama [dua detik].", "PT2S"), ("Hujan turun selama [15 menit].", "PT15M"),
        ("Hujan turun selama [empat jam].", "PT4H"), ("Hujan turun selama [tiga hari].", "P3D"),
        ("Hujan turun selama [dua minggu].", "P2W"), ("Hujan turun selama [enam bulan].", "P6M"),
        ("Proyek itu makan [dua kuartal].", "P6M"), ("Proyek itu makan [tiga semester].", "P18M"),
        ("Proyek itu makan [dua tahun].", "P2Y"), ("Proyek itu makan [dua dekade].", "P2E"),
        ("Proyek itu makan [dua abad].", "P200Y"), ("Proyek itu makan [1,5 tahun].", "P1.5Y"),
        # `se-` counts as one
        ("Hujan turun [sehari] penuh.", "P1D"), ("Proyek itu makan [setahun].", "P1Y"),
        ("Ia menunggu [sejam].", "PT1H"),
        ("Ia menunggu [semenit].", "PT1M"), ("Ia menunggu [seabad].", "P100Y"),
        # nobody says how many
        ("Proyek itu makan [beberapa bulan].", "PXM"), ("Proyek itu makan [puluhan tahun].", "PXY"),
        ("Proyek itu makan [beberapa kuartal].", "PXM"), ("Proyek itu makan [beberapa semester].", "PXM"),
        ("Proyek itu makan [beberapa abad].", "PXY"), ("Proyek itu makan [beberapa dekade].", "PXE"),
        ("Ia menunggu [berjam-jam].", "PTXH"), ("Ia menunggu [berbulan-bulan].", "PXM"),
        ("Harga naik dalam [tiga bulan terakhir].", "P3M"), ("Ia menunggu [lebih dari dua jam].", "PT2H"),
    ],
)  # fmt: skip
def test_durations(marked: str, value: str) -> None:
    assert only(marked.replace("] penuh", " penuh]")) == ("DURATION", value)


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        ("Pasar buka [setiap Senin].", "XXXX-WXX-1"), ("Pasar buka [setiap hari Minggu].", "XXXX-WXX-7"),
        ("Pasar buka [tiap malam].", "XXXX-XX-XXTNI"), ("Pasar buka [setiap bulan].", "P1M"),
        ("Pasar buka [setiap pekan].", "P1W"), ("Pasar buka [setiap jam].", "PT1H"),
        ("Pasar buka [setiap kuartal].", "P3M"), ("Pasar buka [setiap harinya].", "P1D"),
        ("Pasar buka [sekali seminggu].", "P1W"), ("Pasar itu dijaga [sehari-hari].", "P1D"),
    ],
)  # fmt: skip
def test_sets(marked: str, value: str) -> None:
    assert only(marked) == ("SET", value)


@pytest.mark.parametrize(
    "text",
    [
        "Rapat itu mulai pukul 25.00.",
        "Rapat itu mulai pukul 10.60.",
        "Rumah itu kosong (31/4).",
        "Laporan itu bertanggal 31/04/2025.",
        "Ia duduk di abad XXV.",
        "Sebanyak 1.2025 lembar dicetak.",
        "Harga naik jelang natal, lebaran dan selama ramadan.",  # feasts have a capital
    ],
)
def test_no_such_time(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("marked", "kind", "value"),
    [
        ("Ia tiba [Senin].", "DATE", "XXXX-XX-XX"), ("Ia tiba [Senin malam].", "TIME", "XXXX-XX-XXTNI"),
        ("Ia tiba [kemarin].", "DATE", "XXXX-XX-XX"), ("Ia tiba [kemarin sore].", "TIME", "XXXX-XX-XXTAF"),
        ("Ia tiba [pekan lalu].", "DATE", "XXXX-XX-XX"), ("Ia tiba [akhir pekan ini].", "DATE", "XXXX-XX-XX"),
        ("Ia tiba [dua hari lalu].", "DATE", "XXXX-XX-XX"), ("Ia tiba [tadi malam].", "TIME", "XXXX-XX-XXTNI"),
        ("Ia tiba [sore ini].", "TIME", "XXXX-XX-XXTAF"), ("Ia tiba [Juli].", "DATE", "XXXX-07"),
        ("Ia tiba [Juli 2024].", "DATE", "2024-07"), ("Ia tiba [pukul 15.30].", "TIME", "XXXX-XX-XXT15:30"),
        ("Ekspor naik [kuartal II].", "DATE", "XXXX-Q2"), ("Ekspor naik [kuartal II 2024].", "DATE", "2024-Q2"),
        ("Harga naik jelang [Natal].", "DATE", "XXXX-XX-XX"), ("Harga naik jelang [Natal 2024].", "DATE", "2024-12-25"),
        ("Harga naik selama [Ramadan].", "DATE", "XXXX-XX-XX"),
        ("Harga naik selama [Ramadan 2024].", "DATE", "2024-03"),
        ("Sungai kering saat [musim kemarau].", "DATE", "XXXX-SU"), ("Ia menunggu [dua jam].", "DURATION", "PT2H"),
        ("Ia tiba [beberapa hari lalu].", "DATE", "PAST_REF"),
    ],
)  # fmt: skip
def test_without_a_day_of_publication(marked: str, kind: str, value: str) -> None:
    assert only(marked, None) == (kind, value)


def test_a_feast_needs_a_year_whose_feasts_are_known() -> None:
    assert read("Foto itu diambil saat Natal 1930.") == [("1930", "DATE", "1930")]


def test_a_day_and_month_need_a_year_from_somewhere() -> None:
    assert read("Ia tiba (9/12).", None) == []


def test_the_longest_of_the_forms_is_matched() -> None:
    assert any_of(["pagi", "pagi hari"], fold=False) == r"(?:pagi\ hari|pagi)"
    assert any_of(["pagi"]) == "(?:[Pp]agi)"


@pytest.mark.parametrize(
    ("sentence", "hints"),
    [
        ("Ia tiba.", set()), ("Ia tiba pukul 3.", {"digits"}), ("Ia tiba SENIN.", {"weekdays"}),
        ("Ia tiba setiap Minggu.", {"every", "weekdays", "units"}), ("Ia tiba ٣.", {"digits"}),
    ],
)  # fmt: skip
def test_rules_are_tried_where_a_word_of_them_stands(sentence: str, hints: set[str]) -> None:
    assert {rule.hint for rule in rules_for(sentence, hints_in(sentence))} == hints


def test_no_rule_matches_where_it_is_not_tried() -> None:
    texts = [found.text for path in SAMPLES.iterdir() for found in warta.read(path) if isinstance(found, Article)]
    tried = 0
    for text in texts:
        for start, end in ((sentence.start, sentence.end) for sentence in split(text)[0]):
            chosen = rules_for(text[start:end], hints_in(text))
            assert {rule for rule in rules() if rule.pattern.search(text, start, end)} <= set(chosen)
            tried += len(chosen)
    assert tried > 100
