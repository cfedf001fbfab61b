"""The tree of a page made ready for the extractor: layout tables undone, loose text put into paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TypeAlias

import lxml.html
from lxml import etree

from warta.readers import boxes

MIN_CELL = 250  # characters of a cell that holds text, and not a figure of a table
MIN_ENTRIES = 3  # of a live blog that does not say that it is one
MAX_ENTRY_LEVELS = 4
MAX_LAST = 8  # characters that tell how a text ends
_GLUED = re.compile(r"[^\W\d_][a-z]$|[.!?,:;][\"”’)]?$")
MIN_LOOSE = 40  # characters beside links of a line that is no paragraph yet

_TABLES = etree.XPath("//table")
_CELLS = etree.XPath("tr/td | tr/th | tbody/tr/td | tbody/tr/th | thead/tr/td | thead/tr/th | tfoot/tr/td")
_ROWS = etree.XPath("tr | tbody | thead | tfoot | tbody/tr | thead/tr | tfoot/tr")
_NO_ENTRY = {"body", "main", "aside", "nav", "footer", "a"}
_LINKED_HEADLINES = etree.XPath("//h2//a | //h3//a | //h4//a | //h5//a | //h6//a")
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
}  # fmt: skip
_CONTAINERS = etree.XPath("//body | //div | //section | //article | //main | //blockquote | //p | //li")
_OUTSIDE = etree.XPath("//nav | //footer | //aside | //noscript | //template | //dialog | //form[not(.//p[2])]")

Piece: TypeAlias = "str | lxml.html.HtmlElement"


def prepare(page: lxml.html.HtmlElement, *, is_live: bool = False) -> bool:
    """Change the page in place; whether it is a live blog, whose times are part of the text."""
    for element in _OUTSIDE(page):
        if element.find(".//h1") is None and element.find(".//article") is None:
            boxes.remove(element)
    boxes.drop(page)
    live = _keep_times(page, is_live)
    part_words(page)
    undo_tables(page)
    _wrap(page)
    return live


def part_words(page: lxml.html.HtmlElement) -> None:
    """A space between a word that ends an inline element and a capital behind it, which only styles part."""
    last = ""  # of the text so far
    for event, element in etree.iterwalk(page, events=("start", "end")):
        if event == "end":
            last = "" if element.tag not in _INLINE or element.tag == "br" else last
        elif element.tag not in _INLINE or element.tag == "br":
            last = ""
        text = element.text if event == "start" else element.tail
        if text:
            if _GLUED.search(last) and text[0].isupper():
                text = f" {text}"
                if event == "start":
                    element.text = text
                else:
                    element.tail = text
            last = text[-MAX_LAST:]


def _keep_times(page: lxml.html.HtmlElement, is_live: bool) -> bool:
    """The clock time of each entry of a live blog as a paragraph in front of it."""
    entries = _entries(page)
    if not is_live and len(entries) < MIN_ENTRIES:
        return False
    for entry, time in entries.items():
        if text := " ".join(time.text_content().split()):
            boxes.remove(time)
            paragraph = lxml.html.Element("p")
            paragraph.text, paragraph.tail, entry.text = text, entry.text, None
            entry.insert(0, paragraph)
    return bool(entries)


def _entries(page: lxml.html.HtmlElement) -> dict[lxml.html.HtmlElement, lxml.html.HtmlElement]:
    """The blocks of paragraphs with one time each, and no headline of the page or of another, with their times."""
    times = Counter(above for time in page.iter("time") for above in time.iterancestors())
    other = {above for heading in page.iter("h1") for above in heading.iterancestors()}
    other |= {above for link in _LINKED_HEADLINES(page) for above in link.iterancestors()}
    texts = {above for paragraph in page.iter("p") for above in paragraph.iterancestors()}
    found = {}
    for time in page.iter("time"):
        for above in islice(time.iterancestors(), MAX_ENTRY_LEVELS):
            if above.tag in _NO_ENTRY or above in other or times[above] > 1:
                break
            if above in texts and not boxes.is_small(above, MIN_LOOSE):
                found[above] = time
                break
    return found


def undo_tables(page: lxml.html.HtmlElement) -> None:
    """Tables that only lay out the page become blocks. A table of figures stays one."""
    for table in _TABLES(page):
        if table.tag == "table" and any(not boxes.is_small(cell, MIN_CELL) for cell in _CELLS(table)):
            for part in (table, *_CELLS(table), *_ROWS(table)):
                part.tag = "div"
                part.attrib.pop("width", None)


def _wrap(page: lxml.html.HtmlElement) -> None:
    """Lines between `<br>` and blocks become paragraphs."""
    blocks = _with_blocks(page)
    for element in blocks:
        if element.tag in ("span", "font", "b", "strong", "p", "big", "small"):
            element.tag = "div"  # a block inside of it
    for element in _CONTAINERS(page):
        groups = _groups(element, blocks)
        if len(groups) > 1:
            _rebuild(element, groups, blocks)
        elif element.tag == "div" and groups and _is_loose(groups[0]) and _is_row(element):
            element.tag = "p"


def _is_row(element: lxml.html.HtmlElement) -> bool:
    """Whether the block has no name of its own, and another beside it: no caption, but a paragraph of several."""
    if element.get("class") or element.get("id"):
        return False
    above = element.getparent()
    return above is not None and sum(1 for _ in islice(above.iterchildren("div", "p"), 2)) > 1


def _with_blocks(page: lxml.html.HtmlElement) -> set[lxml.html.HtmlElement]:
    """The elements that have a block inside."""
    found: set[lxml.html.HtmlElement] = set()
    for element in page.iter(etree.Element):
        if element.tag not in _INLINE and element.tag not in ("script", "style"):
            above = element.getparent()
            while above is not None and above not in found:
                found.add(above)
                above = above.getparent()
    return found


def _groups(element: lxml.html.HtmlElement, blocks: set[lxml.html.HtmlElement]) -> list[list[Piece]]:
    """The content of an element: each block by itself, and what stands between blocks and `<br>`."""
    groups: list[list[Piece]] = [[element.text or ""]]
    for child in element:
        if child.tag == "br":
            groups.append([])
        elif child.tag in _INLINE and child not in blocks:
            groups[-1].append(child)
        else:
            groups += [[child], []]
        groups[-1].append(child.tail or "")
    return [group for group in groups if any(not isinstance(piece, str) or piece.strip() for piece in group)]


def _rebuild(element: lxml.html.HtmlElement, groups: list[list[Piece]], blocks: set[lxml.html.HtmlElement]) -> None:
    if not any(_is_loose(group) for group in groups):
        return
    is_paragraph = element.tag == "p"
    for child in list(element):
        child.tail = None
        element.remove(child)
    element.text = None
    if is_paragraph:
        element.tag = "div"
    for group in groups:
        first = group[0]
        if not isinstance(first, str) and (first.tag not in _INLINE or first in blocks):
            element.append(first)
        else:
            target = etree.SubElement(element, "p" if is_paragraph or _beside_links(group) else "div")
            for piece in group:
                if not isinstance(piece, str):
                    target.append(piece)
                elif len(target):
                    target[-1].tail = (target[-1].tail or "") + piece
                else:
                    target.text = (target.text or "") + piece


def _is_loose(group: list[Piece]) -> bool:
    """Whether the group is a line of text and no block or link."""
    return _beside_links(group) >= MIN_LOOSE


def _beside_links(group: list[Piece]) -> int:
    """How many characters a line of text has beside its links; 0 for a block."""
    length = 0
    for piece in group:
        if isinstance(piece, str):
            length += len(piece.strip())
        elif piece.tag not in _INLINE:
            return 0
        elif piece.tag != "a":
            length += len("".join(piece.itertext()).strip())
    return length
