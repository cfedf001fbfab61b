"""One article, many lives: versions of a page, texts that several outlets carry, articles in several pages."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import duckdb
import pytest
from given import fill_loaded

from conftest import ingest
from pipeline.maintenance.rebuild import rebuild
from warehouse.db import reader
from warehouse.digest import digest
from warehouse.explain import explain_article
from warehouse.home import Home
from warehouse.text_changes import changes

SPEAKERS = ["Wayan Sudira", "Ratna Dewi", "Slamet Riyadi", "Maria Tambunan", "Joko Santosa"]
PLACES = ["Bogor", "Padang", "Maros", "Ende", "Kupang"]


def article(number: int, version: int = 1, **fields: Any) -> dict[str, Any]:
    """A record of a crawl: a made-up article of which later versions say something else."""
    who, place = SPEAKERS[number % 5], PLACES[number // 5 % 5]
    text = [
        f"Pemerintah Kabupaten {place} memperbaiki {number + 3} ruas jalan yang rusak sejak Senin (6/10/2025).",
        f'"Ruas ke-{number} selesai pekan depan," kata Kepala Dinas {who} di {place}, Selasa (7/10/2025).',
        f"Warga {place} berharap jalan di dekat pasar lama dikerjakan lebih dulu karena dilalui truk setiap hari.",
    ]
    if version > 1:
        text[1] = f'"Ruas ke-{number} selesai bulan ke-{version}," kata {who}, Rabu (8/10/2025).'
        text.append(f"Anggaran perbaikan naik menjadi Rp {version},{number} miliar setelah dihitung ulang.")
    return {
        "judul": f"Jalan Rusak Nomor {number} di {place} Diperbaiki",
        "url": f"https://kabar.example/jalan/{number}/perbaikan-jalan",
        "tanggal": f"2025-10-07T0{number % 8}:15:00+07:00",
        "isi": "\n".join(text),
        **fields,
    }


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    with reader(Home(home).published) as connection:
        return connection.execute(query).fetchall()


def test_two_snapshots_count_as_their_latest_versions(tmp_path: Path) -> None:
    """200 articles; in the second snapshot 30 say something else, 5 are empty and 20 others carry a text."""
    first = [article(n, taken=1) for n in range(200)]
    second = [article(n, 2 if n < 30 else 1, taken=2) for n in range(200)]
    for number in range(30, 35):
        second[number]["isi"] = ""
    carried = [article(n, url=f"https://koran.example/{n}", tanggal="2025-10-08") for n in range(35, 55)]
    latest = [article(n, 2 if n < 30 else 1) for n in range(200)]
    one, two = write(tmp_path / "1.jsonl", *first), write(tmp_path / "2.jsonl", *second, *carried)
    ingest(tmp_path / "home", one)
    summary = ingest(tmp_path / "home", two)
    assert (summary.accepted, summary.duplicates, summary.rejected) == (30, 185, 5)
    ingest(tmp_path / "latest", write(tmp_path / "latest.jsonl", *latest))
    for query in (
        "SELECT count(*) FROM quotes",
        "SELECT count(*) FROM mart_quotes",
        "SELECT speaker, quotes, articles FROM mart_speakers ORDER BY ALL",
        "SELECT count(*), count(DISTINCT cluster_id) FROM events",
        "SELECT name, type, article_count, mention_count FROM entities ORDER BY ALL",
        "SELECT count(*), max(doc_count) FROM (SELECT docs AS doc_count FROM search_totals WHERE kind = 'article')",
        "SELECT text FROM articles WHERE is_latest ORDER BY text",
    ):
        assert rows(tmp_path / "home", query) == rows(tmp_path / "latest", query), query
    versions = "SELECT count(*), count(version_of), count(*) FILTER (NOT is_latest) FROM articles"
    assert rows(tmp_path / "home", versions) == [(230, 30, 30)]
    carriers = "SELECT count(*), count(DISTINCT article_id) FROM publications WHERE outlet = 'koran.example'"
    assert rows(tmp_path / "home", carriers) == [(20, 20)]


def snapshots(folder: Path) -> list[Path]:
    """Files of which each has something to do with others: versions, carriers, pages, a withdrawn text."""
    long = "kabar.example/laporan/9/laporan-panjang"
    pages = [
        article(60 + page, judul="Laporan panjang dari Ende", url=f"https://{where}")
        for page, where in enumerate((long, f"{long}?page=2", f"m.{long}?page=3"))
    ]
    other = {"tanggal": "2025-10-06", "judul": "Jalan Diperbaiki"}
    copied = "http://www.kabar.example/jalan/7/perbaikan-jalan/?utm_source=x"
    return [
        write(folder / "1.jsonl", *(article(n) for n in range(12)), pages[0]),
        write(folder / "2.jsonl", *(article(n, 2 if n < 4 else 1) for n in range(12))),
        write(folder / "3.jsonl", article(1, 3), article(2, isi="Artikel ini ditarik."), pages[1]),
        write(folder / "4.jsonl", article(5, url="https://koran.example/5", **other)),
        write(folder / "5.jsonl", article(6, url="https://koran.example/6", tanggal="2025-10-09"), pages[2]),
        write(folder / "6.jsonl", article(0), article(7, 2, url=copied)),
    ]


@pytest.mark.parametrize("seed", range(2))
def test_any_order_of_arrival_gives_the_same_rows(tmp_path: Path, seed: int) -> None:
    files = snapshots(tmp_path / "in")
    ingest(tmp_path / "together", *files)
    random.Random(seed).shuffle(files)
    for file in files:
        ingest(tmp_path / "one by one", file)
    expected = digest(Home(tmp_path / "together").published)
    assert digest(Home(tmp_path / "one by one").published) == expected
    rebuild(Home(tmp_path / "one by one"), workers=1)
    assert digest(Home(tmp_path / "one by one").published) == expected


def latest(*carried: dict[str, Any], **of_articles: dict[str, Any]) -> dict[str, tuple[str | None, bool]]:
    """Article -> (version_of, is_latest), of articles that documents carry: `article`, `at` an address, at a time."""
    connection = duckdb.connect()
    connection.execute("ATTACH ':memory:' AS loaded")
    names = dict.fromkeys(row["article"] for row in carried)
    articles = [{"article_id": name, "word_count": 100, **of_articles.get(name, {})} for name in names]
    publications = [
        {
            "document_id": str(number),
            "article_id": row["article"],
            "address": row.get("at"),
            "page": row.get("page", 1),
            "as_of": row.get("as_of"),
            "published_at": row.get("published"),
            "saved_at": row.get("saved"),
            "position": number,
            "title": row.get("title"),
        }
        for number, row in enumerate(carried)
    ]
    fill_loaded(connection, {"articles": articles, "publications": publications})
    found = connection.execute("SELECT article_id, version_of, is_latest FROM versions ORDER BY ALL").fetchall()
    return {article: (version_of, is_latest) for article, version_of, is_latest in found}


ONE, TWO, THREE = (f"2025-10-0{day}T00:00:00+00:00" for day in (1, 2, 3))


@pytest.mark.parametrize(
    ("carried", "of_articles", "expected"),
    [
        # what a document says of itself counts before when its file was written, that before its place
        (
            [{"article": "a", "at": "x/1", "as_of": TWO, "saved": ONE}, {"article": "b", "at": "x/1", "as_of": ONE}],
            {},
            {"a": ("b", True), "b": (None, False)},
        ),
        (
            [{"article": "a", "at": "x/1", "saved": TWO}, {"article": "b", "at": "x/1", "saved": ONE}],
            {},
            {"a": ("b", True), "b": (None, False)},
        ),
        ([{"article": "a", "at": "x/1"}, {"article": "b", "at": "x/1"}], {}, {"a": (None, False), "b": ("a", True)}),
        # back to what it was
        (
            [{"article": n, "at": "x/1", "as_of": t} for n, t in (("a", ONE), ("b", TWO), ("a", THREE))],
            {},
            {"a": (None, True), "b": ("a", False)},
        ),
        # other addresses, and none
        ([{"article": "a", "at": "x/1"}, {"article": "b", "at": "x/2"}], {}, {"a": (None, True), "b": (None, True)}),
        ([{"article": "a"}, {"article": "b"}], {}, {"a": (None, True), "b": (None, True)}),
        # what one outlet changed another one still carries
        (
            [{"article": n, "at": at, "as_of": t} for n, at, t in (("a", "x", ONE), ("a", "y", ONE), ("b", "x", TWO))],
            {},
            {"a": (None, True), "b": ("a", True)},
        ),
        # withdrawn
        (
            [{"article": "a", "at": "x/1", "as_of": ONE}, {"article": "b", "at": "x/1", "as_of": TWO}],
            {"b": {"word_count": 19}},
            {"a": (None, True), "b": ("a", False)},
        ),
        (
            [{"article": "a", "at": "x/1", "as_of": ONE}, {"article": "b", "at": "x/1", "as_of": TWO}],
            {"b": {"word_count": 20}},
            {"a": (None, False), "b": ("a", True)},
        ),
        # a list under one address
        (
            [{"article": str(n), "at": "x/berita", "title": f"Judul {n}"} for n in range(11)],
            {},
            {str(n): (None, True) for n in range(11)},
        ),
        # pages: apart while they are not put together, parts where they are
        (
            [{"article": "a", "at": "x/1"}, {"article": "b", "at": "x/1", "page": 2}],
            {},
            {"a": (None, True), "b": (None, True)},
        ),
        (
            [{"article": n, "at": "x/1", "page": p} for n, p in (("a", 1), ("b", 2), ("old b", 2), ("ab", 1))],
            {"ab": {"pages": ["a", "b"]}},
            {"a": (None, False), "ab": ("a", True), "b": (None, False), "old b": ("b", False)},
        ),
    ],
)  # fmt: skip
def test_latest_version(
    carried: list[dict[str, Any]], of_articles: dict[str, dict[str, Any]], expected: dict[str, Any]
) -> None:
    assert latest(*carried, **of_articles) == expected


def test_explain_shows_what_changed_from_one_version_to_the_next(tmp_path: Path) -> None:
    first = article(1)
    second = {**article(1, 2), "isi": first["isi"].replace("pekan depan", "bulan depan") + "\nRalat redaksi menyusul."}
    ingest(tmp_path / "home", write(tmp_path / "1.jsonl", first), write(tmp_path / "2.jsonl", second))
    sections = {title: rows for title, _, rows in explain_article(Home(tmp_path / "home").published, first["url"])}
    assert [(change, line[:14]) for _, _, change, line in sections["changes"]] == [
        ("-", '"Ruas ke-1 sel'),
        ("+", '"Ruas ke-1 sel'),
        ("+", "Ralat redaksi "),
    ]
    assert sorted(is_latest for _, is_latest, *_ in sections["versions"]) == [False, True]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a\nb", "a\nb", []),
        ("a\nb", "a\nc", [("-", "b"), ("+", "c")]),
        ("a\nb\nc", "b\nc\nd", [("-", "a"), ("+", "d")]),
    ],
)
def test_changes_are_lines_that_went_and_came(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert list(changes(before, after)) == expected


def test_a_version_names_the_one_before_however_much_was_changed(tmp_path: Path) -> None:
    first, second = article(1), {**article(1, 2), "isi": article(2, 2)["isi"]}
    ingest(tmp_path / "home", write(tmp_path / "1.jsonl", first), write(tmp_path / "2.jsonl", second))
    query = "SELECT a.title, f.text FROM articles a JOIN articles f ON f.article_id = a.near_duplicate_of"
    assert rows(tmp_path / "home", query) == [(second["judul"], first["isi"])]
    assert rows(tmp_path / "home", "SELECT articles, repeats FROM mart_outlets") == [(1, 0)]
