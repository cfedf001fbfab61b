"""The `warta` command: its sub-commands, a file a theme.

Heavy imports stand inside the commands: worker processes import this module anew when they start.
"""

from __future__ import annotations

import importlib.metadata
from typing import Annotated

import typer

from cli import explain, maintain, outputs, query, run, serve
from cli.commands import Commands
from cli.exit_codes import EXPLAINED

app = typer.Typer(
    name="warta",
    cls=Commands,
    help="Indonesian news articles in, SQL tables out: who is named, what happened, who said what.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # it would read `[env: ...]` as markup and drop it
    epilog=EXPLAINED,
)


def _print_version(asked: bool) -> None:
    if asked:
        print(f"warta {importlib.metadata.version('warta')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    traceback: Annotated[bool, typer.Option("--traceback", help="Show where an error was raised.")] = False,
) -> None:
    """Options of all commands."""


for command in (
    run.run,
    run.watch,
    serve.serve,
    serve.alerts,
    query.sql,
    explain.explain,
    explain.explain_entity,
    outputs.explore,
    outputs.report,
    outputs.export,
    maintain.check,
    maintain.doctor,
    maintain.resolve,
    maintain.rebuild,
    maintain.compact,
    maintain.repair,
    maintain.prune,
):
    app.command(command.__name__.replace("_", "-"))(command)
app.add_typer(query.app, name="query")


def main() -> None:
    """The entry point of the installed command."""
    app()


if __name__ == "__main__":
    main()
