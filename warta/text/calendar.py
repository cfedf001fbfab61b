"""Days of the calendar, for dates as texts and addresses write them."""

from __future__ import annotations

from datetime import date


def calendar_day(year: int, month: int, day: int) -> date | None:
    """None for what no calendar has: `30 Februari`, `(5/0)`, the year 0."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
