"""How much of a run is the joining of entities across articles, and does it grow in proportion?

    python -m benchmarks.resolve [--articles 2000 4000 8000]

Made-up articles that name ten things each, some by short names, are resolved; annotating as many real ones (of
`../shared`, measured on a few) is what a run does at least besides. CPU seconds, of all threads.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from time import process_time

from benchmarks.speed import WARM_UP, load, stages
from benchmarks.warehouse_scale import fill
from warehouse.db import snapshot
from warehouse.home import Home, writer_lock
from warehouse.resolve.apply import resolve

ANNOTATED = 100


def annotating() -> float:
    """CPU seconds an article."""
    articles = load(ANNOTATED + WARM_UP)
    stages(articles[:WARM_UP])
    return sum(stages(articles[WARM_UP:]).values()) / ANNOTATED


def resolving(articles: int) -> tuple[float, int]:
    """CPU seconds, and the names of articles that were linked."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        with writer_lock(home):
            fill(home, articles)
            with snapshot(home.work / "resolved.duckdb", home) as connection:
                began = process_time()
                resolve(connection, [])
                spent = process_time() - began
                ((names,),) = connection.execute("SELECT count(*) FROM entity_links").fetchall()
    return spent, names


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[2000, 4000, 8000])
    an_article = annotating()
    resolving(500)  # word lists and gazetteers are read once
    print(f"annotating: {1000 * an_article:.1f} ms an article")
    for articles in parser.parse_args().articles:
        spent, names = resolving(articles)
        share = spent / (spent + articles * an_article)
        print(
            f"{articles:>8} articles {names:>8} names {spent:7.2f} s {1e6 * spent / names:6.1f} us a name {share:6.1%}"
        )


if __name__ == "__main__":
    main()
