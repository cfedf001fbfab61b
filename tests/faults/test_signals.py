"""Ctrl-C and SIGTERM end a run after its batch, or at once, in five seconds; either way the next one goes on."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_kill import Control

import articles
import ledger
from conftest import ROOT
from disturbed import disturbed_run, whatever_happens, wrong
from pipeline import package
from warehouse import faults
from warehouse.digest import digest
from warehouse.home import Home

INT, TERM = signal.SIGINT, signal.SIGTERM
WITHIN = 5.0  # seconds
NOTICED = 1.0  # seconds that a busy machine may take to tell us
POINTS = [point for point in faults.POINTS if not point.startswith("worker.")]


@pytest.mark.parametrize(
    ("at", "signals", "code", "packages"),
    [
        ("validate:1", [TERM], 143, 1),  # the batch at hand ends, the second is not begun
        ("validate:1", [INT, TERM], 143, 0),
        ("read:1", [INT], 130, 0),  # there is no batch at hand
    ],
)
def test_a_signal_ends_the_run(tmp_path: Path, at: str, signals: list[int], code: int, packages: int) -> None:
    source, home, said = articles.write(tmp_path / "a.jsonl", 4), Home(tmp_path / "home"), tmp_path / "said"
    with whatever_happens(disturbed_run(home.root, source, said=said, batch_size=2, fault=f"{at}:sleep")) as run:
        run.until_stopped()
        for number in (*signals, signal.SIGCONT):
            os.kill(run.pid, number)
        assert run.ended() == code, said.read_text()
        assert run.orphans() == []
    assert "the same command goes on" in said.read_text() and "Traceback" not in said.read_text()
    assert len(package.complete(home)) == packages


# A program that is in the middle of something when the signal comes, of which it tells the time.
BUSY = """
import hashlib, os, sys, threading, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import duckdb
from pipeline.signals import Interrupted, handle_signals
from warehouse import db

def statement(connection):
    connection.execute(
        "CREATE TABLE t AS SELECT count(*) AS n FROM range(100000) a, range(300000) b"
        " WHERE hash(a.range + b.range) % 7 = 3"
    )

def in_a_statement():
    with db._connected(Path("none"), duckdb.connect) as connection:
        statement(connection)

def in_a_statement_of_a_thread():
    with db._connected(Path("none"), duckdb.connect) as connection, db.second_cursor(connection) as cursor:
        # As in warehouse/snapshot.py. Not Thread.join: before Python 3.13 an exception in it marks the thread as ended.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(statement, cursor).result()
        raise RuntimeError("the statement has ended")

def in_python():
    while True:
        pass

def in_what_nobody_can_interrupt():
    hashlib.pbkdf2_hmac("sha256", b"a", b"b", 10**9)

def come():
    time.sleep(0.5)
    print(time.time(), flush=True)
    os.kill(os.getpid(), int(sys.argv[2]))

threading.Thread(target=come, daemon=True).start()
try:
    with handle_signals() as signals:
        if sys.argv[3] == "batch":
            with signals.postponed():
                globals()[sys.argv[1]]()
        globals()[sys.argv[1]]()
except Interrupted as error:
    sys.exit(error.exit_code)
"""


@pytest.mark.parametrize(
    ("where", "number", "batch"),
    [
        ("in_a_statement", INT, ""),
        ("in_a_statement", TERM, "batch"),
        ("in_a_statement_of_a_thread", TERM, ""),
        ("in_python", INT, "batch"),
        ("in_what_nobody_can_interrupt", TERM, ""),
        ("in_what_nobody_can_interrupt", INT, "batch"),
    ],
)
def test_a_signal_ends_all_in_five_seconds(where: str, number: int, batch: str) -> None:
    command = [sys.executable, "-c", BUSY, where, str(int(number)), batch]
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=60)
    assert time.time() - float(ended.stdout.split()[0]) < WITHIN + NOTICED
    assert ended.returncode == 128 + number


def long_texts(path: Path, count: int, length: int) -> Path:
    """Articles of so many characters, by many people."""
    with path.open("w") as file:
        for number in range(count):
            first = number * 100_000
            one = articles.article(first)
            sentences = (articles.article(first + more)["isi"] for more in range(length // 60))
            file.write(json.dumps({**one, "isi": "\n".join(sentences)[:length]}) + "\n")
    return path


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Control:
    folder = tmp_path_factory.mktemp("long")
    source, said = long_texts(folder / "long.jsonl", 2, 950_000), folder / "said"
    began = time.monotonic()
    with whatever_happens(disturbed_run(folder / "home", source, said=said, batch_size=1)) as run:
        assert run.ended() in (0, 1), said.read_text()
    return Control(source, digest(Home(folder / "home").published), time.monotonic() - began)


@pytest.mark.whole
@pytest.mark.parametrize("number", [INT, TERM])
@pytest.mark.parametrize("point", POINTS)
def test_a_signal_at_every_stage_with_long_texts(tmp_path: Path, long: Control, point: str, number: int) -> None:
    """At the stage, and a moment later, in whatever follows."""
    ledger.skip_if_done(f"signal {number} {point}")
    said = tmp_path / "said"
    for delay in (0.0, random.Random(point).uniform(0, 3)):
        home = Home(tmp_path / f"home {delay}")
        with whatever_happens(
            disturbed_run(home.root, long.source, said=said, batch_size=1, fault=f"{point}:1:sleep")
        ) as run:
            run.until_stopped()
            os.kill(run.pid, signal.SIGCONT)
            time.sleep(delay)
            came = time.monotonic()
            if run.process.is_alive():
                os.kill(run.pid, number)
            code = run.ended()
            assert time.monotonic() - came < WITHIN + NOTICED, said.read_text()
            assert code in (128 + number, -number, 0, 1), said.read_text()  # it may just have ended
            assert run.orphans() == []
    with whatever_happens(disturbed_run(home.root, long.source, said=said, batch_size=1)) as run:
        assert run.ended() in (0, 1), said.read_text()
    assert digest(home.published) == long.digest
    assert wrong(home) == []
    ledger.shown(f"signal {number} {point}", "Ctrl-C or SIGTERM among texts of 1 MB", {point: 2})
