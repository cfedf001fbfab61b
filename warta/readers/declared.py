"""What a page says of its article: title, address, author, section, time."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import Any
from urllib.parse import urljoin, urlsplit

import htmldate
import lxml.html
from lxml import etree

from warta.lang import load
from warta.readers import boxes, dates, outlet_names
from warta.readers.dates import Reading
from warta.readers.json_ld import Described

NEAR = 30  # texts behind the headline in which its date may stand
BEFORE = 6  # texts in front of it
MAX_DATE = 80  # characters of a visible date
MIN_PARAGRAPH = 120  # characters: here the article begins
MIN_TITLE_WORDS = 3
MAX_CHILDREN = 4  # of an element that is a headline
MAX_SITE_WORDS = 4
MAX_TIMES = 200  # elements that are looked at
MAX_KICKER = 30  # characters in front of a headline, `Foto: `

_OF_OTHERS = {"aside", "nav", "footer"}
_TIMES = etree.XPath("//time")
_HEADLINES = etree.XPath("//h1")
_SKIPPED = {"script", "style", "noscript", "option", "title", "head", "template", "a"}
_DIGITS = re.compile(r"\d.*\d")
_NOT_LETTERS = re.compile(r"[\W_]+")


def read(page: lxml.html.HtmlElement, described: Described, url: str | None) -> dict[str, Any]:
    """Title, url, author, category, as_of, outlet as strings or JSON values, `published` as a Reading.

    `url`: where it was found.
    """
    places = load("id", "fields")["page"]
    metas = _metas(page)
    address = _address(chain(_found(page, places["url"]["xpath"]), _named(metas, places["url"]["meta"])), url)
    article = described.article(address, _first(_said(page, metas, "title")) or "")
    record: dict[str, Any] = {}
    for field in ("title", "author", "category", "as_of"):
        values = chain(map(article.get, places[field]["json_ld"]), _said(page, metas, field))
        record[field] = _first(value for value in values if not _is_address(value))
    record["url"] = address or _first(article.get(name) for name in places["url"]["json_ld"])
    record["title"] = _title(page, record["title"], record["url"])
    record["outlet"] = _outlet(page, metas, article)
    record["published"] = published(page, metas, article, record)
    return record


def _metas(page: lxml.html.HtmlElement) -> dict[str, list[str]]:
    """The contents of the meta elements by their names, lower case."""
    found: dict[str, list[str]] = {}
    for meta in page.iter("meta"):
        names = (meta.get("name"), meta.get("property"), *(meta.get("itemprop") or "").split())
        if content := (meta.get("content") or "").strip():
            for name in filter(None, names):
                found.setdefault(name.strip().lower(), []).append(content)
    return found


def _named(metas: dict[str, list[str]], names: list[str]) -> Iterator[str]:
    return (content for name in names for content in metas.get(name, ()))


def _said(page: lxml.html.HtmlElement, metas: dict[str, list[str]], field: str) -> Iterator[str]:
    """What the page says in meta elements, then elsewhere."""
    places = load("id", "fields")["page"][field]
    return chain(_named(metas, places["meta"]), _found(page, places["xpath"]))


def _found(page: lxml.html.HtmlElement, paths: list[str]) -> Iterator[str]:
    for path in paths:
        for found in page.xpath(path):
            yield found if isinstance(found, str) else " ".join(found.text_content().split())


def _first(values: Any) -> Any:
    return next(filter(_is_given, values), None)


def _is_address(value: Any) -> bool:
    """Whether the value is no name but the address of a profile."""
    return isinstance(value, str) and value.strip().lower().startswith(("http://", "https://"))


def _is_given(value: Any) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _address(values: Iterable[str], url: str | None) -> str | None:
    found = _first(values)
    if not found:
        return url
    try:
        return urljoin(url, found.strip()) if url else str(found).strip()
    except ValueError:
        return url


def _outlet(page: lxml.html.HtmlElement, metas: dict[str, list[str]], article: dict[str, Any]) -> str | None:
    """The name of the site, else of the publisher."""
    publishers = (article.get(name) for name in load("id", "fields")["page"]["outlet"]["json_ld"])
    named = (publisher.get("name") if isinstance(publisher, dict) else publisher for publisher in publishers)
    return outlet_names.first(chain(_said(page, metas, "outlet"), named))


# The title


def _title(page: lxml.html.HtmlElement, title: Any, url: str | None) -> Any:
    """The title without the name of the site: what a heading repeats of it, else what stands in front of the name."""
    if not isinstance(title, str):
        return title
    title = " ".join(title.split())
    longer = next(_found(page, ["//title"]), "")
    if len(title.split()) < MIN_TITLE_WORDS <= len(longer.split()) and not _is_part(title, longer):
        title = longer  # the heading is that of a section
    for heading in page.iter("h1", "h2", "h3", "b", "strong"):
        text = " ".join(_beginning(heading, len(title)).split())
        is_shorter = len(text.split()) >= MIN_TITLE_WORDS and len(text) < len(title) and _is_part(text, title)
        if is_shorter and (heading.tag == "h1" or title.startswith(text)):
            return text
    return without_site(title, [*page.xpath("//meta[@property='og:site_name']/@content"), host(url)])


def _is_part(part: str, title: str) -> bool:
    """Whether `part` stands in the title at an end of it, or between marks."""
    at = title.casefold().find(part.casefold())
    if at < 0:
        return False
    before, behind = title[:at].rstrip(), title[at + len(part) :].lstrip()
    marks = tuple(load("id", "pages")["title_marks"])
    return (not before or before.endswith(marks)) and (not behind or behind.startswith(marks))


def without_site(title: str, names: list[str]) -> str:
    """The title without parts at its ends that name the site: ` - Kabar.com`, ` | Kabar Online`, `Kabar.com: `."""
    marks = "|".join(re.escape(mark) for mark in load("id", "pages")["title_marks"])
    known = _outlets() | set(map(_letters, names)) - {""}
    parts = re.split(rf"( (?:{marks}) |: )", " ".join(title.split()))
    while len(parts) > 2 and parts[-2] != ": " and _names_site(parts[-1], known):
        parts = parts[:-2]
    while len(parts) > 2 and _letters(parts[0]) in known:
        parts = parts[2:]
    return "".join(parts).strip()


def _names_site(part: str, known: frozenset[str]) -> bool:
    """`Kabar.com`, `Kabar Online`, `Kabar.com Daerah`: the name of a site, with two more names at most."""
    words = part.split()
    if _letters(part) in known:
        return True
    if len(words) > MAX_SITE_WORDS or not all(word[0].isupper() or "." in word for word in words):
        return False
    pieces = (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    return any(len(words) - len(piece) <= 2 and _letters("".join(piece)) in known for piece in pieces)


def _letters(name: str) -> str:
    return _NOT_LETTERS.sub("", name).casefold()


@lru_cache(maxsize=1)
def _outlets() -> frozenset[str]:
    """The letters of all names of outlets."""
    outlets = load("id", "outlets")
    return frozenset(map(_letters, [*outlets["names"].values(), *outlets["names"], *outlets["spoken"]])) - {""}


def host(url: str | None) -> str:
    """The host of an address without `www.`, "" where there is none."""
    try:
        return urlsplit(url or "").netloc.removeprefix("www.")
    except ValueError:
        return ""


# The time


def published(
    page: lxml.html.HtmlElement, metas: dict[str, list[str]], article: dict[str, Any], record: dict[str, Any]
) -> Reading:
    """The first that can be read: JSON-LD, meta, the article's own `<time>`, a date beside the headline, htmldate."""
    keys = load("id", "fields")["page"]["published"]["json_ld"]
    declared = dates.first(chain(map(article.get, keys), _said(page, metas, "published")))
    if declared.published:
        return declared
    for values in (_own_times(page, record["title"]), _beside_headline(page, record["title"])):
        reading = dates.first(values)
        if reading.published:
            return reading
    guessed = dates.read(_guessed(page))
    return guessed if guessed.published else declared


