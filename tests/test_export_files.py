"""What `warta export` leaves in a folder: whole files, touched only where rows changed; sheets that Excel opens."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from conftest import ROOT, about, ingest, warta
from pipeline.maintenance.rebuild import rebuild
from pipeline.summary import RunSummary
from warehouse import workbook
from warehouse.contract import mart_columns, tables
from warehouse.export import FORMATS, export
from warehouse.export_folder import ExportBusy
from warehouse.home import Home
from warehouse.workbook import MAX_TEXT, Sheet, write_workbook

Write = Callable[[str, str], Path]


def exported(home: Home, out: Path, *options: str) -> str:
    done = warta("export", out, "--home", home.root, *options)
    assert done.returncode == 0, done.stderr
    return done.stderr.strip()


def states(out: Path) -> dict[Path, tuple[int, int]]:
    """Which file lies under each name, and since when."""
    files = (path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


# Which tables


@pytest.mark.parametrize("format", FORMATS)
def test_every_table_and_mart(sample_run: RunSummary, tmp_path: Path, format: str) -> None:
    exported(sample_run.home, tmp_path, "--format", format)
    if format == "xlsx":
        found = openpyxl.load_workbook(tmp_path / "warta.xlsx", read_only=True).sheetnames
    else:
        found = {path.stem for path in tmp_path.rglob(f"*.{format}")}
    assert set(found) == tables().keys() | mart_columns().keys()


@pytest.mark.parametrize(
    "options",
    [
        ["--tables", "quotes,articles"],
        ["--tables", "quotes", "--tables", "articles"],
        ["--tables", " articles, quotes,"],
    ],
)
def test_named_tables(home: Home, tmp_path: Path, options: list[str]) -> None:
    exported(home, tmp_path / "out", *options, "--format", "jsonl")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["articles.jsonl", "quotes.jsonl"]
    lines = (tmp_path / "out" / "articles.jsonl").read_text().splitlines()
    assert len([json.loads(line)["text"] for line in lines]) == 2


def test_an_unknown_table_makes_no_folder(home: Home, tmp_path: Path) -> None:
    done = warta("export", tmp_path / "out", "--home", home.root, "--tables", "kutipan")
    assert (done.returncode, done.stderr.count("\n"), (tmp_path / "out").exists()) == (2, 1, False)


# Files that change only where rows do


def test_nothing_new_touches_no_file(home: Home, tmp_path: Path) -> None:
    folders = {format: tmp_path / format for format in FORMATS if format != "xlsx"}
    for format, out in folders.items():
        exported(home, out, "--format", format)
    before = {format: states(out) for format, out in folders.items()}
    rebuild(home)  # other bytes in the published file, the same rows
    for format, out in folders.items():
        assert exported(home, out, "--format", format) == f"{len(before[format])} unchanged"
        assert states(out) == before[format]


def test_a_new_article_touches_its_month(home: Home, tmp_path: Path) -> None:
    out = tmp_path / "out"
    exported(home, out)
    before = states(out)
    new = tmp_path / "b.txt"
    new.write_text(about("Made Arta").replace("6/10/2025", "3/11/2025"))
    ingest(home.root, new)
    exported(home, out)
    after = states(out)
    hanging = ("articles", "quotes", "sentences", "entity_mentions", "events", "publications", "mart_quotes")
    of_october = [path for path in before if path.parts[:2] in [(name, "month=2025-10") for name in hanging]]
    assert len(of_october) == len(hanging)
    assert all(before[path] == after[path] for path in of_october)
    assert {(name, "month=2025-11") for name in hanging} <= {path.parts[:2] for path in after.keys() - before.keys()}
    assert before[Path("runs.parquet")] != after[Path("runs.parquet")]


def test_undated_articles_have_a_partition_of_their_own(home: Home, tmp_path: Path) -> None:
    new = tmp_path / "b.txt"
    new.write_text("Hujan turun di Sleman.\n")
    ingest(home.root, new)
    exported(home, tmp_path / "out", "--tables", "articles,sentences")
    for name in ("articles", "sentences"):
        (undated,) = (tmp_path / "out" / name / "month=unknown").iterdir()
        assert duckdb.sql(f"SELECT count(*) FROM '{undated}'").fetchall() == [(1,)]


def test_partitions_without_rows_are_removed(home: Home, tmp_path: Path) -> None:
    """And nothing that the export has not written."""
    gone, kept = (tmp_path / "out" / "quotes" / f"month={month}" for month in ("1999-01", "1999-02"))
    for folder in (gone, kept):
        folder.mkdir(parents=True)
        (folder / "quotes.parquet").write_bytes(b"former rows")
    (kept / "notes.txt").touch()
    assert exported(home, tmp_path / "out", "--tables", "quotes") == "1 changed, 2 removed"
    assert (gone.exists(), [path.name for path in kept.iterdir()]) == (False, ["notes.txt"])


def test_a_damaged_file_is_replaced(home: Home, tmp_path: Path) -> None:
    exported(home, tmp_path / "out", "--tables", "runs")
    (tmp_path / "out" / "runs.parquet").write_bytes(b"no parquet")
    assert exported(home, tmp_path / "out", "--tables", "runs") == "1 changed"


# Dies when it flushes a file for the n-th time, before that file gets its name or after it has it.
KILLED = """
import os, sys
from pathlib import Path
from warehouse import export, export_folder
left, sync = int(sys.argv[3]), export_folder.sync
def dying(path):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), 9)
    sync(path)
