"""A record of any format (a JSON object, a table row) as a RawDocument, whatever its fields are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from warta.lang import load
from warta.readers import dates
from warta.readers.source import Source
from warta.records import RawDocument, Rejection

# Characters. The longest news features have about 50,000.
MAX_TEXT, MAX_OTHER = 1_000_000, 10_000


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """`Isi Berita`, `isi_berita` and `ISI-BERITA` are one name."""
    return re.sub(r"[\s_-]+", "", name).casefold()


@lru_cache(maxsize=1)
def _names() -> dict[str, list[str]]:
    return {field: [fold(name) for name in names] for field, names in load("id", "fields")["fields"].items()}


def known(names: Iterable[str]) -> set[str]:
    """Which of our fields a header or an object's keys offer."""
    given = {fold(name) for name in names}
    return {field for field, aliases in _names().items() if given.intersection(aliases)}


def value(record: Mapping[str, Any], field: str) -> str:
    """The field's value as plain text, "" where no name of it has one."""
    return _value(_folded(record), field)


def _folded(record: Mapping[str, Any]) -> dict[str, Any]:
    return {fold(name): content for name, content in record.items()}


def _value(folded: dict[str, Any], field: str) -> str:
    texts = (_plain(folded[name], "\n" if field == "text" else ", ") for name in _names()[field] if name in folded)
    return next(filter(None, texts), "")


def _plain(content: Any, joint: str) -> str:
    """Strings and numbers as they are; lists joined (paragraphs, authors); of an object its name."""
    match content:
        case str():
            return content.strip()
        case bool() | None:
            return ""
        case int() | float():
            return str(content)
        case list():
            return joint.join(filter(None, (_plain(part, joint) for part in content)))
        case {"name": str(name)}:
            return name.strip()
    return ""


def month_first(records: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the dates of these records, taken together, are written month first."""
    return dates.month_first(value(record, "published") for record in records)


def document(
    source: Source,
    record: Mapping[str, Any],
    *,
    locator: str = "",
    data: bytes | None = None,
    month_first: bool = False,
) -> RawDocument | Rejection:
    """The document in `record`, stored as `data` at `locator`, or as the whole file."""
    given = _folded(record)
    values = {
        field: _value(given, field) for field in ("id", "text", "title", "url", "published", "author", "category")
    }
    long = next((field for field, content in values.items() if len(content) > _most(field)), None)
    external_id = None if long == "id" else values["id"] or None
    if long:
        detail = f"the {long} has {len(values[long])} characters, more than {_most(long)}"
        return source.reject("too_large", detail, locator=locator, data=data, external_id=external_id)
    if not values["text"]:
        names = ", ".join(record)[:200] or "none"
        detail = "the text is empty" if "text" in known(record) else f"no field has a name of a text: {names}"
        return source.reject("no_text", detail, locator=locator, data=data, external_id=external_id)
    return RawDocument(
        source.uri, locator, source.media_type, *source.identity(data), values["text"],
        external_id=external_id,
        title=values["title"] or None,
        url=values["url"] or None,
        published=dates.parse(values["published"], month_first=month_first),
        author=values["author"] or None,
        category=values["category"] or None,
    )  # fmt: skip


def _most(field: str) -> int:
    return MAX_TEXT if field == "text" else MAX_OTHER
