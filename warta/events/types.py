"""The event types: what each means, and the kindred types of PLOVER and CAMEO (`lang/id/event_types.yml`)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from warta.lang import load


class EventType(NamedTuple):
    """`plover_type` and `cameo_root` name the kindred type of PLOVER and CAMEO; None where they have none."""

    definition: str
    plover_type: str | None
    plover_mode: str | None
    cameo_root: str | None
    example: str


@lru_cache(maxsize=1)
def event_types() -> dict[str, EventType]:
    """The 34 types by name, as declared in event_types.yml."""
    return {
        name: EventType(row["definition"], row["plover"], row["mode"], row["cameo"], row["example"])
        for name, row in load("id", "event_types").items()
    }
