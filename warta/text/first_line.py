"""The title of a plain text: a first line that is a headline and stands apart from the article.

It stands apart where a blank line, a dateline, a day or the writer's line follows. A first sentence stays in the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from warta.lang import load
from warta.text import boilerplate, datelines

PLAIN = frozenset({"text/plain"})  # formats without fields
MIN_WORDS, MAX_TITLE = 2, 150  # characters
MAX_DATELINE = 40  # characters of one that stands alone

_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]{0,2}(?:\s|$)")
# What a headline does not end in: `Hujan turun.`, `"Kami lelah."`, `Berikut daftarnya:`
_NO_END = re.compile(r"(?:\.[\"”’')\]]{0,2}|[,;:–—-])$")
_STOP_WITHIN = re.compile(r"[a-z]{4}\.\s+[A-Z\"“]")


def split(text: str) -> tuple[str, str]:
    """The title and the text below it; "" and the whole text where it has no title."""
    first, _, rest = text.strip().partition("\n")
    first, below = first.strip(), rest.strip()
    if not _is_headline(first) or not _SENTENCE_END.search(below):
        return "", text
    second = below.partition("\n")[0].strip()
    is_apart = not rest.partition("\n")[0].strip() or _opens_article(second)
    return (first, below) if is_apart else ("", text)


def _is_headline(line: str) -> bool:
    """Whether it is short and neither a sentence nor a dateline, a day, the line of a writer or of an advertisement."""
    return (
        len(line) <= MAX_TITLE
        and len(_WORD.findall(line)) >= MIN_WORDS
        and not line[0].islower()
        and not _NO_END.search(line)
        and not _STOP_WITHIN.search(line)
        and not _is_dateline(line)
        and not _is_beside(line)
    )


def _is_dateline(line: str) -> bool:
    """Also one that stands alone, with or without its dash: `JAKARTA, KOMPAS.com`."""
    is_alone = len(line) <= MAX_DATELINE and not line.isalpha() and datelines.read(f"{line.rstrip('-–— ')} - X")
    return bool(is_alone) or datelines.find(line) is not None


def _opens_article(line: str) -> bool:
    """Whether a headline stands above such a line."""
    return datelines.find(line) is not None or _is_beside(line)


def _is_beside(line: str) -> bool:
    """The line of a day or of a writer, or one that is no part of an article."""
    return bool(_day().fullmatch(line) or _byline().match(line)) or boilerplate.line_rule(line) is not None


@lru_cache(maxsize=1)
def _day() -> re.Pattern[str]:
    return re.compile(load("id", "pages")["date_line"], re.IGNORECASE)


@lru_cache(maxsize=1)
def _byline() -> re.Pattern[str]:
    return re.compile(load("id", "boilerplate")["bylines"])
