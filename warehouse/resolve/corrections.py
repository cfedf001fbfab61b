"""Corrections by people, as data: `corrections.csv` in the home, applied whenever entities are resolved.

    action,target,article_id,value,author,reason
    merge,ENTITY,,ENTITY,...        the two are one
    split,ENTITY,ARTICLE,NAME,...   in this article it is another one; rows with one NAME are the same other one
    rename,ENTITY,,NAME,...
    retype,ENTITY,,TYPE,...
    not_an_entity,ENTITY,,,...
    speaker,QUOTE_ID,,ENTITY,...    who said it; empty: nobody known

ENTITY is an entity's id (also one it had before it was joined) or its exact name. A correction without author or
reason is refused; one that fits nothing, or more than one entity, is reported.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from warehouse.contract import value_lists
from warehouse.errors import WartaError
from warehouse.ids import stable_id

FIELDS = ("action", "target", "article_id", "value", "author", "reason")
ACTIONS = ("merge", "split", "rename", "retype", "not_an_entity", "speaker")


class BadCorrection(WartaError):
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
    types = value_lists()["entity_type"]
    if action == "retype" and values["value"] not in types:
        raise BadCorrection(f"{path.name}, line {line}: {values['value']!r} is none of {', '.join(types)}")
    return Correction(line, **values)


@dataclass
class Corrected:
    """Links after merge, split and not_an_entity; names of the entities that a split makes; what fits nothing."""

    links: pl.DataFrame
    names: dict[str, str] = field(default_factory=dict)
    unused: list[Correction] = field(default_factory=list)


def apply(links: pl.DataFrame, corrections: list[Correction]) -> Corrected:
    """The links with the corrections of their file applied in its order."""
    done = Corrected(links)
    for correction in corrections:
        if correction.action not in ("merge", "split", "not_an_entity"):
            continue
        article = correction.article_id if correction.action == "split" else None
        found = find_entity(done.links, correction.target, article)
        becomes = None
        if correction.action == "merge":
            becomes = find_entity(done.links, correction.value)
        elif correction.action == "split":
            becomes = stable_id(correction.target, "split", correction.value)
        if found is None or (correction.action == "merge" and becomes is None):
            done.unused.append(correction)
            continue
        if correction.action == "split" and becomes:
            done.names[becomes] = correction.value
        which = pl.col("entity_id") == found
        done.links = _set(
            done.links, which & (pl.col("article_id") == article) if article else which, becomes, correction
        )
    return done


def find_entity(links: pl.DataFrame, target: str, article: str | None = None) -> str | None:
    """The one entity of that id, former id or exact name (in an article); None where there is none or more."""
    named = links.filter(pl.col("entity_id").is_not_null())
    if article is not None:
        named = named.filter(pl.col("article_id") == article)
    by_id = named.filter(pl.col("entity_id") == target)
    fits = (pl.col("local_id") == target) | (pl.col("name") == target)
    found = (named.filter(fits) if by_id.is_empty() else by_id)["entity_id"].unique()
    return str(found[0]) if len(found) == 1 else None


def _set(links: pl.DataFrame, where: pl.Expr, entity_id: str | None, correction: Correction) -> pl.DataFrame:
    where = where.fill_null(False)
    return links.with_columns(
        entity_id=pl.when(where).then(pl.lit(entity_id, pl.String)).otherwise("entity_id"),
        rule=pl.when(where).then(pl.lit("correction")).otherwise("rule"),
        because=pl.when(where).then(pl.lit(correction.because)).otherwise("because"),
    )
