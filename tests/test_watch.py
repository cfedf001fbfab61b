"""A watched folder: what is taken when, and what is not taken again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from pipeline.sources import SourceFile
from pipeline.watch.arrivals import Arrivals
from pipeline.watch.folder import watch
from pipeline.watch.publications import QUIET_SECONDS, Publications
from warehouse.home import Home, writer_lock

STILL = 2.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


class Clock:
    """Looks at the folder with a clock of its own and takes what is due."""

    def __init__(self, folder: Path, ledger: Path | None = None) -> None:
        self.arrivals = Arrivals([folder], folder.parent / "home", ledger or folder.parent / "watched.json", STILL)
        self.now = 0.0

    def after(self, seconds: float, most: int = 100) -> list[str]:
        self.now += seconds
        due = self.arrivals.due(self.now, most)
        self.arrivals.remember(due)
        return [file.path.name for file in due]


def grow(path: Path) -> None:
    with path.open("a") as file:
        file.write("lagi")


def replace(path: Path) -> None:
    """Another file of the same size and time in its place."""
    about = path.stat()
    other = path.with_name(".other")
    other.write_text("x" * about.st_size)
    os.utime(other, ns=(about.st_atime_ns, about.st_mtime_ns))
    other.replace(path)


@pytest.mark.parametrize(
    ("change", "taken"),
    [
        (lambda path: None, []),
        (grow, ["a.txt"]),
        (replace, ["a.txt"]),
        (lambda path: path.rename(path.with_name("b.txt")), ["b.txt"]),
        (lambda path: path.unlink(), []),
        (lambda path: os.utime(path, (1, 1)), ["a.txt"]),
        (lambda path: path.with_name("deep").mkdir() or path.rename(path.with_name("deep") / "c.txt"), ["c.txt"]),
        (lambda path: path.with_name("b.txt.part").write_text("x"), []),
        (lambda path: path.with_name("link.txt").symlink_to(path), []),
    ],
)
def test_what_is_taken_after_a_change(folder: Path, change: Callable[[Path], object], taken: list[str]) -> None:
    (folder / "a.txt").write_text("Hujan turun.")
    clock = Clock(folder)
    assert (clock.after(0), clock.after(STILL), clock.after(STILL)) == ([], ["a.txt"], [])
    change(folder / "a.txt")
    assert clock.after(STILL) == []
    assert clock.after(STILL) == taken
    assert not clock.arrivals.waiting


def test_a_file_that_grows_is_waited_for(folder: Path) -> None:
    (folder / "a.txt").write_text("Hujan")
    clock = Clock(folder)
    for _ in range(5):
        assert clock.after(STILL) == [] and clock.arrivals.waiting
        grow(folder / "a.txt")
    assert (clock.after(STILL), clock.after(STILL / 2), clock.after(STILL / 2)) == ([], [], ["a.txt"])


def test_newest_first_and_new_ones_overtake_a_back_fill(folder: Path) -> None:
    for day in range(1, 8):
        (folder / f"{day}.txt").write_text("x")
        os.utime(folder / f"{day}.txt", (day, day))
    clock = Clock(folder)
    assert (clock.after(0), clock.after(STILL, most=3)) == ([], ["7.txt", "6.txt", "5.txt"])
    (folder / "today.txt").write_text("x")
    assert clock.after(0, most=3) == ["4.txt", "3.txt", "2.txt"]  # today's may still be written
    assert clock.after(STILL, most=3) == ["today.txt", "1.txt"]


def test_what_was_taken_is_remembered(folder: Path) -> None:
    (folder / "a.txt").write_text("x")
    first = Clock(folder)
    assert (first.after(0), first.after(STILL)) == ([], ["a.txt"])
    (folder / "b.txt").write_text("x")
    second = Clock(folder)
    assert (second.after(0), second.after(STILL)) == ([], ["b.txt"])
    (folder.parent / "watched.json").write_text('{"cut')
    third = Clock(folder)
    assert (third.after(0), sorted(third.after(STILL))) == ([], ["a.txt", "b.txt"])


def test_several_folders_are_looked_at_together(folder: Path) -> None:
    other = folder.parent / "other"
    other.mkdir()
    (folder / "a.txt").write_text("x")
    (other / "b.txt").write_text("x")
    arrivals = Arrivals([folder, other], folder.parent / "home", folder.parent / "watched.json", STILL)
    assert arrivals.due(0, 9) == []
    due = arrivals.due(STILL, 9)
    assert sorted(file.path.name for file in due) == ["a.txt", "b.txt"]
    arrivals.remember(due)
    assert arrivals.due(2 * STILL, 9) == [] and not arrivals.waiting


def test_folders_share_a_ledger(folder: Path) -> None:
    (folder / "a.txt").write_text("x")
    other = folder.parent / "other"
    other.mkdir()
    ledger = folder.parent / "watched.json"
    for look in (folder, other, folder):
        clock = Clock(look, ledger)
        clock.after(0)
        taken = clock.after(STILL)
    assert taken == []


def test_files_are_taken_as_they_arrive_and_again_after_a_failure(
    folder: Path,
) -> None:
    stop, taken = threading.Event(), list[list[str]]()

    def take(files: list[SourceFile], publish: bool) -> None:
        taken.append([file.path.name for file in files])
        if len(taken) == 1:
            raise OSError("disk full")
        if len(taken) == 2:
            (folder / "b.txt").write_text("x")
        else:
            stop.set()

    (folder / "a.txt").write_text("x")
    home = Home(folder / "home")  # inside the watched folder, as it may be
    watcher = threading.Thread(
        target=watch, args=([folder], home, take), kwargs={"still": 0.1, "pause": 0.1, "stop": stop}
    )
    began = time.monotonic()
    watcher.start()
    watcher.join(30)
    assert taken == [["a.txt"], ["a.txt"], ["b.txt"]]
    assert time.monotonic() - began < 30


Q = QUIET_SECONDS


@pytest.mark.parametrize(
    ("looks", "published"),
    [
        ([(0, "file")], [0]),
        ([(0, "file"), (5, "none"), (5 + Q, "none")], [0]),
        ([(0, "file"), (5, "file"), (6, "none"), (4 + Q, "none"), (5 + Q, "none"), (6 + Q, "none")], [0, 5 + Q]),
        ([(0, "file"), (5, "file"), (5 + Q, "writing"), (6 + Q, "none")], [0, 6 + Q]),
        ([(at, "file") for at in range(0, 301, 5)], [0, 120, 240]),
        ([(at, "file" if at < 100 else "writing") for at in range(0, 301, 5)], [0, 120]),
        ([(0, "file"), (130, "file")], [0, 130]),
    ],
    ids=["first", "nothing more", "stopped", "still written", "a stream", "a long write", "rare"],
)
def test_when_a_watch_publishes(looks: list[tuple[float, str]], published: list[float]) -> None:
    """At most every two minutes while files arrive, and at once when they stop."""
    publications, found = Publications(120.0, pending=False), []
    for now, seen in looks:
        has_files = seen == "file"
        publish = publications.with_files(now) if has_files else publications.without_files(now, seen == "writing")
        if has_files or publish:
            publications.loaded(now, published=publish)
        found += [now] if publish else []
    assert found == published


def test_what_a_killed_watch_left_unpublished_is_shown_when_it_starts(folder: Path, home: Home) -> None:
    stop, calls = threading.Event(), []

    def take(files: list[SourceFile], publish: bool) -> None:
        calls.append((files, publish))
        stop.set()

    watch([folder], home, take, still=0.1, stop=stop)
    assert calls == [([], True)]


def test_a_run_that_waits_comes_between_two_of_a_back_fill(folder: Path) -> None:
    home = Home(folder.parent / "home")
    held, released, stop, taken = threading.Event(), threading.Event(), threading.Event(), list[str]()

    def take(files: list[SourceFile], publish: bool) -> None:
        with writer_lock(home, wait=30):
            held.set()
            released.wait(30)
            taken.extend(file.path.name for file in files)
        if len(taken) == 3:
            stop.set()

    for name in "abc":
        (folder / name).write_text("x")
    options = {"still": 0.1, "most": 1, "stop": stop}
    watcher = threading.Thread(target=watch, args=([folder], home, take), kwargs=options)
    watcher.start()
    assert held.wait(30)
    threading.Timer(0.1, released.set).start()
    with writer_lock(home, wait=30):
        assert len(taken) == 1
    watcher.join(30)
    assert len(taken) == 3


def test_the_command_takes_what_arrives_and_ends_with_ctrl_c(
    tmp_path: Path, article_file: Callable[[str, str], Path]
) -> None:
    (tmp_path / "in").mkdir()
    command = [sys.executable, "-m", "cli", "watch", str(tmp_path / "in"), "--home", str(tmp_path / "home")]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as process:
        assert process.stderr and process.stderr.readline().startswith("watching ")
        article_file("in/a.txt", "Made Arta")
        said = next(line for line in process.stderr if "documents" in line)
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == "ended\n"
    assert said == "1 files, documents: 1 = 1 accepted + 0 duplicate + 0 rejected; 0 of them known before\n"
    assert process.returncode == 0
