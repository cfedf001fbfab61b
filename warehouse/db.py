"""The only opener of DuckDB: the loader's database for its one writer, the published snapshot for readers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from warehouse.contract import SCHEMA_SQL
from warehouse.home import Home, require_lock

_MARTS = Path(__file__).parent / "marts"
_MACROS = Path(__file__).parent / "macros.sql"
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class NoWarehouse(RuntimeError):
    """Nothing has been published in this home yet."""


@contextmanager
def writer(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the loader's database with all tables in place; needs the home's lock."""
    require_lock(home)
    connection = duckdb.connect(str(home.loading), config=_SETTINGS)
    try:
        home.loading.chmod(0o600)
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(SCHEMA_SQL.read_text("utf-8"))
        yield connection
    finally:
        connection.close()


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing. The ROLLBACK is needed: COMMIT after a failed statement returns quietly and keeps nothing."""
    connection.execute("BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(duckdb.Error):  # the failure may have ended the transaction already
            connection.execute("ROLLBACK")
        raise


@contextmanager
def snapshot(made: Path, home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new database file, with the loader's one attached as `loaded` for reading; needs the home's lock."""
    require_lock(home)
    connection = duckdb.connect(str(made), config=_SETTINGS)
    try:
        made.chmod(0o600)
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"ATTACH {_quoted(home.loading)} AS loaded (READ_ONLY)")
        yield connection
        connection.execute("DETACH loaded")
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


@contextmanager
def reader(database: Path, memory: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to a published snapshot: no files, no network, no way to switch that back on.

    `memory`: what its statements may take together (`4GiB`); without, what DuckDB thinks fit.
    """
    if not database.is_file():
        raise NoWarehouse(f"there is no warehouse at {database} yet; `warta run` makes one")
    connection = duckdb.connect(str(database), read_only=True, config=_SETTINGS)
    try:
        # A process that reads a file twice at once has one configuration for it, and that is locked by then.
        if connection.execute("SELECT NOT current_setting('lock_configuration')").fetchall() == [(True,)]:
            connection.execute("SET GLOBAL TimeZone = 'Asia/Jakarta'")  # for its cursors too
            if memory:
                connection.execute("SET memory_limit = ?", [memory])
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


def create_marts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the views of `marts/*.sql`, each named after its file; one that says `-- Kept as a table` becomes one."""
    connection.execute(_MACROS.read_text("utf-8"))
    for path in sorted(_MARTS.glob("*.sql")):
        query = path.read_text("utf-8")
        kind = "TABLE" if "\n-- Kept as a table" in query else "VIEW"
        connection.execute(f"CREATE {kind} {path.stem} AS\n{query}")
