from __future__ import annotations

from typing import NamedTuple

from warta.records import Document, EntityType


class Name(NamedTuple):
    """A named mention before coreference: `role` is the title or office beside it."""

    start: int
    end: int
    type: EntityType
    role: str | None = None


def find(document: Document) -> list[Name]:
    return []
