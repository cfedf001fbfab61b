"""Ids of rows: hashes of what a row is about, so that the same input gives the same ids."""

from __future__ import annotations

import hashlib


def stable_id(*parts: str | int) -> str:
    """80 bits of BLAKE2b over the parts, as 20 hex digits."""
    key = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(key, digest_size=10).hexdigest()


def name_id(type: str, name: str) -> str:
    """The id that an article gives to a thing of this type and full name (docs/decisions/0003)."""
    return stable_id("entity", type, " ".join(name.casefold().split()))
