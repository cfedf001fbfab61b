"""A made-up warehouse of a million quotes: how long take publication, every mart and every question of `warta query`?

    python -m benchmarks.warehouse_scale HOME [--articles 100000]

Prints milliseconds, the best of ten: waited for (beside other work, that says little), and of processors.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipeline.publish import swap_in
from warehouse.contract import mart_columns
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
    asked = parser.parse_args()
    home = Home(asked.home.resolve())
    with writer_lock(home):
        if not home.loading.exists():
            fill(home, asked.articles)
        began, busy = time.perf_counter(), time.process_time()
        swap_in(home, make_snapshot(home))
        waited, busy = time.perf_counter() - began, time.process_time() - busy
        print(f"publication {waited:.1f} s, {busy:.1f} s of processors")
    with reader(home.published) as connection:
        print(f"{connection.execute('SELECT count(*) FROM quotes').fetchall()[0][0]:,} quotes")
        for name, (sql, parameters) in questions().items():
            waited, busy = milliseconds(connection, sql, parameters)
            print(f"{name:<28} {waited:7.1f} ms, {busy:7.1f} ms of processors", flush=True)


if __name__ == "__main__":
    main()
