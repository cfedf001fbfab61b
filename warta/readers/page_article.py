"""The article of a page: its text is what trafilatura takes for it, its fields are those that the page declares."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import lxml.html
import trafilatura
from lxml import etree

from warta.lang import load
from warta.readers import boxes, declared, html_text, json_ld, layout, page_kind
from warta.readers.source import Unreadable

# On pages with more elements trafilatura has to do without its second opinion (justext), which takes quadratic time;
# the first takes about 60 microseconds an element.
SECOND_OPINION = 5_000
MIN_BODY = 200  # characters of an article in the page's description
MIN_CAPTION = 60  # characters
MAX_ABOVE, MAX_KICKER = 6, 60  # lines above the headline and their characters
_CAPTIONS = etree.XPath("//figcaption")
_NEVER_TEXT = etree.XPath("//style | //noscript | //template | //script[not(contains(@type, 'ld+json'))]")
_ITEM = re.compile(r"^- ")


def read(page: lxml.html.HtmlElement, elements: int, url: str | None = None) -> dict[str, Any]:
    """The record of the page's article; raises Unreadable where it has none. Changes the page."""
    for element in _NEVER_TEXT(page):
        boxes.remove(element)
    described = json_ld.described(page)
    record = declared.read(page, described, url)
    own = described.article(record["url"], record["title"] or "")
    is_live = layout.prepare(page, is_live=bool(described.types & frozenset(load("id", "pages")["live_types"])))
    if listed := page_kind.listing(page, described, record["url"]):
        raise Unreadable("no_text", f"this is a list of articles: {listed}")
    text = trafilatura.extract(
        page, fast=elements > SECOND_OPINION, favor_precision=not is_live, include_comments=False, include_tables=False
    )
    lines = _repaired(text or "", record["title"] or "", is_live=is_live)
    record["text"] = _best("\n".join(lines), own) or _captions(page, own)
    if not record["text"]:
        raise Unreadable("no_text", "no article can be told from the rest of the page")
    return record


def _repaired(text: str, title: str, *, is_live: bool) -> list[str]:
    """The lines of the article, without the marks of list items and lines that are no sentences of it."""
    lines = [_ITEM.sub("", line.strip()) for line in text.split("\n")]
    lines = [
        line for line in lines if line and not _beside().fullmatch(line) and (is_live or not _date().fullmatch(line))
    ]
    above = next((n for n, line in enumerate(lines[:MAX_ABOVE], 1) if line.casefold() == title.casefold()), 0)
    return lines[above:] if all(len(line) < MAX_KICKER for line in lines[: above - 1]) else lines


@lru_cache(maxsize=1)
def _beside() -> re.Pattern[str]:
    return re.compile("|".join(load("id", "pages")["lines"]), re.IGNORECASE)


@lru_cache(maxsize=1)
def _date() -> re.Pattern[str]:
    return re.compile(load("id", "pages")["date_line"], re.IGNORECASE)


def _captions(page: lxml.html.HtmlElement, own: dict[str, Any]) -> str:
    """The captions of a page of pictures that says it is an article, and has no other text."""
    if not own and not page_kind.claims_article(page):
        return ""
    texts = (" ".join(caption.text_content().split()) for caption in _CAPTIONS(page))
    return "\n".join(dict.fromkeys(text for text in texts if len(text) >= MIN_CAPTION))


def _best(text: str, node: dict[str, Any]) -> str:
    """The text of the page; that of its description where a script would have to write it into the page first."""
    body = node.get("articleBody")
    if not isinstance(body, str) or len(body) < MIN_BODY or len(text) * 3 > len(body):
        return text
    return html_text.plain(body)
