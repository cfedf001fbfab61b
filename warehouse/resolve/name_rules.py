"""What a name says by itself, whatever articles give it."""

from __future__ import annotations

from typing import NamedTuple

from warehouse.ids import name_id, stable_id
from warehouse.resolve import places
from warehouse.resolve.known_names import local_bodies, public_names
from warehouse.resolve.names import fold, plain


class NameRead(NamedTuple):
    """The forms of a name, the key of the thing that it names, by which rule, and what the rule saw.

    `matched`: it may be compared with other names; not so what is another thing in every article.
    """

    folded: str
    form: str
    key: str
    rule: str
    because: str | None
    matched: bool


def read_name(local: str, type: str, name: str) -> NameRead:
    """`local`: the id that articles give to this type and name."""
    key, rule, because = _rule_of(local, type, name)
    matched = rule != "local_body" and local == name_id(type, name)
    return NameRead(fold(name), plain(type, name), key, rule, because, matched)


def _rule_of(local: str, type: str, name: str) -> tuple[str, str, str | None]:
    public = public_names().get((type, fold(name)))
    if public is not None and (type != "PER" or " " in fold(name)):
        because = None if fold(public.name) == fold(name) else f"{name} is {public.name}"
        return public.key, "public_name", because
    place = places.locate(name) if type == "GPE" else None
    if place is not None:
        return place_id(place), "gazetteer", f"{name} is {place.country_code} {place.region_code or ''}".strip()
    if type in ("ORG", "FAC", "GPE") and fold(name) in local_bodies():
        return local, "local_body", f"every region has its {name}"
    return local, "full_name", None


def place_id(place: places.Place) -> str:
    """The key of a place."""
    return stable_id("place", place.code, int(place.certain))
