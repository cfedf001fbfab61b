"""Text into sentences and tokens.

A line of the text is a paragraph. A sentence ends at `.`, `!`, `?` or `…` (with closing marks after it) where white
space and something that can open a sentence follow, unless the stop belongs to an abbreviation, an initial or a
number, or stands inside quotation marks that are still open.
"""

from __future__ import annotations

import re
from functools import lru_cache

from warta.lang import load
from warta.records import Sentence, Token

# Numbers with their separators, clock times, words with inner hyphens or apostrophes, then any single mark.
TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W_]+)*\d*|\w+|[^\w\s]")
_END = re.compile(
    r"[.!?…]+[\"”’'»)\]]*(?=\s+[\"“‘'«(\[]*[A-Z0-9À-Ý])"
    r"|(?:(?<=[a-z]{3})|(?<=[0-9]%))[.!?][\"”]?(?=[\"“]?[A-Z][a-z]+ )"  # the space was forgotten: `pertemuan itu.Ia`
)
_LAST_WORD = re.compile(r"[\w.]+$")
_OPENING, _CLOSING = "“«", "”»"


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(word for words in load("id", "abbreviations").values() for word in words)


def _is_abbreviation(paragraph: str, stop: int) -> bool:
    found = _LAST_WORD.search(paragraph, max(0, stop - 20), stop)
    if not found:
        return False
    word = found.group()
    return (len(word) == 1 and word.isupper()) or word.lower() in _abbreviations()


def _inside_quote(paragraph: str, start: int, position: int) -> bool:
    """True while a mark opened after `start` is still open at `position`."""
    part = paragraph[start:position]
    curly = sum(map(part.count, _OPENING)) - sum(map(part.count, _CLOSING))
    return curly > 0 or part.count('"') % 2 == 1


def _spans(paragraph: str) -> list[tuple[int, int]]:
    """Sentence spans of one paragraph. Marks that are never closed do not hold a sentence open."""
    closes = paragraph.count('"') % 2 == 0 and sum(map(paragraph.count, _OPENING)) == sum(
        map(paragraph.count, _CLOSING)
    )
    spans, start, checked, open_quote = [], 0, 0, False
    for found in _END.finditer(paragraph):
        if closes:
            # `checked` moves on, so the whole paragraph is counted once.
            open_quote ^= _inside_quote(paragraph, checked, found.end())
            checked = found.end()
        if open_quote or (found.group() == "." and _is_abbreviation(paragraph, found.start())):
            continue
        spans.append((start, found.end()))
        start = found.end()
    spans.append((start, len(paragraph)))
    return spans


def split(text: str) -> tuple[list[Sentence], list[Token]]:
    """Sentences and tokens of `text`, in reading order; every token lies in exactly one sentence."""
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    offset = 0
    for number, paragraph in enumerate(text.split("\n")):
        for start, end in _spans(paragraph):
            body = paragraph[start:end]
            left = offset + start + len(body) - len(body.lstrip())
            right = offset + start + len(body.rstrip())
            if left >= right:
                continue
            first, ordinal = len(tokens), len(sentences)
            tokens += [Token(m.group(), m.start(), m.end(), ordinal) for m in TOKEN.finditer(text, left, right)]
            sentences.append(Sentence(ordinal, left, right, number, first, len(tokens)))
        offset += len(paragraph) + 1
    return sentences, tokens
