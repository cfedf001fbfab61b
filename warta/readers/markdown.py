"""`.md`: an article in Markdown (CommonMark), in front of it its fields between lines of `---` (YAML) or `+++` (TOML).

What HTML is in it goes the way of all HTML: the text is handed on as such.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from warta.readers import fields
from warta.readers.source import Source, Unreadable, decode
from warta.records import RawDocument, Rejection

MAX_FILE = 1 << 20  # which takes half a minute where it is made of marks
MAX_FRONT = 1 << 16  # characters
_FRONT = re.compile(r"\s*(---|\+\+\+)[ \t]*\r?\n(.*?)(?<=\n)(?:\1|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"^([^\W\d][\w -]{0,40}):[ \t]+(\S.*)$", re.MULTILINE)
_LEVELS = 20  # of lists and objects in front matter


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    data = source.whole(MAX_FILE)
    yield source.attempt(lambda: _document(source, data), locator="", data=None)


def _document(source: Source, data: bytes) -> RawDocument | Rejection:
    text = decode(data)
    if text is None:
        raise Unreadable("bad_encoding", "the text is neither UTF-8, UTF-16 with a byte order mark nor Windows-1252")
    if "\0" in text:
        raise Unreadable("binary_content", f"there is a NUL byte at byte {data.index(0)}; this is no text")
    front = _FRONT.match(text, 0, MAX_FRONT)
    given = _fields(front[1], front[2]) if front else None
    title, body = _rendered(text[front.end() :] if front and given is not None else text)
    given = given or {}
    if fields.value(given, "title"):
        title = ""
    return fields.document(source, {**given, **({"title": title} if title else {}), "text": body})


def _fields(mark: str, front: str) -> dict[str, Any] | None:
    """What the front matter says, but no text; of one that breaks the rules (`title: Banjir: tiga tewas`) its lines.

    None where it is none: two rules with a text between them.
    """
    try:
        found = tomllib.loads(front) if mark == "+++" else _yaml(front)
    except (yaml.YAMLError, ValueError):
        found = {name: value.strip().strip("\"'") for name, value in _FIELD.findall(front)} or front
    if not isinstance(found, dict):
        return None if found else {}
    plain = {str(name): _plain(value) for name, value in found.items()}
    return {name: value for name, value in plain.items() if "text" not in fields.known([name])}


def _yaml(front: str) -> Any:
    """Refuses references: one that refers to itself has no end, and a few lines of others no measure."""
    depth = 0
    for event in yaml.parse(front, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable("unsafe_yaml", "the fields in front of the text refer to each other (&a, *a)")
        if depth > _LEVELS:
            raise Unreadable("too_deep", f"a field in front of the text is nested more than {_LEVELS} deep")
    return yaml.load(front, Loader=_LOADER)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.add_render_rule("softbreak", lambda *_: " ")  # in Markdown a paragraph goes on until an empty line
    return parser


def _rendered(text: str) -> tuple[str, str]:
    """The title, "" where the first heading is not above the text, and the text as HTML."""
    parser, environment = _markdown(), dict[str, Any]()
    tokens = parser.parse(text, environment)
    title = ""
    if _is_title(tokens):
        title = parser.renderer.render(tokens[1:2], parser.options, environment)
        tokens = tokens[3:]
    return title, parser.renderer.render(tokens, parser.options, environment)


def _is_title(tokens: list[Token]) -> bool:
    return len(tokens) > 3 and tokens[0].type == "heading_open" and tokens[0].tag in ("h1", "h2")
