"""A made-up warehouse of a million quotes: how long take publication, every mart and every question of `warta query`?

    python -m benchmarks.warehouse_scale HOME [--articles 100000] [--more 1 1 10] [--memory 1GB]

First the file is made whole, then more articles come, so many at a time. Of marts and questions it prints milliseconds,
the best of ten: waited for (beside other work, that says little), and of processors.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipeline.publish import swap_in
from warehouse.contract import annotation_tables, mart_columns, tables
from warehouse.db import reader, writer
from warehouse.home import Home, writer_lock
from warehouse.ids import name_id
from warehouse.queries import load_queries
from warehouse.snapshot.make import make_snapshot

_ROWS = Path(__file__).with_name("rows.sql")
_ASKED = {
    "speaker": "Nama1 Orang1 Marga1", "person": "Nama1 Orang1 Marga1", "name": "Nama2 Orang2 Marga2",
    "place": "Kota Bogor", "organisation": "Lembaga Nomor 7", "words": "kata12 kata40",
}  # fmt: skip
_IDS = ("document_id", "article_id", "sentence_id", "mention_id", "quote_id", "event_id")
_PLACES = ("Kota Bogor", "Jakarta", "Bandung", "Amerika Serikat", "Kabupaten Demak", "Padang")


def fill(home: Home, articles: int) -> None:
    """Rows of so many articles in the loader's database; things are a fifth as many, a few in most of the news."""
    with writer(home) as connection:
        connection.register("things", pl.DataFrame([_thing(k) for k in range(articles // 5 + 100)]).to_arrow())
        connection.execute("SET VARIABLE articles = ?", [articles])
        connection.execute(_ROWS.read_text("utf-8"))


def _thing(k: int) -> dict[str, Any]:
    """Its number, type, names (of a person the shorter ones that news uses, too), their ids, a person's office."""
    type = "PER" if k % 10 < 6 else "ORG" if k % 10 < 9 else "GPE"
    words = {"PER": f"Nama{k} Orang{k} Marga{k}", "ORG": f"Lembaga Nomor {k}", "GPE": _PLACES[k % len(_PLACES)]}[type]
    names = [words, " ".join(words.split()[:2]), words.split()[0]]
    office = f"{('Menteri', 'Ketua', 'Juru bicara')[k % 3]} Lembaga Nomor {k % 10 * 10 + 7}"
    return {"k": k, "type": type, "names": names, "ids": [name_id(type, name) for name in names], "office": office}


def add(home: Home, first: int, count: int) -> None:
    """Copies of articles from number `first` on, with ids, a run and a word of their own."""
    with writer(home) as connection:
        ids = "SELECT article_id FROM articles WHERE run_id = 'r' ORDER BY article_id LIMIT ? OFFSET ?"
        connection.execute(f"CREATE TEMP TABLE copied AS {ids}", [count, first])
        for name in ("documents", "publications", *annotation_tables()):
            columns = (_copied(name, column, first) for column in tables()[name].columns)
            connection.execute(
                f"INSERT INTO {name} SELECT {', '.join(columns)} FROM {name} SEMI JOIN copied USING (article_id)"
            )
        connection.execute(
            "INSERT INTO runs SELECT * REPLACE (? AS run_id) FROM runs WHERE run_id = 'r'", [f"r{first}"]
        )


def _copied(table: str, column: str, first: int) -> str:
    if column in _IDS:
        return f"md5({column} || ' again')[:20]"
    if column == "run_id":
        return f"'r{first}'"
    return "text || ' ' || article_id" if (table, column) == ("articles", "text") else column


def publish(home: Home, what: str) -> None:
    began, busy = time.perf_counter(), time.process_time()
    swap_in(home, make_snapshot(home))
    waited, busy = time.perf_counter() - began, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {waited:.1f} s, {busy:.1f} s of processors, peak so far {peak:,.0f} MB", flush=True)


def questions() -> dict[str, tuple[str, dict[str, object]]]:
    """Every mart, as it is first looked at, and every question of `warta query`."""
    found: dict[str, tuple[str, dict[str, object]]] = {
        mart: (f"SELECT * FROM {mart} LIMIT 1000", {}) for mart in mart_columns()
    }
    for name, query in load_queries().items():
        needed = [part for p, d in query.defaults.items() if d is None for part in (f"--{p}", _ASKED[p])]
        found[f"query {name}"] = (query.sql, query.parameters_from(needed))
    return found


def milliseconds(connection: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, object]) -> tuple[float, float]:
    """Waited, and of processors (all threads), the best of ten."""

    def once() -> tuple[float, float]:
        began, busy = time.perf_counter(), time.process_time()
        (connection.execute(sql, parameters) if parameters else connection.execute(sql)).fetchall()
        return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - busy)

    waited, busy = zip(*(once() for _ in range(10)), strict=True)
    return min(waited), min(busy)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--more", type=int, nargs="*", default=[1, 1, 10])
    parser.add_argument("--memory")
    asked = parser.parse_args()
    home = Home(asked.home.resolve(), memory=asked.memory)
    with writer_lock(home):
        if not home.loading.exists():
            fill(home, asked.articles)
        publish(home, "first publication")
        for number, count in enumerate(asked.more):
            add(home, number * 1000, count)
            publish(home, f"{count} more")
    with reader(home.published) as connection:
        print(f"{connection.execute('SELECT count(*) FROM quotes').fetchall()[0][0]:,} quotes")
        for name, (sql, parameters) in questions().items():
            waited, busy = milliseconds(connection, sql, parameters)
            print(f"{name:<28} {waited:7.1f} ms, {busy:7.1f} ms of processors", flush=True)


if __name__ == "__main__":
    main()
