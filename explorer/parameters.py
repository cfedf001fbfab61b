"""What the parameters of a page may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from explorer.charts import FRAMES
from warehouse.contract import tables
from warehouse.errors import WartaError

FORMATS = ("csv", "json")
# As far as an INTEGER of DuckDB reaches, with room for a page of rows.
_LAST_ROW = 2_000_000_000
_ALL = "*"


class BadParameter(WartaError):
    """`label` names the text that says what the parameter takes, with `fields` in it."""

    def __init__(self, label: str, **fields: str) -> None:
        super().__init__(f"{label}: {fields}")
        self.label = label
        self.fields = fields


def check(given: Iterable[tuple[str, str]], types: Mapping[str, str], largest: int) -> None:
    """Raise BadParameter where a name is unknown, given twice, or its value is none of its type.

    An empty value stands for all. `largest`: what a whole number other than `offset` may be.
    """
    seen: set[str] = set()
    for name, value in given:
        if name not in types:
            raise BadParameter("unknown_parameter", name=name, taken=", ".join(sorted(types)))
        if name in seen:
            raise BadParameter("repeated_parameter", name=name)
        seen.add(name)
        if value:
            _check_value(name, types[name], value, largest)


def _check_value(name: str, kind: str, value: str, largest: int) -> None:
    if kind == "INTEGER":
        low, high = (0, _LAST_ROW) if name == "offset" else (1, largest)
        if not _is_whole(value, low, high):
            raise BadParameter("takes_number", name=name, low=str(low), high=str(high), given=value)
    elif kind == "DATE" and not _is_day(value):
        raise BadParameter("takes_day", name=name, given=value)
    elif kind == "MONTH" and value != _ALL and not _is_day(f"{value}-01"):
        raise BadParameter("takes_month", name=name, given=value)
    elif kind in choices() and value not in choices()[kind]:
        taken = ", ".join(choice for choice in choices()[kind] if choice != _ALL)
        raise BadParameter("takes_one_of", name=name, taken=taken, given=value)


def _is_whole(value: str, low: int, high: int) -> bool:
    return re.fullmatch(r"[0-9]{1,10}", value) is not None and low <= int(value) <= high


def _is_day(value: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1)
def choices() -> dict[str, tuple[str, ...]]:
    """The types whose values can be counted up."""
    columns = {name: table.columns for name, table in tables().items()}
    return {
        "ENTITY_TYPE": (*columns["entities"]["type"].values, _ALL),
        "EVENT_TYPE": (*columns["events"]["type"].values, _ALL),
        "EVENT_STATUS": (*columns["events"]["status"].values, _ALL),
        "QUOTE_KIND": (*columns["quotes"]["kind"].values, _ALL),
        "FRAME": tuple(FRAMES),
        "FORMAT": FORMATS,
    }
