"""The published snapshot: a copy of the loader's database, swapped in by rename. Readers never wait for a load."""

from __future__ import annotations

import shutil

from warehouse.db import create_marts, writer
from warehouse.files import sync
from warehouse.home import Home
from warehouse.load import derive


def publish(home: Home) -> None:
    """Make what is loaded visible. Readers that hold the former snapshot keep it until they close it."""
    with writer(home) as connection:
        derive(connection)
        create_marts(connection)
        connection.execute("CHECKPOINT")
    # The loader's database is closed from here on: copying an open one would drop its lock.
    copy = home.work / "publishing.duckdb"
    shutil.copyfile(home.loading, copy)
    copy.chmod(0o600)
    sync(copy)
    copy.replace(home.published)
    sync(home.root)
