"""Files that hold what they held are not read again, and their documents are still counted."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import pipeline.deduplicate
import pipeline.recognise
import pipeline.rows
import pipeline.worker
from conftest import ROOT, SAMPLES, about, ingest
from pipeline.maintenance.rebuild import rebuild
from pipeline.maintenance.repair import repair
from pipeline.sources import SourceFile
from pipeline.summary import RunSummary
from warehouse.home import Home

READ_FILE = pipeline.worker.read_file


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    names: list[str] = []

    def read_file(source: SourceFile) -> Iterator[dict]:
        names.append(source.path.name)
        yield from READ_FILE(source)

    monkeypatch.setattr(pipeline.worker, "read_file", read_file)
    return names


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> RunSummary:
    """A folder `in` with one good file, one that is rejected and one with a good and a bad line; do not write to it."""
    folder = tmp_path_factory.mktemp("known")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(about("Wayan Sudira"))
    (folder / "in" / "bad.txt").write_text("?!")
    (folder / "in" / "lines.jsonl").write_text(json.dumps({"isi": about("Ratna Dewi")}) + "\n{broken\n")
    return ingest(folder / "home", folder / "in")


@pytest.fixture
def folder(known: RunSummary, tmp_path: Path) -> Path:
    """A copy of that folder and its home, at the same addresses as far as the home knows."""
    root = known.home.root.parent
    kept = shutil.copytree(root, tmp_path / "kept")
    yield root
    shutil.rmtree(root)
    shutil.move(kept, root)


def again(folder: Path, **options: bool) -> RunSummary:
    return ingest(folder / "home", folder / "in", **options)


def other_content(path: Path) -> None:
    """As long as the old one and with its times."""
    status = path.stat()
    path.write_text(path.read_text().replace("Wayan", "Ketut"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def lose_packages(folder: Path) -> None:
    """What a damaged disk makes of the first package."""
    first = min((folder / "home" / "packages").iterdir())
    (first / "documents.parquet").write_bytes(b"")
    list(repair(Home(folder / "home")))


@pytest.mark.parametrize(
    ("change", "taken"),
    [
        (lambda folder: None, []),
        (lambda folder: os.utime(folder / "in" / "a.txt", (1, 1)), []),
        (lambda folder: other_content(folder / "in" / "a.txt"), ["a.txt"]),
        (lambda folder: (folder / "in" / "a.txt").rename(folder / "in" / "b.txt"), ["b.txt"]),
        (lambda folder: (folder / "in" / "a.txt").unlink(), []),
        (lambda folder: rebuild(Home(folder / "home"), workers=1), []),
        (lose_packages, ["a.txt", "bad.txt", "lines.jsonl"]),
        (lambda folder: shutil.rmtree(folder / "home" / "work"), ["a.txt", "bad.txt", "lines.jsonl"]),
    ],
    ids=["nothing", "time", "content", "name", "gone", "rebuilt", "package lost", "ledger lost"],
)
def test_what_is_read_after_a_change(
    folder: Path, read: list[str], change: Callable[[Path], object], taken: list[str]
) -> None:
    change(folder)
    assert again(folder) and sorted(read) == taken
    read.clear()
    assert again(folder).unchanged and read == []


@pytest.mark.parametrize("dry_run", [False, True])
def test_documents_of_known_files_are_counted(folder: Path, known: RunSummary, read: list[str], dry_run: bool) -> None:
    counted = again(folder, dry_run=dry_run)
    assert read == []
    assert (counted.documents, counted.accepted, counted.rejected, counted.known) == (4, 2, 2, 4)
    if not dry_run:
        assert counted.rejections == known.rejections and not counted.clean


def test_what_was_rejected_is_read_again_where_that_is_asked_for(folder: Path, read: list[str]) -> None:
    again(folder, retry_rejected=True)
    assert sorted(read) == ["bad.txt", "lines.jsonl"]


def test_another_version_reads_all_again(folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (pipeline.recognise, pipeline.deduplicate, pipeline.rows):
        monkeypatch.setattr(module, "extractor_version", lambda: "a later one")
    for _ in range(2):
        again(folder)
    assert sorted(read) == ["a.txt", "bad.txt", "lines.jsonl"]


def test_a_file_that_changes_while_it_is_read_is_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "in" / "new.txt"
    path.write_text(about("Made Arta"))

    def changing(source: SourceFile) -> Iterator[dict]:
        yield from READ_FILE(source)
        other_content(path) if "Wayan" in path.read_text() else path.write_text(about("Togar Manurung"))

    with monkeypatch.context() as patched:
        patched.setattr(pipeline.worker, "read_file", changing)
        again(folder)
    assert again(folder).rows["articles"] == 1


def test_a_file_that_breaks_its_reader_is_not_tried_again(
    folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "in" / "new.txt").write_text(about("Made Arta"))

    def broken(source: SourceFile) -> Iterator[dict]:
        yield from ()
        raise ValueError("no good")

    with monkeypatch.context() as patched:
        patched.setattr(pipeline.worker, "read_file", broken)
        assert again(folder).rejected == 3
    assert again(folder).rejected == 3 and read == []
    assert again(folder, retry_rejected=True).rows["articles"] == 1 and "new.txt" in read


def test_a_known_page_that_changed_and_changed_back(folder: Path, read: list[str]) -> None:
    path = folder / "in" / "a.txt"
    first = path.read_text()
    for text in (about("Made Arta"), first, first):
        path.write_text(text)
        found = again(folder)
    assert read == ["a.txt", "a.txt"]
    assert (found.documents, found.accepted + found.duplicates, found.known) == (4, 2, 4)


def test_a_file_without_documents_is_known_too(tmp_path: Path, read: list[str]) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text("\n")
    for _ in range(2):
        found = ingest(tmp_path / "home", path)
    assert read == ["empty.jsonl"] and found.unchanged


# What reads, annotates, validates or orchestrates; a run that finds nothing new needs none of it.
HEAVY = ("trafilatura", "lxml", "ftfy", "great_expectations", "pandas", "prefect", "warta.chain", "pypdfium2")


def test_a_run_that_finds_nothing_new_imports_nothing_heavy(sample_run: RunSummary, tmp_path: Path) -> None:
    home = shutil.copytree(sample_run.home.root, tmp_path / "home")
    code = f"""
import sys
from cli.main import app
try:
    app(["run", {str(SAMPLES)!r}, "--home", {str(home)!r}, "--no-prefect"])
except SystemExit:
    print([name for name in {HEAVY!r} if name in sys.modules])
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert "18 of them known before" in ended.stdout
    assert ended.stdout.splitlines()[-1] == "[]", ended.stdout
