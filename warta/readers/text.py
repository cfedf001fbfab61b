"""`.txt`: one article a file, paragraphs a line; maybe fields above it, `Judul: ...`, a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from warta.readers import fields
from warta.readers.source import Source, decode
from warta.records import RawDocument, Rejection

MAX_HEADER = 40  # lines
ALONE = frozenset({"id", "title", "published"})  # fields of which one makes a header
MAX_OUTLET = 3  # words of an outlet that makes one; `Sumber: Dua Menteri Akan Diganti` is a headline

_FIELD = re.compile(r"([^\W\d_][\w .-]{0,30}?)\s?[:=](?!//)\s*(.*)")
_RULE = re.compile(r"[-=*_]{3,}")


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    data = source.whole()
    text = decode(data)
    if text is None:
        yield source.reject("bad_encoding", "the text is neither UTF-8, UTF-16 with a byte order mark nor Windows-1252")
    elif "\0" in text:
        yield source.reject("binary_content", f"there is a NUL byte at byte {data.index(0)}; this is no text")
    else:
        yield fields.document(source, record(text))


def record(text: str) -> dict[str, Any]:
    """The fields that stand above the text, one a line up to a blank line, and the text.

    A line there that is no field of ours stays in the text: it may be one that cleaning takes out and tells.
    """
    header, rest = _header(text)
    known = [(name, content) for name, content in header if fields.known([name])]
    if not _is_header(known):
        return {"text": text}
    others = [f"{name}: {content}" for name, content in header if not fields.known([name])]
    names = fields.distinct(name for name, _ in known)
    values = (content for _, content in known)
    return {**dict(zip(names, values, strict=True)), "text": "\n".join([*others, rest])}


def _is_header(lines: list[tuple[str, str]]) -> bool:
    """Whether these lines of known names are fields. A talk is none: `Wartawan: ...`, again and again."""
    found = {field: content for name, content in lines for field in fields.known([name])}
    is_outlet = 0 < len(found.get("outlet", "").split()) <= MAX_OUTLET
    is_address = found.get("url", "").lower().startswith(("http://", "https://", "www."))
    return bool(found.keys() & ALONE) or is_outlet or is_address or len(found) > 1


def _header(text: str) -> tuple[list[tuple[str, str]], str]:
    """The lines above the text as names and values, and the text."""
    lines = text.lstrip().splitlines()
    at = 1 if lines and _RULE.fullmatch(lines[0].strip()) else 0
    header: list[tuple[str, str]] = []
    while at < min(len(lines), MAX_HEADER) and (found := _FIELD.fullmatch(lines[at].strip())):
        if "text" in fields.known([found[1]]):
            break
        header.append((found[1], found[2]))
        at += 1
    if not header or at >= len(lines) or not _ends(lines[at].strip()):
        return [], text
    rest = lines[at:]
    while rest and (not rest[0].strip() or _RULE.fullmatch(rest[0].strip())):
        rest = rest[1:]
    return header, "\n".join(_without_name(rest))


def _ends(line: str) -> bool:
    """Whether a header ends above the line: it is blank, a rule, or the name of a text."""
    return not line or bool(_RULE.fullmatch(line)) or _names_text(line)


def _names_text(line: str) -> bool:
    """`Isi: ...`"""
    found = _FIELD.fullmatch(line)
    return bool(found and "text" in fields.known([found[1]]))


def _without_name(lines: list[str]) -> list[str]:
    """The lines of a text without the name of its field."""
    if lines and _names_text(lines[0].strip()):
        return [_FIELD.fullmatch(lines[0].strip())[2], *lines[1:]]  # type: ignore[index]  # it matches
    return lines
