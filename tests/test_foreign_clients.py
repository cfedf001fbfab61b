"""Programs of other people that open the published file: whatever they do to it, nobody loses the warehouse."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from foreign import CREATE, DELETE, INSERT, client_of

from conftest import ROOT, about, ingest, warta
from pipeline.maintenance.checks import check_home, problems
from pipeline.maintenance.doctor import examine
from pipeline.maintenance.rebuild import rebuild
from pipeline.maintenance.repair import repair
from pipeline.maintenance.resolve import resolve
from pipeline.publish import swap_in
from warehouse import faults
from warehouse.db import DatabaseDamaged, reader
from warehouse.digest import digest
from warehouse.home import Home, logs_beside, writer_lock
from warehouse.snapshot.make import make_snapshot

Write = Callable[[str, str], Path]

# Holds a connection to the loader's database when it is killed.
KILLED = """
import os, sys
from pathlib import Path
from warehouse.db import writer
from warehouse.home import Home, writer_lock
home = Home(Path(sys.argv[1]))
with writer_lock(home), writer(home) as connection:
    connection.execute("DELETE FROM articles")
    os.kill(os.getpid(), 9)
"""


def leave_log(home: Home) -> None:
    with client_of(home.published) as client:
        client.does(CREATE, DELETE)
        client.killed()
    assert logs_beside(home.published)


def bad(home: Home) -> set[str]:
    return {finding.what for finding in examine(home) if not finding.ok}


def as_others_read(home: Home) -> int:
    with duckdb.connect(str(home.published), read_only=True) as connection:
        return int(connection.execute("SELECT count(*) FROM articles").fetchall()[0][0])


def is_whole(home: Home, articles: int) -> None:
    """Readers of every kind see so many articles, and nothing of a client's."""
    with reader(home.published) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchall() == [(articles,)]
        assert ("mine",) not in connection.execute("SHOW TABLES").fetchall()
    assert as_others_read(home) == articles
    assert bad(home) == set()
    assert problems(check_home(home)) == []


def run_again(home: Home) -> None:
    """A run that brings nothing new."""
    known = home.root.with_name("again.txt")
    known.write_text(about("Wayan Sudira"))
    ingest(home.root, known)


@pytest.mark.parametrize(
    "publishes",
    [run_again, rebuild, resolve, lambda home: list(repair(home))],
    ids=["run", "rebuild", "resolve", "repair"],
)
def test_log_of_a_killed_client_is_moved_aside(home: Home, publishes: Callable[[Home], object]) -> None:
    leave_log(home)
    left = logs_beside(home.published)[0].read_bytes()
    publishes(home)
    is_whole(home, 2)
    assert [path.read_bytes() for path in home.quarantine.glob("*/warehouse.duckdb.wal")] == [left]


def test_readers_do_not_read_the_log_of_a_client(home: Home) -> None:
    before = digest(home.published)
    leave_log(home)
    assert digest(home.published) == before
    assert bad(home) == {"other programs"}
    assert warta("sql", "SELECT count(*) AS n FROM articles", "--format", "csv", "--home", home.root).stdout == "n\n2\n"
    assert [path.name for path in home.root.glob(".warta-*")] == []


def test_readers_do_not_read_a_log_of_another_file(home: Home) -> None:
    """As a client leaves it that had opened the former file."""
    before = digest(home.published)
    for left in (b"", b"no log" * 100):
        home.published.with_name("warehouse.duckdb.wal").write_bytes(left)
        assert digest(home.published) == before


def test_client_that_is_open_all_the_time(home: Home, article_file: Write) -> None:
    before = digest(home.published)
    with client_of(home.published) as client:
        client.does(CREATE)
        assert digest(home.published) == before  # though it holds the lock
        ingest(home.root, article_file("c.txt", "Made Arta"))
        is_whole(home, 3)
        client.does(DELETE, "CHECKPOINT", INSERT)  # its log lies beside the new file now
        assert logs_beside(home.published)
        with reader(home.published) as connection:
            assert connection.execute("SELECT count(*) FROM articles").fetchall() == [(3,)]
        list(repair(home))
        is_whole(home, 3)
        client.does(INSERT)
    is_whole(home, 3)


def test_client_that_changed_the_file_itself(home: Home) -> None:
    with client_of(home.published) as client:
        client.does(CREATE, DELETE, "CHECKPOINT")
    assert as_others_read(home) == 0
    run_again(home)
    is_whole(home, 2)


def test_log_that_comes_while_a_run_publishes(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_log(home)
    (log,) = logs_beside(home.published)
    left, passed = log.read_bytes(), []

    def come(point: str) -> None:
        passed.append(point)
        log.write_bytes(left)

    monkeypatch.setattr(faults, "point", come)
    with writer_lock(home):
        swap_in(home, make_snapshot(home))
    assert passed[-1] == "publish.after_rename"
    is_whole(home, 2)


def test_nothing_is_called_published_that_cannot_be_read(home: Home) -> None:
    with writer_lock(home):
        made = make_snapshot(home)
        made.write_bytes(b"no database" * 1000)
        with pytest.raises(DatabaseDamaged, match=r"warehouse\.duckdb"):
            swap_in(home, made)
    list(repair(home))
    is_whole(home, 2)


def test_published_file_is_read_only(home: Home) -> None:
    assert home.published.stat().st_mode & 0o777 == 0o440
    rebuild(home)
    assert home.published.stat().st_mode & 0o777 == 0o440


def ask(home: Home, *command: str) -> str:
    ended = warta(*command, "--home", home.root)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.parametrize("name", ["what?", "a?b=1&c", 'it\'s #1, 50% of "é 中" [a]*;{$A}'])
def test_home_of_any_name(tmp_path: Path, name: str) -> None:
    """Every command works, though DuckDB takes what follows a `?` for options."""
    (tmp_path / "a.txt").write_text(about("Wayan Sudira"))
    home = Home(tmp_path / name / "home")
    ingest(home.root, tmp_path / "a.txt")
    before = digest(home.published)
    ask(home, "sql", "SELECT 1")
    ask(home, "query", "rejected")
    ask(home, "export", str(tmp_path / name / "files"))
    ask(home, "report", "--out", str(tmp_path / name / "report"))
    ask(home, "check")
    ask(home, "doctor")
    ask(home, "resolve")
    ask(home, "rebuild")
    ask(home, "prune")
    home.loading.write_bytes(b"no database" * 1000)
    ask(home, "repair")
    assert digest(home.published) == before
    is_whole(home, 1)
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt", name}


def test_second_name_that_a_kill_has_left(tmp_path: Path, home: Home) -> None:
    """Of a home whose path holds a `?`; what was loaded through it is loaded again."""
    before = digest(home.published)
    odd = Home(home.root.rename(tmp_path / "a?b"))
    killed = subprocess.run([sys.executable, "-c", KILLED, odd.root], cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    assert len(list(tmp_path.glob(".warta-*"))) == 1
    resolve(odd)
    assert digest(odd.published) == before
    assert not list(tmp_path.glob(".warta-*"))
