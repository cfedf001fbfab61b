"""The only opener of DuckDB: the loader's database for its one writer, the published snapshot for readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from warehouse.contract import SCHEMA_SQL
from warehouse.errors import WartaError
from warehouse.home import Home, require_lock

_MARTS = Path(__file__).parent / "marts"
_MACROS = Path(__file__).parent / "macros.sql"
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class Unreadable(WartaError):
    """There is no database that can be read."""


class NoWarehouse(Unreadable):
    """Nothing has been published in this home yet."""


class DatabaseDamaged(Unreadable):
    """A database with wrong bytes, or one that was taken away while it was needed."""


@contextmanager
def writer(home: Home, *, must_exist: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the loader's database with all tables in place; needs the home's lock.

    `must_exist`: raise DatabaseDamaged where it would be made anew, and so lack what a run has already loaded.
    """
    require_lock(home)
    if must_exist and not home.loading.exists():
        raise DatabaseDamaged(f"{home.loading} has been taken away; the next run makes it anew from the packages")
    with _connected(home.loading) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(SCHEMA_SQL.read_text("utf-8"))
        yield connection


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
    with _connected(made) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"ATTACH {_quoted(home.loading)} AS loaded (READ_ONLY)")
        yield connection
        connection.execute("DETACH loaded")
        connection.execute("CHECKPOINT")


@contextmanager
def _connected(database: Path, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Raises DatabaseDamaged where the file cannot be opened, or where DuckDB later meets a wrong checksum in it."""
    try:
        connection = duckdb.connect(str(database), read_only=read_only, config=_SETTINGS)
    except duckdb.Error as error:
        raise _damaged(database, error) from error
    try:
        yield connection
    except duckdb.Error as error:
        if "Corrupt database file" in str(error):
            raise _damaged(database, error) from error
        raise
    finally:
        connection.close()


def _damaged(database: Path, error: duckdb.Error) -> DatabaseDamaged:
    return DatabaseDamaged(f"{database} cannot be read ({error}); if it is damaged, `warta repair` makes it anew")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


@contextmanager
def reader(database: Path, memory: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to a published snapshot: no files, no network, no way to switch that back on.

    `memory`: what its statements may take together (`4GiB`); without, what DuckDB thinks fit.
    """
    if not database.is_file():
        raise NoWarehouse(f"there is no warehouse at {database} yet; `warta run` makes one")
    with _connected(database, read_only=True) as connection:
        # A process that reads a file twice at once has one configuration for it, and that is locked by then.
        if connection.execute("SELECT NOT current_setting('lock_configuration')").fetchall() == [(True,)]:
            connection.execute("SET GLOBAL TimeZone = 'Asia/Jakarta'")  # for its cursors too
            if memory:
                connection.execute("SET memory_limit = ?", [memory])
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
        yield connection


def create_marts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the views of `marts/*.sql`, each named after its file; one that says `-- Kept as a table` becomes one."""
    connection.execute(_MACROS.read_text("utf-8"))
    for path in sorted(_MARTS.glob("*.sql")):
        query = path.read_text("utf-8")
        kind = "TABLE" if "\n-- Kept as a table" in query else "VIEW"
        connection.execute(f"CREATE {kind} {path.stem} AS\n{query}")


def execute(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object]
) -> duckdb.DuckDBPyConnection:
    """What a statement gives, to be fetched. Raises duckdb.Error, also where `sql` holds no statement."""
    # With parameters, even none, only a single statement can be asked.
    given = connection.execute(sql, parameters) if parameters else connection.execute(sql)
    if given is None:  # the stubs do not know of it
        raise duckdb.InvalidInputException("nothing was asked")
    return given
