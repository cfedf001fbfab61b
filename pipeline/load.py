"""Stage 8: packages into the database: one transaction a package, loading it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from pipeline import package
from pipeline.package import Package
from warehouse import faults
from warehouse.contract import annotation_tables, tables
from warehouse.db import transaction, writer
from warehouse.errors import WartaError
from warehouse.home import Home
from warehouse.lookups import LOOKUPS


class LoadFailed(WartaError):
    """The database does not hold what was committed to it."""


def drop_outdated(home: Home) -> bool:
    """Remove a database that was made under another contract, so that all packages are pending; was there one?"""
    if not home.loading.exists():
        return False
    with writer(home) as connection:
        outdated = is_outdated(connection)
    if outdated:
        for file in home.work.glob(home.loading.name + "*"):
            file.unlink()
    return outdated


def is_outdated(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the tables of a database have other columns than the contract."""
    found = connection.execute("SELECT table_name, column_name FROM duckdb_columns()").fetchall()
    return any({c for t, c in found if t == name} != set(table.columns) for name, table in tables().items())


def loaded_packages(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The ids of the packages that a database, the loader's or a published one, was made from."""
    return {row[0] for row in connection.execute("SELECT package_id FROM packages").fetchall()}


def pending(home: Home) -> list[Path]:
    """Complete packages that the database, made where it is missing, does not hold yet, oldest first."""
    with writer(home) as connection:
        loaded = loaded_packages(connection)
    folders = [folder for folder in package.complete(home) if folder.name not in loaded]
    return [folder for folder in folders if not package.ids(folder) <= loaded]


def load(home: Home, folder: Path) -> dict[str, int]:
    """Load one package; returns the rows added by table (none where it was loaded before)."""
    loaded = package.read(folder)
    with writer(home, must_exist=True) as connection:
        if set(loaded.registered["package_id"]) <= loaded_packages(connection):
            return {}
        with transaction(connection):
            _remove_replaced(connection, loaded)
            added = {name: _insert(connection, name, frame) for name, frame in loaded.frames.items()}
            _insert(connection, package.REGISTERED, loaded.registered)
            faults.point("load.in_transaction")
        faults.point("load.after_commit")
        verify(connection, loaded)
        faults.point("checkpoint")
        connection.execute("CHECKPOINT")
    added.pop(package.REGISTERED, None)
    return added


def _remove_replaced(connection: duckdb.DuckDBPyConnection, loaded: Package) -> None:
    """Take out the articles in whose place the package's articles come, with all that was found in them.

    The document from which such an article was taken repeats it from now on.
    """
    with _registered(connection, incoming=loaded.frame("articles"), carried=loaded.frame("publications")):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE replaced AS {(LOOKUPS / 'replaced_articles.sql').read_text('utf-8')}"
        )
    for name in annotation_tables():
        connection.execute(f"DELETE FROM {name} WHERE article_id IN (SELECT article_id FROM replaced)")
    connection.execute("DELETE FROM publications WHERE article_id IN (SELECT article_id FROM replaced WHERE is_whole)")
    repeats = "status = 'accepted' AND article_id IN (SELECT article_id FROM replaced)"
    connection.execute(f"UPDATE documents SET status = 'duplicate' WHERE {repeats}")
    connection.execute("DROP TABLE replaced")


@contextmanager
def _registered(connection: duckdb.DuckDBPyConnection, **frames: pl.DataFrame) -> Iterator[None]:
    """Frames that statements know by these names."""
    for name, frame in frames.items():
        connection.register(name, frame.to_arrow())
    yield
    for name in frames:  # after a failure the connection goes, and in the aborted transaction this would fail too
        connection.unregister(name)


def _insert(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> int:
    """Insert the rows of a table in their order; returns how many there are more.

    A row that is there already (an article seen again while its first package waited) stays as it is, but a document
    that was rejected becomes what a later run has made of it.
    """
    table = tables()[name]
    key, columns = ", ".join(table.key), ", ".join(table.columns)
    with _registered(connection, incoming=frame):
        known = connection.sql(f"SELECT {key} FROM {name} SEMI JOIN incoming USING ({key})").pl()
        if name == "documents" and known.height:
            newer = ", ".join(f"{column} = i.{column}" for column in table.columns if column not in table.key)
            same = "d.document_id = i.document_id AND d.status = 'rejected'"
            connection.execute(f"UPDATE documents d SET {newer} FROM incoming i WHERE {same}")
    # Not ON CONFLICT: it would insert them in the order of their hashes.
    new = frame.join(known, on=table.key, how="anti", maintain_order="left") if known.height else frame
    with _registered(connection, incoming=new):
        connection.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM incoming")
    return new.height


def verify(connection: duckdb.DuckDBPyConnection, loaded: Package) -> None:
    """Read back every key of the package; raises LoadFailed where one is missing.

    In the place of some of its articles others may have come, or the same from another package.
    """
    with _registered(connection, incoming=loaded.frame("articles")):
        replaced = connection.sql((LOOKUPS / "replaced_since.sql").read_text("utf-8")).pl()
    for name, frame in loaded.frames.items():
        if "article_id" in frame.columns and name != "documents":
            frame = frame.join(replaced, on="article_id", how="anti")
        key = tables()[name].key
        with _registered(connection, incoming=frame.select(key)):
            missing = connection.execute(f"SELECT count(*) FROM incoming ANTI JOIN {name} USING ({', '.join(key)})")
            count = missing.fetchall()[0][0]
        if count:
            raise LoadFailed(f"{count} rows of package {loaded.package_id} are missing from {name} after the commit")
