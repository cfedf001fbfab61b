"""A machine that runs by itself: `warta serve` and `warta alerts`."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from cli.exit_codes import WRONG_USAGE
from cli.messages import fail
from cli.options import HomeOption, home_of
from pipeline import home_settings


def serve(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            help="Folder in which articles arrive; made if missing. [default: those of warta.toml in the home]",
        ),
    ] = None,
    home: HomeOption = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of server and UI, on 127.0.0.1 only.")] = 4200,
) -> None:
    """Start everything on this machine: Prefect's server and UI, the schedules, and the watch on a folder.

    Example: warta serve articles/ --home ./warta-data
    """
    place = home_of(home).resolve()
    at_home = home_settings.read(place)
    home_settings.shared_home(place)  # the group that it names has to be there
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    else:
        home_settings.sources_of((), at_home, place)  # there have to be some
    from flows.server.environment import prepare_prefect

    prepare_prefect(verbose=True)
    from flows.server.serve import serve as serve_all

    serve_all(folder and folder.resolve(), place, port)


def alerts(
    webhook: Annotated[str, typer.Option(metavar="URL", help="Address to call, with a JSON body.")],
    quiet_hours: Annotated[
        float, typer.Option(min=0.003, help="Alert after this many hours without new articles.")
    ] = 24.0,
    longest_hours: Annotated[
        float, typer.Option(min=0.003, help="Alert when a run takes longer than this many hours.")
    ] = 6.0,
    silent_minutes: Annotated[
        float, typer.Option(min=0.2, help="Alert when a run gives no sign of life for this many minutes.")
    ] = 10.0,
) -> None:
    """Have the Prefect server of PREFECT_API_URL call a webhook when something is wrong.

    That is: no new articles, many rejects, a run that failed, hangs or is gone.
    """
    if "PREFECT_API_URL" not in os.environ:
        fail("set PREFECT_API_URL to the address of a Prefect server", WRONG_USAGE)
    from flows.server.environment import prepare_prefect

    prepare_prefect()
    from flows.server.alerts import install
    from flows.server.health import server_failure

    if failure := server_failure():
        fail(failure)
    hours, minutes = timedelta(hours=1), timedelta(minutes=1)
    for name in install(webhook, quiet_hours * hours, longest_hours * hours, silent_minutes * minutes):
        print(name)
