"""The command line: what it prints where, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.main import get_command

from cli.main import app
from conftest import ROOT, SAMPLES, warta, warta_process
from pipeline.pool import PoolBroken
from pipeline.summary import RunSummary
from warehouse.db import reader
from warehouse.home import Home, writer_lock
from warehouse.queries import load_queries

Write = Callable[[str, str], Path]


def test_run_and_ask(tmp_path: Path) -> None:
    done = warta("run", SAMPLES, "--home", tmp_path / "home", "--no-prefect", "--json")
    assert done.returncode == 1  # the samples hold one broken line
    assert json.loads(done.stdout)["documents"] == 18
    assert "broken_json" in done.stderr and "line 3" in done.stderr
    asked = warta("sql", "SELECT count(*) AS n FROM articles", "--format", "json", WARTA_HOME=str(tmp_path / "home"))
    assert json.loads(asked.stdout) == [{"n": 16}]


@pytest.mark.parametrize(
    ("make", "code", "words"),
    [
        (lambda folder, write: [folder / "nowhere"], 2, "no file or folder"),
        (lambda folder, write: ["https://kabar.example/1"], 2, "https://kabar.example/1: addresses are not fetched"),
        (lambda folder, write: [write("good/a.txt", "Made Arta"), "www.kabar.example"], 1, "addresses are not fetched"),
        (lambda folder, write: [folder / "empty"], 0, "holds no files"),
        (lambda folder, write: [write("good/a.txt", "Made Arta"), folder / "nowhere"], 1, "no file or folder"),
        (lambda folder, write: [write("good/a.txt", "Made Arta")], 0, ""),
        (lambda folder, write: [write("good/a.zzz", "Made Arta")], 1, "unknown_file_type"),
    ],
)
def test_exit_codes(tmp_path: Path, article_file: Write, make: Callable, code: int, words: str) -> None:
    (tmp_path / "empty").mkdir()
    done = warta("run", *make(tmp_path, article_file), "--home", tmp_path / "home", "--no-prefect")
    assert (done.returncode, words in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr


def test_of_many_problems_some_are_shown(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n" * 1_000 + '{"text": "Hujan turun di Bogor."}\n')
    done = warta("run", tmp_path / "a.jsonl", "--home", tmp_path / "home", "--no-prefect")
    assert done.returncode == 1
    assert done.stderr.count("no_text") == 50
    assert "950 more: `warta query rejected` lists them" in done.stderr
    asked = warta("query", "rejected", "--home", tmp_path / "home", "--format", "json")
    assert len(json.loads(asked.stdout)) == 1_000


def test_the_list_of_formats_is_shown_once(tmp_path: Path, article_file: Write) -> None:
    files = [article_file("a.txt", "Made Arta"), article_file("a.zzz", "Made Arta"), article_file("b.zzz", "Made Arta")]
    done = warta("run", *files, "--home", tmp_path / "home", "--no-prefect")
    assert (done.stderr.count("unknown_file_type"), done.stderr.count(".jsonl")) == (2, 1)


def test_unreachable_server_does_not_stop_the_work(tmp_path: Path, article_file: Write) -> None:
    path = article_file("a.txt", "Made Arta")
    done = warta_process("run", path, "--home", tmp_path / "home", PREFECT_API_URL="http://127.0.0.1:9/api")
    assert done.returncode == 0
    assert "does not answer" in done.stderr and "running without it" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["sql", "SELECT nonsense"], 2, "nonsense"),
        (["sql", "DROP TABLE articles"], 2, "read-only"),
        (["sql", "/* no statement */"], 2, "nothing was asked"),
        (["query", "no-such"], 2, "no-such"),
        (["query", "quotes-by"], 2, "--speaker"),
        (["query", "quotes-by", "--sinc", "x"], 2, "--sinc"),
        (["export", "/tmp/out", "--format", "xls"], 2, "parquet"),
        (["export", "/tmp/out", "--tables", "quotes,kutipan"], 2, "no table kutipan; there are documents, articles"),
        (["nonsense"], 2, "nonsense"),
        (["report"], 2, "--out"),
        (["report", "--out", "/tmp/out", "--since", "kemarin"], 2, "kemarin"),
        (["report", "--out", "/tmp/out", "--since", "2999-01-01"], 3, "2999-01-01 is after"),
        (["run"], 2, "SOURCE"),
        (["watch", "/nowhere"], 2, "/nowhere"),
        (["alerts", "--webhook", "http://127.0.0.1:9"], 2, "PREFECT_API_URL"),
        (["run", "samples", "--runner", "dask"], 2, "PREFECT_API_URL"),
        (["run", "samples", "--storage", "/mnt/shared"], 2, "--runner"),
    ],
)
def test_wrong_usage(sample_run: RunSummary, arguments: list[str], code: int, words: str) -> None:
    done = warta(*arguments, WARTA_HOME=str(sample_run.home.root))
    assert (done.returncode, words in done.stderr) == (code, True), done.stderr


def test_nothing_published_yet(tmp_path: Path) -> None:
    done = warta("sql", "SELECT 1", "--home", tmp_path)
    assert done.returncode == 3 and "warta run" in done.stderr


@pytest.mark.parametrize("format", ["table", "csv", "json", "md"])
def test_formats(sample_run: RunSummary, format: str) -> None:
    done = warta("sql", "SELECT 'a|b' AS x, '=1+1' AS y", "--format", format, "--home", sample_run.home.root)
    if format == "csv":
        assert list(csv.reader(io.StringIO(done.stdout))) == [["x", "y"], ["a|b", "'=1+1"]]
    elif format == "json":
        assert json.loads(done.stdout) == [{"x": "a|b", "y": "=1+1"}]
    elif format == "md":
        assert done.stdout == "| x | y |\n| --- | --- |\n| a\\|b | =1+1 |\n"
    else:
        assert "a|b" in done.stdout and "=1+1" in done.stdout


@pytest.mark.parametrize("format", ["parquet", "csv", "jsonl"])
def test_export(sample_run: RunSummary, tmp_path: Path, format: str) -> None:
    done = warta("export", tmp_path / "out", "--format", format, "--home", sample_run.home.root)
    written = list((tmp_path / "out").rglob(f"*.{format}"))
    assert done.returncode == 0 and {"articles", "quotes", "mart_quotes"} <= {path.stem for path in written}
    assert sorted(done.stdout.splitlines()) == sorted(map(str, written))


def test_parquet_is_partitioned_by_month(sample_run: RunSummary, tmp_path: Path) -> None:
    warta("export", tmp_path / "out", "--home", sample_run.home.root)
    with duckdb.connect() as connection, reader(sample_run.home.published) as published:
        for name in ("articles", "quotes", "mart_quotes"):
            files = f"{tmp_path}/out/{name}/*/*.parquet"
            months = (
                f"SELECT month, count(*) FROM read_parquet('{files}', hive_types = {{'month': VARCHAR}}) GROUP BY ALL"
            )
            found = connection.execute(months).fetchall()
            assert all(re.fullmatch(r"20\d\d-\d\d|unknown", str(month)) for (month, _) in found)
            count = published.execute(f"SELECT count(*) FROM {name}").fetchall()
            assert connection.execute(f"SELECT count(*) FROM read_parquet('{files}')").fetchall() == count


def test_report(sample_run: RunSummary, tmp_path: Path) -> None:
    done = warta("report", "--since", "2026-11-01", "--out", tmp_path / "out", "--home", sample_run.home.root)
    assert done.returncode == 0 and sorted(done.stdout.splitlines()) == sorted(map(str, (tmp_path / "out").iterdir()))


def test_explore_says_where_and_ends(sample_run: RunSummary) -> None:
    command = [sys.executable, "-m", "cli", "explore", "--port", "0", "--home", str(sample_run.home.root)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT)}) as process:
        assert process.stderr is not None
        address = process.stderr.readline().split()[0]
        with urllib.request.urlopen(address, timeout=60) as answer:
            assert answer.url == f"{address}id/" and answer.status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def test_explain_entity_tells_what_is_joined_and_why(sample_run: RunSummary) -> None:
    done = warta("explain-entity", "KPK", "--json", "--home", sample_run.home.root)
    found = json.loads(done.stdout)
    assert [entity["name"] for entity in found["entity"]] == ["Komisi Pemberantasan Korupsi"]
    assert ("Komisi Pemberantasan Korupsi", "public_name") in {(r["called"], r["rule"]) for r in found["joined of"]}


def test_explain_tells_where_an_article_comes_from(sample_run: RunSummary) -> None:
    with reader(sample_run.home.published) as published:
        ((article, source, quotes),) = published.execute(
            "SELECT article_id, source_uri, count(*) FROM quotes JOIN articles USING (article_id) GROUP BY ALL"
            " ORDER BY ALL LIMIT 1"
        ).fetchall()
    found = json.loads(warta("explain", article, "--json", "--home", sample_run.home.root).stdout)
    assert source in {document["source_uri"] for document in found["documents"]}
    assert len(found["quotes"]) == quotes
    assert article in warta("explain", article, "--home", sample_run.home.root).stdout


@pytest.mark.parametrize("command", ["explain", "explain-entity"])
def test_nothing_to_explain(sample_run: RunSummary, command: str) -> None:
    done = warta(command, "nobody at all", "--home", sample_run.home.root)
    assert done.returncode == 2 and "there is no nobody at all" in done.stderr


@pytest.mark.parametrize("command", ["doctor", "check"])
def test_health(sample_run: RunSummary, command: str) -> None:
    done = warta(command, "--json", "--home", sample_run.home.root)
    assert done.returncode == 0, done.stdout
    assert all(finding["ok"] for finding in json.loads(done.stdout))


COMMANDS = {
    "run", "watch", "serve", "alerts", "sql", "query", "explain", "explain-entity", "explore", "report", "export",
    "check", "doctor", "resolve", "rebuild", "compact", "repair", "prune",
}  # fmt: skip


def commands(group: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with its words, `warta query NAME` included."""
    group = group or get_command(app)
    yield path, group
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*path, name))


