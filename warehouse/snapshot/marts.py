"""The marts of a published file (`marts/*.sql`): views, and tables where counting at each question takes too long."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from warehouse.snapshot.narrowed import narrowed

_WAREHOUSE = Path(__file__).parents[1]


def create_marts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the views of `marts/*.sql`, each named after its file; those of `kept_marts.yml` become tables."""
    connection.execute((_WAREHOUSE / "macros.sql").read_text("utf-8"))
    for path in sorted((_WAREHOUSE / "marts").glob("*.sql")):
        kind = "TABLE" if path.stem in _kept() else "VIEW"
        connection.execute(f"CREATE {kind} {path.stem} AS\n{_query(path.stem)}")


def count_former(connection: duckdb.DuckDBPyConnection) -> None:
    """Note what changed articles count for in marts that add up, before their rows change."""
    for name, mart in _adding().items():
        _create_temporary(connection, f"{name}_before", name, mart["from"])


def update_marts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make those rows of the kept marts anew that tell of what was touched; needs `touched_*`."""
    for name, mart in _kept().items():
        if "adds" in mart:
            _create_temporary(connection, f"{name}_after", name, mart["from"])
            connection.execute((_WAREHOUSE / "snapshot" / "changes" / f"{name}.sql").read_text("utf-8"))
        else:
            rows = mart.get("rows", "true")
            connection.execute(f"DELETE FROM {name} WHERE {rows}")
            _create_temporary(connection, "remade", name, mart.get("from", {}))
            connection.execute(f"INSERT INTO {name} FROM remade WHERE {rows}")


@lru_cache(maxsize=1)
def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("kept_marts.yml").read_text("utf-8"))
    return kept


def _adding() -> dict[str, Any]:
    return {name: mart for name, mart in _kept().items() if "adds" in mart}


def _query(name: str) -> str:
    return (_WAREHOUSE / "marts" / f"{name}.sql").read_text("utf-8")


def _create_temporary(connection: duckdb.DuckDBPyConnection, made: str, mart: str, of: Mapping[str, str]) -> None:
    """What a mart gives where tables hold only the rows that a condition keeps."""
    with narrowed(connection, of):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {made} AS {_query(mart)}")
