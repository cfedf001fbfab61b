"""`.json`: one article, a list of articles, or an object with such a list inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

from warta.readers import fields
from warta.readers.source import MAX_JSON, Source, decode
from warta.records import RawDocument, Rejection

# A pair of surrogate escapes, half of one, or any other escape (so that `\\ud800` is left alone).
_ESCAPE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)
MAX_NESTING = 3  # levels of wrapping around the list of articles


class BrokenJson(ValueError):
    """The bytes are no JSON (RFC 8259) or not what an article can be read from."""


def loads(data: bytes) -> Any:
    """Strict JSON, but for two repairs: half a surrogate pair becomes U+FFFD, Windows-1252 becomes UTF-8."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        text = decode(data)
        repaired = _ESCAPE.sub(lambda m: rb"\ufffd" if m["half"] else m[0], text.encode()) if text else data
        if repaired == data:
            raise BrokenJson(str(error)) from None
    try:
        return orjson.loads(repaired)
    except orjson.JSONDecodeError as error:
        raise BrokenJson(str(error)) from None


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    data = source.whole(MAX_JSON)
    try:
        content = loads(data)
    except BrokenJson as error:
        yield source.reject("broken_json", f"the file is no JSON: {error}", data=data)
        return
    if isinstance(content, dict) and "text" in fields.known(content):
        yield fields.document(source, content, locator="", data=data, month_first=fields.month_first([content]))
        return
    articles = _list(content, MAX_NESTING)
    if articles is None:
        yield source.reject(
            "no_text", "there is neither an article with a text in it nor a list of articles", data=data
        )
        return
    month_first = fields.month_first(article for article in articles if isinstance(article, dict))
    for number, article in enumerate(articles, 1):
        locator, stored = f"item {number}", orjson.dumps(article, option=orjson.OPT_SORT_KEYS)
        match article:
            case dict():
                record = article
            case str():
                record = {"text": article}
            case _:
                yield source.reject("no_text", f"{locator} is no object", locator=locator, data=stored)
                continue
        yield fields.document(source, record, locator=locator, data=stored, month_first=month_first)


def _list(content: Any, levels: int) -> list[Any] | None:
    """The list of articles: `content` itself, else the first list of objects or texts inside it."""
    if isinstance(content, list):
        return content
    if isinstance(content, dict) and levels:
        found = (_list(part, levels - 1) for part in content.values())
        return next((part for part in found if part and any(isinstance(item, dict) for item in part)), None)
    return None
