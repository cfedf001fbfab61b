"""A name as a part of the text."""

from __future__ import annotations

from typing import NamedTuple

from warta.records import EntityType


class NameSpan(NamedTuple):
    """A name as text[start:end], before coreference: `role` is the title or office beside it."""

    start: int
    end: int
    type: EntityType
    role: str | None = None
