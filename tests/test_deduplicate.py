"""New documents and those that repeat an article: ids, statuses, batches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest

from pipeline import load, package
from pipeline.deduplicate import DeduplicationResult, deduplicate
from pipeline.read import Staging
from pipeline.rows import document_row
from warehouse.contract import tables
from warehouse.db import writer
from warehouse.home import Home, writer_lock
from warta.records import RawDocument, Rejection


class Found(NamedTuple):
    """A document as it was read: the file that it stands in, its content, its article (None: it was rejected)."""

    file: int
    content: str
    article: str | None


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with writer_lock(Home(tmp_path)):
        with writer(Home(tmp_path)):  # makes the database
            pass
        yield Home(tmp_path)


def run(home: Home, found: list[Found], batch_size: int = 100) -> DeduplicationResult:
    folder = home.work / f"run{len(list(home.work.iterdir()))}"
    folder.mkdir()
    staging = Staging(folder)
    for place, (file, content, article) in enumerate(found):
        where = f"file:///{file}", "line 1", "text/plain", content, 1
        document = RawDocument(*where, "text") if article else Rejection(*where, "no_text", "it has no text")
        carried = {"article_id": article} if article else None
        staging.add({"document": document_row(document), "article": carried, "publication": carried}, file, place)
    staging.flush()
    return deduplicate(staging, home, batch_size)


def loaded(home: Home, result: DeduplicationResult, package_id: str = "p") -> None:
    """The new documents and their articles, loaded as the later stages would."""
    documents = pl.concat([batch.documents for batch in result.batches])
    accepted = documents.filter(pl.col("status") == "accepted")["article_id"].to_list()
    now = pl.lit(0).cast(pl.Datetime("us", "UTC"))
    article = {
        "text": "x y",
        "word_count": 2,
        "language": "id",
        "extractor_version": "1",
        "run_id": "r",
    }
    where = documents["source_uri"].gather(documents["status"].eq("accepted").arg_true()).to_list()
    rows = [{"article_id": name, **article, "source_uri": uri} for name, uri in zip(accepted, where, strict=True)]
    frames = {
        "documents": documents.select(*tables()["documents"].columns).with_columns(run_id=pl.lit("r"), seen_at=now),
        "articles": pl.DataFrame(rows, schema=tables()["articles"].polars_schema).with_columns(loaded_at=now),
    }
    load.load(home, package.write(home, package_id, "r", frames, {}))


def statuses(result: DeduplicationResult) -> list[str]:
    return result.seen["status"].to_list()


def sizes(result: DeduplicationResult) -> list[tuple[int, int, int]]:
    """Number, documents and articles of each batch."""
    return [(batch.number, batch.documents.height, batch.articles) for batch in result.batches]


A, B, C = (Found(n, name, name) for n, name in enumerate("abc"))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([A, B], ["accepted", "accepted"]),
        ([A, A], ["accepted", "duplicate"]),  # twice in a file
        ([A, Found(1, "a", "a")], ["accepted", "duplicate"]),  # in two files
        ([A, Found(1, "other bytes", "a")], ["accepted", "duplicate"]),
        ([A, B, A, B, A], ["accepted", "duplicate", "duplicate", "accepted", "duplicate"]),  # file by file
        # what cannot be read repeats nothing
        ([Found(0, "a", None), Found(0, "a", None)], ["rejected", "rejected"]),
        ([Found(0, "x", None), A, Found(1, "x", None)], ["rejected", "accepted", "rejected"]),
        ([], []),
    ],
)
def test_the_first_document_of_an_article_is_accepted(home: Home, found: list[Found], expected: list[str]) -> None:
    result = run(home, found)
    assert statuses(result) == expected
    assert result.known == 0
    assert result.seen["document_id"].n_unique() == len(found)


def ids(result: DeduplicationResult) -> list[str]:
    return result.seen["document_id"].to_list()


def status_of(result: DeduplicationResult) -> dict[str, str]:
    return dict(result.seen.select("document_id", "status").iter_rows())


def test_lines_in_front_of_a_document_do_not_change_its_id(home: Home) -> None:
    one, two = run(home, [A, A]), run(home, [Found(0, "new", "new"), A, A])
    assert ids(two)[1:] == ids(one)


def test_an_id_is_made_of_the_file_the_content_and_how_often_it_came(home: Home) -> None:
    assert len(set(ids(run(home, [A, A, Found(1, "a", "a"), Found(0, "b", "a")])))) == 4


def test_documents_seen_before_are_known_with_the_status_that_they_have(home: Home) -> None:
    first = run(home, [A, Found(0, "x", None), Found(1, "a", "a")])
    loaded(home, first)
    again = run(home, [A, Found(0, "x", None), Found(1, "a", "a"), B])
    assert again.known == 3
    assert status_of(again) == status_of(first) | {ids(again)[3]: "accepted"}
    assert [batch.documents["content_sha256"].to_list() for batch in again.batches] == [["b"]]


def test_a_new_document_of_a_loaded_article_repeats_it(home: Home) -> None:
    loaded(home, run(home, [A]))
    assert statuses(run(home, [B, Found(5, "a", "a")])) == ["accepted", "duplicate"]


def test_nothing_new_makes_no_batch(home: Home) -> None:
    loaded(home, run(home, [A, B]))
    again = run(home, [A, B])
    assert (again.known, again.batches, statuses(again)) == (2, [], ["accepted", "accepted"])


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (1, [(1, 1, 1), (2, 1, 1), (3, 1, 1)]), (2, [(1, 2, 2), (2, 1, 1)]), (3, [(1, 3, 3)]), (100, [(1, 3, 3)]),
    ],
)  # fmt: skip
def test_batches_of_so_many_articles(home: Home, size: int, expected: list[tuple[int, int, int]]) -> None:
    assert sizes(run(home, [A, B, C], size)) == expected


REJECTED = Found(0, "x", None)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([REJECTED, A, B, C], [(1, 3, 2), (2, 1, 1)]),  # before the first article
        ([A, B._replace(file=0), Found(0, "x", None), A, C], [(1, 4, 2), (2, 1, 1)]),  # along with those before them
        ([A, B, C, Found(2, "c2", "c"), Found(2, "x", None)], [(1, 2, 2), (2, 3, 1)]),
        ([REJECTED, REJECTED], [(1, 2, 0)]),
    ],
)
def test_duplicates_and_rejects_fill_no_batch(
    home: Home, found: list[Found], expected: list[tuple[int, int, int]]
) -> None:
    assert sizes(run(home, found, 2)) == expected


def test_batches_keep_the_order_of_the_files(home: Home) -> None:
    result = run(home, [C, A, B], 2)
    assert [batch.documents["article_id"].to_list() for batch in result.batches] == [["a", "b"], ["c"]]


def test_a_batch_has_the_columns_of_its_documents_and_where_they_were_found(home: Home) -> None:
    (batch,) = run(home, [A]).batches
    expected = [*tables()["documents"].columns, "part", "file", "position"]
    assert set(batch.documents.columns) == set(expected)


def row(home: Home, found: Found) -> dict[str, Any]:
    (batch,) = run(home, [found]).batches
    return batch.documents.row(0, named=True)


def test_an_accepted_document_has_its_article(home: Home) -> None:
    assert row(home, A)["article_id"] == "a"
    assert row(home, REJECTED)["article_id"] is None
