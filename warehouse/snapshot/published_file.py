"""Is the file that lies there the one that we published? Another program may have written to it, or put another there.

The loader's database knows the files by their inode, size and time: what is to be published, and what still is.
"""

from __future__ import annotations

from pathlib import Path

from warehouse.db import transaction, writer
from warehouse.home import Home

_TABLE = "CREATE TABLE IF NOT EXISTS published_files (inode UBIGINT, bytes UBIGINT, modified_ns UBIGINT)"
_THIS = "(inode, bytes, modified_ns) = (?, ?, ?)"


def note(home: Home, made: Path) -> None:
    """A file is about to take the place of the published one."""
    with writer(home, must_exist=True) as connection, transaction(connection):
        connection.execute(_TABLE)
        connection.execute(f"DELETE FROM published_files WHERE NOT {_THIS}", _stat(home.published))
        connection.execute("INSERT INTO published_files VALUES (?, ?, ?)", _stat(made))


def is_ours(home: Home) -> bool:
    """Whether the published file is as we made it."""
    with writer(home, must_exist=True) as connection:
        connection.execute(_TABLE)
        found = connection.execute(f"SELECT count(*) FROM published_files WHERE {_THIS}", _stat(home.published))
        return found.fetchall() != [(0,)]


def _stat(path: Path) -> tuple[int, int, int]:
    if not path.exists():
        return (0, 0, 0)
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns
