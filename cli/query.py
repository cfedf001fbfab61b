"""Ask the published warehouse: `warta sql` and `warta query`."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.exit_codes import WRONG_USAGE
from cli.messages import fail
from cli.options import Format, FormatOption, HomeOption, home_of
from cli.row_formats import render
from warehouse.home import Home
from warehouse.queries import Query, load_queries

app = typer.Typer(
    help="Ask a question that warta comes with; `warta query NAME --help` shows its parameters.",
    invoke_without_command=True,
    rich_markup_mode=None,
    epilog='Example: warta query quotes-by --speaker "Retno Widuri"',
)


def sql(
    query: Annotated[str, typer.Argument(help="One SQL statement, in DuckDB's SQL.")],
    home: HomeOption = None,
    format: FormatOption = Format.table,
) -> None:
    """Ask the published warehouse in SQL (read-only).

    Example: warta sql "SELECT speaker_name, text FROM quotes LIMIT 10" --format csv
    """
    ask(query, {}, home, format)


def ask(query: str, parameters: Mapping[str, object], home: Path | None, format: Format) -> None:
    """Print the rows that a statement gives."""
    import duckdb

    from warehouse.db import execute, reader

    with reader(Home(home_of(home)).published) as connection:
        try:
            cursor = execute(connection, query, parameters)
            rows = cursor.fetchall()
        except duckdb.Error as error:
            fail(str(error), WRONG_USAGE)
        render([column[0] for column in cursor.description or []], rows, format.value, sys.stdout)


@app.callback()
def list_questions(context: typer.Context) -> None:
    """Without a name: list the questions."""
    if context.invoked_subcommand is None:
        for query in load_queries().values():
            print(f"{query.name:22} {query.question}")


def _command(query: Query) -> Callable[..., None]:
    """A command whose options are the question's parameters, and --home and --format."""

    def command(home: HomeOption = None, format: FormatOption = Format.table, **given: Any) -> None:
        ask(query.sql, {name: str(value) for name, value in given.items()}, home, format)

    options = [_option(query, name, default) for name, default in query.defaults.items()]
    shared = [p for p in inspect.signature(command, eval_str=True).parameters.values() if p.kind is not p.VAR_KEYWORD]
    parameters = [*options, *(p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in shared)]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in parameters}
    command.__doc__ = query.question
    return command


def _option(query: Query, name: str, default: str | None) -> inspect.Parameter:
    kind = query.types[name]
    needed = "" if default is not None else " Required."
    shown = "all" if default in ("", "%", "*") else default
    help_text = f"{kind}.{needed}" if default is None else f"{kind}. [default: {shown}]"
    option = typer.Option(f"--{name.replace('_', '-')}", metavar=kind, help=help_text, show_default=False)
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if default is None else default,
        annotation=Annotated[str, option],
    )


for _query in load_queries().values():
    app.command(_query.name)(_command(_query))
