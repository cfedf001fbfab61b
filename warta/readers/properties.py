"""The title and the author of a document that a program wrote: from its properties, else a short first line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from warta.lang import load

MAX_TITLE = 160  # characters
_NAME = re.compile(r"[^\W\d_][\w.'’-]{0,40}(?: [^\W\d_][\w.'’-]{0,40}){1,4}")
_ENDS = re.compile(r"[.:;,][\"”’')\]]{0,2}$")


def titled(lines: Sequence[str], declared: str = "") -> tuple[str, list[str]]:
    """The title and the lines of the text. `declared` is the one in the file's properties, which may be of another."""
    found = [" ".join(line.split()) for line in lines]
    found = [line for line in found if line]
    declared = " ".join(declared.split())
    if not found:
        return declared, []
    if found[0].casefold() == declared.casefold() or (len(found) > 1 and _is_title(found[0], found[1])):
        return found[0], found[1:]
    return (declared if is_title(declared) else ""), found


def _is_title(line: str, following: str) -> bool:
    return len(line) <= MAX_TITLE and not _ENDS.search(line) and len(line) < len(following) and len(line.split()) > 1


def is_title(declared: str) -> bool:
    """Whether a property is a title, and not what a program writes by itself: a file's name, `Word Document`."""
    return len(declared.split()) >= 3 and len(declared) <= MAX_TITLE and not _titles().search(declared)


def author(declared: str) -> str | None:
    """The name of a person in a property; None for that of a machine or of a program."""
    name = " ".join(declared.split())
    return name if _NAME.fullmatch(name) and not _authors().intersection(name.casefold().split()) else None


@lru_cache(maxsize=1)
def _titles() -> re.Pattern[str]:
    return re.compile("|".join(load("id", "fields")["made_by_programs"]["title"]), re.IGNORECASE)


@lru_cache(maxsize=1)
def _authors() -> frozenset[str]:
    return frozenset(word for line in load("id", "fields")["made_by_programs"]["author"] for word in line)
