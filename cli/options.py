"""Options that several commands take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.settings import home_from_environment


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"
    md = "md"


class Language(StrEnum):
    """Languages of headings and labels."""

    id = "id"
    en = "en"


HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home", metavar="DIR", help="Folder that holds everything. [env: WARTA_HOME] [default: ./warta-data]"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FormatOption = Annotated[Format, typer.Option("--format", help="Format of the rows.")]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, help="Worker processes. [default: the number of cores]")
]
ShareOption = Annotated[
    str | None,
    typer.Option(
        "--share",
        metavar="GROUP",
        help="Group that may read the published file. [default: as the home's warta.toml says, else its owner alone]",
    ),
]
MemoryOption = Annotated[
    str | None,
    typer.Option(
        "--memory",
        metavar="SIZE",
        help="What the database may take (2GB), the rest goes to the disk. [default: warta.toml, or a quarter]",
    ),
]
WaitOption = Annotated[float, typer.Option("--wait", min=0, help="Seconds to wait for another run to end.")]


def home_of(option: Path | None) -> Path:
    """The home that was named, by option or environment."""
    return option or home_from_environment()
