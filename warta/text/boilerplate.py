"""Boilerplate: what sites put between and behind the paragraphs of an article (`lang/id/boilerplate.yml`)."""

from __future__ import annotations

import re
from functools import lru_cache

from warta.lang import load

MAX_BOILERPLATE = 300  # characters of a line; also what keeps the patterns linear


@lru_cache(maxsize=1)
def _lines() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in load("id", "boilerplate")["lines"]), re.IGNORECASE)


@lru_cache(maxsize=1)
def _inline() -> re.Pattern[str]:
    return re.compile("|".join(load("id", "boilerplate")["inline"]))


@lru_cache(maxsize=1)
def _ending() -> re.Pattern[str]:
    endings = "|".join(load("id", "boilerplate")["endings"])
    return re.compile(rf"(?:^|(?<=[.!?…\"”'’]))\s*(?:{endings})$", re.IGNORECASE)


def split_at_inline(text: str) -> list[str]:
    """The lines of `text`; boilerplate inside a line becomes the line break that an export has lost."""
    return [line.strip() for line in _inline().sub("\n", text).split("\n")]


def is_boilerplate(line: str) -> bool:
    return len(line) <= MAX_BOILERPLATE and _lines().fullmatch(line) is not None


def without_ending(lines: list[str]) -> list[str]:
    """The lines of an article without the writers' initials behind its last full stop."""
    lines = list(lines)
    while lines and (found := _ending().search(lines[-1], max(0, len(lines[-1]) - MAX_BOILERPLATE))):
        lines[-1:] = [lines[-1][: found.start()]] if found.start() else []
    return lines
