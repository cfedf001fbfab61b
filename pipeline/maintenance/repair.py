"""Make a home sound again: what is damaged is moved aside, never deleted; the warehouse is made from what is left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipeline import load as loader
from pipeline import package as packages
from pipeline.publish import publish, set_logs_aside
from pipeline.signals import handle_signals
from warehouse.contract import tables
from warehouse.db import NoWarehouse, Unreadable, reader
from warehouse.home import Home, writer_lock


def repair(home: Home, *, wait: float = 0.0) -> Iterator[str]:
    """Repair step by step; yields a sentence for each. Raises WarehouseBusy where a run holds the home."""
    with writer_lock(home, wait), handle_signals():
        if aside := set_logs_aside(home):
            yield f"another program wrote to {home.published.name}; its log was moved to {aside}"
        lost = False
        for folder in packages.complete(home):
            try:
                packages.read(folder)
            except packages.PackageDamaged as error:
                lost = True
                aside = home.set_aside(folder)
                yield f"{error}; moved to {aside}. The next run over its sources takes its articles again"
        if lost or (fault := _fault_of_loading(home)):
            aside = home.set_aside(*home.work.glob(f"{home.loading.name}*"))
            because = "it holds rows of damaged packages" if lost else fault
            yield f"{home.loading.name}: {because}; moved to {aside}, made anew from the packages"
        if fault := _fault(home.published):
            aside = home.set_aside(home.published)
            yield f"{home.published.name}: {fault}; moved to {aside}, made anew"
        pending = loader.pending(home)
        for folder in pending:
            loader.load(home, folder)
        publish(home)
        yield f"{len(packages.complete(home))} packages are sound, {len(pending)} of them were loaded; published"


def _fault_of_loading(home: Home) -> str | None:
    """Why the loader's database is not what was loaded into it. That it lacks whole packages is no fault."""
    if fault := _fault(home.loading, with_log=True):
        return fault
    if not home.loading.exists():
        return None
    with reader(home.loading, with_log=True) as connection:
        loaded = loader.loaded_packages(connection)
        for folder in packages.complete(home):
            if packages.ids(folder) <= loaded:
                try:
                    loader.verify(connection, packages.read(folder))
                except loader.LoadFailed as error:
                    return str(error)
    return None


def _fault(database: Path, *, with_log: bool = False) -> str | None:
    """Why a database cannot be read to its last byte; None where it can, or is not there."""
    try:
        with reader(database, with_log=with_log) as connection:
            for name in tables():
                connection.execute(f"SELECT bit_xor(hash(t)) FROM {name} t").fetchall()
    except NoWarehouse:
        return None
    except (Unreadable, duckdb.Error) as error:
        return str(error.__cause__ or error)
    return None
