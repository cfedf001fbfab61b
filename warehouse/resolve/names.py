"""Forms of a name that do not matter, and what an office is called."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BRACKETS = re.compile(r"\([^)]*\)?|[)]")


@cache
def load(name: str) -> Any:
    """The parsed file `resolve/<name>.yml`."""
    return yaml.safe_load(Path(__file__).with_name(f"{name}.yml").read_text("utf-8"))


def _words() -> Any:
    return load("words")


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """Lower case, no punctuation, one space."""
    return " ".join(_WORD.findall(name.casefold().replace("’", "'")))


@lru_cache(maxsize=100_000)
def plain(type: str, name: str) -> str:
    """The folded name without what may be left out: `PT`, `Tbk`, `RI` of a body, `H.`, `Dr` of a person."""
    left_out = _words()["left_out"].get(type, ())
    name = name.split(",")[0] if type == "PER" else name  # degrees follow a comma
    whole = fold(name).removesuffix(" republik indonesia") if type == "ORG" else fold(name)
    kept = [word for word in whole.split() if word not in left_out]
    if type == "PER" and len(kept) > 2:  # `M. Tito Karnavian`; with two words too many people share the rest
        kept = ["muhammad" if word in _words()["muhammad"] else word for word in kept]
    return " ".join(kept) or fold(name)


def spells(short: str, long: str) -> bool:
    """Can the letters of `short` be read off `long` in order, from its first letter?"""
    letters = iter(fold(long))
    wanted = fold(short).replace(" ", "")
    return wanted[:1] == fold(long)[:1] and all(letter in letters for letter in wanted)


def is_initials(short: str, long: str) -> bool:
    """`PPATK` of Pusat Pelaporan dan Analisis Transaksi Keuangan."""
    return fold(short) == "".join(word[0] for word in fold(long).split() if word not in _words()["small"])


@lru_cache(maxsize=100_000)
def office(role: str) -> str | None:
    """The office that a role names (`Menkeu RI` -> `menteri keuangan`); None for ranks, `Pak`, `saksi`."""
    known = _words()["roles"]
    kept = []
    for word in fold(_BRACKETS.sub(" ", role)).split():
        if word not in known["left_out"]:
            kept += known["short"].get(word, word).split()
    return " ".join(kept) or None


def contains(long: str, short: str) -> bool:
    """Do the words of `short` stand side by side in `long`?"""
    return f" {short} " in f" {long} "
