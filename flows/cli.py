"""The command line. Data goes to stdout, progress and messages to stderr.

Heavy imports stand inside the commands: worker processes import this module anew when they start.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from flows.settings import (
    DASK,
    LOCAL,
    RAY,
    Settings,
    Unsafe,
    cores,
    home_from_environment,
    prepare_prefect,
)

CLEAN, SOME_REJECTED, WRONG_USAGE, FAILED, SIGNALLED = 0, 1, 2, 3, 128

app = typer.Typer(
    name="warta",
    help="Indonesian news articles in, SQL tables out: who is named, what happened, who said what.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    epilog="Exit codes: 0 clean; 1 finished, but some input was rejected; 2 wrong usage; 3 failed, nothing published;"
    " 130 and 143 ended by Ctrl-C or SIGTERM.",
)

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="Holds everything. [env: WARTA_HOME; default: ./warta-data]"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Format(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"
    md = "md"


class Runner(StrEnum):
    local = LOCAL
    dask = DASK
    ray = RAY


class Language(StrEnum):
    id = "id"
    en = "en"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print the rows.")]


def say(message: str) -> None:
    """A message for people: control characters of untrusted names are shown, not obeyed."""
    shown = "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in message)
    print(shown, file=sys.stderr)


def fail(message: str, code: int = FAILED) -> NoReturn:
    say(f"warta: {message}")
    raise typer.Exit(code)


def home_of(option: Path | None) -> Path:
    return option or home_from_environment()


@app.command()
def run(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Files, folders or patterns of articles.")],
    home: HomeOption = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes. [default: the number of cores]")] = None,
    batch_size: Annotated[int | None, typer.Option(min=1, help="Articles a package. [default: by input]")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and count, write nothing.")] = False,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait for another run to end.")] = 0.0,
    runner: Annotated[Runner, typer.Option(help="Who annotates: this machine, or a cluster.")] = Runner.local,
    cluster: Annotated[str | None, typer.Option(help="Its address. [default for dask: one of --workers here]")] = None,
    storage: Annotated[
        str | None, typer.Option(help="Shared by its workers: a folder, s3://bucket/prefix. [default: in the home]")
    ] = None,
    prefect: Annotated[bool, typer.Option(help="Run as a Prefect flow, seen in its UI.")] = True,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show the log.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Take articles into the warehouse and publish it.

    Example: warta run articles/ more.jsonl --home ./warta-data
    """
    prepare_prefect(verbose)
    from flows import summary as summaries
    from flows.bar import Bar
    from flows.interruptions import Interrupted
    from flows.take import take
    from tasks.progress import showing
    from warehouse.db import DatabaseDamaged
    from warehouse.home import WarehouseBusy

    if runner != LOCAL:
        require_cluster(runner, prefect)
    elif cluster or storage:
        fail("--cluster and --storage belong to --runner dask or ray", WRONG_USAGE)
    try:
        settings = Settings(
            tuple(sources), home_of(home), workers or cores(), batch_size, dry_run, wait, runner.value, cluster, storage
        )
        with Bar() as bar, showing(bar):
            done = take(settings, prefect, say)
    except Unsafe as error:
        fail(str(error), WRONG_USAGE)
    except (WarehouseBusy, DatabaseDamaged) as error:
        fail(str(error))
    except Interrupted as error:
        fail("ended as asked, before all was taken; the same command goes on", SIGNALLED + error.signum)
    except Exception as error:
        if verbose:
            raise
        fail(f"the run failed: {type(error).__name__}: {error} (--verbose shows where)")
    for problem in summaries.first_problems(done):
        say(problem)
    print(summaries.as_json(done) if as_json else summaries.as_text(done))
    nothing_named = done.documents == 0 and any(missing.is_wrong for missing in done.missing)
    raise typer.Exit(WRONG_USAGE if nothing_named else CLEAN if done.clean else SOME_REJECTED)


def require_cluster(runner: Runner, prefect: bool) -> None:
    """Each worker of a cluster reports to the same Prefect server, so there has to be one."""
    from flows.cluster import RunnerMissing, require

    if not prefect or "PREFECT_API_URL" not in os.environ:
        fail(f"--runner {runner} needs a Prefect server: set PREFECT_API_URL to its address", WRONG_USAGE)
    try:
        require(runner)
    except RunnerMissing as error:
        fail(str(error), WRONG_USAGE)


@app.command()
def watch(
    folder: Annotated[Path, typer.Argument(metavar="DIR", exists=True, file_okay=False)],
    home: HomeOption = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes. [default: the number of cores]")] = None,
    announce: Annotated[bool, typer.Option("--announce", help="Tell Prefect's server instead of taking them.")] = False,
) -> None:
    """Take files as they arrive in a folder: new, changed, renamed or replaced ones, once they lie still. Newest first.

    With PREFECT_API_URL set, every batch is a flow run. With --announce it is an event `warta.files.arrived`, on which
    a deployment can run. Ends with Ctrl-C.
    """
    prepare_prefect()
    from flows import on_arrival
    from flows.watch import watch as watch_folder
    from warehouse.home import Home

    place = Home(home_of(home).resolve())
    take = on_arrival.announcer(folder) if announce else on_arrival.taker(place, workers or cores(), say)
    say(f"watching {folder}; Ctrl-C ends")
    try:
        watch_folder(folder, place, take)
    except KeyboardInterrupt:
        say("ended")