EVERY = dict(commands())


def squeezed(text: str) -> str:
    """Without white space: help texts are wrapped anywhere."""
    return "".join(text.split())


def test_every_command_is_there() -> None:
    assert {path[0] for path in EVERY if path} == COMMANDS
    assert {path[1] for path in EVERY if len(path) == 2} == set(load_queries())


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_every_command_and_option_has_help(path: tuple[str, ...]) -> None:
    """Also what stands in brackets: `[env: WARTA_HOME]`, `[default: ...]`."""
    command = EVERY[path]
    shown = squeezed(warta(*path, "--help").stdout)
    assert command.help and squeezed(command.help.split("\n")[0]) in shown
    for parameter in command.params:
        if parameter.name == "help":
            continue
        assert parameter.help, f"{' '.join(path)} {parameter.name}"
        assert squeezed(parameter.help) in shown
        if parameter.param_type_name == "option" and not parameter.required and not parameter.is_flag:
            assert "default" in parameter.help or f"[default:{parameter.default}" in shown, parameter.name


def test_parameters_of_a_question_have_types() -> None:
    shown = " ".join(warta("query", "quotes-by", "--help").stdout.split())
    assert "--speaker VARCHAR" in shown and "--since DATE" in shown and "[default: 1900-01-01]" in shown


