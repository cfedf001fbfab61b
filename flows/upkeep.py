"""Check and examine a home."""

from __future__ import annotations

import os
import shutil
import sys

import duckdb

from expectations.tables import broken
from tasks.publish import publish
from tasks.recover import recover
from warehouse import package as packages
from warehouse.db import NoWarehouse, Unreadable, reader
from warehouse.exchange import Exchange
from warehouse.home import Home, WarehouseBusy, writer_lock
from warehouse.load import loaded_packages
from warehouse.quality import tables as rows
from warta.version import extractor_version

Finding = tuple[str, bool, str]


def publish_anew(home: Home, wait: float = 0.0) -> None:
    """Publish what is loaded once more, with the corrections as they are now."""
    with writer_lock(home, wait):
        recover.fn(home)
        publish.fn(home)


def prune(home: Home, storage: str | None = None, wait: float = 0.0) -> list[str]:
    """Remove what killed runs of this home left in its work folder and under `storage`; returns its names.

    What they had packaged is loaded first. No run of this home is on its way while its lock is held.
    """
    with writer_lock(home, wait):
        left = [path.name for path in home.work.iterdir() if not path.name.startswith(home.loading.name)]
        recover.fn(home)
        exchange = Exchange.of(home, storage)
        left += exchange.packages()
        exchange.remove()
    return sorted(left)


def check(home: Home) -> list[Finding]:
    """Packages against their checksums, the published warehouse against packages and contract."""
    findings = [_packages_are_whole(home)]
    try:
        with reader(home.published) as connection:
            findings += [_all_packages_loaded(home, connection), _one_extractor(connection)]
    except (Unreadable, duckdb.Error) as error:
        return [*findings, ("warehouse", False, str(error))]
    return findings + check_rows(home)


def check_rows(home: Home) -> list[Finding]:
    """The published warehouse against its own rules."""
    with reader(home.published) as connection:
        return [_runs_add_up(connection), _runs_are_usual(connection), *_contract_is_kept(connection)]


def _packages_are_whole(home: Home) -> Finding:
    folders = packages.complete(home)
    for folder in folders:
        try:
            packages.read(folder)
        except packages.PackageDamaged as error:
            return "packages", False, str(error)
    return "packages", True, f"{len(folders)} with the checksums of their manifests"


def _all_packages_loaded(home: Home, connection: duckdb.DuckDBPyConnection) -> Finding:
    loaded = loaded_packages(connection)
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


def _one_extractor(connection: duckdb.DuckDBPyConnection) -> Finding:
    query = "SELECT count(*) FROM articles WHERE extractor_version <> ?"
    others = connection.execute(query, [extractor_version()]).fetchall()[0][0]
    advice = "; `warta rebuild` annotates them anew" if others else ""
    return "extractor", True, f"{others} articles annotated by another version of warta{advice}"


def _contract_is_kept(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Great Expectations on what is published: one finding a table."""
    counted = rows.broken(connection)
    wrong: dict[str, list[str]] = {name: [] for name in counted["table_name"].unique(maintain_order=True)}
    for row in broken(counted):
        wrong[row["table_name"]].append(f"{row['rule']}: {row['unexpected']} rows of {row['checked']}")
    rules = dict(counted["table_name"].value_counts().iter_rows())
    return [
        (f"table {name}", not found, "; ".join(found) or f"{rules[name]} rules hold") for name, found in wrong.items()
    ]


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
