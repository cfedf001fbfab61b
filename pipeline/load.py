"""Stage 8: packages into the database: one transaction a package, loading it again changes nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline import package
from pipeline.package import Package
from warehouse import faults
from warehouse.contract import tables
from warehouse.db import transaction, writer
from warehouse.errors import WartaError
from warehouse.home import Home


class LoadFailed(WartaError):
    """The database does not hold what was committed to it."""


def drop_outdated(home: Home) -> bool:
    """Remove a database that was made under another contract, so that all packages are pending; was there one?"""
    if not home.loading.exists():
        return False
    with writer(home) as connection:
        found = connection.execute("SELECT table_name, column_name FROM duckdb_columns()").fetchall()
    outdated = any({c for t, c in found if t == name} != set(table.columns) for name, table in tables().items())
    if outdated:
        for file in home.work.glob(home.loading.name + "*"):
            file.unlink()
    return outdated


def loaded_packages(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The ids of the packages that a database, the loader's or a published one, was made from."""
    return {row[0] for row in connection.execute("SELECT package_id FROM packages").fetchall()}


def pending(home: Home) -> list[Path]:
    """Complete packages that the database, made where it is missing, does not hold yet, oldest first."""
    with writer(home) as connection:
        loaded = loaded_packages(connection)
    return [folder for folder in package.complete(home) if folder.name not in loaded]


def load(home: Home, folder: Path) -> dict[str, int]:
    """Load one package; returns the rows added by table (none where it was loaded before)."""
    loaded = package.read(folder)
    with writer(home, must_exist=True) as connection:
        known = connection.execute("SELECT count(*) FROM packages WHERE package_id = ?", [loaded.package_id])
        if known.fetchall() != [(0,)]:
            return {}
        with transaction(connection):
            added = {name: _insert(connection, name, loaded) for name in loaded.frames}
            connection.execute(
                "INSERT INTO packages VALUES (?, ?, ?, ?)",
                [loaded.package_id, loaded.run_id, loaded.manifest_sha256, loaded.row_count],
            )
            faults.point("load.in_transaction")
        faults.point("load.after_commit")
        verify(connection, loaded)
        faults.point("checkpoint")
        connection.execute("CHECKPOINT")
    return added


def _insert(connection: duckdb.DuckDBPyConnection, name: str, loaded: Package) -> int:
    connection.register("incoming", loaded.frames[name].to_arrow())
    try:
        columns = ", ".join(tables()[name].columns)
        # A row that is there already (an article seen again while its first package waited) stays as it is.
        query = f"INSERT INTO {name} ({columns}) SELECT {columns} FROM incoming ON CONFLICT DO NOTHING"
        return int(connection.execute(query).fetchall()[0][0])
    finally:
        connection.unregister("incoming")


def verify(connection: duckdb.DuckDBPyConnection, loaded: Package) -> None:
    """Read back every key of the package; raises LoadFailed where one is missing."""
    for name, frame in loaded.frames.items():
        key = tables()[name].key
        connection.register("incoming", frame.select(key).to_arrow())
        missing = connection.execute(f"SELECT count(*) FROM incoming ANTI JOIN {name} USING ({', '.join(key)})")
        count = missing.fetchall()[0][0]
        connection.unregister("incoming")
        if count:
            raise LoadFailed(f"{count} rows of package {loaded.package_id} are missing from {name} after the commit")
