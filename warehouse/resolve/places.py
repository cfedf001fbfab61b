"""Countries and Indonesian regions by name. SOURCES.md beside the data tells where it comes from."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from warehouse.resolve.names import fold

_FOLDER = Path(__file__).parent.parent / "places"
# Words before a name that tell what kind of region it is.
_DESIGNATORS = {
    "provinsi": "provinsi", "kabupaten": "kabupaten", "kab": "kabupaten", "kota": "kota", "kotamadya": "kota",
    "kota administrasi": "kota",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """`code`: ISO 3166-1 alpha-2 of a country, Kemendagri's of a region; `certain` unless only the name's place on
    the map is known, not which of two regions of that name is meant (`Bogor`: kota or kabupaten)."""

    code: str
    latitude: float | None
    longitude: float | None
    certain: bool = True

    @property
    def country_code(self) -> str:
        return self.code if self.code.isalpha() else "ID"

    @property
    def region_code(self) -> str | None:
        return None if self.code.isalpha() or not self.certain else self.code


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _place(row: dict[str, str]) -> Place:
    latitude, longitude = row["latitude"], row["longitude"]
    return Place(row["code"], float(latitude) if latitude else None, float(longitude) if longitude else None)


@lru_cache(maxsize=1)
def _gazetteer() -> dict[str, Place]:
    """Folded names, with and without the kind of region before them."""
    others = yaml.safe_load((_FOLDER / "names.yml").read_text("utf-8"))
    regions = _rows("regions.csv")
    by_name: dict[str, list[dict[str, str]]] = defaultdict(list)
    found: dict[str, Place] = {}
    for row in regions:
        by_name[fold(row["name"])].append(row)
        for word, kind in _DESIGNATORS.items():
            if kind == row["kind"]:
                found[f"{word} {fold(row['name'])}"] = _place(row)
    for name, rows in by_name.items():
        if name not in others["doubtful"]:
            found[name] = _of_bare_name(rows)
    by_code = {row["code"]: _place(row) for row in regions}
    for code, names in (others["provinces"] | others["regions"]).items():
        for name in names:
            found[name] = by_code[code]
            if len(code) == 2:
                found[f"provinsi {name}"] = by_code[code]
    for row in _rows("countries.csv"):
        for name in (fold(row["name"]), *others["countries"].get(row["code"], ())):
            found[name] = _place(row)
    return found


def _of_bare_name(rows: list[dict[str, str]]) -> Place:
    """The province of that name; else the only region; else somewhere in the kota."""
    by_kind = {row["kind"]: row for row in rows}
    if "provinsi" in by_kind or len(rows) == 1:
        return _place(by_kind.get("provinsi", rows[0]))
    known = _place(by_kind.get("kota", rows[0]))
    return Place(known.code, known.latitude, known.longitude, certain=False)


def locate(name: str) -> Place | None:
    """The country or region of this name."""
    return _gazetteer().get(fold(name))


def all_places() -> list[Place]:
    """All places that a name can lead to."""
    return list(_gazetteer().values())
