"""Packages are the truth: damage is noticed, loading twice changes nothing, one writer, readers that never wait."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from conftest import ingest
from pipeline import load, package
from pipeline.load import LoadFailed
from pipeline.maintenance.checks import check_home as check
from pipeline.maintenance.rebuild import rebuild
from warehouse.db import reader, transaction, writer
from warehouse.digest import digest
from warehouse.home import Home, WarehouseBusy, writer_lock

Write = Callable[[str, str], Path]


def counts(home: Home) -> dict[str, int]:
    with reader(home.published) as connection:
        names = connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'").fetchall()
        return {n: connection.execute(f"SELECT count(*) FROM {n}").fetchall()[0][0] for (n,) in names}


def test_loading_again_changes_nothing(home: Home) -> None:
    with writer_lock(home):
        assert [load.load(home, folder) for folder in package.complete(home)] == [{}, {}]


@pytest.mark.parametrize("name", ["articles.parquet", "manifest.json"])
def test_damaged_package_is_noticed(home: Home, name: str) -> None:
    file = package.complete(home)[0] / name
    file.write_bytes(file.read_bytes()[:-3] + b"xyz")
    with pytest.raises(package.PackageDamaged, match=home.root.name):
        package.read(file.parent)
    assert not {what: ok for what, ok, _ in check(home)}["packages"]


def test_rebuild_makes_the_same_warehouse(home: Home) -> None:
    before = digest(home.published)
    assert rebuild(home).packages == 2
    assert digest(home.published) == before


def test_rebuild_stops_before_it_changes_anything(home: Home) -> None:
    before = digest(home.published)
    (package.complete(home)[0] / "articles.parquet").unlink()
    with pytest.raises(package.PackageDamaged):
        rebuild(home)
    assert digest(home.published) == before


def test_check_finds_nothing_wrong(home: Home) -> None:
    assert all(ok for _, ok, _ in check(home))


def test_package_left_by_a_killed_run_is_loaded_by_the_next(home: Home, tmp_path: Path) -> None:
    undisturbed = digest(home.published)
    # A run that was killed after its packages were complete: its rows and its end are not in the database.
    for file in home.work.glob("loading.duckdb*"):
        file.unlink()
    (home.work / "killed-run").mkdir()
    (tmp_path / "nothing").mkdir()
    ingest(home.root, tmp_path / "nothing")
    assert digest(home.published) == undisturbed
    assert not (home.work / "killed-run").exists()


def test_database_of_another_contract_is_made_anew(home: Home, article_file: Write) -> None:
    before = digest(home.published)
    with writer_lock(home), writer(home) as connection:
        connection.execute("ALTER TABLE quotes DROP COLUMN addressee")
        connection.execute("ALTER TABLE rejects ADD COLUMN old VARCHAR")
    ingest(home.root, article_file("a.txt", "Wayan Sudira"))
    after = digest(home.published)
    # a.txt once more; of two files with one text, the article names the one that comes first by its path.
    assert {name for name in before if before[name] != after[name]} - {"articles"} == {"documents", "publications"}


def test_package_of_an_earlier_contract_is_read_in_the_present_one(home: Home) -> None:
    folder = package.complete(home)[0]
    whole = package.read(folder).frame("quotes")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    whole.drop("addressee").write_parquet(folder / "quotes.parquet")
    written = hashlib.sha256((folder / "quotes.parquet").read_bytes()).hexdigest()
    manifest["tables"]["quotes"]["sha256"] = written
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert package.read(folder).frame("quotes").equals(whole.with_columns(addressee=None))


def test_run_that_died_is_recorded_as_crashed(home: Home, article_file: Write) -> None:
    (ended,) = [folder for folder in package.complete(home) if folder.name.endswith("-end")]
    for file in (*ended.iterdir(), *home.work.glob("loading.duckdb*")):
        file.unlink()
    ended.rmdir()
    ingest(home.root, article_file("c.txt", "Made Arta"))
    with reader(home.published) as connection:
        runs = connection.execute("SELECT state, documents, accepted FROM runs ORDER BY run_id").fetchall()
    assert runs == [("crashed", 2, 2), ("completed", 1, 1)]


def test_second_writer_is_refused_with_the_holder(home: Home) -> None:
    hold = "import sys; from pathlib import Path; from warehouse.home import Home, writer_lock\n"
    hold += "with writer_lock(Home(Path(sys.argv[1]))): print('held', flush=True); sys.stdin.read()"
    other = subprocess.Popen(
        [sys.executable, "-c", hold, home.root], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout and other.stdout.readline() == "held\n"
        # DuckDB's own lock is lost when its file is opened and closed by its owner; ours is another file's.
        home.loading.read_bytes()
        with pytest.raises(WarehouseBusy, match=str(other.pid)), writer_lock(home):
            pass
    finally:
        other.communicate("")
    with writer_lock(home):
        pass


def test_only_the_holder_of_the_lock_writes(home: Home) -> None:
    with pytest.raises(RuntimeError, match="lock"), writer(home):
        pass


def test_reader_keeps_its_snapshot_while_a_new_one_is_published(home: Home, article_file: Write) -> None:
    with reader(home.published) as connection:
        ingest(home.root, article_file("c.txt", "Made Arta"))
        assert connection.execute("SELECT count(*) FROM articles").fetchall() == [(2,)]
    assert counts(home)["articles"] == 3


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM articles",
        "CREATE TABLE t (a INT)",
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY articles TO '/tmp/out.csv'",
        "ATTACH '/tmp/other.duckdb'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ],
)
def test_readers_cannot_write_or_leave(home: Home, statement: str) -> None:
    with reader(home.published) as connection, pytest.raises(duckdb.Error):
        connection.execute(statement)


def test_failed_transaction_keeps_nothing_and_says_so(home: Home) -> None:
    with writer_lock(home), writer(home) as connection:
        with pytest.raises(duckdb.Error), transaction(connection):
            connection.execute("DELETE FROM quotes")
            connection.execute("INSERT INTO runs SELECT * FROM runs")
        assert connection.execute("SELECT count(*) > 0 FROM quotes").fetchall() == [(True,)]


def test_rows_that_vanish_after_the_commit_are_noticed(home: Home) -> None:
    loaded = package.read(package.complete(home)[0])
    with writer_lock(home), writer(home) as connection:
        connection.execute("DELETE FROM quotes")
        with pytest.raises(LoadFailed, match="quotes"):
            load.verify(connection, loaded)


def test_home_is_private(home: Home) -> None:
    assert home.published.stat().st_mode & 0o777 == 0o440  # nobody writes to it; its folder is its owner's
    assert home.packages.stat().st_mode & 0o077 == 0
    assert all(f.stat().st_mode & 0o077 == 0 for folder in package.complete(home) for f in (folder, *folder.iterdir()))


def test_lock_can_be_waited_for(tmp_path: Path) -> None:
    home = Home(tmp_path)
    waited = []

    def wait() -> None:
        with writer_lock(home, wait=30):
            waited.append(time.monotonic())

    with writer_lock(home):
        waiter = threading.Thread(target=wait)
        waiter.start()
        time.sleep(1)
        assert not waited
    waiter.join(30)
    assert waited
