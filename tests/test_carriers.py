"""A text in several outlets is one article of which every carrier is known; pages of an article become one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_versions import article, rows, write

from conftest import ingest, make_pool, warta
from pipeline.deduplicate import deduplicate
from pipeline.maintenance.repair import repair
from pipeline.read import read
from pipeline.sources import expand
from warehouse.db import writer
from warehouse.home import Home, writer_lock

CARRIED = """
SELECT outlet, title, author, url, published_at::VARCHAR FROM publications ORDER BY published_at
"""


def test_every_carrier_of_a_text_is_known_and_who_was_first(tmp_path: Path) -> None:
    """The article is that of the first, though its file came last."""
    later = article(3, url="https://koran.example/9", tanggal="2025-10-07T11:30:00+07:00", penulis="Redaksi")
    latest = article(3, url="https://portal.example/5", tanggal="2025-10-08T06:00:00+07:00", judul="Jalan Mulus Lagi")
    first = article(3, penulis="Kantor Berita")
    home = tmp_path / "home"
    ingest(home, write(tmp_path / "1.jsonl", later, latest))
    summary = ingest(home, write(tmp_path / "2.jsonl", first))
    assert (summary.accepted, summary.duplicates) == (1, 0)
    carried = [(row[0], row[2]) for row in rows(home, CARRIED)]
    assert carried == [("kabar.example", "Kantor Berita"), ("koran.example", "Redaksi"), ("portal.example", None)]
    assert rows(home, "SELECT outlet, author, title FROM articles") == [
        ("kabar.example", "Kantor Berita", first["judul"])
    ]
    assert rows(home, "SELECT status, count(*) FROM documents GROUP BY ALL ORDER BY ALL") == [
        ("accepted", 1),
        ("duplicate", 2),
    ]
    asked = warta("query", "carriers", "--words", "mulus", "--format", "csv", WARTA_HOME=str(home)).stdout
    assert [line.split(",")[1:3] for line in asked.splitlines()[1:]] == [
        ["1", "kabar.example"],
        ["2", "koran.example"],
        ["3", "portal.example"],
    ]
    assert rows(home, "SELECT count(*) FROM mart_quotes") == [(2,)]
    assert rows(home, "SELECT DISTINCT original_articles, carriers, outlets FROM mart_stories") == [(1, 3, 3)]


def test_times_count_from_the_day_of_the_first_carrier(tmp_path: Path) -> None:
    text = article(3)["isi"] + "\nPekerjaan dimulai kemarin dan selesai lusa."
    home = tmp_path / "home"
    ingest(home, write(tmp_path / "1.jsonl", article(3, isi=text, url="https://koran.example/9", tanggal="2025-10-09")))
    assert rows(home, "SELECT value FROM time_expressions WHERE text = 'kemarin'") == [("2025-10-08",)]
    ingest(home, write(tmp_path / "2.jsonl", article(3, isi=text, tanggal="2025-10-07")))
    assert rows(home, "SELECT value FROM time_expressions WHERE text = 'kemarin'") == [("2025-10-06",)]
    assert rows(home, "SELECT count(*) FROM articles") == [(1,)]


def pages(*numbers: int) -> list[dict[str, Any]]:
    """Pages of one article; each has a text of its own."""
    where = "https://kabar.example/laporan/laporan-panjang"
    return [article(60 + n, judul="Laporan panjang", url=f"{where}?page={n}") for n in numbers]


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (pages(1, 2, 3), [3]),
        (pages(3, 1, 2), [3]),
        (pages(1, 3), []),  # one is missing
        (pages(2, 3), []),
        (pages(1, 1), []),
        ([*pages(1), {**pages(2)[0], "judul": "Kabar lain"}], []),
        ([*pages(1), {**pages(2)[0], "judul": None}], [2]),
        ([*pages(1), {**pages(2)[0], "isi": pages(1)[0]["isi"]}], []),  # no more than the first
    ],
)
def test_pages_are_put_together_where_all_are_there(
    tmp_path: Path, records: list[dict[str, Any]], expected: list[int]
) -> None:
    home, file = Home(tmp_path / "home"), write(tmp_path / "1.jsonl", *records)
    with writer_lock(home):
        with writer(home):  # makes the database
            pass
        staging = read(expand([str(file)], home.root), make_pool(1), home.work)  # type: ignore[arg-type]
        (batch,) = deduplicate(staging, home, 100).batches
    assert [len(row["pages"]) for row in batch.wholes.iter_rows(named=True)] == expected
    for row in batch.wholes.iter_rows(named=True):
        parts = sorted(records, key=lambda record: str(record["url"]))
        assert row["text"].split("\n") == [line for record in parts for line in record["isi"].split("\n")]
        assert row["article_id"] in batch.publications["article_id"]


def test_pages_that_come_one_by_one_are_one_article_in_the_end(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for number, records in enumerate((pages(2), pages(1), pages(3))):
        ingest(home, write(tmp_path / f"{number}.jsonl", *records))
    assert rows(home, "SELECT len(pages) FROM articles WHERE pages IS NOT NULL") == [(3,)]
    assert rows(home, "SELECT count(*), count(part_of) FROM articles WHERE NOT is_latest") == [(3, 3)]
    assert rows(home, "SELECT count(*), count(DISTINCT article_id) FROM quotes") == [(6, 1)]
    assert warta("check", "--home", home).returncode == 0
    assert list(repair(Home(home)))[-1].endswith("published")
    assert rows(home, "SELECT count(*), count(DISTINCT article_id) FROM quotes") == [(6, 1)]
