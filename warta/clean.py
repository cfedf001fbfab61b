"""Raw documents into articles: mojibake repaired, site furniture gone, one paragraph a line.

Every offset in the warehouse refers to the text that `clean_text` makes, and cleaning it again changes nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

import ftfy

from warta import origin
from warta.ids import stable_id
from warta.lang import load
from warta.records import Article, RawDocument, Rejection

MAX_FURNITURE = 300  # characters; also what keeps the patterns linear

# Zero-width and direction marks, soft hyphen, byte order mark: they split words without being seen.
_INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
# `&amp;amp;lt;`: text that was escaped again and again. ftfy would take one level a pass, in quadratic time.
_NESTED_AMPERSAND = re.compile(r"&(?:(?:amp|#0*38|#x0*26);)+", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_WORD = re.compile(r"[^\W\d_]{2}")


@lru_cache(maxsize=1)
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in load("id", "furniture")["lines"]), re.IGNORECASE)


@lru_cache(maxsize=1)
def _inline() -> re.Pattern[str]:
    return re.compile("|".join(load("id", "furniture")["inline"]))


@lru_cache(maxsize=1)
def _ending() -> re.Pattern[str]:
    endings = "|".join(load("id", "furniture")["endings"])
    return re.compile(rf"(?:^|(?<=[.!?…\"”'’]))\s*(?:{endings})$", re.IGNORECASE)


def clean_text(text: str) -> str:
    """The cleaned body of an article; "" where nothing but furniture was in it."""
    while (cleaned := _cleaned_once(text)) != text:
        text = cleaned  # what is removed may have hidden more: `&<zero width>amp;`, furniture before a mark
    return text


def _cleaned_once(text: str) -> str:
    lines = [line.strip() for line in _inline().sub("\n", _repaired(text)).split("\n")]
    lines = [line for line in lines if not _is_furniture(line)]
    while lines and (found := _ending().search(lines[-1], max(0, len(lines[-1]) - MAX_FURNITURE))):
        lines[-1:] = [lines[-1][: found.start()]] if found.start() else []
    return "\n".join(lines)


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


def _is_furniture(line: str) -> bool:
    return len(line) <= MAX_FURNITURE and _furniture().fullmatch(line) is not None


def to_article(raw: RawDocument) -> Article | Rejection:
    """The article in `raw`; a Rejection `no_text` where no word is left.

    Documents with the same title (case ignored) and text share their `article_id`, whatever file or address they
    come from. A naive `published` is Jakarta time.
    """
    title = _line(raw.title)
    text = clean_text(raw.text)
    first, _, rest = text.partition("\n")
    if rest and first.casefold() == title.casefold():
        text = rest  # the headline once more
    if not _WORD.search(text):
        return Rejection(
            raw.source_uri, raw.locator, raw.media_type, raw.sha256, raw.size,
            "no_text", "no word is left after cleaning", raw.external_id,
        )  # fmt: skip
    published = raw.published
    if published and not published.tzinfo:
        published = published.replace(tzinfo=origin.WIB)
    return Article(
        article_id=stable_id(title.casefold(), text),
        text=text,
        title=title,
        external_id=raw.external_id,
        source_uri=raw.source_uri,
        url=raw.url if origin.host(raw.url) else None,
        outlet=origin.outlet(raw.url),
        author=_line(raw.author) or None,
        category=_line(raw.category) or None,
        language=origin.language(text),
        published_at=published,
        published_date=origin.local_date(published) if published else origin.dateline(text) or origin.url_date(raw.url),
    )


def _line(text: str | None) -> str:
    return " ".join(_repaired(text or "").split())
