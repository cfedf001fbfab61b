"""Corrections by people, as data: `corrections.csv` in the home, applied whenever entities are resolved.

    action,target,article_id,value,author,reason
    merge,ENTITY,,ENTITY,...        the two are one
    split,ENTITY,ARTICLE,NAME,...   in this article it is another one; rows with one NAME are the same other one
    rename,ENTITY,,NAME,...
    retype,ENTITY,,TYPE,...
    not_an_entity,ENTITY,,,...
    speaker,QUOTE_ID,,ENTITY,...    who said it; empty: nobody known

ENTITY is an entity's id (also one it had before it was joined) or its exact name. A correction without author or
reason is refused; one that fits nothing is reported.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

FIELDS = ("action", "target", "article_id", "value", "author", "reason")
ACTIONS = ("merge", "split", "rename", "retype", "not_an_entity", "speaker")
_TYPES = ("PER", "ORG", "GPE", "LOC", "FAC", "NOR", "EVT", "LAW", "PRD", "WOA")


class BadCorrection(ValueError):
    """A line of corrections.csv that cannot be understood; the message names it."""


@dataclass(frozen=True)
class Correction:
    """One line; `line` counts from 1 with the head."""

    line: int
    action: str
    target: str
    article_id: str
    value: str
    author: str
    reason: str

    @property
    def because(self) -> str:
        return f"{self.reason} ({self.author})"

    def __str__(self) -> str:
        return f"line {self.line}: {self.action} {self.target}"


def read(path: Path) -> list[Correction]:
    """All corrections of a file, none where there is no file; raises BadCorrection."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != FIELDS:
            raise BadCorrection(f"{path.name}: the first line must be {','.join(FIELDS)}")
        return [_correction(path, number, row) for number, row in enumerate(rows, start=2)]


def _correction(path: Path, line: int, row: dict[str, str | None]) -> Correction:
    values = {name: (row[name] or "").strip() for name in FIELDS}
    action = values["action"]
    missing = [name for name in ("target", "author", "reason") if not values[name]]
    if action in ("merge", "split", "rename", "retype") and not values["value"]:
        missing.append("value")
    if action == "split" and not values["article_id"]:
        missing.append("article_id")
    if action not in ACTIONS:
        raise BadCorrection(f"{path.name}, line {line}: {action!r} is none of {', '.join(ACTIONS)}")
    if missing:
        raise BadCorrection(f"{path.name}, line {line}: {action} needs {', '.join(missing)}")
    if action == "retype" and values["value"] not in _TYPES:
        raise BadCorrection(f"{path.name}, line {line}: {values['value']!r} is none of {', '.join(_TYPES)}")
    return Correction(line, **values)
