"""A published file that was changed by and by holds the same as one that is made whole: rows, marts and searches."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
import random_world
from given import insert
from test_versions import article
from test_versions import write as write_records

from conftest import SAMPLES, ingest
from pipeline import load, package
from pipeline.publish import swap_in
from warehouse.contract import annotation_tables, mart_columns, tables
from warehouse.db import reader, writer
from warehouse.home import Home, writer_lock
from warehouse.snapshot import made_with
from warehouse.snapshot.make import make_snapshot

# What tells how a warehouse came to be, in which order its packages were loaded among others.
HISTORY = {"runs", "packages", "validation_results", "rejects", "run_quality", "table_quality"}
FOUND = (
    "SELECT kind, word, docs FROM search_words",
    "SELECT kind, docs, average FROM search_totals",
    "SELECT w.kind, w.word, t.id, p.times, t.words FROM search_postings p JOIN search_words w USING (word_id)"
    " JOIN search_texts t USING (doc)",
    "SELECT id, round(score, 6), all_words FROM search('quote', 'jalan selesai di Bogor')",
    "SELECT id, round(score, 6), all_words FROM search('article', 'harga jalan')",
)


CORRECTIONS = """action,target,article_id,value,author,reason
merge,Sri,,Sri Wahyuni,Sari,the same
rename,Agus Salim,,Haji Agus Salim,Sari,as he signs
retype,Rahman,,ORG,Sari,a firm
speaker,a1-0q,,Budi Santoso,Sari,heard it
speaker,a2-0q,,Andi Rahman,Sari,heard it
speaker,a3-0q,,Sri Wahyuni,Sari,heard it
split,Dinas Kesehatan,a4,Dinas Kesehatan Maros,Sari,the other one
not_an_entity,Karya Laut,,,Sari,a ship
"""


def told(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that a published file says, in an order of its own."""
    queries = {
        name: f"SELECT {', '.join(c.name for c in table.columns.values() if not c.provenance)} FROM {name}"
        for name, table in tables().items()
        if name not in HISTORY
    }
    queries |= {name: f"FROM {name}" for name in mart_columns() if name != "mart_data_quality"}
    queries |= {query: query for query in FOUND}
    queries["rules"] = "SELECT table_name, rule, unexpected FROM table_quality"
    with reader(database) as connection:
        return {name: connection.execute(f"{query} ORDER BY ALL").fetchall() for name, query in queries.items()}


Frames = dict[str, pl.DataFrame]


def world(home: Path) -> list[Frames]:
    """The rows of a document each: the samples, versions of pages, texts that others carry or nearly repeat."""
    first = [article(n) for n in range(20)]
    later = [article(n, 2, taken=2) for n in range(0, 20, 4)]
    carried = [
        article(n, url=f"https://lain.example/{n}", outlet="Lain", tanggal=f"2025-10-0{5 + n % 4}T03:00:00+07:00")
        for n in range(0, 20, 3)
    ]
    repeated = [
        {**article(n), "url": f"https://ulang.example/{n}", "isi": article(n)["isi"] + " Kantor berita melaporkan."}
        for n in range(1, 20, 5)
    ]
    sources = home.parent / "sources"
    ingest(home, SAMPLES, write_records(sources / "first.jsonl", *first))
    ingest(home, write_records(sources / "later.jsonl", *later, *carried, *repeated))
    packages = [package.read(folder) for folder in package.complete(Home(home))]
    return [rows for held in packages for rows in of_each_document(held.frames)]


def of_each_document(frames: Frames) -> Iterator[Frames]:
    """Cut a package: an article comes with the document that it was taken from, other documents alone."""
    for document in frames.get("documents", pl.DataFrame()).iter_rows(named=True):
        given = {"documents": frames["documents"].filter(document_id=document["document_id"])}
        given["publications"] = frames["publications"].filter(document_id=document["document_id"])
        if document["status"] == "accepted":
            of_article = pl.DataFrame({"article_id": [document["article_id"]]})
            for name in annotation_tables():
                if name in frames:
                    given[name] = frames[name].join(of_article, on="article_id", how="semi", maintain_order="left")
        yield {name: frame for name, frame in given.items() if frame.height}


def put_together(parts: list[Frames]) -> Iterator[Frames]:
    """Packages of these documents; one that brings an article that another one brings too gets a package of its own."""
    again = [part for number, part in enumerate(parts) if article_of(part) in map(article_of, parts[:number])]
    for together in ([part for part in parts if id(part) not in set(map(id, again))], *([part] for part in again)):
        names = {name for part in together for name in part}
        yield {name: pl.concat([part[name] for part in together if name in part]) for name in names}


