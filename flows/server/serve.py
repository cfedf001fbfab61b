"""One command for a machine of one's own: Prefect server with UI, deployments and a watched folder, on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.home_settings import FILE
from warehouse.errors import WartaError
from warehouse.home import Home

START_UP_SECONDS = 180.0
HOST = "127.0.0.1"


class ServerFailed(WartaError):
    """The Prefect server ended, or did not answer in time."""


def serve(folder: Path | None, home: Path, port: int) -> None:
    """Serve `folder`, None: the sources of the home, until Ctrl-C or SIGTERM.

    Raises ServerFailed where the server does not come up.

    To be called before Prefect is imported: its settings are made here.
    """
    Home(home).create()
    os.umask(0o077)  # the server's records are its owner's alone, like all that lies in a home
    named = [str(folder)] if folder else []
    with server(home / "prefect", port), _child("-m", "cli", "watch", *named, "--home", str(home)):
        _serve_deployments(folder, home, f"http://{HOST}:{port}")


@contextmanager
def server(prefect_home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A Prefect server on loopback while the block runs, named in this process's environment. Raises ServerFailed."""
    address = f"http://{HOST}:{port}"
    settings = {
        "PREFECT_SERVER_API_HOST": HOST,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_API_URL": f"{address}/api",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        # Records of runs go after ninety days; packages and warehouse are not the server's.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "true",
    }
    os.environ.setdefault("PREFECT_HOME", str(prefect_home))
    os.environ.update(settings)
    with _child("-m", "prefect", "server", "start") as process:
        _wait_for(process, address)
        yield process


def _serve_deployments(folder: Path | None, home: Path, address: str) -> None:
    from prefect import serve as serve_deployments

    from flows.server.deployments import deployments

    where = folder or f"the sources of {home / FILE}"
    print(f"UI: {address}   articles: put them into {where}   warehouse: {home}   end: Ctrl-C", file=sys.stderr)
    # One run at a time, since a home has one writer.
    serve_deployments(*deployments(folder, home), limit=1, print_starting_message=False)


@contextmanager
def _child(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process that ends with the block. It cannot ask questions: Prefect would, on a terminal."""
    process = subprocess.Popen([sys.executable, *arguments], stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + START_UP_SECONDS
    while not _answers(f"{address}/api/health"):
        if server.poll() is not None:
            raise ServerFailed(f"the Prefect server ended with code {server.returncode}; its log above says why")
        if time.monotonic() > until:
            raise ServerFailed(f"the Prefect server did not answer within {START_UP_SECONDS:.0f} seconds")
        time.sleep(0.5)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
