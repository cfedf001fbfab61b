"""Rebuild, check and examine a home."""

from __future__ import annotations

import os
import shutil
import sys

import duckdb

from tasks.publish import publish
from warehouse import load as loader
from warehouse import package as packages
from warehouse.contract import tables
from warehouse.db import NoWarehouse, Unreadable, reader
from warehouse.home import Home, WarehouseBusy, writer_lock

Finding = tuple[str, bool, str]


def rebuild(home: Home, wait: float = 0.0) -> int:
    """Load all packages into a new database and publish it; returns their number.

    Raises PackageDamaged before anything is changed where a package is damaged.
    """
    with writer_lock(home, wait):
        folders = packages.complete(home)
        for folder in folders:
            packages.read(folder)
        for old in home.work.glob(home.loading.name + "*"):
            old.unlink()
        for folder in loader.pending(home):
            loader.load(home, folder)
        publish.fn(home)
    return len(folders)


def check(home: Home) -> list[Finding]:
    """Packages against their checksums, the published warehouse against packages and contract."""
    findings = [_packages_are_whole(home)]
    try:
        with reader(home.published) as connection:
            findings.append(_all_packages_loaded(home, connection))
            findings += [_runs_add_up(connection), _runs_are_usual(connection)]
            findings += [_references_hold(connection, name) for name in tables() if _has_references(name)]
    except (Unreadable, duckdb.Error) as error:
        findings.append(("warehouse", False, str(error)))
    return findings


def _packages_are_whole(home: Home) -> Finding:
    folders = packages.complete(home)
    for folder in folders:
        try:
            packages.read(folder)
        except packages.PackageDamaged as error:
            return "packages", False, str(error)
    return "packages", True, f"{len(folders)} with the checksums of their manifests"


def _all_packages_loaded(home: Home, connection: duckdb.DuckDBPyConnection) -> Finding:
    loaded = {row[0] for row in connection.execute("SELECT package_id FROM packages").fetchall()}
    there = {folder.name for folder in packages.complete(home)}
    if loaded == there:
        return "loaded packages", True, f"{len(there)}"
    return "loaded packages", False, f"{len(there - loaded)} not loaded, {len(loaded - there)} missing on disk"


def _runs_add_up(connection: duckdb.DuckDBPyConnection) -> Finding:
    query = "SELECT count(*) FROM runs WHERE documents <> accepted + duplicates + rejected"
    wrong = connection.execute(query).fetchall()[0][0]
    return "runs add up", wrong == 0, f"{wrong} runs whose documents are not accepted + duplicates + rejected"


def _runs_are_usual(connection: duckdb.DuckDBPyConnection) -> Finding:
    query = "SELECT run_id || ': ' || measure FROM run_quality WHERE NOT holds AND severity = 'warning' ORDER BY ALL"
    unusual = [row[0] for row in connection.execute(query).fetchall()]
    return "runs are usual", True, f"{len(unusual)} measures out of their bounds {', '.join(unusual[-3:])}".strip()


def _has_references(name: str) -> bool:
    return any(column.references for column in tables()[name].columns.values())


def _references_hold(connection: duckdb.DuckDBPyConnection, name: str) -> Finding:
    wrong = 0
    for column in tables()[name].columns.values():
        if column.references:
            # Entities are joined across articles by now, and a correction may name one that the article does not.
            parent = "entities" if column.references == "article_entities" else column.references
            key = tables()[parent].key
            same = " AND ".join(f"p.{part} = c.{column.name if part == key[-1] else part}" for part in key)
            query = f"""
                SELECT count(*) FROM {name} c WHERE c.{column.name} IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE {same})
            """
            wrong += connection.execute(query).fetchall()[0][0]
    return f"{name} references", wrong == 0, f"{wrong} rows refer to something that is not there"


def examine(home: Home) -> list[Finding]:
    """Versions, home, lock, Prefect server, warehouse."""
    from flows.pipeline import versions

    shown = ", ".join(f"{name} {version}" for name, version in versions().items())
    return [
        ("python", sys.version_info >= (3, 11), sys.version.split()[0]),
        ("versions", True, shown),
        _space(home),
        _lock(home),
        _server(),
        _warehouse(home),
    ]


def _space(home: Home) -> Finding:
    at = next(folder for folder in (home.root, *home.root.parents) if folder.exists())
    free = shutil.disk_usage(at).free
    return "home", os.access(at, os.W_OK) and free > 1 << 30, f"{home.root}, {free >> 30} GiB free"


def _lock(home: Home) -> Finding:
    if not home.lock.exists():
        return "lock", True, "free"
    try:
        with writer_lock(home):
            return "lock", True, "free"
    except WarehouseBusy as error:
        return "lock", True, str(error)


def server_failure() -> str | None:
    """Why the Prefect server that PREFECT_API_URL names cannot be used; None where it answers or none is named."""
    address = os.environ.get("PREFECT_API_URL")
    if not address:
        return None
    from prefect.client.orchestration import get_client

    failure = get_client(sync_client=True).api_healthcheck()
    return None if failure is None else f"the Prefect server {address} does not answer: {failure}"


def _server() -> Finding:
    address = os.environ.get("PREFECT_API_URL")
    if not address:
        return (
            "prefect server",
            True,
            "none configured: runs start one of their own (PREFECT_API_URL names a lasting one)",
        )
    failure = server_failure()
    return "prefect server", failure is None, failure or f"{address} answers"


def _warehouse(home: Home) -> Finding:
    try:
        with reader(home.published) as connection:
            count = connection.execute("SELECT count(*) FROM articles").fetchall()[0][0]
            return "warehouse", True, f"{home.published}, {count} articles"
    except NoWarehouse as error:
        return "warehouse", True, str(error)
    except (Unreadable, duckdb.Error) as error:
        return "warehouse", False, str(error)
