"""The only opener of DuckDB: the loader's database for its one writer, the published snapshot for readers."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from warehouse.contract import SCHEMA_SQL
from warehouse.errors import WartaError, WrongUsage
from warehouse.home import Home, logs_beside, require_lock

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
# Of the published file: drivers of tools for analysts bring a DuckDB of their own, of 1.2 and newer.
STORAGE_VERSION = "v1.2.0"
_open: set[duckdb.DuckDBPyConnection] = set()  # what `interrupt_statements` reaches


class Unreadable(WartaError):
    """There is no database that can be read."""


class NoWarehouse(Unreadable):
    """Nothing has been published in this home yet."""


class DatabaseDamaged(Unreadable):
    """A database with wrong bytes, or one that was taken away while it was needed."""


class WrongSize(WrongUsage):
    """What was given is no size of memory."""


def is_size(value: object) -> bool:
    """Whether a value is a size of memory: `2GB`, `512 MiB`."""
    return isinstance(value, str) and re.fullmatch(r"[1-9][0-9]{0,5} ?([KMGT]i?B)", value) is not None


def require_size(memory: str) -> None:
    """Raises WrongSize."""
    if not is_size(memory):
        raise WrongSize(f"{memory!r} is no size; one is 2GB, or 512 MiB")


@contextmanager
def writer(home: Home, *, must_exist: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the loader's database with all tables in place; needs the home's lock.

    `must_exist`: raise DatabaseDamaged where it would be made anew, and so lack what a run has already loaded.
    """
    require_lock(home)
    if must_exist and not home.loading.exists():
        raise DatabaseDamaged(f"{home.loading} has been taken away; the next run makes it anew from the packages")
    with _writable(home.loading, {"memory_limit": home.memory or _quarter_of_memory()}) as connection:
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
    settings = {
        "storage_compatibility_version": STORAGE_VERSION,
        "memory_limit": home.memory or _quarter_of_memory(),
    }
    with _writable(made, settings) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"ATTACH {_quoted(home.loading)} AS loaded (READ_ONLY)")
        yield connection
        connection.execute("DETACH loaded")
        connection.execute("CHECKPOINT")


@contextmanager
def second_cursor(connection: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor for another thread, which `interrupt_statements` reaches too."""
    with _interruptible(connection.cursor()) as cursor:
        yield cursor


def interrupt_statements() -> None:
    """End the statements that run now, in any thread, with duckdb.InterruptException; without one nothing happens."""
    for connection in tuple(_open):
        with suppress(duckdb.Error):  # it is closed by now
            connection.interrupt()


@contextmanager
def _interruptible(connection: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    _open.add(connection)
    try:
        yield connection
    finally:
        _open.discard(connection)
        connection.close()


@contextmanager
def _writable(database: Path, settings: Mapping[str, str] | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    with (
        _without_question_mark(database) as path,
        _connected(database, lambda: _connect(path, settings)) as connection,
    ):
        yield connection


@contextmanager
def _without_question_mark(database: Path) -> Iterator[Path]:
    """A path that DuckDB can write to: it puts the `.wal` of its log in front of a `?`, whatever folder that is in.

    Such a file gets a second name in a folder above the `?`. A log there that a kill has left is dropped: the package
    that it held is loaded again.
    """
    above = next((folder for folder in database.parents if "?" not in str(folder)), database.parent)
    if "?" not in str(database):
        yield database
        return
    folder = above / f".warta-{hashlib.sha256(os.fsencode(database)).hexdigest()[:16]}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        path = folder / "database"
        if database.exists():
            os.link(database, path)
        yield path
        path.replace(database)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _connected(database: Path, connect: Callable[[], duckdb.DuckDBPyConnection]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Raises DatabaseDamaged where the file cannot be opened, or where DuckDB later meets a wrong checksum in it."""
    try:
        connection = connect()
    except duckdb.Error as error:
        raise _damaged(database, error) from error
    with _interruptible(connection):
        try:
            yield connection
        except duckdb.Error as error:
            if "Corrupt database file" in str(error):
                raise _damaged(database, error) from error
            raise


def _connect(
    database: Path, settings: Mapping[str, str] | None = None, *, read_only: bool = False
) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(database), read_only=read_only, config={**_SETTINGS, **(settings or {})})
    with suppress(duckdb.InvalidInputException):  # the second reader of a process finds its configuration locked
        connection.execute("SET enable_progress_bar = false")  # DuckDB would draw it among the rows on stdout
    return connection


