"""Raw text into the text that every offset refers to: mojibake repaired, site furniture gone, one paragraph a line."""

from __future__ import annotations

import re
from functools import lru_cache

import ftfy

from warta.lang import load


@lru_cache(maxsize=1)
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in load("id", "furniture")["lines"]), re.IGNORECASE)


def clean_text(text: str) -> str:
    """The cleaned body of an article; "" where nothing but furniture was in it."""
    repaired = ftfy.fix_text(text, uncurl_quotes=False)
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in repaired.split("\n"))
    return "\n".join(line for line in lines if line and not _furniture().fullmatch(line))