def _own_times(page: lxml.html.HtmlElement, title: Any) -> Iterator[str]:
    """The times of `<time>` elements that belong to the article, nearest to its headline first."""
    headline = _headline(page, title)
    within = next((a for a in headline.iterancestors("article")), None) if headline is not None else None
    order = {element: number for number, element in enumerate(page.iter(etree.Element))}
    at = order.get(headline, 0)
    times = [time for time in _TIMES(page)[:MAX_TIMES] if not _is_of_others(time)]
    own = [time for time in times if within is not None and within in time.iterancestors()] or times
    for time in sorted(own, key=lambda time: abs(order[time] - at)):
        yield from filter(None, (time.get("datetime"), " ".join(time.text_content().split())[:MAX_DATE]))


def _is_of_others(element: lxml.html.HtmlElement) -> bool:
    """Whether the element stands in a column of other articles, or beside the link of one."""
    for above in element.iterancestors():
        if above.tag in _OF_OTHERS or boxes.kind(f"{above.get('class') or ''} {above.get('id') or ''}") == "whole":
            return True
        if above.tag in ("li", "a") and above.find(".//h1") is None:
            return above.tag == "a" or above.find(".//a") is not None
        if above.tag in ("article", "main", "body"):
            return False
    return False


def _headline(page: lxml.html.HtmlElement, title: Any) -> lxml.html.HtmlElement | None:
    """The heading that says the title, else any element that does, alone or behind a mark; else the only `<h1>`."""
    wanted = " ".join(title.split()).casefold() if isinstance(title, str) else ""
    headings = _HEADLINES(page)
    longer = None
    for element in chain(headings, page.iter("h2", "h3", "div", "span", "p", "b", "strong", "font")) if wanted else ():
        if len(element) < MAX_CHILDREN:
            text = " ".join(_beginning(element, len(wanted) + 100).split()).casefold()
            if text == wanted:
                return element
            if (
                longer is None
                and len(text) < len(wanted) + MAX_KICKER
                and text.endswith(wanted)
                and _is_part(wanted, text)
            ):
                longer = element
    if longer is not None:
        return longer
    return headings[0] if len(headings) == 1 else None


