"""Publication dates in the forms that sites, feeds and exports write them, and the day on which a text was written."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warta.lang import load
from warta.readers import dates
from warta.text.text_date import text_date

TODAY = date(2025, 11, 3)
DAY, NOON = datetime(2025, 10, 7), datetime(2025, 10, 7, 12, 30)  # a Tuesday; naive


def ahead(hours: float) -> datetime:
    return NOON.replace(tzinfo=timezone(timedelta(hours=hours)))


WIB, WITA, WIT, GREENWICH = ahead(7), ahead(8), ahead(9), ahead(0)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # a day
        ("2025-10-07", DAY),
        ("2025/10/07", DAY),
        ("7.10.2025", DAY),
        ("7 / 10 / 2025", DAY),
        ("7 Oktober 2025", DAY),
        ("Selasa, 7 Okt. 2025", DAY),
        ("SELASA, 07 OKTOBER 2025", DAY),
        ("07-Okt-25", DAY),
        ("7 Okt '25", DAY),
        ("07OCT2025", DAY),
        ("2025-Oct-07", DAY),
        ("Oktober 7, 2025", DAY),
        ("Oct 7th, 2025", DAY),
        ("Banten (7/10/2025)", DAY),
        ("2025-280", DAY),
        ("2025-W41-2", DAY),
        ("20251007", DAY),
        ("20251007.0", DAY),  # a column of numbers with a gap in it
        ("2025-10-07 00:00:00", DAY),  # what an export makes of a day
        # the order of day and month
        ("Selasa, 10/07/2025", DAY),
        ("Tue 10/07/25", DAY),
        ("Selasa, 07/10/25", DAY),
        ("10/07/2025", datetime(2025, 7, 10)),
        # short months, older spellings, other languages, contractions
        ("9 Agu 2021", datetime(2021, 8, 9)),
        ("9 Agust 2021", datetime(2021, 8, 9)),
        ("9 Ags. 2021", datetime(2021, 8, 9)),
        ("9 agt 2021", datetime(2021, 8, 9)),
        ("9 Ogos 2021", datetime(2021, 8, 9)),
        ("9 Nop 2019", datetime(2019, 11, 9)),
        ("9 Nopember 2019", datetime(2019, 11, 9)),
        ("9 Peb 2020", datetime(2020, 2, 9)),
        ("9 Pebruari 2020", datetime(2020, 2, 9)),
        ("9 Febuari 2020", datetime(2020, 2, 9)),
        ("9 Mrt 2020", datetime(2020, 3, 9)),
        ("9 Djan 1951", datetime(1951, 1, 9)),
        ("9 Djuli 1951", datetime(1951, 7, 9)),
        ("9 Sept. 2024", datetime(2024, 9, 9)),
        ("9 Des 98", datetime(1998, 12, 9)),
        # a clock time without a zone
        ("2025-10-07T12:30:00", NOON),
        ("2025-10-07 12.30", NOON),
        ("20251007T1230", NOON),
        ("202510071230", NOON),
        ("20251007123000", NOON),
        ("Selasa, 7 Oktober 2025 pukul 12.30", NOON),
        ("12:30 | 7 Okt 2025", NOON),
        ("7/10/2025, 12.30.00", NOON),
        ("10/7/2025 12:30 p.m.", datetime(2025, 7, 10, 12, 30)),
        ("Oct 7, 2025 12:30\u202fPM", NOON),
        ("Tue Oct  7 12:30:00 2025", NOON),
        ("2025100712", datetime(2025, 10, 7, 12)),
        # zones
        ("2025-10-07T12:30:00+07:00", WIB),
        ("2025-10-07 12:30:00.123456+07", WIB),
        ("2025-10-07T12:30:00+07:00[Asia/Jakarta]", WIB),
        ("2025-10-07 12:30 Asia/Jayapura", WIT),
        ("20251007T123000Z", GREENWICH),
        ("20251007T123000+0700", WIB),
        ("20251007123000Z", GREENWICH),
        ("Tue Oct 07 12:30:00 +0000 2025", GREENWICH),
        ("Tue Oct 07 12:30:00 WITA 2025", WITA),
        ("Tue Oct 07 2025 12:30:00 GMT+0700 (Western Indonesia Time)", WIB),
        ("Tue, 07 Oct 2025 12:30:00 +0700 (WIB)", WIB),
        ("Tuesday, 07-Oct-25 12:30:00 GMT", GREENWICH),
        ("Selasa, 07-Okt-2025 12.30 Wita", WITA),
        ("7 Oktober 2025 12.30 waktu Indonesia timur", WIT),
        ("7 Okt 2025 12:30 GMT+7", WIB),
        ("7 Okt 2025 12:30 (UTC+07:00)", WIB),
        ("WIT 12:30, 7 Okt 2025", WIT),
        ("Tue, 07 Oct 2025 12:30:00 EST", ahead(-5)),
        ("Tue, 07 Oct 2025 12:30:00 EDT", ahead(-4)),
        ("Tue, 07 Oct 2025 12:30:00 PST", ahead(-8)),
        ("Tue, 07 Oct 2025 12:30:00 SGT", ahead(8)),
        ("Tue, 07 Oct 2025 12:30:00 MYT", ahead(8)),
        ("Tue, 07 Oct 2025 12:30:00 JST", ahead(9)),
        ("Tue, 07 Oct 2025 12:30:00 AEST", ahead(10)),
        ("Tue, 07 Oct 2025 12:30:00 CET", ahead(1)),
        # a zone that nobody knows, or that several places call theirs; a time that no clock shows
        ("Tue, 07 Oct 2025 12:30:00 QXT", DAY),
        ("Tue, 07 Oct 2025 12:30:00 CST", DAY),
        ("2025-10-07 12:30 Asia/Atlantis", DAY),
        ("7 Okt 2025 24:00", DAY),
        # not the day of a change
        ("Diperbarui: Kamis, 9 Okt 2025 08:00, terbit 7 Okt 2025 12:30", NOON),
        ("Terbit 7 Okt 2025, diperbarui 9 Okt 2025 08:00", DAY),
        # epochs
        ("1759840200", GREENWICH),
        ("1759840200.5", GREENWICH),
        ("1759840200000", GREENWICH),
        ("1759840200000000", GREENWICH),
        ("1759840200000000000", GREENWICH),
        ("1.7598402e+18", GREENWICH),
        (1759840200, GREENWICH),
        (1759840200000.0, GREENWICH),
        # what databases and languages export
        ({"$date": "2025-10-07T12:30:00Z"}, GREENWICH),
        ({"$date": 1759840200000}, GREENWICH),
        ({"$date": {"$numberLong": "1759840200000"}}, GREENWICH),
        ({"_seconds": 1759840200, "_nanoseconds": 0}, GREENWICH),
        ({"date": "2025-10-07 12:30:00.000000", "timezone_type": 3, "timezone": "Asia/Jakarta"}, WIB),
        ({"@type": "DateTime", "@value": "2025-10-07T12:30:00+07:00"}, WIB),
        ('ISODate("2025-10-07T12:30:00Z")', GREENWICH),
        ("/Date(1759840200000+0700)/", GREENWICH),
        (["2025-10-07"], DAY),
        (date(2025, 10, 7), DAY),
        (WIB, WIB),
    ],
)
def test_a_moment(written: Any, expected: datetime) -> None:
    found = dates.read(written, today=TODAY)
    assert found == (expected, None, "")
    assert found.published is not None
    assert found.published.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    ("written", "problem", "shape"),
    [
        ("0", "default_date", "d"),
        ("0000-00-00 00:00:00", "default_date", "dddd-dd-dd dd:dd:dd"),
        ("0001-01-01T00:00:00", "default_date", "dddd-dd-ddadd:dd:dd"),
        ("1970-01-01T07:00:00+07:00", "default_date", "dddd-dd-ddadd:dd:dd+dd:dd"),
        ("1 Januari 1900", "default_date", "d aaaa dddd"),
        ("2099-12-31", "default_date", "dddd-dd-dd"),
        ("9999-12-31 23:59:59", "default_date", "dddd-dd-dd dd:dd:dd"),
        ("2025-11-05", "future_date", "dddd-dd-dd"),
        ("7 Okt 2052", "future_date", "d aaa dddd"),
        ("1812-10-07", "unread_date", "dddd-dd-dd"),
        ("31/02/2025", "unread_date", "dd/dd/dddd"),
        ("7 Dju 1951", "unread_date", "d aaa dddd"),  # June or July
        ("25/10/07", "unread_date", "dd/dd/dd"),  # any of the three may be the year
        ("45937", "unread_date", "ddddd"),  # a spreadsheet's day, or a number of readers
        ("2025-W41", "unread_date", "dddd-add"),
        ("2025-366", "unread_date", "dddd-ddd"),
        ("kemarin sore", "unread_date", "aaaa aaaa"),
        ("2 jam lalu", "unread_date", "d aaa aaaa"),
        ("7-Xyz-25", "unread_date", "d-aaa-dd"),
        ("Oktober 2025", "unread_date", "aaaa dddd"),
        ({"hari": 7}, "unread_date", "{aaaa}"),
        ("1e99", "unread_date", "dadd"),
        ("9" * 500, "unread_date", "d" * 39 + "…"),
        ("", None, ""),
        ("NaT", None, ""),
        ("null", None, ""),
        ("-", None, ""),
        (None, None, ""),
        (math.nan, None, ""),
        (False, None, ""),
    ],
)
def test_no_moment(written: Any, problem: str | None, shape: str) -> None:
    assert dates.read(written, today=TODAY) == (None, problem, shape)


def test_tomorrow_is_no_future_date() -> None:
    """The day begins earlier in the east."""
    assert dates.parse("2025-11-04", today=TODAY) == datetime(2025, 11, 4)
    assert dates.parse(datetime.now(UTC).isoformat())


def test_the_first_value_that_can_be_read_counts() -> None:
    assert dates.first([None, "kemarin", "1970-01-01", "7 Okt 2025", "9 Okt 2025"], today=TODAY).published == DAY
    assert dates.first([None, "kemarin", "1970-01-01"], today=TODAY).problem == "unread_date"
    assert dates.first([], today=TODAY) == dates.Reading()


def test_no_nesting_is_too_deep() -> None:
    nested: Any = "2025-10-07"
    for _ in range(100_000):
        nested = [nested]
    assert dates.read(nested).published is None


@given(
    st.lists(
        st.sampled_from(
            [*"0179-/.:+, T|('٣", "2025", "10", "Okt", "Agu", "Selasa", "WIB", "GMT", "Asia/", "pm", "1e9", "\ud800"]
        )
    ).map("".join)
    | st.text()
    | st.floats()
    | st.integers()
)
def test_nothing_raises(written: Any) -> None:
    found = dates.read(written, today=TODAY)
    assert not (found.published and found.problem)
    assert found.published is None or found.published.date() <= TODAY + timedelta(days=1)
    assert text_date(f"{written}", today=TODAY) is None or isinstance(written, str)


def test_every_name_of_a_month() -> None:
    months: dict[int, list[str]] = load("id", "publication_dates")["months"]
    assert sorted(months) == list(range(1, 13))
    for number, names in months.items():
        for name in names:
            assert dates.parse(f"9 {name} 2021") == dates.parse(f"9 {name.upper()}. 2021") == datetime(2021, number, 9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Kami siap," kata Rudi, Jumat (10/10/2025).', date(2025, 10, 10)),
        ("Rudi ditemui pada Jumat malam waktu setempat (10/10/2025).", date(2025, 10, 10)),
        ("Pasar itu dibuka Jumat, 10 Oktober 2025.", date(2025, 10, 10)),
        ("Menurut catatan (10/10/2025), harga turun.", date(2025, 10, 10)),
        # the latest
        (
            'Gudang itu terbakar Sabtu (8/10/2022).\n"Kini utuh lagi," ujar Rudi, Jumat (10/10/2025).',
            date(2025, 10, 10),
        ),
        ('"Kini utuh lagi," ujar Rudi, Jumat (10/10/2025). Gudang terbakar Sabtu (8/10/2022).', date(2025, 10, 10)),
        # that is not planned
        ('Lomba akan digelar Sabtu (1/11/2025). "Siap," ujar Rudi, Jumat (10/10/2025).', date(2025, 10, 10)),
        ("Lomba dibuka Sabtu (1/11/2025) mendatang, kata Rudi, Jumat (10/10/2025).", date(2025, 10, 10)),
        ("Lomba akan digelar pada Sabtu (1/11/2025).", None),
        ("Lomba akan ramai, ujar Rudi pada Jumat (10/10/2025).", date(2025, 10, 10)),
        ('"Lomba akan ramai." Rudi pulang Jumat (10/10/2025).', date(2025, 10, 10)),
        # nor later than tomorrow, nor a slip of the pen, nor a bare day
        ("Jadwal: Sabtu, 8 November 2025.", None),
        ("Rudi pulang Senin (10/10/2025).", None),
        ("Rudi lahir pada 10 Oktober 1980.", None),
        ("Rudi pulang pada Jumat (10/10).", None),
        ("Rudi pulang pada Jumat (31/2/2025).", None),
        ("", None),
    ],
)
def test_the_day_of_a_text(text: str, expected: date | None) -> None:
    assert text_date(text, today=TODAY) == expected
