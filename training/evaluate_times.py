"""Score time expressions on TimeML articles (IndoTimex: Kompas articles with TIMEX3 tags).

    python -m training.evaluate_times [ZIP]       default: ../shared/corpora/indotimex/kompas_development.zip

Prints precision, recall and F1 of recognition (overlapping extents, each side used once), the share of exact extents,
and the share of all annotated expressions that were found with the right value. Articles without tags in their text
are listed with what was found in them, so that a reader can judge.
"""

from __future__ import annotations

import re
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

from training.gold import SHARED
from warta.records import Article, Document, TimeExpression
from warta.text.sentences import split
from warta.times.extraction import extract_times

DEFAULT = SHARED / "corpora" / "indotimex" / "kompas_development.zip"
_TAG = re.compile(r"<TIMEX3([^>]*)>(.*?)</TIMEX3>", re.DOTALL)


class Marked(NamedTuple):
    """An annotated expression: tokens of the plain text from `start` to `end`, and its value."""

    start: int
    end: int
    value: str


def parse(timeml: str) -> tuple[str, date | None, list[Marked]]:
    """Plain text, day of creation and annotated expressions of one TimeML document."""
    created = re.search(r'<DCT>.*?value="(\d+)-(\d+)-(\d+)', timeml, re.DOTALL)
    body = re.search(r"<TEXT>(.*?)</TEXT>", timeml, re.DOTALL)
    text, marked, last = "", [], 0
    source = body.group(1) if body else ""
    for tag in _TAG.finditer(source):
        text += source[last : tag.start()]
        value = re.search(r'value="([^"]*)"', tag.group(1))
        marked.append(Marked(len(text), len(text) + len(tag.group(2)), value.group(1) if value else ""))
        text += tag.group(2)
        last = tag.end()
    return text + source[last:], date(*map(int, created.groups())) if created else None, marked


def times_of(text: str, published: date | None) -> list[TimeExpression]:
    document = Document(Article("timeml", text, published_date=published))
    document.sentences, document.tokens = split(text)
    return extract_times(document)


def same_value(found: str, wanted: str) -> bool:
    """Values agree up to what TimeNorm leaves out: minutes of a clock time, the hyphen in `PXY`."""
    return found == wanted or (found[:10] == wanted[:10] and "T" in found and "T" in wanted)


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    gold = predicted = hits = exact = right = 0
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            text, published, marked = parse(archive.read(name).decode("cp1252", "replace"))
            found = times_of(text, published)
            if not marked:
                print(name, published, *(f"[{t.text} = {t.value}]" for t in found))
                continue
            gold, predicted = gold + len(marked), predicted + len(found)
            free = list(found)
            for mark in marked:
                match = next((t for t in free if t.start < mark.end and mark.start < t.end), None)
                if match:
                    free.remove(match)
                    hits += 1
                    exact += (match.start, match.end) == (mark.start, mark.end)
                    right += same_value(match.value, mark.value)
    if gold:
        precision, recall = hits / max(predicted, 1), hits / gold
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"recognition F1 {f1:.3f}  P {precision:.3f}  R {recall:.3f}")
        print(f"exact extents {exact / gold:.3f}   right values {right / gold:.3f}   of {gold}")


if __name__ == "__main__":
    main()
