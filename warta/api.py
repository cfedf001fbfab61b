"""The front door: `warta.annotate` for one text, `warta.read` for the articles of a file.

What a call needs is imported in the call, so that `import warta` stays cheap.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from warta.records import Article, Document, Rejection


def annotate(article: str | Article, *, title: str = "", published: date | datetime | str | None = None) -> Document:
    """Annotate one article: a text, which is cleaned first, or an Article as `read` gives it.

    `published` is a date, a datetime (without a zone: Jakarta time) or either in ISO 8601. Times such as `kemarin` are
    resolved against it; without it against the day that the text itself tells, if it does.

    The text is annotated as Indonesian, whatever it is in: `doc.article.language` tells its language, and whether
    another one is worth annotating is for the caller to decide. (`warta run` leaves articles in others as they are.)

    Raises TypeError for other arguments, and for a title or day beside an Article, which has its own. Raises ValueError
    for a `published` that is no ISO date.
    """
    if isinstance(article, Article):
        if title or published is not None:
            raise TypeError("an Article has its own title and published_date; use dataclasses.replace to change them")
    elif isinstance(article, str):
        article = _article(article, title, published)
    else:
        raise TypeError(f"annotate takes a str or an Article, not {type(article).__name__}")
    from warta.chain import annotate_article

    return annotate_article(article)


def read(path: str | os.PathLike[str], *, outlet: str | None = None) -> Iterator[Article | Rejection]:
    """The articles of a file, in its order; what cannot be read comes as a Rejection that says why.

    `outlet` is who published those that do not say it themselves.

    The formats are txt, md, docx, pdf, html, json, jsonl, csv, tsv, xlsx, parquet, xml (RSS, Atom), eml, mbox and warc,
    each also gzipped, and archives of such files (zip, tar); `Rejection.detail` says what to do with another file.
    Raises TypeError for what is no path.
    """
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"read takes a path, not {type(path).__name__}")
    return _articles(Path(path), outlet)


def _articles(path: Path, outlet: str | None) -> Iterator[Article | Rejection]:
    from warta.readers.files import read as documents
    from warta.text.clean import to_article
    from warta.text.outlets import Given

    given = Given(outlet)
    printable = os.fsencode(path).decode("utf-8", "backslashreplace")
    for found in documents(path, printable):
        yield found if isinstance(found, Rejection) else to_article(found, given)


def _article(text: str, title: str, published: date | datetime | str | None) -> Article:
    from warta.text.clean import clean, clean_line
    from warta.text.language import language
    from warta.text.publication import local_date, with_zone
    from warta.text.text_date import text_date

    if not isinstance(title, str):
        raise TypeError(f"title is a str, not {type(title).__name__}")
    cleaned, moment = clean(text), _moment(published)
    dateline = cleaned.dateline
    if isinstance(moment, datetime):
        moment = with_zone(moment)
        day: date | None = local_date(moment)
    else:
        day = moment or dateline.day or text_date(cleaned.text)
    return Article(
        "", cleaned.text, clean_line(title), outlet=dateline.outlet,
        language=language(cleaned.text), published_at=moment if isinstance(moment, datetime) else None,
        published_date=day, dateline=dateline.text or None, place=dateline.place,
        cuts=cleaned.cuts,
    )  # fmt: skip


def _moment(published: date | datetime | str | None) -> date | datetime | None:
    if published is None or isinstance(published, date):
        return published
    if not isinstance(published, str):
        raise TypeError(f"published is a date, a datetime or a str, not {type(published).__name__}")
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(published)
        except ValueError:
            continue
    raise ValueError(f"published is no ISO date such as 2026-11-30 or 2026-11-30T17:00+07:00: {published!r}")
