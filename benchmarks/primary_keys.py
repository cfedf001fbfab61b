"""What would primary keys cost in the published file? DuckDB keeps an index for each.

    python -m benchmarks.primary_keys HOME

Copies every table of the contract out of a published warehouse, with its key declared and without.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from warehouse.contract import tables
from warehouse.db import STORAGE_VERSION
from warehouse.home import Home


def copied(published: Path, made: Path, *, keys: bool) -> tuple[float, int]:
    """Seconds of processors, and the bytes of the file."""
    began = time.process_time()
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{published}' AS published (READ_ONLY)")
        connection.execute(f"ATTACH '{made}' AS made (STORAGE_VERSION '{STORAGE_VERSION}')")
        for name, table in tables().items():
            if keys:
                connection.execute(table.ddl.replace("EXISTS ", "EXISTS made."))
                connection.execute(f"INSERT INTO made.{name} FROM published.{name}")
            else:
                connection.execute(f"CREATE TABLE made.{name} AS FROM published.{name}")
        connection.execute("DETACH made")
    return time.process_time() - began, made.stat().st_size


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    published = Home(parser.parse_args().home.resolve()).published
    with TemporaryDirectory(dir=published.parent) as folder:
        for keys in (False, True):
            seconds, size = copied(published, Path(folder, f"{keys}.duckdb"), keys=keys)
            print(f"{'with keys' if keys else 'without keys':<13} {seconds:6.1f} s of processors, {size / 1e6:7.1f} MB")


if __name__ == "__main__":
    main()
