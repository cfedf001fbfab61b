"""Ingest articles: `warta run` and `warta watch`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from cli.exit_codes import CLEAN, SOME_REJECTED, WRONG_USAGE
from cli.messages import fail, say
from cli.options import HomeOption, JsonOption, MemoryOption, ShareOption, WaitOption, WorkersOption, home_of
from pipeline import home_settings
from pipeline.settings import Runner, Settings, cores
from pipeline.sources import SourceFile, nowhere
from pipeline.summary import RunSummary, as_json, as_text, counts, first_problems, nothing_read
from pipeline.watch.folder import Handler
from warehouse.home import Home


def run(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE...",
            help="Files, folders or patterns of articles. [default: those of warta.toml in the home]",
        ),
    ] = None,
    home: HomeOption = None,
    outlet: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Who published articles whose source does not say it. [default: as the home's warta.toml says]",
        ),
    ] = None,
    workers: WorkersOption = None,
    batch_size: Annotated[
        int | None, typer.Option(min=1, help="Articles a package. [default: chosen by the number of documents]")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and count, write nothing.")] = False,
    wait: WaitOption = 0.0,
    runner: Annotated[Runner, typer.Option(help="Who annotates: this machine, or a cluster.")] = Runner.LOCAL,
    cluster: Annotated[
        str | None, typer.Option(help="Address of the cluster. [default for dask: a cluster of --workers here]")
    ] = None,
    storage: Annotated[
        str | None,
        typer.Option(help="Storage shared with its workers: a folder, s3://bucket/prefix. [default: in the home]"),
    ] = None,
    retry_rejected: Annotated[
        bool,
        typer.Option(
            "--retry-rejected",
            help="Try rejected documents again. [default: only those that another version rejected]",
        ),
    ] = False,
    share: ShareOption = None,
    memory: MemoryOption = None,
    prefect: Annotated[bool, typer.Option(help="Run as a Prefect flow, seen in its UI.")] = True,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show the log.")] = False,
    as_json_: JsonOption = False,
) -> None:
    """Ingest articles into the warehouse and publish it.

    Text and documents (.txt .md .docx .pdf), pages (.html), tables (.csv .tsv .xlsx .parquet), .json and .jsonl, feeds
    (.xml .rss .atom), mail (.eml .mbox), web archives (.warc .wet), and archives of these (.zip .tar .tar.gz).

    Example: warta run articles/ more.jsonl --home ./warta-data
    """
    if runner is not Runner.LOCAL:
        _require_cluster(runner, prefect)
    elif cluster or storage:
        fail("--cluster and --storage belong to --runner dask or ray", WRONG_USAGE)
    place = home_of(home)
    at_home = home_settings.read(place)
    settings = Settings(
        home_settings.sources_of(sources or (), at_home, place), place, workers or cores(), batch_size, dry_run, wait,
        runner, cluster, storage, retry_rejected, at_home.outlet_rules(outlet), tuple(at_home.languages),
        share or at_home.share, memory=memory or at_home.memory,
    )  # fmt: skip
    if missing := nowhere(settings.sources):  # before anything is imported that takes long
        summary = nothing_read(Home(settings.home.resolve()), missing, dry_run=dry_run)
        _end(summary, as_json(summary) if as_json_ else None)
    from cli.progress_bar import ProgressBar
    from pipeline.progress import showing

    with ProgressBar() as bar, showing(bar):
        summary = ingest(settings, prefect=prefect, verbose=verbose)
    _end(summary, as_json(summary) if as_json_ else as_text(summary))


def _end(summary: RunSummary, printed: str | None) -> NoReturn:
    """Say what was wrong with the input, print, and end with the exit code that the summary asks for."""
    for problem in first_problems(summary):
        say(problem)
    if printed:
        print(printed)
    raise typer.Exit(_exit_code(summary))


def ingest(settings: Settings, *, prefect: bool, verbose: bool = False) -> RunSummary:
    """Run the pipeline; `prefect` False, or its server not to be reached: without Prefect."""
    if prefect:
        from flows.server.environment import prepare_prefect
        from flows.server.health import server_failure

        prepare_prefect(verbose)
        failure = server_failure()
        if failure is None:
            from flows.ingest import ingest_as_flow

            return ingest_as_flow(settings, say)
        say(f"{failure}; running without it")
    if verbose:
        import logging

        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    from pipeline.run import run as run_pipeline

    return run_pipeline(settings)


def _exit_code(summary: RunSummary) -> int:
    nothing_named = summary.documents == 0 and any(missing.is_wrong for missing in summary.missing)
    return WRONG_USAGE if nothing_named else CLEAN if summary.clean else SOME_REJECTED


def _require_cluster(runner: Runner, prefect: bool) -> None:
    """Each worker of a cluster reports to the same Prefect server, so there has to be one."""
    if not prefect or "PREFECT_API_URL" not in os.environ:
        fail(f"--runner {runner} needs a Prefect server: set PREFECT_API_URL to its address", WRONG_USAGE)
    from flows.server.cluster import RunnerMissing, require

    try:
        require(runner)
    except RunnerMissing as error:
        fail(str(error), WRONG_USAGE)


def watch(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="Folder in which articles arrive. [default: those of warta.toml in the home]",
        ),
    ] = None,
    home: HomeOption = None,
    workers: WorkersOption = None,
    share: ShareOption = None,
    memory: MemoryOption = None,
    publish_every: Annotated[
        float | None,
        typer.Option(
            min=0, metavar="MINUTES", help="From one publication to the next while files keep arriving. [default: 2]"
        ),
    ] = None,
    announce: Annotated[bool, typer.Option("--announce", help="Only send an event to Prefect; do not ingest.")] = False,
) -> None:
    """Ingest files as they arrive in a folder: new, changed, renamed or replaced ones, once they have stopped changing.

    The newest come first. They are published at once if the last publication is --publish-every (or `publish_every` of
    warta.toml) minutes ago; else when it is, or when no more files come.

    With PREFECT_API_URL set, every batch is a flow run. With --announce it is an event `warta.files.arrived`, on which
    a deployment can run. Ends with Ctrl-C.
    """
    from pipeline.standing import standing
    from pipeline.watch.folder import watch as watch_folders

    place = Home(home_of(home).resolve(), share, memory)
    folders = [folder] if folder else _folders_of(place)
    handler = _event_emitter(folders) if announce else _ingest_handler(place, workers or cores())
    minutes = home_settings.read(place.root).publish_every if publish_every is None else publish_every
    say(f"watching {', '.join(map(str, folders))}; Ctrl-C ends")
    try:
        with standing(workers or cores()):
            watch_folders(folders, place, handler, publish_every=60 * minutes)
    except KeyboardInterrupt:
        say("ended")


def _folders_of(home: Home) -> list[Path]:
    """The sources of the home, of which each has to be a folder here."""
    folders = [Path(source) for source in home_settings.sources_of((), home_settings.read(home.root), home.root)]
    if others := [str(folder) for folder in folders if not folder.is_dir()]:
        file = home.root / home_settings.FILE
        fail(f"only folders can be watched; `sources` of {file} also names {', '.join(others)}", WRONG_USAGE)
    return folders


def _event_emitter(folders: list[Path]) -> Handler:
    from flows.server.environment import prepare_prefect

    prepare_prefect()
    from flows.server.arrival_events import event_emitter

    return event_emitter(folders)


# A file that arrives waits for a scheduled run of the same home.
_WAIT_SECONDS = 3600.0


def _ingest_handler(home: Home, workers: int) -> Handler:
    """Ingests files, as a flow run where PREFECT_API_URL names a server, and says what became of them."""
    home_settings.shared_home(home.root, home.share, home.memory)  # what is wrong is told before anything arrives

    def handle(files: list[SourceFile], publish: bool) -> None:
        if not files:
            _publish_loaded(home)
            return
        at_home = home_settings.read(home.root)  # as it is now
        settings = Settings(
            tuple(str(file.path) for file in files), home.root, workers, wait=_WAIT_SECONDS,
            outlets=at_home.outlet_rules(), languages=tuple(at_home.languages), share=home.share or at_home.share,
            publish=publish, memory=home.memory or at_home.memory,
        )  # fmt: skip
        summary = ingest(settings, prefect="PREFECT_API_URL" in os.environ)
        say(f"{len(files)} files, documents: {counts(summary)}")

    return handle


def _publish_loaded(home: Home) -> None:
    from pipeline.watch.publish import publish_loaded

    if publish_loaded(home, wait=_WAIT_SECONDS):
        say(f"published {home.published}")
