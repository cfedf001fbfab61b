"""Runs of the command line in processes of their own, to be disturbed.

They are forked from a server that has imported everything and opened nothing, which saves each of them eight seconds.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path
from uuid import uuid4

from pipeline.maintenance.checks import check_home as check
from warehouse.home import Home

TOKEN = "WARTA_DISTURBED"  # in the environment of a run and of all that it starts
_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["cli.main", "pipeline.run", "expectations.validate", "great_expectations"])


@lru_cache(maxsize=1)
def can_fail() -> bool:
    """Starts the server; whether its runs can have system calls that fail (see failing.c), for which a compiler is
    needed."""
    compiler = shutil.which("cc")
    if compiler:
        library = Path(tempfile.mkdtemp()) / "failing.so"
        source = Path(__file__).with_name("failing.c")
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
        os.environ["LD_PRELOAD"] = str(library)
    forkserver.ensure_running()
    os.environ.pop("LD_PRELOAD", None)
    return compiler is not None


@dataclass
class Disturbed:
    """A run that goes on; `said` is the file that gets its output."""

    process: BaseProcess
    said: Path
    token: str

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    def ended(self, within: float = 1800) -> int:
        """The exit code (minus the signal); the run is killed where it does not end in time."""
        self.process.join(within)
        if self.process.exitcode is None:
            self.process.kill()
            raise TimeoutError(f"the run did not end within {within} seconds: {self.said.read_text()}")
        return self.process.exitcode

    def until_stopped(self, within: float = 1800) -> None:
        """Wait for the fault `sleep`."""
        until = time.monotonic() + within
        while (state := _state(self.pid)) != "T":
            assert state not in "ZX" and time.monotonic() < until, self.said.read_text()
            time.sleep(0.02)

    def orphans(self, within: float = 120) -> list[int]:
        """Processes that the run has started and that outlive it by so many seconds."""
        until = time.monotonic() + within
        while (left := _with_token(self.token)) and time.monotonic() < until:
            time.sleep(0.1)
        return left


def start(*arguments: str | Path, fault: str = "", said: Path, **environment: str) -> Disturbed:
    """`warta ARGUMENTS` under a fault (see warehouse/faults.py)."""
    can_fail()
    token = uuid4().hex
    env = {"WARTA_FAULT": fault, TOKEN: token, **environment}
    process = _SERVER.Process(target=_warta, args=([str(a) for a in arguments], env, said))
    process.start()
    return Disturbed(process, said, token)


def disturbed_run(
    home: Path, *sources: Path, said: Path, batch_size: int = 250, fault: str = "", **env: str
) -> Disturbed:
    """`warta run` with one worker and without Prefect."""
    options = ("--no-prefect", "--workers", "1", "--batch-size", str(batch_size), "--home", home)
    return start("run", *sources, *options, fault=fault, said=said, **env)


def _warta(arguments: list[str], environment: dict[str, str], said: Path) -> None:
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for descriptor in (1, 2):
        os.dup2(output, descriptor)
    from cli.main import app

    app(arguments)


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def _with_token(token: str) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"{TOKEN}={token}".encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue  # it has ended
    return found


@contextmanager
def whatever_happens(run: Disturbed) -> Iterator[Disturbed]:
    """No run outlives a test that fails."""
    try:
        yield run
    finally:
        if run.process.is_alive():
            run.process.kill()
            run.process.join()


def wrong(home: Home) -> list[str]:
    """What `warta check` finds wrong, and what is left in `work/` that should not be."""
    found = [f"{what}: {detail}" for what, ok, detail in check(home) if not ok]
    left = [path.name for path in home.work.iterdir() if not path.name.startswith(home.loading.name)]
    return found + [f"left in work: {name}" for name in left]
