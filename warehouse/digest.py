"""One number for what a warehouse says, to compare two of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from warehouse.contract import tables
from warehouse.db import reader

# How a warehouse came to be (runs, packages, validations) is not what it says.
_HISTORY = {"runs", "packages", "validation_results", "rejects", "run_quality", "table_quality"}


def digest(database: Path) -> dict[str, str]:
    """SHA-256 of each table's content, in the order of its key, without provenance columns."""
    found = {}
    with reader(database) as connection:
        for table in tables().values():
            if table.name in _HISTORY:
                continue
            columns = ", ".join(c.name for c in table.columns.values() if not c.provenance)
            query = f"SELECT {columns} FROM {table.name} ORDER BY {', '.join(table.key)}"
            hashed = hashlib.sha256()
            cursor = connection.execute(query)
            while rows := cursor.fetchmany(10_000):
                hashed.update(repr(rows).encode("utf-8", "surrogatepass"))
            found[table.name] = hashed.hexdigest()
    return found
