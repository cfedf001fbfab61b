"""Calendar arithmetic: shifts, names of spans, nearest days, and the first and last day of a value."""

from __future__ import annotations

from datetime import date

import pytest

from warta.times.timex import add_months, date_range, feast, nearest_year, shift, span_name, weekday_near

WEDNESDAY = date(2025, 10, 8)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 10, 8), 0, date(2025, 10, 8)),
        (date(2025, 10, 8), 2, date(2025, 12, 8)),
        (date(2025, 10, 8), 3, date(2026, 1, 8)),
        (date(2025, 1, 8), -1, date(2024, 12, 8)),
        (date(2025, 12, 8), 12, date(2026, 12, 8)),
        (date(2025, 10, 8), -120, date(2015, 10, 8)),
        # the last day where the other month is shorter
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 3, 31), 1, date(2025, 4, 30)),
        (date(2025, 4, 30), 1, date(2025, 5, 30)),
        (date(2025, 12, 31), -1, date(2025, 11, 30)),
        # the ends of the calendar
        (date(9999, 1, 31), 11, date(9999, 12, 31)),
        (date(1, 2, 1), -1, date(1, 1, 1)),
    ],
)
def test_months_later(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("day", "months", "year"), [(date(9999, 12, 1), 1, 10000), (date(1, 1, 1), -1, 0), (date(1, 5, 1), -24, -1)]
)
def test_the_calendar_ends(day: date, months: int, year: int) -> None:
    with pytest.raises(OverflowError, match=f"the year {year}"):
        add_months(day, months)


@pytest.mark.parametrize(
    ("unit", "count", "expected"),
    [
        ("D", 1, date(2025, 10, 9)), ("D", -8, date(2025, 9, 30)),
        ("W", 1, date(2025, 10, 15)), ("W", -2, date(2025, 9, 24)),
        ("M", 1, date(2025, 11, 8)), ("M", -10, date(2024, 12, 8)),
        ("Q", 1, date(2026, 1, 8)), ("Q", -2, date(2025, 4, 8)),
        ("H", 1, date(2026, 4, 8)), ("H", -2, date(2024, 10, 8)),
        ("Y", 1, date(2026, 10, 8)), ("Y", -3, date(2022, 10, 8)),
        ("E", 1, date(2035, 10, 8)), ("E", -2, date(2005, 10, 8)),
        ("C", 1, date(2125, 10, 8)), ("C", -3, date(1725, 10, 8)),
    ],
)  # fmt: skip
def test_units_later(unit: str, count: int, expected: date) -> None:
    assert shift(WEDNESDAY, unit, count) == expected


