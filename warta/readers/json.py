"""`.json`: one article, or any arrangement of lists and objects with articles in it. A broken one costs itself only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import orjson

from warta.readers import fields, nested
from warta.readers.nested import Broken, Found
from warta.readers.source import MAX_JSON, Source, decode
from warta.records import RawDocument, Rejection

# A pair of surrogate escapes, half of one, or any other escape (so that `\\ud800` is left alone).
_ESCAPE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)
# A string, or what Python writes for a number that is none.
_NO_NUMBER = re.compile(rb'"(?:[^"\\]++|\\.)*+"|-?\b(?:NaN|Infinity)\b', re.DOTALL)
# Strings end with their line at the latest, so that a stray quote does not turn the rest inside out.
_TOKEN = re.compile(rb'"(?:[^"\\\n]++|\\.)*+(?:"|$|(?=\n))|[\[\]{},:]')
_BETWEEN = re.compile(rb"[\s,]*")
MENDED_LEVELS = 8  # of lists and objects that are taken apart where the whole is broken


class BrokenJson(ValueError):
    """The bytes are no JSON (RFC 8259) or not what an article can be read from."""


def loads(data: bytes) -> Any:
    """Strict JSON, but for three repairs: half a surrogate pair becomes U+FFFD, Windows-1252 UTF-8, Python's NaN null.

    Of a key that an object repeats each value is kept (see `fields.distinct`).
    """
    try:
        return _with_repeated_keys(data, orjson.loads(data))
    except orjson.JSONDecodeError as error:
        text = decode(data)
        repaired = _ESCAPE.sub(lambda m: rb"\ufffd" if m["half"] else m[0], text.encode()) if text else data
        repaired = _NO_NUMBER.sub(lambda m: m[0] if m[0].startswith(b'"') else b"null", repaired)
        if repaired == data:
            raise BrokenJson(str(error)) from None
    try:
        return _with_repeated_keys(repaired, orjson.loads(repaired))
    except orjson.JSONDecodeError as error:
        raise BrokenJson(str(error)) from None


def _with_repeated_keys(data: bytes, content: Any) -> Any:
    """`content`, which is what `data` says; read again, with all values, where an object repeats a key."""
    repeated = False

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        found = dict(items)
        if len(found) == len(items):
            return found
        repeated = True
        return dict(zip(fields.distinct(name for name, _ in items), (value for _, value in items), strict=True))

    try:
        complete = json.loads(data, object_pairs_hook=pairs, parse_int=_number)
    except RecursionError:
        raise BrokenJson("it is nested too deep") from None
    return complete if repeated else content


def _number(digits: str) -> int | float:
    """As orjson reads whole numbers: those of more than 64 bits as floats."""
    return int(digits) if len(digits) < 19 else float(digits)


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    content = _content(source.whole(MAX_JSON))
    if isinstance(content, Broken):
        yield source.reject("broken_json", f"the file cannot be read: {content.detail}")
        return
    found = nested.articles(content)
    if not found:
        yield source.reject("no_text", "the file holds neither an article with a text nor a list of articles")
        return
    month_first = fields.month_first(article.record for article in found if isinstance(article.record, dict))
    for article, locator in zip(found, nested.locators(found), strict=True):
        # An article without a place is the file.
        data = nested.stored(article.record) if locator else None
        yield document(source, article, locator=locator, data=data, month_first=month_first)


def document(
    source: Source, article: Found, *, locator: str, data: bytes | None, month_first: bool
) -> RawDocument | Rejection:
    """The document of an article in a JSON value, stored as `data`."""
    match article.record:
        case Broken(reason=reason, detail=detail):
            return source.reject(reason, f"the article cannot be read: {detail}", locator=locator, data=data)
        case str(text):
            return fields.document(source, {"text": text}, locator=locator, data=data, month_first=month_first)
        case dict(record):
            return fields.document(source, record, locator=locator, data=data, month_first=month_first, key=article.key)
    return source.reject("no_text", "this is neither an object nor a text", locator=locator, data=data)


def _content(data: bytes) -> Any:
    """What a file says; a Broken stands for each part that is no JSON, a list for several things one after another."""
    try:
        return loads(data)
    except BrokenJson as error:
        whole = Broken(data, f"it is no JSON: {error}")
    found, start = [], 0
    while (start := _BETWEEN.match(data, start).end()) < len(data):  # type: ignore[union-attr]  # matches anything
        _, end = _parts(data, start)
        found.append(_mended(data[start:end], MENDED_LEVELS))
        start = end or len(data)
    if all(isinstance(part, Broken) for part in found):
        return whole
    return found if len(found) > 1 else found[0]


def _mended(data: bytes, levels: int) -> Any:
    """The value `data`; where it is no JSON, its parts that are, and a Broken for each that is not."""
    try:
        return loads(data)
    except BrokenJson as error:
        broken = Broken(data, f"it is no JSON: {error}")
    parts, end = _parts(data, 0)
    if not parts or not levels:
        return broken
    values = [_mended(part, levels - 1) for _, part in parts]
    if end is None and not nested.is_broken(values[-1], MENDED_LEVELS):
        values.append(Broken(b"", "the file ends inside of a list or object"))
        parts.append((None, b""))
    if data.lstrip().startswith(b"["):
        return values
    return _object([name for name, _ in parts], values) or broken


def _object(names: list[bytes | None], values: list[Any]) -> dict[str, Any] | None:
    """An object with these parts; None where it is itself a broken article and not what is around articles."""
    try:
        keys = [str(loads(name or b"")) for name in names]
    except BrokenJson:
        return None
    found = dict(zip(fields.distinct(keys), values, strict=True))
    if "text" not in fields.known(keys):
        return found
    broken = (value for value in values if nested.is_broken(value, MENDED_LEVELS))
    return found if all(nested.has_article(value) for value in broken) else None


def _parts(data: bytes, start: int) -> tuple[list[tuple[bytes | None, bytes]], int | None]:
    """(key, value) of the parts of the list or object at `start`, as written, and its end; None where it has none.

    Lists have no keys. Two objects without a comma between them are two parts.
    """
    parts: list[tuple[bytes | None, bytes]] = []
    name, at, depth, ended = None, start, 0, 0
    for token in _TOKEN.finditer(data, start):
        sign = token[0]
        if depth == 0 and (sign not in (b"[", b"{") or data[start : token.start()].strip()):
            return [], None
        if sign in (b"[", b"{"):
            if depth == 1 and ended:
                parts.append((name, data[at:ended]))
                name, at, ended = None, ended, 0
            depth += 1
            if depth == 1:
                at = token.end()
        elif sign in (b"]", b"}"):
            depth -= 1
            ended = token.end() if depth == 1 else ended
            if depth == 0:
                parts.append((name, data[at : token.start()]))
                return parts, token.end()
        elif sign == b"," and depth == 1:
            parts.append((name, data[at : token.start()]))
            name, at, ended = None, token.end(), 0
        elif sign == b":" and depth == 1 and name is None:
            name, at = data[at : token.start()], token.end()
    if data[at:].strip():
        parts.append((name, data[at:]))
    return parts, None
