"""`.jsonl`, `.ndjson`: one JSON object a line, as a rule an article. A broken line costs that line only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from warta.readers import fields, json, nested
from warta.readers.json import BrokenJson, loads
from warta.readers.nested import Found
from warta.readers.source import MAX_RECORD, Source, until_damaged
from warta.records import RawDocument, Rejection


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    month_first = fields.month_first(_objects(source))
    for number, line in source.lines():
        locator = f"line {number}"
        if line is None:
            yield source.reject(
                "too_large", f"the line is longer than {MAX_RECORD >> 20} MiB", locator=locator, data=b""
            )
        elif data := line.strip():
            yield from _documents(source, data, locator, month_first=month_first)


def _documents(source: Source, line: bytes, locator: str, *, month_first: bool) -> Iterator[RawDocument | Rejection]:
    try:
        found = _articles(line)
    except BrokenJson as error:
        yield source.reject("broken_json", f"the line is no JSON object: {error}", locator=locator, data=line)
        return
    for article, place in zip(found, nested.locators(found), strict=True):
        at, data = (f"{locator}, {place}", nested.stored(article.record)) if place else (locator, line)
        yield json.document(source, article, locator=at, data=data, month_first=month_first)


def _articles(line: bytes) -> list[Found]:
    match loads(line):
        case dict(found):
            return nested.articles(found) or [Found((), found)]
        case str(text):
            return [Found((), text)]
        case list(found) if nested.has_article(found):
            return nested.articles(found)
        case other:
            raise BrokenJson(f"it is a {type(other).__name__}")


def _objects(source: Source) -> Iterator[dict[str, Any]]:
    """Every object that can be read, for a look at all dates before the first is interpreted."""
    for _, line in until_damaged(source.lines()):
        with suppress(BrokenJson):
            yield from (found.record for found in _articles(line or b"") if isinstance(found.record, dict))