@pytest.mark.parametrize(
    ("day", "unit", "name"),
    [
        (date(2025, 1, 5), "D", "2025-01-05"),
        (date(987, 1, 5), "D", "0987-01-05"),
        # a week belongs to the year of its Thursday
        (date(2025, 10, 8), "W", "2025-W41"),
        (date(2025, 1, 6), "W", "2025-W02"),
        (date(2024, 12, 30), "W", "2025-W01"),
        (date(2027, 1, 3), "W", "2026-W53"),
        (date(987, 7, 5), "W", "0987-W27"),
        (date(2025, 1, 31), "M", "2025-01"), (date(987, 12, 1), "M", "0987-12"),
        *((date(2025, month, 1), "Q", f"2025-Q{quarter}") for month, quarter in
          [(1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (6, 2), (7, 3), (8, 3), (9, 3), (10, 4), (11, 4), (12, 4)]),
        *((date(2025, month, 1), "H", f"2025-H{half}") for month, half in [(1, 1), (6, 1), (7, 2), (12, 2)]),
        (date(987, 7, 5), "Q", "0987-Q3"), (date(987, 7, 5), "H", "0987-H2"),
        (date(2025, 1, 1), "Y", "2025"), (date(987, 1, 1), "Y", "0987"),
        (date(2025, 1, 1), "E", "202X"), (date(2019, 12, 31), "E", "201X"), (date(987, 1, 1), "E", "098X"),
        (date(2025, 1, 1), "C", "20XX"), (date(1999, 12, 31), "C", "19XX"), (date(987, 1, 1), "C", "09XX"),
    ],
)  # fmt: skip
def test_the_span_that_holds_a_day(day: date, unit: str, name: str) -> None:
    assert span_name(day, unit) == name


@pytest.mark.parametrize(
    ("day", "month", "anchor", "direction", "year"),
    [
        # either side, whichever is closer
        (20, 12, date(2025, 2, 1), 0, 2024),
        (20, 3, date(2025, 2, 1), 0, 2025),
        (5, 1, date(2025, 12, 20), 0, 2026),
        (8, 10, WEDNESDAY, 0, 2025),
        # before or after only; the day itself is both
        (20, 12, WEDNESDAY, -1, 2024),
        (20, 12, WEDNESDAY, 1, 2025),
        (7, 10, WEDNESDAY, -1, 2025),
        (7, 10, WEDNESDAY, 1, 2026),
        (9, 10, WEDNESDAY, -1, 2024),
        (8, 10, WEDNESDAY, -1, 2025),
        (8, 10, WEDNESDAY, 1, 2025),
        # half a year away
        (2, 7, date(2025, 1, 1), 0, 2025),
        (1, 7, date(2025, 12, 31), 0, 2026),
        # leap days
        (29, 2, date(2025, 2, 1), 0, 2024),
        (29, 2, date(2027, 2, 1), -1, None),
        (29, 2, date(2027, 2, 1), 1, 2028),
        (31, 4, WEDNESDAY, 0, None),
        (1, 13, WEDNESDAY, 0, None),
    ],
)
def test_the_year_of_a_day_and_month(day: int, month: int, anchor: date, direction: int, year: int | None) -> None:
    assert nearest_year(day, month, anchor, direction) == year


def test_of_two_years_equally_near_the_earlier_is_taken() -> None:
    assert nearest_year(1, 1, date(2024, 7, 2), 0) == 2024  # 183 days before, 183 days after


def test_without_a_direction_the_year_may_lie_on_either_side() -> None:
    assert nearest_year(20, 9, WEDNESDAY) == nearest_year(20, 10, WEDNESDAY) == 2025


@pytest.mark.parametrize(
    ("weekday", "direction", "expected"),
    [
        (2, 0, date(2025, 10, 8)), (2, -1, date(2025, 10, 8)), (2, 1, date(2025, 10, 15)),
        (1, 0, date(2025, 10, 7)), (1, -1, date(2025, 10, 7)), (1, 1, date(2025, 10, 14)),
        (3, 0, date(2025, 10, 2)), (3, -1, date(2025, 10, 2)), (3, 1, date(2025, 10, 9)),
        (0, 0, date(2025, 10, 6)), (6, 0, date(2025, 10, 5)), (6, 1, date(2025, 10, 12)), (0, 1, date(2025, 10, 13)),
    ],
)  # fmt: skip
def test_a_weekday_up_to_the_day_or_after_it(weekday: int, direction: int, expected: date) -> None:
    assert weekday_near(weekday, WEDNESDAY, direction) == expected


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("Lebaran", 2025, date(2025, 3, 31)), ("Lebaran", 2024, date(2024, 4, 10)),
        ("Natal", 2024, date(2024, 12, 25)), ("Hari Kemerdekaan", 2025, date(2025, 8, 17)),
        ("Natal", 1900, None),
    ],
)  # fmt: skip
def test_the_day_of_a_feast(name: str, year: int, day: date | None) -> None:
    assert feast(name, year) == day


def test_feasts_of_one_day_are_all_known() -> None:
    """In 2021 Idul Fitri fell on Ascension Day."""
    assert feast("Lebaran", 2021) == date(2021, 5, 13)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2025-10-08", date(2025, 10, 8), date(2025, 10, 8)),
        ("2025-10-08T15:30", date(2025, 10, 8), date(2025, 10, 8)),
        # weeks around new year, and their ends
        ("2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("2025-W41-WE", date(2025, 10, 11), date(2025, 10, 12)),
        # months of every length
        ("2025-01", date(2025, 1, 1), date(2025, 1, 31)),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-04", date(2025, 4, 1), date(2025, 4, 30)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
        ("2025-Q1", date(2025, 1, 1), date(2025, 3, 31)),
        ("2025-Q2", date(2025, 4, 1), date(2025, 6, 30)),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025-H1", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025-H2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
        ("2025-WI", date(2025, 1, 1), date(2025, 12, 31)),  # a season: its year
        # ranges
        ("2024-06/2025-02", date(2024, 6, 1), date(2025, 2, 28)),
        ("2019/2021", date(2019, 1, 1), date(2021, 12, 31)),
    ],
)
def test_first_and_last_day(value: str, first: date, last: date) -> None:
    assert date_range(value) == (first, last)


@pytest.mark.parametrize(
    "value",
    [
        "2025-13", "2025-00", "2025-13-01", "2025-02-30", "2025-Q5", "2025-H3", "2025-W54", "2025-W00", "0000",
        "0000-05", "XXXX", "XXXX-05", "XXXX-Q1", "P2Y", "PXD", "FUTURE_REF", "20", "20X", "199XX", "2025-",
        "2025-05/XXXX", "XXXX-05/2025-06", "2025-05/P1D", "",
    ],
)  # fmt: skip
def test_no_first_and_last_day(value: str) -> None:
    assert date_range(value) is None
