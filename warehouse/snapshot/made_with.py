"""With what a published file was made: where it differs from what is here now, the file is made anew, whole."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import duckdb

from warehouse.home import Home

_WAREHOUSE = Path(__file__).parents[1]
# Rows that come by changes lie in the order of their coming: from that share on, reading gets slower than it need be.
CHANGED_SHARE = 0.5


def note(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Note in a file that is made whole with what it is made."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS kept")
    connection.execute("CREATE TABLE kept.made_with (stamp VARCHAR, articles BIGINT, changed BIGINT)")
    connection.execute("INSERT INTO kept.made_with SELECT ?, count(*), 0 FROM articles", [_stamp(home)])


def note_changes(connection: duckdb.DuckDBPyConnection) -> None:
    """Note how many articles the table `changed` holds."""
    connection.execute("UPDATE kept.made_with SET changed = changed + (SELECT count(*) FROM changed)")


def keep_corrections(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep what the corrections of entities and speakers came to, for the next publication to compare."""
    for name in ("corrected_entities", "corrected_speakers"):
        connection.execute(f"CREATE OR REPLACE TABLE kept.{name} AS FROM temp.{name}")


def can_be_changed(connection: duckdb.DuckDBPyConnection, home: Home) -> bool:
    """Whether a published file was made with the code, word lists and corrections of now, and little changed since."""
    tables = connection.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'kept' AND table_name = 'made_with'"
    )
    if tables.fetchall() == [(0,)]:
        return False
    ((stamp, articles, changed),) = connection.execute("FROM kept.made_with").fetchall()
    broken = connection.execute("SELECT coalesce(sum(unexpected), 0) FROM table_quality").fetchall()
    return stamp == _stamp(home) and changed <= CHANGED_SHARE * articles and broken == [(0,)]


def _stamp(home: Home) -> str:
    hashed = hashlib.sha256(_code().encode())
    if home.corrections.exists():
        hashed.update(home.corrections.read_bytes())
    return hashed.hexdigest()


@lru_cache(maxsize=1)
def _code() -> str:
    """All that `warehouse/` holds, and the release of DuckDB."""
    hashed = hashlib.sha256(duckdb.__version__.encode())
    for path in sorted(_WAREHOUSE.rglob("*")):
        if path.suffix in (".py", ".sql", ".yml", ".csv"):
            hashed.update(str(path.relative_to(_WAREHOUSE)).encode() + b"\0" + path.read_bytes())
    return hashed.hexdigest()
