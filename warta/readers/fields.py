"""A record of any format (a JSON object, a table row) as a RawDocument, whatever its fields are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any, TypeAlias

from warta.lang import load
from warta.readers import dates, declared, html_text, lost_quotes, markup, outlet_names, page_article
from warta.readers.dates import Reading
from warta.readers.source import Source, Unreadable
from warta.records import MAX_TEXT, RawDocument, Rejection

MAX_OTHER = 10_000  # characters of what is no text
MAX_LEVELS = 50  # of lists and objects in a value
MAX_REST = 60  # characters of a note at the end of a cut text

_OURS = ("id", "text", "title", "url", "published", "author", "category")
_REST = re.compile(r"\s?\[\+\d{1,9} chars?\]$")

Folded: TypeAlias = dict[str, list[Any]]


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """`Isi Berita`, `isi_berita` and `ISI-BERITA` are one name."""
    return re.sub(r"[\s_-]+", "", name).casefold()


@lru_cache(maxsize=1)
def _names() -> dict[str, list[tuple[str, ...]]]:
    """The names of each field, best first; `html.requested_url` is a name in an object."""
    return {
        field: [tuple(map(fold, name.split("."))) for name in names]
        for field, names in load("id", "fields")["fields"].items()
    }


def known(names: Iterable[str]) -> set[str]:
    """Which of our fields a header or an object's keys offer."""
    given = {(fold(name),) for name in names}
    return {field for field, aliases in _names().items() if given.intersection(aliases)}


def distinct(names: Iterable[str]) -> list[str]:
    """The names, a repeated one with spaces behind it: different keys of a dict that still fold to one name."""
    found: dict[str, None] = {}
    for name in names:
        while name in found:
            name += " "
        found[name] = None
    return list(found)


def value(record: Mapping[str, Any], field: str) -> str:
    """The field's value as plain text, "" where no name of it has one. Raises Unreadable."""
    return _value(_folded(record), field)


def _folded(record: Mapping[str, Any]) -> Folded:
    """The values under each folded name; more than one where `Isi` stands beside `isi`."""
    folded: Folded = {}
    for name, content in record.items():
        folded.setdefault(fold(name), []).append(content)
    return folded


def _value(folded: Folded, field: str) -> str:
    joint = "\n" if field == "text" else ", "
    return next(filter(_is_usable, (_plain(content, joint) for content in _contents(folded, field))), "")


def _contents(folded: Folded, field: str) -> Iterator[Any]:
    """What the record has under the names of the field, best first."""
    for name in _names()[field]:
        found = folded.get(name[0], [])
        for step in name[1:]:
            found = [inner for outer in found if isinstance(outer, dict) for inner in _folded(outer).get(step, ())]
        yield from found


def _is_usable(text: str) -> bool:
    """Whether it is a value, and not what a program writes where it has none: `NaN`, `null`."""
    return bool(text) and text.casefold() not in _missing()


@lru_cache(maxsize=1)
def _missing() -> frozenset[str]:
    return frozenset(load("id", "fields")["missing"])


def _contradictory(folded: Folded) -> str | None:
    """A folded name under which the record has two different texts: which is the article cannot be told."""
    for name in _names()["text"]:
        contents = folded.get(name[0], ()) if len(name) == 1 else ()
        if len(contents) > 1 and len(set(filter(_is_usable, (_plain(content, "\n") for content in contents)))) > 1:
            return name[0]
    return None


def _plain(content: Any, joint: str, levels: int = MAX_LEVELS) -> str:
    """Strings and numbers as they are; lists joined (paragraphs, authors); of an object its value or name."""
    match content:
        case str():
            return _encodable(content.strip())
        case bool() | None:
            return ""
        case int() | float():
            return str(content)
        case list() | dict() if not levels:
            raise Unreadable("too_deep", f"a value is nested more than {MAX_LEVELS} deep")
        case list():
            return joint.join(filter(_is_usable, (_plain(part, joint, levels - 1) for part in content)))
        case dict():
            return _of_object(content, joint, levels)
    return ""


def _of_object(content: dict[str, Any], joint: str, levels: int) -> str:
    """An object that stands for a value, `{"rendered": ...}`; for a text also one of lists, as of paragraphs."""
    objects, is_text = load("id", "fields")["objects"], joint == "\n"
    for key in objects["value"] if is_text else (*objects["value"], *objects["named"]):
        if isinstance(part := content.get(key), str | int | float):
            return _plain(part, joint)
    parts = [content[key] for key in objects["parts"] if key in content] if is_text else []
    if not all(isinstance(part, list) for part in parts):
        return ""
    return joint.join(filter(_is_usable, (_plain(part, joint, levels - 1) for part in parts)))


