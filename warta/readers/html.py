"""`.html`: a saved page."""

from __future__ import annotations

from collections.abc import Iterator

from warta.readers import fields, markup, page_article
from warta.readers.source import Source
from warta.records import RawDocument, Rejection

MAX_PAGE = markup.MAX_PAGE
parse = markup.parse


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    yield document(source, source.whole(MAX_PAGE))


def document(
    source: Source,
    data: bytes,
    *,
    locator: str = "",
    stored: bytes | None = None,
    url: str | None = None,
    charset: str | None = None,
    taken: str | None = None,
) -> RawDocument | Rejection:
    """The article of the page `data`, which is the whole file, or `stored` at `locator`, and was found at `url`.

    `charset` is the one that HTTP named, which comes before that of the page; `taken` is when the page was found so.
    """
    return source.attempt(
        lambda: _document(source, data, locator=locator, stored=stored, url=url, charset=charset, taken=taken),
        locator=locator,
        data=stored,
    )


def _document(
    source: Source,
    data: bytes,
    *,
    locator: str,
    stored: bytes | None,
    url: str | None,
    charset: str | None,
    taken: str | None,
) -> RawDocument | Rejection:
    record = page_article.read(*markup.parse(data, charset), url)
    record["as_of"] = taken or record["as_of"]
    return fields.document(source, record, locator=locator, data=stored)
