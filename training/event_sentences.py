"""Read training/event_sentences.txt: made-up news with events marked in the text (its head says how)."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from training.gold import GoldArticle
from warta.records import Article

SOURCE = Path(__file__).with_suffix(".txt")
PUBLISHED = date(2025, 2, 5)
_STATUS = {"": "asserted", ">": "planned", "?": "possible", "!": "denied"}
_MARK = re.compile(r"\[([^|\]]+)\|([A-Z]+)([>?!]?)\]|\{((?:[^{}\[\]])+)\|([atdp])(\d)\}")


def _paragraph(line: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text of a line, and its events in the gold's form."""
    text, last = "", 0
    events: list[dict[str, Any]] = []
    parts: list[tuple[int, str, str, int]] = []
    for found in _MARK.finditer(line):
        text += line[last : found.start()]
        last = found.end()
        if found[2]:
            events.append({"trigger": found[1], "type": found[2], "status": _STATUS[found[3]], "at": len(text)})
            text += found[1]
        else:
            parts.append((len(text), found[4], found[5], int(found[6])))
            text += found[4]
    text += line[last:]
    stops = [0, *(m.end() for m in re.finditer(r"\. (?=[A-Z\"])", text)), len(text)]
    for start, end in pairwise(stops):
        inside = [e for e in events if start <= e["at"] < end]
        for event in inside:
            event |= {"actors": [], "targets": [], "date_text": None, "place": None, "sentence": text[start:end]}
        for at, words, role, number in parts:
            if start <= at < end:
                event = inside[number - 1]
                if role in "at":
                    event["actors" if role == "a" else "targets"].append(words)
                else:
                    event["date_text" if role == "d" else "place"] = words
    return text, events


def load_sentences() -> list[GoldArticle]:
    """Each block as an article; `gold["events"]` carry `at`, the trigger's place in the text, and `date_text`."""
    found = []
    blocks = re.split(r"\n\s*\n", re.sub(r"^#.*\n", "", SOURCE.read_text("utf-8"), flags=re.MULTILINE).strip())
    for number, block in enumerate(blocks):
        text, events = "", []
        for line in block.split("\n"):
            plain, marked = _paragraph(line)
            events += [event | {"at": event["at"] + len(text)} for event in marked]
            text += plain + "\n"
        article = Article(f"made-up-{number}", text.strip(), published_date=PUBLISHED)
        found.append(
            GoldArticle(article, {"article_id": article.article_id}, {"entities": [], "quotes": [], "events": events})
        )
    return found