@app.command()
def serve(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where articles arrive; made if missing.")],
    home: HomeOption = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Of server and UI, on 127.0.0.1 only.")] = 4200,
) -> None:
    """Start everything on this machine: Prefect's server and UI, the schedules, and the watch on a folder.

    Example: warta serve articles/ --home ./warta-data
    """
    prepare_prefect(verbose=True)
    from flows.serve import ServerFailed
    from flows.serve import serve as serve_all

    folder.mkdir(parents=True, exist_ok=True)
    try:
        serve_all(folder.resolve(), home_of(home).resolve(), port)
    except ServerFailed as error:
        fail(str(error))


@app.command()
def alerts(
    webhook: Annotated[str, typer.Option(metavar="URL", help="What is called, with a JSON body.")],
    quiet_hours: Annotated[float, typer.Option(min=0.003, help="Without new articles.")] = 24.0,
    longest_hours: Annotated[float, typer.Option(min=0.003, help="That a run may take.")] = 6.0,
    silent_minutes: Annotated[float, typer.Option(min=0.2, help="Without a sign of life of a run.")] = 10.0,
) -> None:
    """Have the Prefect server of PREFECT_API_URL tell when something is wrong.

    That is: no new articles, many rejects, a run that failed, hangs or is gone.
    """
    prepare_prefect()
    from datetime import timedelta

    from flows.alerts import install
    from flows.upkeep import server_failure

    if "PREFECT_API_URL" not in os.environ:
        fail("set PREFECT_API_URL to the address of a Prefect server", WRONG_USAGE)
    if failure := server_failure():
        fail(failure)
    hours, minutes = timedelta(hours=1), timedelta(minutes=1)
    for name in install(webhook, quiet_hours * hours, longest_hours * hours, silent_minutes * minutes):
        print(name)


@app.command()
def sql(query: str, home: HomeOption = None, format: FormatOption = Format.table) -> None:
    """Ask the published warehouse (read-only).

    Example: warta sql "SELECT speaker_name, text FROM quotes LIMIT 10" --format csv
    """
    ask(query, {}, home, format)


def ask(query: str, parameters: dict[str, object], home: Path | None, format: Format) -> None:
    import duckdb

    from flows.tables import render
    from warehouse.db import Unreadable, execute, reader
    from warehouse.home import Home

    try:
        with reader(Home(home_of(home)).published) as connection:
            cursor = execute(connection, query, parameters)
            columns = [column[0] for column in cursor.description or []]
            render(columns, cursor.fetchall(), format.value, sys.stdout)
    except Unreadable as error:
        fail(str(error))
    except duckdb.Error as error:
        fail(str(error), WRONG_USAGE)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def query(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="A canned question; none: list them.")] = None,
    home: HomeOption = None,
    format: FormatOption = Format.table,
) -> None:
    """Ask a canned question; its parameters are options.

    Example: warta query quotes-by --speaker "Prabowo Subianto"
    """
    from warehouse.canned import BadParameters, load_queries

    queries = load_queries()
    if name is None:
        for canned in queries.values():
            print(f"{canned.name:22} {canned.question}")
        return
    if name not in queries:
        fail(f"there is no query {name}; there are: {', '.join(queries)}", WRONG_USAGE)
    try:
        parameters = queries[name].parameters_from(context.args)
    except BadParameters as error:
        fail(str(error), WRONG_USAGE)
    ask(queries[name].sql, parameters, home, format)


@app.command()
def explain(
    article: Annotated[str, typer.Argument(help="An article's id, or the id or address that its source gives.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Where an article comes from and what was found in it, with offsets.

    Example: warta explain 8011234
    """
    from flows.explain import article as sections_of

    show(sections_of, article, home, as_json)


@app.command("explain-entity")
def explain_entity(
    entity: Annotated[str, typer.Argument(help="An entity's id or a name.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Why names of many articles are one entity, or are not.

    Example: warta explain-entity "Prabowo Subianto"
    """
    from flows.explain import entity as sections_of

    show(sections_of, entity, home, as_json)


def show(sections_of: Callable[[Path, str], list[Any]], asked: str, home: Path | None, as_json: bool) -> None:
    import json

    from flows.tables import render
    from warehouse.db import Unreadable
    from warehouse.home import Home

    try:
        sections = sections_of(Home(home_of(home)).published, asked)
    except Unreadable as error:
        fail(str(error))
    if not sections:
        fail(f"there is no {asked}", WRONG_USAGE)
    if as_json:
        found = {title: [dict(zip(names, row, strict=True)) for row in rows] for title, names, rows in sections}
        print(json.dumps(found, default=str, ensure_ascii=False, indent=1))
        return
    for title, names, rows in sections:
        if rows:
            print(f"\n{title}\n")
            render(names, rows, "table", sys.stdout)


@app.command("report")
def write_report(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Made if missing.")],
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="[default: six days before]")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="[default: the newest day]")] = None,
    language: Annotated[Language, typer.Option(help="Of headings and labels.")] = Language.id,
    home: HomeOption = None,
) -> None:
    """Write what a period brought as one HTML page that can be mailed, and as Markdown.

    Example: warta report --since 2026-11-01 --out reports/
    """
    from explorer.reports import NothingToReport
    from explorer.reports import report as report_of
    from warehouse.db import Unreadable
    from warehouse.home import Home

    days = [day and day.date() for day in (since, until)]
    try:
        for path in report_of(Home(home_of(home)).published, out, *days, language.value):
            print(path)
    except (Unreadable, NothingToReport, OSError) as error:
        fail(str(error))


