"""The command line: what it prints where, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from conftest import ROOT, SAMPLES, warta
from flows.pipeline import RunSummary
from warehouse.db import reader

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


def test_unreachable_server_does_not_stop_the_work(tmp_path: Path, article_file: Write) -> None:
    path = article_file("a.txt", "Made Arta")
    done = warta("run", path, "--home", tmp_path / "home", PREFECT_API_URL="http://127.0.0.1:9/api")
    assert done.returncode == 0
    assert "does not answer" in done.stderr and "running without it" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["sql", "SELECT nonsense"], 2, "nonsense"),
        (["sql", "DROP TABLE articles"], 2, "read-only"),
        (["sql", "/* no statement */"], 2, "nothing was asked"),
        (["query", "no-such"], 2, "there are: "),
        (["query", "quotes-by"], 2, "needs --speaker"),
        (["export", "/tmp/out", "--format", "xls"], 2, "parquet"),
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
    command = [sys.executable, "-m", "flows.cli", "explore", "--port", "0", "--home", str(sample_run.home.root)]
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


def test_commands_of_the_readme_exist() -> None:
    shown = warta("--help").stdout
    commands = "run watch serve alerts sql query explain explain-entity export report explore"
    for command in (*commands.split(), "rebuild", "repair", "check", "doctor"):
        assert f" {command} " in shown
