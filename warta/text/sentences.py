"""Text into sentences and tokens.

A line of the text is a paragraph. A sentence ends at `.`, `!`, `?` or `…` (with closing marks after it) where white
space and something that can open a sentence follow, unless the stop belongs to an abbreviation, an initial, a number
or the number of a list item, or stands inside a pair of quotation marks.
"""

from __future__ import annotations

import re
from functools import lru_cache

from warta.lang import load
from warta.records import Sentence, Token
from warta.text import quotation_marks

# Numbers with their separators, clock times, words with inner hyphens or apostrophes, then any single mark.
TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W_]+)*\d*|\w+|[^\w\s]")
_END = re.compile(
    r"[.!?…](?:"  # what must stand before it is looked at from behind it, so a search leaps from mark to mark
    r"(?<![.!?…].)[.!?…]*[\"”’'»)\]]*(?=\s+[\"“‘'«(\[]*[A-Z0-9À-Ý])"
    r"|(?:(?<=[a-z]{3}[.!?])|(?<=[0-9]%[.!?])|(?<=\w\)[.!?]))[\"”]?(?=[\"“]?[A-Z][a-z]+[ ,.!?])"  # `itu.Ia`
    r")"
)
_LAST_WORD = re.compile(r"[\w.]+$")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_ITEM_NUMBER = re.compile(r"\s*\d{1,2}")


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Abbreviations before anything, and those that are ones only before a number."""
    lists = dict(load("id", "abbreviations"))
    before_numbers = frozenset(lists.pop("before_numbers"))
    return frozenset(word for words in lists.values() for word in words), before_numbers


def _ends_nothing(paragraph: str, stop: int) -> bool:
    """Whether the full stop at `stop` belongs to the word before it."""
    found = _LAST_WORD.search(paragraph, max(0, stop - 20), stop)
    if not found:
        return False
    word, (always, before_numbers) = found.group(), _abbreviations()
    if word.lower() in before_numbers:
        return paragraph[stop + 1 :].lstrip()[:1].isdigit()
    return bool(_INITIALS.fullmatch(word)) or word.lower() in always


def _spans(paragraph: str) -> list[tuple[int, int]]:
    """Sentence spans of one paragraph. Marks that are never closed do not hold a sentence open."""
    pairs = [pair for pair in quotation_marks.in_paragraph(paragraph) if pair.closed]
    pairs.reverse()  # the next one is the last of the list
    spans, start = [], 0
    item = _ITEM_NUMBER.match(paragraph)
    for found in _END.finditer(paragraph, item.end() + 1 if item else 0):
        while pairs and pairs[-1].outer_end <= found.start():
            pairs.pop()
        end = found.end()
        if pairs and pairs[-1].outer_start < end:
            if pairs[-1].outer_start < found.start() and end < pairs[-1].outer_end:
                continue
            if pairs[-1].outer_start > found.start():
                end = pairs[-1].outer_start  # `selesai."Kita`: the mark opens what follows
        if paragraph[found.start() : end] == "." and _ends_nothing(paragraph, found.start()):
            continue
        spans.append((start, end))
        start = end
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
