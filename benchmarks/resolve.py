"""How much of a run is the joining of entities across articles, whole and by delta, and how does it grow?

    python -m benchmarks.resolve [--articles 2000 4000 8000]

Made-up articles that name ten things each, some by short names, are resolved whole; then again one of them comes as
new, and ten. Annotating as many real ones (of `../shared`, measured on a few) is what a run does at least besides. CPU
seconds, of all threads.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from time import process_time
from typing import NamedTuple

import duckdb

from benchmarks.speed import WARM_UP, load, stages
from benchmarks.warehouse_scale import fill
from warehouse.db import snapshot
from warehouse.home import Home, writer_lock
from warehouse.resolve.apply import resolve
from warehouse.stories.versions import make_versions

ANNOTATED = 100


class Spent(NamedTuple):
    """The names of articles that were linked; CPU seconds of the whole, of one new article, of ten."""

    names: int
    whole: float
    one: float
    ten: float


def annotating() -> float:
    """CPU seconds an article."""
    articles = load(ANNOTATED + WARM_UP)
    stages(articles[:WARM_UP])
    return sum(stages(articles[WARM_UP:]).values()) / ANNOTATED


def resolving(articles: int) -> Spent:
    """All but eleven articles whole, then one of these, then ten."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        with writer_lock(home):
            fill(home, articles)
            with snapshot(home.work / "resolved.duckdb", home) as connection:
                make_versions(connection)
                connection.execute(
                    "CREATE TABLE late AS SELECT article_id, row_number() OVER (ORDER BY hash(article_id)) AS number"
                    " FROM loaded.articles"
                )
                spent = [_arrive(connection, *numbers) for numbers in ((12, articles), (11, 11), (1, 10))]
                ((names,),) = connection.execute("SELECT count(*) FROM entity_links").fetchall()
    return Spent(names, *spent)


def _arrive(connection: duckdb.DuckDBPyConnection, first: int, last: int) -> float:
    """CPU seconds of resolving with the articles of these numbers as new, those after them as old ones."""
    connection.execute("DELETE FROM current.superseded")
    connection.execute(f"INSERT INTO current.superseded SELECT article_id FROM late WHERE number < {first}")
    changed = f"SELECT article_id FROM late WHERE number BETWEEN {first} AND {last}"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE changed AS {changed}")
    began = process_time()
    resolve(connection, [], changed=first != 12)
    return process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[2000, 4000, 8000])
    an_article = annotating()
    resolving(500)  # word lists and gazetteers are read once
    print(f"annotating: {1000 * an_article:.1f} ms an article")
    for articles in parser.parse_args().articles:
        found = resolving(articles)
        share = found.whole / (found.whole + articles * an_article)
        print(
            f"{articles:>8} articles {found.names:>8} names {found.whole:7.2f} s"
            f" {1e6 * found.whole / found.names:6.1f} us a name {share:6.1%}"
            f"   one more {found.one:.2f} s, ten more {found.ten:.2f} s"
        )


if __name__ == "__main__":
    main()