def _connect_to_published(database: Path) -> duckdb.DuckDBPyConnection:
    """A published file is whole by itself: a log beside it was left by a program that wrote to it, or to the one
    before it, and is not read; nor does a program that has the file open for writing keep readers out."""
    if not logs_beside(database):
        try:
            return _connect(database, read_only=True)
        except duckdb.IOException as error:
            if "Conflicting lock" not in str(error) and not logs_beside(database):
                raise
    # DuckDB looks for the log by name and for locks by file: a second name helps with the one, a copy with both.
    try:
        return _connect_aside(database, os.link, database.parent)
    except (OSError, duckdb.IOException):
        return _connect_aside(database, shutil.copyfile, None)


def _connect_aside(
    database: Path, bring: Callable[[Path, Path], object], place: Path | None
) -> duckdb.DuckDBPyConnection:
    """The same file by a name in a new folder, which is gone once the file is open."""
    with TemporaryDirectory(prefix=".warta-", dir=place) as folder:
        path = Path(folder, database.name)
        bring(database, path)
        return _connect(path, {"temp_directory": f"{database}.tmp"}, read_only=True)


def _damaged(database: Path, error: duckdb.Error) -> DatabaseDamaged:
    return DatabaseDamaged(f"{database} cannot be read ({error}); if it is damaged, `warta repair` makes it anew")


def _quarter_of_memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') // 4 // 1024} KiB"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


@contextmanager
def reader(
    database: Path, memory: str | None = None, *, with_log: bool = False, folder: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to a published snapshot: no files, no network, no way to switch that back on.

    `memory`: what its statements may take together (`4GiB`); without, what DuckDB thinks fit. `with_log`: some of its
    rows may be in a log beside it, as with the loader's database; a published file has none. `folder`: the only one
    where its statements may write files, also for what does not fit into memory.
    """
    if not database.is_file():
        raise NoWarehouse(f"there is no warehouse at {database} yet; `warta run` makes one")

    def connect() -> duckdb.DuckDBPyConnection:
        return _connect(database, read_only=True) if with_log else _connect_to_published(database)

    with _connected(database, connect) as connection:
        # A process that reads a file twice at once has one configuration for it, and that is locked by then.
        if connection.execute("SELECT NOT current_setting('lock_configuration')").fetchall() == [(True,)]:
            connection.execute("SET GLOBAL TimeZone = 'Asia/Jakarta'")  # for its cursors too
            if memory:
                connection.execute("SET memory_limit = ?", [memory])
            if folder:
                connection.execute("SET temp_directory = ?", [str(folder / "spilled")])
                connection.execute("SET allowed_directories = ?", [[str(folder)]])
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
        yield connection


def read_as_others_do(database: Path) -> int:
    """The number of articles in a published file, read as any program does that knows only its name.

    Raises DatabaseDamaged where such a program cannot read it, though `reader` may.
    """
    with _connected(database, lambda: _connect(database, read_only=True)) as connection:
        connection.execute("SELECT max(package_id) FROM packages").fetchall()
        return int(connection.execute("SELECT count(article_id) FROM articles").fetchall()[0][0])


def execute(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object]
) -> duckdb.DuckDBPyConnection:
    """What a statement gives, to be fetched. Raises duckdb.Error, also where `sql` holds no statement."""
    # With parameters, even none, only a single statement can be asked.
    given = connection.execute(sql, parameters) if parameters else connection.execute(sql)
    if given is None:  # the stubs do not know of it
        raise duckdb.InvalidInputException("nothing was asked")
    return given
