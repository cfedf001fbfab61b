"""Keep a home sound: `warta check`, `doctor`, `resolve`, `rebuild`, `compact`, `repair`, `prune`."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cli.exit_codes import CLEAN, FAILED
from cli.options import HomeOption, JsonOption, MemoryOption, ShareOption, WaitOption, WorkersOption, home_of
from cli.row_formats import render
from pipeline.home_settings import shared_home
from warehouse.home import Home

if TYPE_CHECKING:
    from pipeline.maintenance.checks import Finding


def check(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Compare the published warehouse with its packages and its own rules."""
    from pipeline.maintenance.checks import check_home

    _report(check_home(Home(home_of(home).resolve())), as_json)


def doctor(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Look at versions, home, lock, warehouse and Prefect server: is all as it should be?"""
    from pipeline.maintenance.doctor import examine

    _report([*examine(Home(home_of(home).resolve())), _prefect_server()], as_json)


def _prefect_server() -> Finding:
    from pipeline.maintenance.checks import Finding

    address = os.environ.get("PREFECT_API_URL")
    if not address:
        detail = "none configured: runs start one of their own (PREFECT_API_URL names a lasting one)"
        return Finding("prefect server", True, detail)
    from flows.server.environment import prepare_prefect
    from flows.server.health import server_failure

    prepare_prefect()
    failure = server_failure()
    return Finding("prefect server", failure is None, failure or f"{address} answers")


def _report(findings: list[Finding], as_json: bool) -> None:
    if as_json:
        print(json.dumps([finding._asdict() for finding in findings], indent=1))
    else:
        for what, ok, detail in findings:
            print(f"{'ok ' if ok else 'BAD'} {what:<26} {detail}")
    raise typer.Exit(CLEAN if all(finding.ok for finding in findings) else FAILED)


def resolve(
    home: HomeOption = None, share: ShareOption = None, memory: MemoryOption = None, wait: WaitOption = 0.0
) -> None:
    """Join entities and stories over all articles anew, with corrections.csv as it is now, and publish."""
    from pipeline.maintenance.resolve import resolve as resolve_home

    place = shared_home(home_of(home), share, memory)
    resolve_home(place, wait=wait)
    print(f"published {place.published}")


def rebuild(
    home: HomeOption = None,
    workers: WorkersOption = None,
    share: ShareOption = None,
    memory: MemoryOption = None,
    wait: WaitOption = 0.0,
) -> None:
    """Make the warehouse anew from its packages, beside the old one, which stays until the new one is checked.

    Articles that another version of warta has annotated are annotated anew, from the texts in the packages.
    """
    from cli.progress_bar import ProgressBar
    from pipeline.maintenance.rebuild import rebuild as rebuild_home
    from pipeline.progress import showing

    with ProgressBar() as bar, showing(bar):
        rebuilt = rebuild_home(shared_home(home_of(home), share, memory), wait=wait, workers=workers)
    print(f"{rebuilt.packages} packages loaded, {rebuilt.annotated} articles annotated anew")
    if rebuilt.annotated:
        rows = [(name, rebuilt.before.get(name), count) for name, count in rebuilt.after.items()]
        render(["table", "rows before", "rows after"], rows, "table", sys.stdout)


def compact(home: HomeOption = None, wait: WaitOption = 0.0) -> None:
    """Merge small packages into large ones, which say the same and are read faster. The warehouse stays as it is."""
    from pipeline.maintenance.compact import compact as compact_home

    done = compact_home(shared_home(home_of(home)), wait=wait)
    print(f"{done.before} packages became {done.after}")


def repair(
    home: HomeOption = None, share: ShareOption = None, memory: MemoryOption = None, wait: WaitOption = 0.0
) -> None:
    """Move what is damaged into quarantine/ and make the warehouse anew from the rest. Nothing is deleted."""
    from pipeline.maintenance.repair import repair as repair_home

    for sentence in repair_home(shared_home(home_of(home), share, memory), wait=wait):
        print(sentence)


def prune(
    home: HomeOption = None,
    storage: Annotated[
        str | None,
        typer.Option(help="Where a cluster's workers left their batches, as in `warta run`. [default: in the home]"),
    ] = None,
    wait: WaitOption = 0.0,
) -> None:
    """Load what killed runs had packaged, and remove the rest of them; packages and tables stay."""
    from pipeline.maintenance.prune import prune as prune_home

    for name in prune_home(shared_home(home_of(home)), storage=storage, wait=wait):
        print(f"removed {name}")
