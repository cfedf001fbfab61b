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
        yield source.reject("broken_json", f"the file is no JSON: {error}")
        return
    if isinstance(content, dict) and fields.value(content, "text"):
        yield fields.document(source, content, month_first=fields.month_first([content]))
        return
    articles = content if isinstance(content, list) else _inside(content, MAX_NESTING)
    if not articles:
        yield source.reject("no_text", "the file holds neither an article with a text nor a list of articles")
        return
    month_first = fields.month_first(article for article in articles if isinstance(article, dict))
    for number, article in enumerate(articles, 1):
        locator, stored = f"item {number}", orjson.dumps(article, option=orjson.OPT_SORT_KEYS)
        record = {"text": article} if isinstance(article, str) else article
        if isinstance(record, dict):
            yield fields.document(source, record, locator=locator, data=stored, month_first=month_first)
        else:
            yield source.reject("no_text", "this is neither an object nor a text", locator=locator, data=stored)


def _inside(content: Any, levels: int) -> list[Any]:
    """The first article, or list with an article in it, that is wrapped in `content`; [] where there is none."""
    if isinstance(content, dict) and fields.value(content, "text"):
        return [content]
    if isinstance(content, list):
        return content if any(isinstance(item, dict) and fields.value(item, "text") for item in content) else []
    if isinstance(content, dict) and levels:
        return next(filter(None, (_inside(part, levels - 1) for part in content.values())), [])
    return []
