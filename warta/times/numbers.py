"""Numbers as the Indonesian press writes them: `2,3 triliun`, `1.250`, `dua belas`, `seratus lima puluh ribu`."""

from __future__ import annotations

import re
from functools import lru_cache

from warta.lang import load

# Dots group thousands and a comma is the decimal mark; a dot before one or two digits is the English decimal point.
NUMERAL = r"\d{1,3}(?:\.\d{3}){1,8}(?:,\d+)?|\d+(?:[.,]\d+)?"


@lru_cache(maxsize=1)
def words() -> dict[str, float]:
    """Every word that can stand in a spelled-out number, with its value."""
    data: dict[str, dict[str, float]] = load("id", "numbers")
    return data["digits"] | data["fused"] | data["scales"] | {"belas": 10}


def _initial() -> str:
    """One look at a letter, before any number word is tried there."""
    return f"(?=[{''.join(sorted({word[0] for word in words()}))}])"


@lru_cache(maxsize=1)
def number_pattern() -> str:
    """A regular expression (no groups) for a number in digits or words, with its scale."""
    data = load("id", "numbers")
    scales = "|".join(data["scales"])
    one = "|".join(sorted(words(), key=len, reverse=True))
    # No number begins inside one and none has endless words: pages of digits take linear time.
    return (
        rf"(?:(?<!\d)(?:{NUMERAL})(?:\s?(?:{scales})\b){{0,6}}|\b(?i:{_initial()}(?:{one})(?:\s(?:{one})){{0,20}})\b)"
    )


@lru_cache(maxsize=1)
def number_start() -> re.Pattern[str]:
    """Where a match of `number_pattern` can begin: at a run of digits or at a number word."""
    return re.compile(rf"\d+|\b{_initial()}(?:{'|'.join(words())})", re.IGNORECASE)


def from_digits(text: str) -> float:
    """`1.250,5` -> 1250.5; a lone dot before three digits groups thousands, before one or two it is a decimal mark."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text) or "," in text:
        text = text.replace(".", "").replace(",", ".")
    return float(text)


def from_words(text: str) -> float:
    """`seratus lima puluh ribu` -> 150000. Scales multiply what stands before them since the last larger scale."""
    data, known = load("id", "numbers"), words()
    total = group = unit = 0.0
    for word in text.lower().split():
        if word == "belas":
            unit += 10
        elif (scale := data["scales"].get(word)) is None:
            if known[word] < 100:
                unit += known[word]
            elif known[word] < 1000:
                group += known[word]
            else:
                total += known[word]
        elif scale < 1000:
            group, unit = group + (unit or 1) * scale, 0.0
        else:
            total, group, unit = total + (group + unit or 1) * scale, 0.0, 0.0
    return total + group + unit


def parse(text: str) -> float:
    """The value of a string that `number_pattern` matched."""
    found = re.match(r"[\d.,]+", text)
    if not found:
        return from_words(text)
    value = from_digits(found.group())
    for word in text[found.end() :].split():
        value *= load("id", "numbers")["scales"][word.lower()]
    return value