def _beginning(element: lxml.html.HtmlElement, most: int) -> str:
    """The element's text, not much more than `most` characters of it."""
    parts, length = [], 0
    for text in element.itertext():
        parts.append(text)
        length += len(text)
        if length > most:
            break
    return "".join(parts)


def _beside_headline(page: lxml.html.HtmlElement, title: Any) -> Iterator[str]:
    """Short texts with figures behind the headline, up to the article's first paragraph; then those before it."""
    headline = _headline(page, title)
    if headline is None:
        return
    before: list[str] = []
    behind: list[str] = []
    found = False
    for element in page.iter(etree.Element):
        if element is headline:
            found = True
            continue
        if found and headline in element.iterancestors():
            continue
        for text in _own_texts(element):
            if found:
                behind.append(text)
            else:
                before = [*before[-BEFORE:], text]
        if found and (len(behind) >= NEAR or any(len(text) >= MIN_PARAGRAPH for text in behind)):
            break
    near = islice(behind, NEAR)
    yield from (text for text in chain(near, reversed(before)) if len(text) <= MAX_DATE and _DIGITS.search(text))


def _own_texts(element: lxml.html.HtmlElement) -> list[str]:
    """The text in front of the element's first child and the texts behind its children, none of links."""
    if element.tag in _SKIPPED:
        return []
    texts = [element.text, *(child.tail for child in element)]
    return [" ".join(text.split()) for text in texts if text and not text.isspace()]


def _guessed(page: lxml.html.HtmlElement) -> str | None:
    """The day that htmldate finds in the markup. The address, whose day others read too, is not asked."""
    tree = copy.deepcopy(page)
    for element in tree.xpath("//aside | //nav | //footer | //link | //meta[contains(@property, 'url')]"):
        element.drop_tree()
    try:
        return htmldate.find_date(tree, extensive_search=False, original_date=True)
    except (ValueError, TypeError, AttributeError, OverflowError):  # at what a page may hold
        return None
