"""Do two warehouses say the same, row by row?

    python -m benchmarks.compare_warehouses BEFORE.duckdb AFTER.duckdb

Compares every table and view but for what differs between any two runs: ids of runs and packages, times of loading,
and the version of warta. Prints a line for each that differs, and exits with 1 where one does.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import duckdb

# Columns that tell when and by which run or version a row was made; `doc` numbers the texts of the index as they lie.
_OF_THE_RUN = {
    "run_id", "package_id", "extractor_version", "loaded_at", "seen_at", "started_at", "finished_at", "versions",
    "settings", "validation_id", "reject_id", "manifest_sha256", "first_run_id", "last_run_id",
    "last_new_at", "doc",
}  # fmt: skip


def differing(before: Path, after: Path) -> list[str]:
    """A sentence for each table or view whose rows are not the same."""
    with duckdb.connect() as connection:
        for name, path in (("before", before), ("after", after)):
            connection.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        tables = {name: _tables(connection, name) for name in ("before", "after")}
        found = [f"{name}: only in one of them" for name in sorted(tables["before"].keys() ^ tables["after"].keys())]
        for name in sorted(tables["before"].keys() & tables["after"].keys()):
            columns = [column for column in tables["before"][name] if column not in _OF_THE_RUN]
            if set(columns) != set(tables["after"][name]) - _OF_THE_RUN:
                found.append(f"{name}: other columns")
            elif count := _differing_rows(connection, name, columns):
                found.append(f"{name}: {count} rows are in one of them only")
    return found


def _tables(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[str]]:
    """Columns by table or view."""
    query = """
        SELECT table_name, list(column_name ORDER BY column_index)
        FROM duckdb_columns() WHERE database_name = ? GROUP BY table_name
    """
    return dict(connection.execute(query, [database]).fetchall())


def _differing_rows(connection: duckdb.DuckDBPyConnection, name: str, columns: list[str]) -> int:
    shown = ", ".join(f'"{column}"' for column in columns) or "1"
    one, other = f'SELECT {shown} FROM before."{name}"', f'SELECT {shown} FROM after."{name}"'
    try:
        query = f"SELECT count(*) FROM (({one} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {one}))"
        ((count,),) = connection.execute(query).fetchall()
    except duckdb.CatalogException:  # a view whose macros belong to its own database
        return _differing_views(connection, one, other)
    return int(count)


def _differing_views(connection: duckdb.DuckDBPyConnection, one: str, other: str) -> int:
    rows: list[list[str]] = []
    for database, query in (("before", one), ("after", other)):
        connection.execute(f"USE {database}")
        rows.append([repr(row) for row in connection.execute(query).fetchall()])
    connection.execute("USE memory")
    return (Counter(rows[0]) - Counter(rows[1])).total() + (Counter(rows[1]) - Counter(rows[0])).total()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    asked = parser.parse_args()
    found = differing(asked.before, asked.after)
    print("\n".join(found) or "the same")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
