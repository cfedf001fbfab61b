"""`.txt`: one article a file, paragraphs a line, no fields."""

from __future__ import annotations

from collections.abc import Iterator

from warta.readers import fields
from warta.readers.source import Source, decode
from warta.records import RawDocument, Rejection


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    data = source.whole()
    text = decode(data)
    if text is None:
        yield source.reject("bad_encoding", "the text is neither UTF-8, UTF-16 with a byte order mark nor Windows-1252")
    elif "\0" in text:
        yield source.reject("binary_content", f"there is a NUL byte at byte {data.index(0)}; this is no text")
    else:
        yield fields.document(source, {"text": text})
