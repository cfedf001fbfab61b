"""Whether a page is an article or a list of articles: an index, a tag, a front page, a wall of pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

import lxml.html
from lxml import etree

from warta.lang import load
from warta.readers.json_ld import Described, addresses, same_address

MAX_CARD = 700  # characters of a block with one headline: a teaser and what stands around it
MIN_CARDS = 4
MIN_PROSE = 80  # characters of a paragraph; teasers and captions have less, or stand in a card
MIN_ARTICLE = 300  # characters of prose outside of cards, with which a page that claims nothing is an article
MIN_SHORT = 200  # the same below a headline
MIN_LONG = 1_000  # characters of prose that no list has beside its cards
MIN_BLOCKS = 3  # whole articles, as a blog shows them one below the other
MANY_CARDS = 12
SOME_LINKS, MANY_LINKS = 10, 30
MIN_HEADLINE, MIN_HEADLINE_WORDS = 15, 4  # characters, words of a link that is no heading
MAX_BESIDE = 25  # characters beside such a link, `| 7 Okt 2025`

_LINKS = etree.XPath("//a[@href]")
_HEADING = etree.XPath(
    "boolean(ancestor::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
    " or .//h1 or .//h2 or .//h3 or .//h4 or .//h5 or .//h6)"
)
_BLOCKS = etree.XPath("//article[(.//h1 | .//h2 | .//h3)//a[@href]]")
_OG_TYPE = etree.XPath("string((//meta[@property='og:type' or @name='og:type']/@content)[1])")
_MICRODATA = etree.XPath(
    "boolean(//*[contains(@itemprop, 'articleBody')] or count(//*[contains(@itemtype, 'Article')]) = 1)"
)
_PROSE = etree.XPath("//p | //blockquote | //li | //div[not(.//p or .//div)] | //td[not(.//p or .//div or .//td)]")
_TIMED = etree.XPath("//meta[@property='article:published_time']")


def listing(page: lxml.html.HtmlElement, described: Described, address: str | None) -> str | None:
    """Why the page is a list of others and no article; None for an article. Layout tables are already undone."""
    cards = _cards(page, address)
    prose, teasers = _prose(page, cards)
    links = _count(page.iter("a"), MANY_LINKS)
    if is_listing_address(address) and prose < MIN_LONG and links >= SOME_LINKS:
        return "its address is that of a list of articles"
    if _describes_itself(described, address):
        return None
    shown = f"it has {len(cards)} linked headlines and {prose} characters of text beside them"
    is_list = bool(described.types & frozenset(load("id", "pages")["json_ld"]["lists"]))
    if not is_list and (claims_article(page) or _MICRODATA(page) or len(described.articles) == 1):
        return shown if len(cards) >= MANY_CARDS and not prose and not _TIMED(page) else None
    has_headline = _has_headline(page)
    if not has_headline and len(_BLOCKS(page)) >= MIN_BLOCKS:
        return "it has several articles, each with a linked headline"
    least = MIN_SHORT if has_headline else max(MIN_ARTICLE, teasers / 2)
    if len(cards) >= MIN_CARDS and prose < least:
        return shown
    return "it has links and hardly any other text" if links >= MANY_LINKS and prose < MIN_PROSE else None


def _describes_itself(described: Described, address: str | None) -> bool:
    """Whether the page describes an article with its own address, or one article and no list."""
    own = described.article(address)
    if not own or (address and same_address(address, addresses(own))):
        return bool(own)
    lists = frozenset(load("id", "pages")["json_ld"]["lists"])
    return len(described.articles) == 1 and not described.types & lists


def _has_headline(page: lxml.html.HtmlElement) -> bool:
    """Whether there is one heading of the first rank, as long as the headline of an article, and no link."""
    headings = [heading for heading in page.iter("h1") if next(heading.iter("a"), None) is None]
    return len(headings) == 1 and len(headings[0].text_content().split()) >= MIN_HEADLINE_WORDS


def _count(items: Iterable[object], most: int) -> int:
    return sum(1 for _ in islice(items, most))


def claims_article(page: lxml.html.HtmlElement) -> bool:
    """Whether Open Graph says so."""
    return str(_OG_TYPE(page)).strip().lower() in load("id", "pages")["og_articles"]


@lru_cache(maxsize=4096)
def is_listing_address(address: str | None) -> bool:
    """`https://kabar.example/`, `https://kabar.example/indeks?page=2`, `https://kabar.example/tag/banjir`."""
    try:
        parts = urlsplit((address or "").strip())
    except ValueError:
        return False
    if not parts.netloc:
        return False
    steps = [step.lower() for step in parts.path.split("/") if step]
    if not steps:
        return not parts.query
    paths = load("id", "pages")["listing_paths"]
    return steps[-1].split(".")[0] in paths["last"] or (steps[0] in paths["first"] and len(steps) <= 3)


def _cards(page: lxml.html.HtmlElement, address: str | None) -> set[lxml.html.HtmlElement]:
    """The blocks around single linked headlines of other pages."""
    headlines: dict[str, lxml.html.HtmlElement] = {}
    for link in _LINKS(page):
        target = (link.get("href") or "").strip()
        if target in headlines or target.startswith(("#", "javascript:")) or not _is_headline(link):
            continue
        if not (address and same_address(address, [target])):
            headlines[target] = link
    counts = Counter(above for link in headlines.values() for above in (link, *link.iterancestors()))
    cards = set()
    for link in headlines.values():
        card = link
        for above in link.iterancestors():
            if counts[above] > 1 or above.tag in ("body", "main") or not _is_teaser(above):
                break
            card = above
        cards.add(card)
    return cards


def _is_headline(link: lxml.html.HtmlElement) -> bool:
    """Whether the link is a heading, or the whole of its element and as long as one."""
    text = " ".join(link.text_content().split())
    if len(text) < MIN_HEADLINE:
        return False
    if _HEADING(link):
        return True
    above = link.getparent()
    if len(text.split()) < MIN_HEADLINE_WORDS or above is None:
        return False
    beside = sum(len((part or "").strip()) for part in (above.text, *(child.tail for child in above)))
    return beside <= MAX_BESIDE


def _is_teaser(element: lxml.html.HtmlElement) -> bool:
    """Whether the block is short and has one paragraph of text at most."""
    length = paragraphs = 0
    for part in element.iter(etree.Element):
        length += len((part.text or "").strip()) + len((part.tail or "").strip())
        if part.tag == "h1" or length > MAX_CARD:
            return False
        paragraphs += part.tag == "p" and _beside_links(part) >= MIN_PROSE
    return paragraphs <= 1


def _prose(page: lxml.html.HtmlElement, cards: set[lxml.html.HtmlElement]) -> tuple[int, int]:
    """Characters of paragraphs, beside links: outside of the cards, and in them."""
    outside = inside = 0
    for paragraph in _PROSE(page):
        length = _beside_links(paragraph)
        if length < MIN_PROSE:
            continue
        if paragraph in cards or any(above in cards for above in paragraph.iterancestors()):
            inside += length
        else:
            outside += length
    return outside, inside


def _beside_links(element: lxml.html.HtmlElement) -> int:
    """The characters of the element's text, less twice those of its links."""
    length = sum(len(text.strip()) for text in element.itertext())
    return length - 2 * sum(len(text.strip()) for link in element.iter("a") for text in link.itertext())
