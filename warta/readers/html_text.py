"""Text fields that hold HTML, also escaped, Markdown, `\\n` as two characters, or lines cut at a width."""

from __future__ import annotations

import html
import re
from itertools import pairwise

from lxml import etree

from warta.readers import boxes, layout, markup

MAX_ESCAPES = 3
MAX_WIDTH, MIN_WIDTH = 100, 50  # characters of a wrapped line
MIN_WRAPPED = 3  # lines
WRAPPED = 0.8  # share of the lines
MAX_ENDED = 0.3  # share of wrapped lines that end a sentence by chance

_BLOCK = "p|br|div|ul|ol|li|h[1-6]|table|blockquote|figure|article|section|html|body|hr|iframe|script|style"
_INLINE = "b|i|u|em|strong|span|a|img|font|small|sup|sub"
_ATTRIBUTES = r"""(?:\s[^<>]{0,2000})?/?"""
_TAG = re.compile(
    rf"<(?:/(?:{_BLOCK}|{_INLINE})\s{{0,5}}|(?:{_BLOCK}){_ATTRIBUTES}|(?:a|img|font|span)\s[^<>]{{1,2000}})>",
    re.IGNORECASE,
)
_ESCAPED_TAG = re.compile(rf"&(?:amp;){{0,3}}lt;/?(?:{_BLOCK}|{_INLINE})\b", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)

_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_LINES = etree.XPath(
    "//p | //div | //br | //li | //tr | //blockquote | //section | //article | //h1 | //h2 | //h3 | //h4 | //h5 | //h6"
)
_NO_TEXT = etree.XPath(
    "//script | //style | //figure | //iframe | //table | //noscript | //template | //form | //video | //audio"
)

_BREAK = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # old Mac, Unicode
_LITERAL_BREAK = re.compile(r"(?:\\r)?\\n")
_SURELY_LITERAL = re.compile(r"(?:[.!?\"”’')]|\\n)\s?(?:\\r)?\\n")

_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\s]{1,2000}(?:\s\"[^\"\n]{0,300}\")?\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,500})\]\((?:https?:|/|#|mailto:)[^()\s]{0,2000}(?:\s\"[^\"\n]{0,300}\")?\)")
_BOLD = re.compile(r"(?<![\w*])\*\*(?=\S)([^*\n]{1,1000})(?<=\S)\*\*(?![\w*])")
_HEADING = re.compile(r"^#{1,6} +(?=\S)", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?:…][\"”’')\]]{0,2}$")


def is_page(text: str) -> bool:
    return bool(_PAGE.match(text))


def is_html(text: str) -> bool:
    return "<" in text and bool(_TAG.search(text))


def readable(text: str) -> str:
    """The text of a field, one paragraph a line, without the marks of its format. Plain text stays as it is."""
    text = unescaped(_BREAK.sub("\n", text))
    if is_html(text):
        return plain(text)
    if "\\n" in text and "\n" not in text and _SURELY_LITERAL.search(text):
        text = _LITERAL_BREAK.sub("\n", text).replace('\\"', '"').replace("\\t", " ")
    return unwrapped(_without_markdown(text))


def unescaped(text: str) -> str:
    """HTML out of `&lt;p&gt;` or `&amp;lt;p&amp;gt;`; any other text as it is."""
    for _ in range(MAX_ESCAPES):
        if "lt;" not in text or is_html(text) or not _ESCAPED_TAG.search(text):
            break
        text = html.unescape(text)
    return text


def plain(content: str) -> str:
    """The text of a fragment of HTML, a line for each of its blocks; raises Unreadable."""
    content = unescaped(content)
    if "CDATA" in content:
        content = _CDATA.sub("", content)
    if "<" not in content and "&" not in content:
        return content.strip()
    page, _ = markup.parse(f"<html><body>{content}</body></html>".encode())
    boxes.drop(page)
    layout.part_words(page)
    layout.undo_tables(page)
    for element in _NO_TEXT(page):
        boxes.remove(element)
    for block in _LINES(page):
        block.text = f"\n{block.text or ''}"
        block.tail = f"\n{block.tail or ''}"
    lines = (" ".join(line.split()) for line in page.text_content().split("\n"))
    return "\n".join(filter(None, lines))


def line(content: str) -> str:
    """A title or name on one line, without tags."""
    return " ".join(plain(content).split()) if is_html(content) or _ESCAPED_TAG.search(content) else content


def _without_markdown(text: str) -> str:
    """Text without the marks of Markdown, where it has links or words in bold."""
    if "](" not in text and "**" not in text:
        return text
    marked = _LINK.sub(r"\1", _IMAGE.sub("", text))
    marked = _BOLD.sub(r"\1", marked)
    return text if marked == text else _HEADING.sub("", marked)


def unwrapped(text: str) -> str:
    """Paragraphs in one line each, out of lines that a program broke where the next word no longer fitted."""
    lines = [line.rstrip() for line in text.splitlines()]
    width = max(map(len, lines), default=0)
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return text
    neighbours = [(a, b) for a, b in pairwise(lines) if a and b.strip()]
    full = [_is_full(a, b, width) for a, b in neighbours]
    if len(full) < MIN_WRAPPED or sum(full) < WRAPPED * len(full):
        return text
    ended = sum(is_full and bool(_SENTENCE_END.search(a)) for is_full, (a, _) in zip(full, neighbours, strict=True))
    if ended > MAX_ENDED * sum(full):
        return text  # lines of one sentence each
    if any(not is_full and not _SENTENCE_END.search(a) for is_full, (a, _) in zip(full, neighbours, strict=True)):
        return text
    paragraphs: list[str] = []
    above = ""
    for current in lines:
        if above and current.strip() and _is_full(above, current, width):
            paragraphs[-1] += f" {current.strip()}"
        elif current.strip():
            paragraphs.append(current.strip())
        above = current
    return "\n".join(paragraphs)


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the following line had no place in this one."""
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > width
