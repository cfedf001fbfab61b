"""The warehouse for people: `warta explore`, `warta report`, `warta export`."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.messages import say
from cli.options import HomeOption, Language, home_of
from warehouse.home import Home


class ExportFormat(StrEnum):
    """Formats of exported files."""

    parquet = "parquet"
    csv = "csv"
    jsonl = "jsonl"
    xlsx = "xlsx"


def explore(
    home: HomeOption = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0: any free one.")] = 8765,
) -> None:
    """Look at the published warehouse in a browser: quotes, articles, speakers, events, a map, quality, SQL.

    Read-only; a run that publishes meanwhile is seen at once. Ends with Ctrl-C.
    """
    from explorer.serve import serve

    try:
        serve(home_of(home).resolve(), port, lambda address: say(f"{address}   end: Ctrl-C"))
    except KeyboardInterrupt:
        say("ended")


def report(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the report; made if missing.")],
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day. [default: six days before the last]")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day. [default: that of the newest article]")
    ] = None,
    language: Annotated[Language, typer.Option(help="Language of headings and labels.")] = Language.id,
    home: HomeOption = None,
) -> None:
    """Write what a period brought as one HTML page that can be mailed, and as Markdown.

    Example: warta report --since 2026-11-01 --out reports/
    """
    from explorer.reports import report as write_report

    first, last = since and since.date(), until and until.date()
    for path in write_report(Home(home_of(home)).published, out, first, last, language.value):
        print(path)


def export(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder for the files; made if missing.")],
    format: Annotated[ExportFormat, typer.Option(help="Format of the files.")] = ExportFormat.parquet,
    tables: Annotated[
        list[str] | None,
        typer.Option(
            "--tables",
            metavar="NAME,NAME",
            help="Tables and marts, with commas between them; may be given again. [default: all]",
        ),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Write tables and marts of the published warehouse to files; those that stay the same are not touched.

    In Parquet, tables of articles are partitioned by the month of publication. An .xlsx is one workbook, with a sheet a
    table. In CSV a cell that a spreadsheet would take for a formula gets a leading apostrophe.

    Example: warta export files/ --tables articles,mart_quotes --format xlsx
    """
    from warehouse.export import export as write_files

    names = [name.strip() for given in tables or () for name in given.split(",") if name.strip()]
    outcomes = Counter[str]()
    for file in write_files(Home(home_of(home)).published, directory, format.value, names):
        outcomes[file.outcome] += 1
        for note in file.notes:
            say(note)
        if file.outcome != "removed":
            print(file.path)
    say(", ".join(f"{count} {outcome}" for outcome, count in outcomes.items()))
