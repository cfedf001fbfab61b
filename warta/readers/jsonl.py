"""`.jsonl`, `.ndjson`: one JSON object a line. A broken line costs that line only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from warta.readers import fields
from warta.readers.json import BrokenJson, loads
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
            try:
                yield fields.document(source, _object(data), locator=locator, data=data, month_first=month_first)
            except BrokenJson as error:
                yield source.reject("broken_json", f"the line is no JSON object: {error}", locator=locator, data=data)


def _object(line: bytes) -> dict[str, Any]:
    match loads(line):
        case dict(found):
            return found
        case str(text):
            return {"text": text}
        case other:
            raise BrokenJson(f"it is a {type(other).__name__}")


def _objects(source: Source) -> Iterator[dict[str, Any]]:
    """Every object that can be read, for a look at all dates before the first is interpreted."""
    for _, line in until_damaged(source.lines()):
        with suppress(BrokenJson):
            yield _object(line or b"")