@app.command()
def explore(
    home: HomeOption = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="On 127.0.0.1 only; 0: any free one.")] = 8765,
) -> None:
    """Look at the published warehouse in a browser: quotes, articles, speakers, events, a map, quality, SQL.

    Read-only; a run that publishes meanwhile is seen at once. Ends with Ctrl-C.
    """
    from explorer.serve import serve as serve_explorer

    try:
        serve_explorer(home_of(home).resolve(), port, lambda address: say(f"{address}   end: Ctrl-C"))
    except KeyboardInterrupt:
        say("ended")
    except OSError as error:
        fail(str(error))


@app.command()
def export(
    directory: Annotated[Path, typer.Argument(metavar="DIR")],
    format: Annotated[str, typer.Option(help="parquet, csv or jsonl.")] = "parquet",
    home: HomeOption = None,
) -> None:
    """Write every table and mart of the published warehouse to files.

    In CSV a cell that a spreadsheet would take for a formula gets a leading apostrophe.
    """
    from flows.export import FORMATS, export_all
    from warehouse.db import Unreadable
    from warehouse.home import Home

    if format not in FORMATS:
        fail(f"cannot export as {format}; choose one of {', '.join(FORMATS)}", WRONG_USAGE)
    try:
        for path in export_all(Home(home_of(home)).published, directory, format):
            print(path)
    except (Unreadable, OSError) as error:
        fail(str(error))


@app.command()
def rebuild(
    home: HomeOption = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes. [default: the number of cores]")] = None,
) -> None:
    """Make the warehouse anew from its packages, beside the old one, which stays until the new one is checked.

    Articles that another version of warta has annotated are annotated anew, from the texts in the packages.
    """
    prepare_prefect()
    from flows.bar import Bar
    from flows.remake import RebuildRefused, remake
    from flows.tables import render
    from tasks.progress import showing
    from tasks.publish import PublicationStopped
    from warehouse.home import Home, WarehouseBusy
    from warehouse.package import PackageDamaged
    from warehouse.resolve.corrections import BadCorrection

    try:
        with Bar() as bar, showing(bar):
            done = remake(Home(home_of(home).resolve()), workers=workers)
    except (WarehouseBusy, PackageDamaged, PublicationStopped, RebuildRefused, BadCorrection, OSError) as error:
        fail(str(error))
    print(f"{done.packages} packages loaded, {done.annotated} articles annotated anew")
    if done.annotated:
        rows = [(name, done.before.get(name), count) for name, count in done.after.items()]
        render(["table", "rows before", "rows after"], rows, "table", sys.stdout)


@app.command()
def repair(home: HomeOption = None) -> None:
    """Move what is damaged into quarantine/ and make the warehouse anew from the rest. Nothing is deleted."""
    from flows.repair import repair as repair_home
    from tasks.publish import PublicationStopped
    from warehouse.home import Home, WarehouseBusy
    from warehouse.resolve.corrections import BadCorrection

    try:
        for done in repair_home(Home(home_of(home).resolve())):
            print(done)
    except (WarehouseBusy, PublicationStopped, BadCorrection, OSError) as error:
        fail(str(error))


@app.command()
def check(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Compare the published warehouse with its packages and its own rules."""
    prepare_prefect()
    from flows.upkeep import check as check_warehouse
    from warehouse.home import Home

    report(check_warehouse(Home(home_of(home).resolve())), as_json)


@app.command()
def doctor(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Versions, lock, Prefect server, warehouse: is all as it should be?"""
    prepare_prefect()
    from flows.upkeep import examine
    from warehouse.home import Home

    report(examine(Home(home_of(home).resolve())), as_json)


def report(findings: list[tuple[str, bool, str]], as_json: bool) -> None:
    import json

    if as_json:
        print(json.dumps([{"what": what, "ok": ok, "detail": detail} for what, ok, detail in findings], indent=1))
    else:
        for what, ok, detail in findings:
            print(f"{'ok ' if ok else 'BAD'} {what:<26} {detail}")
    raise typer.Exit(CLEAN if all(ok for _, ok, _ in findings) else FAILED)


def main() -> None:
    app()


if __name__ == "__main__":
    main()