def article_of(rows: Frames) -> object:
    return rows["articles"]["article_id"][0] if "articles" in rows else object()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Frames]:
    return world(tmp_path_factory.mktemp("world") / "home")


def in_random_order(documents: list[Frames], chance: random.Random) -> list[Frames]:
    """What carries a text comes behind the document that it is taken from."""
    order = chance.sample(documents, len(documents))
    return sorted(order, key=lambda rows: "articles" not in rows)


def follow(home: Home, documents: list[Frames], chance: random.Random, most: int) -> int:
    """Load documents some at a time and publish after each time; how often was a file changed, not made?"""
    changed, left = 0, in_random_order(documents, chance)
    with writer_lock(home):
        load.pending(home)  # makes the database
        while left:
            count = chance.randint(1, most)
            parts, left = left[:count], left[count:]
            for number, rows in enumerate(put_together(parts)):
                load.load(home, package.write(home, f"r-{len(left)}-{number}", f"r-{len(left)}", rows, {}))
            swap_in(home, make_snapshot(home))
            with reader(home.published) as connection:
                changed += connection.execute("SELECT changed > 0 FROM kept.made_with").fetchall() == [(True,)]
    return changed


def change(connection: duckdb.DuckDBPyConnection, number: int, chance: random.Random) -> None:
    """Some articles come, some are taken from another document, some go."""
    gone = {f"a{chance.randint(0, 80)}" for _ in range(chance.randint(0, 3))}
    come = {f"a{chance.randint(0, 80)}" for _ in range(chance.choice((1, 2, 8, 40)))}
    for name in (*annotation_tables(), "documents", "publications"):
        connection.execute(f"DELETE FROM {name} WHERE list_contains(?, article_id)", [sorted(gone | come)])
    for article_id in sorted(come):
        insert(connection, random_world.article(article_id, f"r{number}", chance))


def whole(home: Home) -> dict[str, list[tuple[Any, ...]]]:
    home.published.unlink()
    with writer_lock(home):
        swap_in(home, make_snapshot(home))
    return told(home.published)


@pytest.mark.parametrize("seed", range(2))
def test_any_sequence_of_changes(
    documents: list[Frames],
    tmp_path: Path,
    seed: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(made_with, "CHANGED_SHARE", 100)  # else so many changes would have the file made whole
    home, chance = Home(tmp_path / "home"), random.Random(seed)
    assert follow(home, documents, chance, most=20) > 1
    assert "made whole" not in caplog.text
    by_changes, made = told(home.published), whole(home)
    for name, expected in made.items():
        assert by_changes[name] == expected, name


@pytest.mark.parametrize("seed", range(8))
def test_any_change_of_a_world_where_everything_meets(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(made_with, "CHANGED_SHARE", 100)
    home, chance = Home(tmp_path / "home"), random.Random(seed)
    with writer_lock(home):
        if seed % 2:
            home.corrections.write_text(CORRECTIONS)
        for number in range(5):
            with writer(home) as connection:
                change(connection, number, chance)
            swap_in(home, make_snapshot(home))
    assert "made whole" not in caplog.text
    by_changes, made = told(home.published), whole(home)
    for name, expected in made.items():
        assert by_changes[name] == expected, name


def test_whom_a_correction_names_may_come_later(home: Home, article_file: Callable[[str, str], Path]) -> None:
    with reader(home.published) as connection:
        query = "SELECT quote_id FROM quotes WHERE speaker_name = 'Ratna Dewi'"
        ((quote_id,),) = connection.execute(query).fetchall()
    head, line = CORRECTIONS.split("\n", 1)[0], f"speaker,{quote_id},,Made Arta,Sari,heard it"
    home.corrections.write_text(f"{head}\n{line}\n")
    ingest(home.root, article_file("one.txt", "Putu Lestari"))  # whole, since there is a correction
    ingest(home.root, article_file("two.txt", "Made Arta"))
    with reader(home.published) as connection:
        assert connection.execute("SELECT changed FROM kept.made_with").fetchall() == [(1,)]
        query = "SELECT e.name FROM quotes JOIN entities e ON e.entity_id = speaker_entity_id WHERE quote_id = ?"
        assert connection.execute(query, [quote_id]).fetchall() == [("Made Arta",)]
