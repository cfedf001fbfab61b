"""The pages of an article put together: `?page=1`, `?page=2`, ... become one more article, where all are there.

Of each page the latest version counts. The pages stay articles of their own, which the publication knows as parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
import polars as pl

from pipeline.read import Staging
from pipeline.rows import article_id
from warehouse.contract import tables
from warehouse.home import Home
from warehouse.lookups import known_articles, known_pages
from warta.records import MAX_TEXT

_BEGINNING = 100  # characters by which a page is known that another one holds already

Row = dict[str, Any]


@dataclass(frozen=True)
class Whole:
    """An article that was put together, as rows of `articles` and `publications`, and the documents of its pages."""

    article: Row
    publication: Row
    documents: frozenset[str]


def put_together(publications: pl.DataFrame, staging: Staging, home: Home) -> list[Whole]:
    """The articles of which `publications`, with the position of their documents, bring in a page."""
    addresses = publications.group_by("address").agg(has_pages=(pl.col("page") > 1).any()).drop_nulls("address")
    pages = [_of_known(row) for row in known_pages(home, addresses).iter_rows(named=True)]
    several = {page["address"] for page in pages} | set(addresses.filter("has_pages")["address"])
    pages += _staged(publications.filter(pl.col("address").is_in(several)), staging)
    wholes = {whole.article["article_id"]: whole for found in _by_address(pages) if (whole := _whole(found))}
    known = known_articles(home, pl.DataFrame({"article_id": list(wholes)}, schema={"article_id": pl.String}))
    return [whole for article, whole in wholes.items() if article not in set(known)]


def _of_known(row: Row) -> Row:
    names = ("address", "page", "as_of", "saved_at")
    page = {name: row.pop(name) for name in names}
    page |= {"title": row.pop("title_there"), "position": row.pop("position"), "document_id": row.pop("carrier")}
    return page | {"article": {**row, "pages": None}}


def _staged(publications: pl.DataFrame, staging: Staging) -> list[Row]:
    """The publications, each with its article."""
    found = []
    for (part,), rows in publications.group_by("part"):
        articles = staging.articles(int(part)).join(rows, on=["file", "position"], how="semi")
        by_place = {(row["file"], row["position"]): row for row in articles.iter_rows(named=True)}
        for row in rows.iter_rows(named=True):
            found.append({**row, "article": by_place[row["file"], row["position"]]})
    return found


def _by_address(pages: Iterable[Row]) -> list[list[Row]]:
    """For each address the latest version of each page, in order of their numbers."""
    latest: dict[str, dict[int, Row]] = defaultdict(dict)
    for page in sorted(pages, key=_age):
        latest[page["address"]][page["page"]] = page
    return [[found[number] for number in sorted(found)] for _, found in sorted(latest.items())]


def _age(page: Row) -> tuple[Any, ...]:
    """As `warehouse/stories/versions.sql` orders versions."""
    article = page["article"]
    told = page["as_of"] or article["published_at"] or article["published_date"]
    moment = str(told or "")
    saved = page["saved_at"].isoformat() if page["saved_at"] else ""
    return moment, saved, article["source_uri"], page["position"], article["article_id"]


def _whole(pages: list[Row]) -> Whole | None:
    """The article of these pages; None where one is missing or is none of the same article."""
    first, *others = pages
    if not others or [page["page"] for page in pages] != list(range(1, len(pages) + 1)):
        return None
    texts = [page["article"]["text"] for page in pages]
    if not all(_goes_on(first, page) for page in others) or sum(map(len, texts)) > MAX_TEXT:
        return None
    text = "\n".join(texts)
    article = first["article"] | {
        "article_id": article_id(text, first["article"]["title"] or ""),
        "document_id": None,
        "text": text,
        "word_count": len(text.split()),
        "removed": _removed(pages),
        "pages": [page["article"]["article_id"] for page in pages],
    }
    latest = max(pages, key=_age)
    publication = {name: first["article"].get(name) for name in tables()["publications"].columns} | {
        "document_id": first["document_id"],
        "article_id": article["article_id"],
        "address": first["address"],
        "page": 1,
        "title": first["title"],
        **{name: latest[name] for name in ("as_of", "saved_at")},
        "position": first["position"],
    }
    return Whole(article, publication, frozenset(page["document_id"] for page in pages))


def _goes_on(first: Row, page: Row) -> bool:
    """Whether a later page belongs to the first: not under another headline, and no text that is there already."""
    one, other = ((there["title"] or "").casefold() for there in (first, page))
    same_title = not one or not other or one.startswith(other) or other.startswith(one)
    return same_title and page["article"]["text"][:_BEGINNING] not in first["article"]["text"]


def _removed(pages: list[Row]) -> str | None:
    """What cleaning took out of the pages, at its places in the whole."""
    cuts, start = [], 0
    for page in pages:
        article = page["article"]
        cuts += [cut | {"at": cut["at"] + start} for cut in orjson.loads(article["removed"] or "[]")]
        start += len(article["text"]) + 1
    return orjson.dumps(cuts).decode() if cuts else None
