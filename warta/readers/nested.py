"""Where the articles are in a JSON value: in lists, in lists of lists, under their ids, under the names of sections."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from warta.lang import load
from warta.readers import fields
from warta.readers.source import Unreadable

MAX_NESTING = 20  # levels of wrapping around an article
_STORED_LEVELS = 100
_SHOWN = 80  # characters of a key


@dataclass(frozen=True, slots=True)
class Broken:
    """What stands in a value for a part that cannot be read; `reason` is a Rejection's code."""

    data: bytes
    detail: str
    reason: str = "broken_json"


@dataclass(frozen=True, slots=True)
class Found:
    """An article, or what stands in its place, and the way to it: keys, and the numbers of items from 1.

    `key` is its id where it has none of its own.
    """

    path: tuple[str | int, ...]
    record: Any
    key: str | None = None


def articles(content: Any) -> list[Found]:
    """Every article in `content`, in its order. In a list with an article each item counts as one."""
    return _articles(content, (), within=False)


def has_article(content: Any) -> bool:
    return any(isinstance(found.record, dict) and _has_text(found.record) for found in articles(content))


def is_broken(content: Any, levels: int) -> bool:
    """Whether there is a Broken in its first `levels` levels."""
    match content:
        case Broken():
            return True
        case list() if levels:
            return any(is_broken(part, levels - 1) for part in content)
        case dict() if levels:
            return any(is_broken(part, levels - 1) for part in content.values())
    return False


def locators(found: list[Found]) -> list[str]:
    """A place to tell for each: `item 3` where all are in one list, else the whole way (`politik, item 3`)."""
    if [article.path for article in found] == [()]:
        return [""]
    lists = {article.path[:-1] for article in found}
    if len(found) == 1 or (len(lists) == 1 and isinstance(found[0].path[-1], int)):
        return [f"item {number}" for number in range(1, len(found) + 1)]
    seen = Counter[str]()
    shown = []
    for article in found:
        place = ", ".join(map(_step, article.path))
        seen[place] += 1
        shown.append(place if seen[place] == 1 else f"{place} ({seen[place]})")  # long keys may look alike
    return shown


def stored(content: Any) -> bytes:
    """The value as bytes that tell it from others: JSON, keys in order."""
    match content:
        case Broken(data=data):
            return data
    try:
        return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    except (TypeError, RecursionError):  # orjson writes 254 levels
        return orjson.dumps(_pruned(content, _STORED_LEVELS), option=orjson.OPT_SORT_KEYS)


def _articles(content: Any, path: tuple[str | int, ...], *, within: bool) -> list[Found]:
    """`within`: the value belongs to an article."""
    if isinstance(content, list | dict) and len(path) > MAX_NESTING:
        broken = Broken(stored(content), f"it is nested more than {MAX_NESTING} deep", "too_deep")
        return [] if within else [Found(path, broken)]
    match content:
        case Broken():
            return [Found(path, content)]
        case list():
            return _in_list(content, path, within=within)
        case dict():
            return _in_object(content, path, within=within)
    return []


def _in_list(items: list[Any], path: tuple[str | int, ...], *, within: bool) -> list[Found]:
    found = [_articles(item, (*path, number), within=within) for number, item in enumerate(items, 1)]
    if path and not any(found):
        return []
    return [
        article
        for number, (item, inner) in enumerate(zip(items, found, strict=True), 1)
        for article in inner or [Found((*path, number), item)]
    ]


def _in_object(content: dict[str, Any], path: tuple[str | int, ...], *, within: bool) -> list[Found]:
    own = _has_text(content)
    found: dict[str, list[Found]] = {}
    for name, part in content.items():
        if not (own and _is_paragraphs(name, part)) and (inner := _articles(part, (*path, name), within=within or own)):
            found[name] = inner
    # Comments and the like count only where nothing else does.
    whole = {name: inner for name, inner in found.items() if fields.fold(name) not in _parts_of_articles()}
    if own:
        return [Found(path, content), *(article for inner in whole.values() for article in inner)]
    return [article for inner in _by_id(content, path, whole or found).values() for article in inner]


def _by_id(
    content: dict[str, Any], path: tuple[str | int, ...], found: dict[str, list[Found]]
) -> dict[str, list[Found]]:
    """`found` where the keys may be ids of the articles: they get them, and what has no text is missed."""
    direct = {
        name for name, inner in found.items() if inner[0].path == (*path, name) and isinstance(inner[0].record, dict)
    }
    if not (len(direct) > 1 or any(character.isdecimal() for name in direct for character in name)):
        return found
    for name, part in content.items():
        if name in direct:
            first, *others = found[name]
            found[name] = [Found(first.path, first.record, name), *others]
        elif name not in found and isinstance(part, dict) and fields.known(part) & {"text", "title"}:
            found[name] = [Found((*path, name), part, name)]
    return {name: found[name] for name in content if name in found}


def _has_text(content: dict[str, Any]) -> bool:
    try:
        return bool(fields.value(content, "text"))
    except Unreadable:
        return True  # whatever it is


def _is_paragraphs(name: str, part: Any) -> bool:
    return isinstance(part, list) and "text" in fields.known([name]) and any(isinstance(item, str) for item in part)


@lru_cache(maxsize=1)
def _parts_of_articles() -> frozenset[str]:
    names = (name for line in load("id", "fields")["parts_of_articles"] for name in line)
    return frozenset(map(fields.fold, names))


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"item {step}"
    return "".join(character if character.isprintable() else "?" for character in step[:_SHOWN])


def _pruned(content: Any, levels: int) -> Any:
    """A copy without what is nested deeper than `levels`."""
    match content:
        case Broken(data=data):
            return data.decode("utf-8", "replace")
        case list() | dict() if not levels:
            return None
        case list():
            return [_pruned(part, levels - 1) for part in content]
        case dict():
            return {name: _pruned(part, levels - 1) for name, part in content.items()}
    return content