def _encodable(text: str) -> str:
    """Half a surrogate pair, which escapes such as `\\ud800` bring in, becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def month_first(records: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the dates of these records, taken together, are written month first."""
    return dates.month_first(map(_published, records))


def _published(record: Mapping[str, Any]) -> str:
    try:
        return value(record, "published")
    except Unreadable:
        return ""  # `document` reports it


def document(
    source: Source,
    record: Mapping[str, Any],
    *,
    locator: str = "",
    data: bytes | None = None,
    month_first: bool = False,
    key: str | None = None,
) -> RawDocument | Rejection:
    """The document in `record`, stored as `data` at `locator`, or as the whole file; `key`: its id if it has none."""
    return source.attempt(
        lambda: _document(source, record, locator=locator, data=data, month_first=month_first, key=key),
        locator=locator,
        data=data,
    )


def _document(
    source: Source, record: Mapping[str, Any], *, locator: str, data: bytes | None, month_first: bool, key: str | None
) -> RawDocument | Rejection:
    given = _folded(record)
    values = {field: _value(given, field) for field in _OURS}
    values["id"] = values["id"] or _encodable((key or "").strip())
    long = next((field for field, content in values.items() if len(content) > _most(field)), None)
    external_id = None if long == "id" else values["id"] or None
    reject = partial(source.reject, locator=locator, data=data, external_id=external_id)
    if long:
        return reject("too_large", f"the {long} has {len(values[long])} characters, more than {_most(long)}")
    if twice := _contradictory(given):
        return reject("ambiguous_text", f"the record has different texts under one name: {twice}")
    if not values["text"]:
        names = ", ".join(record)[:200] or "none"
        detail = "the text is empty" if "text" in known(record) else f"no field has a name of a text: {names}"
        return reject("no_text", detail)
    published, outlet = _reading(record, given, month_first), _outlet(given)
    if html_text.is_page(values["text"]):
        page = page_article.read(*markup.parse(values["text"].encode()), values["url"] or None)
        published = published if published.published else page["published"]
        values |= {field: _plain(page[field], ", ") for field in ("title", "author", "category") if not values[field]}
        values["url"] = values["url"] or page["url"] or ""
        outlet = outlet or page["outlet"]
        values["text"] = page["text"]
    text, rest = _without_rest(html_text.readable(values["text"]))
    text, lost_marks = lost_quotes.restored(text)
    if not text:
        return reject("no_text", "there is nothing but markup in the text")
    title, sites = html_text.line(values["title"]), [outlet or "", declared.host(values["url"])]
    return RawDocument(
        source.uri, locator, source.media_type, *source.identity(data), text,
        external_id=external_id,
        title=(declared.without_site(title, sites) if any(sites) else title) or None,
        url=values["url"] or None,
        published=published.published,
        as_of=dates.first(_contents(given, "as_of")).published,
        author=html_text.line(values["author"]) or None,
        category=html_text.line(values["category"]) or None,
        outlet=html_text.line(outlet or "") or None,
        date_problem=f"{published.problem}: {published.shape}" if published.problem else None,
        rest=rest,
        lost_marks=lost_marks,
    )  # fmt: skip


def _outlet(given: Folded) -> str | None:
    texts = (_encodable(content) for content in _contents(given, "outlet") if isinstance(content, str))
    return outlet_names.first(filter(_is_usable, texts))


def _reading(record: Mapping[str, Any], given: Folded, month_first: bool) -> Reading:
    """The time of publication, from values as they are: numbers, objects, strings."""
    if isinstance(found := record.get("published"), Reading):  # a page's, already read
        return found
    contents = _contents(given, "published")
    values = (value for content in contents for value in (content, _plain(content, ", ")) if _is_usable(str(value)))
    return dates.first(values, month_first=month_first)


def _without_rest(text: str) -> tuple[str, str | None]:
    """The text without the note of a service that cut it, and that note: `... [+2345 chars]`."""
    found = _REST.search(text, max(0, len(text) - MAX_REST))
    return (text[: found.start()].rstrip(), found[0].strip()) if found else (text, None)


def _most(field: str) -> int:
    return MAX_TEXT if field == "text" else MAX_OTHER
