"""`warta serve` on a terminal, where programs ask questions."""

from __future__ import annotations

import os
import pty
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from conftest import ROOT

CHILD = """
from flows.server.serve import _child
with _child("-c", "import sys; print('asked:', sys.stdin.isatty(), repr(sys.stdin.read()))") as process:
    process.wait(60)
"""


@contextmanager
def on_a_terminal(*command: str, **environment: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A process whose input and output are a terminal, as for somebody who types; nobody answers."""
    ours, theirs = pty.openpty()
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment}
    process = subprocess.Popen(
        [sys.executable, *command], stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True
    )
    os.close(theirs)
    try:
        yield process, ours
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(ours)


def shown(terminal: int) -> str:
    """Everything that is shown until the other end is closed."""
    found = b""
    with suppress(OSError):
        while piece := os.read(terminal, 4096):
            found += piece
    return found.decode(errors="replace")


def test_children_cannot_ask() -> None:
    with on_a_terminal("-c", CHILD) as (_, terminal):
        assert "asked: False ''" in shown(terminal)


@pytest.mark.whole
def test_serve_comes_up_on_a_terminal(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["-m", "cli", "serve", str(tmp_path / "in"), "--home", str(tmp_path / "home"), "--port", str(port)]
    # Settings that name another server are what makes Prefect ask.
    environment = {"HOME": str(tmp_path), "PREFECT_API_URL": "http://127.0.0.1:9/api"}
    with on_a_terminal(*command, **environment) as (process, terminal):
        os.set_blocking(terminal, False)
        until = time.monotonic() + 180
        said = b""
        while b"articles: put them into" not in said and time.monotonic() < until:
            assert process.poll() is None, said.decode(errors="replace")
            with suppress(OSError):
                said += os.read(terminal, 65_536)
            time.sleep(0.2)
        assert b"articles: put them into" in said, said.decode(errors="replace")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=20) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        while process.poll() is None and time.monotonic() < until:
            with suppress(OSError):
                os.read(terminal, 65_536)
            time.sleep(0.2)