def test_questions_are_listed() -> None:
    listed = warta("query").stdout
    assert all(name in listed and query.question in listed for name, query in load_queries().items())


def test_version() -> None:
    assert warta("--version").stdout == f"warta {version('warta')}\n"


def test_resolve_takes_corrections(home: Home) -> None:
    home.corrections.write_text(
        "action,target,article_id,value,author,reason\nrename,Ratna Dewi,,Ratna Dewi Lestari,redaksi,her full name\n"
    )
    assert warta("resolve", "--home", home.root).returncode == 0
    with reader(home.published) as connection:
        assert ("Ratna Dewi Lestari",) in connection.execute("SELECT name FROM entities").fetchall()
    home.corrections.write_text("action,target\n")
    done = warta("resolve", "--home", home.root)
    assert done.returncode == 3 and "the first line must be" in done.stderr


def test_prune_removes_what_killed_runs_left(home: Home) -> None:
    (home.work / "20250101T000000Z-dead00").mkdir()
    assert warta("prune", "--home", home.root).stdout == "removed 20250101T000000Z-dead00\n"
    assert warta("prune", "--home", home.root).stdout == ""


@pytest.mark.parametrize("command", ["rebuild", "repair", "run"])
def test_a_broken_pool_is_told_in_a_line(
    home: Home, monkeypatch: pytest.MonkeyPatch, article_file: Write, command: str
) -> None:
    def broken(*arguments: object) -> None:
        raise PoolBroken("a worker process ended while it started (exit code 1)")

    monkeypatch.setattr("pipeline.standing.Pool", broken)
    monkeypatch.setattr("pipeline.maintenance.reannotate.Pool", broken)
    monkeypatch.setattr("pipeline.maintenance.repair.publish", broken)
    given = [article_file("a.txt", "Made Arta"), "--no-prefect"] if command == "run" else []
    done = warta(command, *given, "--home", home.root)
    assert (done.returncode, done.stderr) == (3, "warta: a worker process ended while it started (exit code 1)\n")
    with pytest.raises(PoolBroken):
        warta("--traceback", command, *given, "--home", home.root)


def test_doctor_of_a_home_that_cannot_be_written(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write anywhere, so the system is asked to say no."""
    monkeypatch.setattr("os.access", lambda path, mode, **named: mode != os.W_OK)
    found = {finding["what"]: finding for finding in json.loads(warta("doctor", "--json", "--home", home.root).stdout)}
    assert not found["home"]["ok"] and "cannot be written" in found["home"]["detail"]
    assert found["lock"]["ok"] and found["warehouse"]["ok"]


def test_doctor_makes_nothing(tmp_path: Path) -> None:
    assert warta("doctor", "--home", tmp_path / "home").returncode == 0
    assert not (tmp_path / "home").exists()


def test_doctor_tells_who_writes(home: Home) -> None:
    with writer_lock(home):
        found = {
            finding["what"]: finding for finding in json.loads(warta("doctor", "--json", "--home", home.root).stdout)
        }
    assert found["lock"]["detail"] == f"process {os.getpid()} is writing"
