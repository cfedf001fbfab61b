"""A disk that is full, or breaks, at the nth call: the run says so, and the next one makes everything right."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import articles
import ledger
from disturbed import can_fail, disturbed_run, whatever_happens, wrong
from warehouse.digest import digest
from warehouse.home import Home

FAILED = 3
# Calls of an undisturbed run over these articles, roughly; a call that is not reached changes nothing.
CALLS = {"write": 80, "fsync": 60, "rename": 4}


@pytest.fixture(scope="module")
def control(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    if not can_fail():
        pytest.skip("needs a C compiler to have system calls fail")
    folder = tmp_path_factory.mktemp("control")
    source = articles.write(folder / "articles.jsonl", 6)
    assert disturbed_run(folder / "home", source, said=folder / "said").ended() == 0
    return source, digest(Home(folder / "home").published)


def fails(folder: Path, control: tuple[Path, dict[str, str]], call: str, number: int, *, on: bool) -> bool:
    """Whether the run failed; then the next one has to make everything right."""
    home, said = Home(folder / "home"), folder / "said"
    # Named as the program names it: the library does not resolve links.
    failing = {"FAIL_CALL": call, "FAIL_AT": str(number), "FAIL_UNDER": str(home.root)} | (
        {"FAIL_ON": "1"} if on else {}
    )
    with whatever_happens(disturbed_run(home.root, control[0], said=said, **failing)) as run:
        code = run.ended()
        assert run.orphans() == []
    assert code in (0, FAILED), said.read_text()
    if code == FAILED:
        assert "Traceback" not in said.read_text()
        with whatever_happens(disturbed_run(home.root, control[0], said=said)) as run:
            assert run.ended() == 0, said.read_text()
    assert digest(home.published) == control[1]
    assert wrong(home) == []
    return code == FAILED


@pytest.mark.parametrize(("call", "number"), [("write", 30), ("rename", 1)])
def test_disk_fails(tmp_path: Path, control: tuple[Path, dict[str, str]], call: str, number: int) -> None:
    assert fails(tmp_path, control, call, number, on=True)


@pytest.mark.whole
@pytest.mark.parametrize("on", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("call", list(CALLS))
def test_every_call_fails(tmp_path: Path, control: tuple[Path, dict[str, str]], call: str, on: bool) -> None:
    """From the first call on, in steps, until the run does not notice any more."""
    step = max(1, CALLS[call] // 12)
    for number in range(1, CALLS[call], step):
        case = f"{call} {number} {'on' if on else 'once'}"
        if any(row["case"] == case for row in ledger.done()):
            continue
        (tmp_path / case).mkdir()
        failed = fails(tmp_path / case, control, call, number, on=on)
        ledger.shown(case, f"{call} fails", Counter(["the run failed" if failed else "the run held"]))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", folder], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.whole
@pytest.mark.parametrize("point", ["validate:1", "package.after_rename:1", "checkpoint:1", "publish:1"])
def test_full_disk(tmp_path: Path, small_disk: Path, control: tuple[Path, dict[str, str]], point: str) -> None:
    """Full from this point on, before a package, a load, a checkpoint or the publication; then there is room again."""
    ledger.skip_if_done(f"full at {point}")
    home, said, filler = Home(small_disk / "home"), tmp_path / "said", small_disk / "filler"
    with whatever_happens(disturbed_run(home.root, control[0], said=said, fault=f"{point}:sleep")) as run:
        run.until_stopped()
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(b"\0" * 4096)
        os.kill(run.pid, signal.SIGCONT)
        code = run.ended()
    assert code in (0, FAILED) and "Traceback" not in said.read_text()
    assert code == 0 or "No space left on device" in said.read_text()
    filler.unlink()
    with whatever_happens(disturbed_run(home.root, control[0], said=said)) as run:
        assert run.ended() == 0, said.read_text()
    assert digest(home.published) == control[1]
    assert wrong(home) == []
    ledger.shown(f"full at {point}", "disk full", {"the run failed" if code else "the run held": 1})


@pytest.mark.whole
def test_workers_die(tmp_path: Path, control: tuple[Path, dict[str, str]]) -> None:
    """Every worker at its third article, which the next one takes."""
    home, said = Home(tmp_path / "home"), tmp_path / "said"
    with whatever_happens(disturbed_run(home.root, control[0], said=said, fault="worker.annotate:3:kill")) as run:
        assert run.ended() == 0, said.read_text()
        assert run.orphans() == []
    assert digest(home.published) == control[1]
