"""Names that follow a grammar: cited laws (`Pasal 27 ayat (2) KUHP`, `Peraturan Menteri Z Nomor 5 Tahun 2020`) and
recurring events (`Piala Dunia 2026`, `HUT ke-80 RI`). An article takes the law behind it into its name.

The lists of words are those of `lang/id/name_patterns.yml`; the grammar around them stands here.
What a law is about (`tentang ...`) is not taken into its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from warta.lang import load

_NUMBER = r"(?:(?:[Nn]omor|No\.?):? ?[\w./-]*\d[\w/-]*(?:\.[\w/-]+)*(?: [Tt]ahun \d{4})?|\d+(?:/\d{4}| [Tt]ahun \d{4}))"


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def _grammar() -> re.Pattern[str]:
    words = load("id", "name_patterns")
    letters = r"[A-Za-z]\b(?:(?:, (?:dan )?| dan )[a-z]\b)*"
    part = rf" [Aa]yat (?:\(\d+\)|\d+\b)| ke[- ]\d+| huruf {letters}"
    numbered = rf"(?:{_any_of(words['laws'])})(?: [A-Z(][\w()/]*| dan(?= [A-Z])){{0,8}}? {_NUMBER}"
    titled = rf"(?:{_any_of(words['acts'])})(?: [A-Z][\w-]*)+(?: \([A-Z]+\))?(?: [Tt]ahun \d{{4}})?"
    law = rf"{numbered}|(?:{_any_of(words['codes'])})\b|{titled}"
    article = rf"[Pp]asal \d+ ?(?:[A-Z]\b)?(?:{part})*(?: (?:{law}))?"
    event = rf"(?:{_any_of(words['events'])})\b(?: ke-[\dIVX]+| (?:tahun |Tahun )?\d{{4}}\b| [A-Z][\w-]*)*"
    return re.compile(rf"(?<!\w)(?:(?P<LAW>{article}|{numbered})|(?P<EVT>{event}))(?!\w)")


def find_patterns(text: str) -> Iterator[tuple[int, int, Literal["LAW", "EVT"]]]:
    """Start, end and type of these names in `text`, in reading order."""
    for found in _grammar().finditer(text):
        yield found.start(), found.start() + len(found.group().rstrip(" .,")), "LAW" if found["LAW"] else "EVT"
