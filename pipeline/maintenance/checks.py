"""Is a published warehouse what its packages, its contract and its own measures say?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import duckdb
import polars as pl

from pipeline import package as packages
from pipeline.load import loaded_packages
from warehouse.db import Unreadable, reader
from warehouse.home import Home
from warehouse.quality.contract_checks import count_broken
from warta.version import extractor_version


class Finding(NamedTuple):
    """What was looked at, whether it is as it should be, and a sentence about it."""

    what: str
    ok: bool
    detail: str


def problems(findings: Iterable[Finding]) -> list[str]:
    """A sentence for each finding that is not ok."""
    return [f"{finding.what}: {finding.detail}" for finding in findings if not finding.ok]


def check_home(home: Home) -> list[Finding]:
    """Packages against their checksums, the published warehouse against packages and contract."""
    return [*check_packages(home), *check_published(home)]


def check_packages(home: Home) -> list[Finding]:
    """Packages against the checksums of their manifests, and whether the published warehouse holds them all."""
    findings = [_packages_are_whole(home)]
    try:
        with reader(home.published) as connection:
            return [*findings, _all_packages_loaded(home, connection), _one_extractor(connection)]
    except (Unreadable, duckdb.Error):
        return findings  # `check_published` says so


def check_published(home: Home) -> list[Finding]:
    """The published warehouse against its own rules."""
    try:
        with reader(home.published) as connection:
            return [_runs_add_up(connection), _runs_are_usual(connection), *_contract_is_kept(connection)]
    except (Unreadable, duckdb.Error) as error:
        return [Finding("warehouse", False, str(error))]


def _packages_are_whole(home: Home) -> Finding:
    folders = packages.complete(home)
    for folder in folders:
        try:
            packages.read(folder)
        except packages.PackageDamaged as error:
            return Finding("packages", False, str(error))
    return Finding("packages", True, f"{len(folders)} with the checksums of their manifests")


def _all_packages_loaded(home: Home, connection: duckdb.DuckDBPyConnection) -> Finding:
    loaded = loaded_packages(connection)
    complete = {package_id for folder in packages.complete(home) for package_id in packages.ids(folder)}
    if loaded == complete:
        return Finding("loaded packages", True, f"{len(complete)}")
    detail = f"{len(complete - loaded)} not loaded, {len(loaded - complete)} missing on disk"
    return Finding("loaded packages", False, detail)


def _runs_add_up(connection: duckdb.DuckDBPyConnection) -> Finding:
    query = "SELECT count(*) FROM runs WHERE documents <> accepted + duplicates + rejected"
    ((wrong,),) = connection.execute(query).fetchall()
    return Finding("runs add up", wrong == 0, f"{wrong} runs whose documents are not accepted + duplicates + rejected")


def _runs_are_usual(connection: duckdb.DuckDBPyConnection) -> Finding:
    query = "FROM run_quality WHERE NOT holds AND severity = 'warning' ORDER BY run_id, measure"
    # A warehouse that an older version published has no `said`.
    unusual = [
        f"{row['run_id']}: {row.get('said') or row['measure']}"
        for row in connection.sql(query).pl().iter_rows(named=True)
    ]
    shown = "".join(f"; {one}" for one in unusual[-3:])
    return Finding("runs are usual", True, f"{len(unusual)} measures out of their bounds{shown}")


def _one_extractor(connection: duckdb.DuckDBPyConnection) -> Finding:
    query = "SELECT count(*) FROM articles WHERE extractor_version <> ?"
    ((others,),) = connection.execute(query, [extractor_version()]).fetchall()
    advice = "; `warta rebuild` annotates them anew" if others else ""
    return Finding("extractor", True, f"{others} articles annotated by another version of warta{advice}")


def _contract_is_kept(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """One finding a table."""
    counted = count_broken(connection)
    broken = counted.filter(pl.col("unexpected") > 0)
    found = []
    for (name,), rules in counted.group_by("table_name", maintain_order=True):
        wrong = broken.filter(pl.col("table_name") == name).iter_rows(named=True)
        detail = "; ".join(f"{row['rule']}: {row['unexpected']} rows of {row['checked']}" for row in wrong)
        found.append(Finding(f"table {name}", not detail, detail or f"{rules.height} rules hold"))
    return found
