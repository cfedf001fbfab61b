"""Clients that bring an older DuckDB of their own, as drivers for BI tools do, read all of a published file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.summary import RunSummary
from warehouse.contract import mart_columns, tables
from warehouse.db import reader

OLDEST = "1.2.2"
ASKED = """
import duckdb, json, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
def count(name):
    return connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
def counts(query):
    return {name: count(name) for (name,) in connection.execute(query).fetchall()}
print(json.dumps({
    "version": duckdb.__version__,
    "tables": counts("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'"),
    "views": counts("SELECT view_name FROM duckdb_views() WHERE NOT internal"),
    "found": connection.execute("SELECT count(*) FROM search('quote', 'harga')").fetchone()[0],
}))
"""


def client(folder: Path) -> Path:
    """The Python of an environment with the oldest DuckDB that we promise."""
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    python = folder / "bin" / "python"
    for command in (
        ["venv", "--python", sys.executable, folder],
        ["pip", "install", "--python", python, f"duckdb=={OLDEST}"],
    ):
        done = subprocess.run([uv, *map(str, command)], capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"an environment with DuckDB {OLDEST} cannot be made: {done.stderr[-200:]}")
    return python


def test_an_older_client_reads_every_table(sample_run: RunSummary, tmp_path: Path) -> None:
    python = client(tmp_path / "client")
    published = sample_run.home.published
    done = subprocess.run([python, "-c", ASKED, published], capture_output=True, text=True, check=True)
    answered = json.loads(done.stdout)
    assert answered["version"] == OLDEST
    with reader(published) as connection:
        for name, count in (answered["tables"] | answered["views"]).items():
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchall() == [(count,)], name
        assert connection.execute("SELECT count(*) FROM search('quote', 'harga')").fetchall() == [(answered["found"],)]
    assert answered["tables"].keys() | answered["views"].keys() >= tables().keys() | mart_columns().keys()


NAMED = (
    "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main'"
    " UNION ALL SELECT view_name, comment FROM duckdb_views()"
)
COLUMNS = "SELECT table_name || '.' || column_name, comment FROM duckdb_columns() WHERE schema_name = 'main'"


def test_every_table_and_column_says_what_it_means(sample_run: RunSummary) -> None:
    with reader(sample_run.home.published) as connection:
        named, columns = (dict(connection.execute(query).fetchall()) for query in (NAMED, COLUMNS))
    for name, table in tables().items():
        assert named[name] == f"{table.description} {table.grain} Key: {', '.join(table.key)}."
        for column in table.columns.values():
            said = columns[f"{name}.{column.name}"]
            assert column.about in said
            assert said.startswith("Key. ") == (column.name in table.key)
            assert said.endswith(f"Refers to {column.references}.") == (column.references is not None)
    for name, meanings in mart_columns().items():
        assert named[name].startswith("One row per ")
        assert {column: columns[f"{name}.{column}"] for column in meanings} == meanings