export_folder.sync = dying
list(export.export(Path(sys.argv[1]), Path(sys.argv[2]), "parquet", ["articles", "quotes", "entities"]))
"""


@pytest.mark.parametrize("flush", [1, 4])
def test_a_killed_export_leaves_whole_files(home: Home, tmp_path: Path, flush: int) -> None:
    out = tmp_path / "out"
    killed = subprocess.run([sys.executable, "-c", KILLED, home.published, out, str(flush)], cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    names = [path for path in states(out) if path.parts[0] != ".warta-export"]
    assert len(names) == flush // 2
    for path in names:
        assert duckdb.sql(f"SELECT count(*) FROM '{out / path}'").fetchall() != [(0,)]
    exported(home, out, "--tables", "articles,quotes,entities")
    assert len(states(out)) == 3 and not (out / ".warta-export").exists()


def test_one_export_at_a_time(home: Home, tmp_path: Path) -> None:
    descriptor = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with pytest.raises(ExportBusy, match="another export"):
            list(export(home.published, tmp_path, "csv"))
    finally:
        os.close(descriptor)
    assert list(export(home.published, tmp_path / "out", "csv", ["runs"]))


# Workbooks

JAKARTA_NOON = datetime(2025, 1, 2, 5, 0, tzinfo=UTC)
CELLS: list[tuple[Any, str, Any]] = [
    ("=1+1", "s", "=1+1"),
    ("@SUM(A1)", "s", "@SUM(A1)"),
    ("{=A1}", "s", "{=A1}"),
    ("-1+2", "s", "-1+2"),
    ("#N/A", "s", "#N/A"),
    ("https://kabar.example/1", "s", "https://kabar.example/1"),
    ("<r><t>x</t></r>&amp;", "s", "<r><t>x</t></r>&amp;"),
    ("a\x00b\x1b[0m", "s", "a_x0000_b_x001B_[0m"),
    ("\ufffe\uffff", "s", "_xFFFE__xFFFF_"),
    ("_x0041_", "s", "_x005F_x0041_"),  # Excel shows `_x0041_`, not `A`
    (" satu\r\ndua\t", "s", " satu\r\ndua\t"),
    ("007", "s", "007"),
    ("2025-01-02", "s", "2025-01-02"),
    ("TRUE", "s", "TRUE"),
    ("x" * MAX_TEXT, "s", "x" * MAX_TEXT),
    (7, "n", 7),
    (-1.5, "n", -1.5),
    (10**17 + 1, "s", "100000000000000001"),
    (float("nan"), "s", "nan"),
    (True, "b", True),
    (date(2025, 1, 2), "d", datetime(2025, 1, 2)),
    (date(1812, 1, 2), "s", "1812-01-02"),
    (JAKARTA_NOON, "d", datetime(2025, 1, 2, 5)),
    (["=satu", "dua"], "s", '["=satu", "dua"]'),
    ("", "n", None),
    (None, "n", None),
]


@pytest.mark.parametrize(("value", "kind", "read"), CELLS, ids=[repr(value)[:30] for value, *_ in CELLS])
def test_cells(tmp_path: Path, value: Any, kind: str, read: Any) -> None:
    assert write_workbook(tmp_path / "a.xlsx", [Sheet("articles", ["id", "=column"], [(1, value)])]) == []
    (_, head), (_, cell) = openpyxl.load_workbook(tmp_path / "a.xlsx")["articles"].iter_rows()
    assert (head.data_type, cell.data_type, cell.value) == ("s", kind, read)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as inside:
        assert not [
            name for name in inside.namelist() if b"<f>" in inside.read(name) or b"hyperlink" in inside.read(name)
        ]


@pytest.mark.parametrize("text", ["x" * (MAX_TEXT + 1), "😀" * (MAX_TEXT // 2 + 1), "\x01" * MAX_TEXT])
def test_texts_longer_than_a_cell(tmp_path: Path, text: str) -> None:
    (note,) = write_workbook(tmp_path / "a.xlsx", [Sheet("articles", ["id", "text"], [("a", text), ("b", "x")])])
    assert note.startswith("articles.text: 1 texts are longer than a cell holds (32,767 characters)")
    value = openpyxl.load_workbook(tmp_path / "a.xlsx")["articles"]["B2"].value
    assert len(value.encode("utf-16-le")) <= 2 * MAX_TEXT and "… [+" in value


@pytest.mark.parametrize(("rows", "sheets"), [(0, [0]), (3, [3]), (4, [3, 1]), (7, [3, 3, 1])])
def test_more_rows_than_a_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, sheets: list[int]) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 4)
    notes = write_workbook(tmp_path / "a.xlsx", [Sheet("a", ["n"], [(n,) for n in range(rows)]), Sheet("b", ["n"], [])])
    assert [f"lies on {len(sheets)}" in note for note in notes] == [True] * (len(sheets) > 1)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["a", *(f"a {n + 2}" for n in range(len(sheets) - 1)), "b"]
    assert [page.max_row - 1 for page in book][:-1] == sheets
    found = [value for page in book for (value,) in page.iter_rows(min_row=2, values_only=True)]
    assert found == list(range(rows))


def test_what_excel_cannot_hold_is_told(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_TEXT", 60)
    told = exported(home, tmp_path / "out", "--tables", "articles", "--format", "xlsx")
    assert "articles.text: 2 texts are longer" in told
