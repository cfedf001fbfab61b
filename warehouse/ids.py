"""Ids of rows that the warehouse itself makes; the same kind of hash as the library's."""

from __future__ import annotations

import hashlib


def stable_id(*parts: str | int) -> str:
    """80 bits of BLAKE2b over the parts, as 20 hex digits."""
    key = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(key, digest_size=10).hexdigest()


def name_id(type: str, name: str) -> str:
    """The id that an article gives to a thing of this type and full name (ADR 3)."""
    return stable_id("entity", type, " ".join(name.casefold().split()))
