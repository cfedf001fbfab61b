"""Is all as it should be on this machine: versions, home, lock, warehouse? Looks only, and writes nothing."""

from __future__ import annotations

import os
import shutil
import sys

import duckdb

from pipeline import home_settings
from pipeline.home_settings import FILE
from pipeline.maintenance.checks import Finding
from pipeline.sources import nowhere
from pipeline.versions import versions
from warehouse.db import NoWarehouse, Unreadable, read_as_others_do, reader
from warehouse.errors import WrongUsage
from warehouse.home import Home, lock_holder, logs_beside

_LEAST_FREE = 1 << 30  # bytes


def examine(home: Home) -> list[Finding]:
    """One finding each; the Prefect server is looked at by the command line, which knows whether there is one."""
    shown = ", ".join(f"{name} {version}" for name, version in versions().items())
    return [
        Finding("python", sys.version_info >= (3, 11), sys.version.split()[0]),
        Finding("versions", True, shown),
        _space(home),
        _settings(home),
        _lock(home),
        _warehouse(home),
        _other_programs(home),
    ]


def _space(home: Home) -> Finding:
    at = next(folder for folder in (home.root, *home.root.parents) if folder.exists())
    free = shutil.disk_usage(at).free
    if not os.access(at, os.W_OK):
        return Finding("home", False, f"{at} cannot be written to")
    return Finding("home", free > _LEAST_FREE, f"{home.root}, {free >> 30} GiB free")


def _settings(home: Home) -> Finding:
    """Can the settings of the home be read, does each source lead somewhere, and is the group that it names there?"""
    file = home.root / FILE
    try:
        settings = home_settings.read(home.root)
        home_settings.shared_home(home.root)
    except WrongUsage as error:
        return Finding("settings", False, str(error))
    sources = home_settings.sources_of((), settings, home.root) if settings.sources else ()
    if missing := [problem.detail for source in sources for problem in nowhere([source])]:
        return Finding("settings", False, f"{file}: {'; '.join(missing)}")
    said = f"{len(sources)} sources, {len(settings.outlets)} outlets, {len(settings.folders)} folders"
    return Finding("settings", True, f"{file}, {said}" if file.exists() else f"there is no {file}")


def _lock(home: Home) -> Finding:
    try:
        holder = lock_holder(home)
    except OSError as error:
        return Finding("lock", False, f"{home.lock} cannot be opened: {error.strerror}")
    return Finding("lock", True, f"process {holder} is writing" if holder else "free")


def _warehouse(home: Home) -> Finding:
    try:
        with reader(home.published) as connection:
            ((count,),) = connection.execute("SELECT count(*) FROM articles").fetchall()
            return Finding("warehouse", True, f"{home.published}, {count} articles")
    except NoWarehouse as error:
        return Finding("warehouse", True, str(error))
    except (Unreadable, duckdb.Error) as error:
        return Finding("warehouse", False, str(error))


def _other_programs(home: Home) -> Finding:
    """Has another program written to the published file, and can other programs read it by its name?"""
    what = "other programs"
    if logs := logs_beside(home.published):
        detail = f"one wrote to {home.published} and left {logs[0].name}; close it, then `warta repair`"
        return Finding(what, False, f"{detail} moves that aside (until then only warta reads the warehouse)")
    if not home.published.exists():
        return Finding(what, True, "there is nothing to read yet")
    try:
        read_as_others_do(home.published)
    except (Unreadable, duckdb.Error) as error:
        return Finding(what, False, str(error))
    return Finding(what, True, "none writes to the warehouse, all can read it")
