"""Every shipped regular expression takes linear time: nobody can stop a run with a few pages of brackets."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator

import patterns

# Four times the text takes four times as long in linear time, sixteen times in quadratic: room for noise between them.
LENGTH, LONGER, TOO_LONG, QUICK = 1_000, 4, 8, 0.01
# Only asked whether a whole line of at most MAX_BOILERPLATE characters is one of them.
BOUNDED = "(?P<advertisement>(?:scroll to continue with content)"
UNITS = (
    "a", "Ab", "Ab ", "aB1", "1", "1 ", "1.", "1.000", "12/", "2025-", " ", "\n", ".", ". ", "-", "a-", "'", '"', "(a",
    "( ", "[", "<!--", "<?xml ", "&amp;", "{}", "\\", "\\ud83d", "A. ", "a, ",
)  # fmt: skip


def seconds(pattern: re.Pattern, text: str | bytes, tries: int) -> float:
    return min(_seconds(pattern, text) for _ in range(tries))


def _seconds(pattern: re.Pattern, text: str | bytes) -> float:
    began = time.thread_time()
    if pattern.pattern[:2] in (r"\s", rb"\s"):
        pattern.match(text)  # spaces in front: such patterns are asked at one place, never searched for
    else:
        for _ in pattern.finditer(text):
            pass
    return time.thread_time() - began


def words(source: str) -> Iterator[str]:
    """Some of the words in a pattern, which lead deeper into it than other text does."""
    found = list(dict.fromkeys(re.findall(r"[A-Za-z]{3,}", source)))
    yield from (f"{word} " for word in found[:: max(1, len(found) // 6)])


def slow_units(source: str, flags: int, is_bytes: bool) -> list[str]:
    """The units whose repetition takes too long, and longer than linear time allows for more of them."""
    pattern = re.compile(source.encode("latin-1") if is_bytes else source, flags)
    return [unit for unit in (*UNITS, *words(source)) if is_slow(pattern, unit)]


def is_slow(pattern: re.Pattern, unit: str) -> bool:
    short, long = (
        text.encode() if isinstance(pattern.pattern, bytes) else text
        for text in (unit * (length // len(unit)) for length in (LENGTH, LONGER * LENGTH))
    )
    if seconds(pattern, long, 1) <= QUICK:
        return False
    return seconds(pattern, long, 5) > TOO_LONG * seconds(pattern, short, 5)


def test_every_pattern_is_linear() -> None:
    made = subprocess.run([sys.executable, patterns.__file__], capture_output=True, text=True, check=True)
    shipped = json.loads(made.stdout)
    assert len(shipped) > 80
    slow = {
        f"{path}: {source[:80]}": units
        for path, source, flags, is_bytes in shipped
        if not source.startswith(BOUNDED) and (units := slow_units(source, flags, is_bytes))
    }
    assert slow == {}


def test_quadratic_pattern_would_be_noticed() -> None:
    assert "a" in slow_units(r"\w+ \d", 0, False)
