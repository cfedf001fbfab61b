"""Raw documents into articles: mojibake repaired, boilerplate gone, one paragraph a line.

Every offset in the warehouse refers to the text that `clean_text` makes, and cleaning it again changes nothing.
"""

from __future__ import annotations

import re

import ftfy

from warta.records import Article, RawDocument, Rejection
from warta.text import publication
from warta.text.boilerplate import is_boilerplate, split_at_inline, without_ending

# Zero-width and direction marks, soft hyphen, byte order mark: they split words without being seen.
_INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
# `&amp;amp;lt;`: text that was escaped again and again. ftfy would take one level a pass, in quadratic time.
_NESTED_AMPERSAND = re.compile(r"&(?:(?:amp|#0*38|#x0*26);)+", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_WORD = re.compile(r"[^\W\d_]{2}")


def clean_text(text: str) -> str:
    """The cleaned body of an article; "" where nothing but boilerplate was in it."""
    while (cleaned := _cleaned_once(text)) != text:
        text = cleaned  # what is removed may have hidden more: `&<zero width>amp;`, boilerplate before a mark
    return text


def clean_line(text: str | None) -> str:
    """A title, name or category, repaired and on one line; "" for None."""
    return " ".join(_repaired(text or "").split())


def _cleaned_once(text: str) -> str:
    lines = [line for line in split_at_inline(_repaired(text)) if not is_boilerplate(line)]
    return "\n".join(without_ending(lines))


def _repaired(text: str) -> str:
    """Mojibake, entities, ligatures and composed letters put right (ftfy); quote marks stay as they were written."""
    repaired = (_repaired_line(line) for line in text.split("\n") if line and not line.isspace())
    return "\n".join(repaired)


def _repaired_line(line: str) -> str:
    """Printable ASCII without entities and double spaces, which most lines are, has nothing to repair."""
    if line.isascii() and line.isprintable() and "&" not in line and "  " not in line:
        return line
    repaired = ftfy.fix_text(_NESTED_AMPERSAND.sub("&", line), uncurl_quotes=False).translate(_INVISIBLE)
    return _SPACES.sub(" ", repaired)


def to_article(raw: RawDocument) -> Article | Rejection:
    """The article in `raw`; a Rejection `no_text` where no word is left.

    A naive `published` is Jakarta time. `article_id` stays "": ids belong to whoever stores the article.
    """
    title = clean_line(raw.title)
    text = clean_text(raw.text)
    first, _, rest = text.partition("\n")
    if rest and first.casefold() == title.casefold():
        text = rest  # the headline once more
    if not _WORD.search(text):
        return Rejection(
            raw.source_uri, raw.locator, raw.media_type, raw.sha256, raw.size,
            "no_text", "no word is left after cleaning", raw.external_id,
        )  # fmt: skip
    published = publication.with_zone(raw.published) if raw.published else None
    return Article(
        article_id="",
        text=text,
        title=title,
        external_id=raw.external_id,
        source_uri=raw.source_uri,
        url=raw.url if publication.host(raw.url) else None,
        outlet=publication.outlet(raw.url),
        author=clean_line(raw.author) or None,
        category=clean_line(raw.category) or None,
        language=publication.language(text),
        published_at=published,
        published_date=publication.local_date(published)
        if published
        else publication.dateline(text) or publication.url_date(raw.url),
    )
