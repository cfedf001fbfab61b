"""Names that need no evidence: public names, and bodies that every region has (`resolve/*.yml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from warehouse.ids import name_id
from warehouse.resolve.names import fold, load


@dataclass(frozen=True)
class Public:
    """A thing known under several names; `roles`: what may stand beside its one-word names."""

    key: str
    name: str
    roles: frozenset[str]


@lru_cache(maxsize=1)
def public_names() -> dict[tuple[str, str], Public]:
    """(type, folded name) -> the thing."""
    found = {}
    for type, things in load("aliases").items():
        for thing in things:
            public = Public(name_id(type, thing["name"]), thing["name"], frozenset(thing.get("roles", ())))
            for name in (thing["name"], *thing.get("aliases", ())):
                found[type, fold(name)] = public
    return found


@lru_cache(maxsize=1)
def local_bodies() -> frozenset[str]:
    return frozenset(load("words")["local_bodies"])
