"""What a page says about itself in JSON-LD (schema.org): its article, and whether it is a list of articles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html

from warta.lang import load

MAX_LEVELS = 20  # of objects around an article
_SCRIPTS = "//script[starts-with(translate(@type, 'APLICTONJSD', 'aplictonjsd'), 'application/ld')]/text()"
# Around the JSON: a CDATA section or a comment of HTML, behind the mark of a comment of JavaScript.
_WRAPPING = re.compile(r"(?:/\*\s{0,9}|//\s{0,9})?(?:<!\[CDATA\[|\]\]>|<!--|-->)(?:\s{0,9}\*/)?")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_BETWEEN = re.compile(r"[\s;,]*")
_ADDRESSES = ("url", "@id", "mainEntityOfPage")


@dataclass(frozen=True, slots=True)
class Described:
    """The nodes of a page: `articles` that may be its own, those that are `listed` there, the `types` of the others."""

    articles: list[dict[str, Any]]
    listed: list[dict[str, Any]]
    types: frozenset[str]

    def article(self, address: str | None, title: str = "") -> dict[str, Any]:
        """The node of the page's own article: the one with its address, else with its title, else the first; or {}."""
        for node in (*self.articles, *self.listed) if address else ():
            if same_address(address or "", addresses(node)):
                return node
        if len(self.articles) > 1 and title:
            named = (node for node in self.articles if _folded(node.get("headline")) == _folded(title))
            return next(named, self.articles[0])
        return self.articles[0] if self.articles else {}


def described(page: lxml.html.HtmlElement) -> Described:
    articles: list[dict[str, Any]] = []
    listed: list[dict[str, Any]] = []
    types: set[str] = set()
    for script in page.xpath(_SCRIPTS):
        for content in _parsed(script):
            for node, is_listed in _nodes(content, MAX_LEVELS, listed=False):
                kinds = _kinds(node)
                if not is_listed:
                    types.update(kinds)
                if any(_is_article(kind) for kind in kinds):
                    (listed if is_listed else articles).append(node)
    return Described(articles, listed, frozenset(types))


def addresses(node: dict[str, Any]) -> list[str]:
    found = []
    for name in _ADDRESSES:
        value = node.get(name)
        value = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        if isinstance(value, str):
            found.append(value)
    return found


def same_address(address: str, others: list[str]) -> bool:
    """Whether one of the others is this address, but for the scheme, `www.`, `#...` and a slash at the end."""
    return any(_bare(address) == _bare(other) for other in others)


def _bare(address: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return "", address, ""
    return parts.netloc.lower().removeprefix("www."), unquote(parts.path).rstrip("/"), parts.query


def _parsed(script: str) -> Iterator[Any]:
    """The values in a script; none where it is no JSON, whatever is put around it."""
    text = _WRAPPING.sub("", script) if "<!" in script else script
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            yield from list(_values(attempt))
            return
        except (ValueError, RecursionError):
            continue


def _values(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)
    at = 0
    while (at := _BETWEEN.match(text, at).end()) < len(text):  # type: ignore[union-attr]  # matches anything
        value, at = decoder.raw_decode(text, at)
        yield value


def _nodes(content: Any, levels: int, *, listed: bool) -> Iterator[tuple[dict[str, Any], bool]]:
    """Every object that may describe the page; `listed`: it stands in a list of other pages."""
    if not levels:
        return
    match content:
        case list():
            for item in content:
                yield from _nodes(item, levels - 1, listed=listed)
        case dict():
            yield content, listed
            others = load("id", "pages")["json_ld"]
            for name, part in content.items():
                if name in others["main"]:
                    yield from _nodes(part, levels - 1, listed=listed)
                elif name in others["listed"]:
                    yield from _nodes(part, levels - 1, listed=True)


def _kinds(node: dict[str, Any]) -> list[str]:
    """The types that schema.org's `@type` names: one, or several in a list."""
    named = node.get("@type")
    kinds = [kind for kind in (named if isinstance(named, list) else [named]) if isinstance(kind, str)]
    return [kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in kinds]


def _is_article(kind: str) -> bool:
    return kind.endswith(tuple(load("id", "pages")["json_ld"]["articles"]))


def _folded(text: Any) -> str:
    return " ".join(text.split()).casefold() if isinstance(text, str) else ""
