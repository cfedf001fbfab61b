"""Loading packages into the database: once, in their order, whole, and read back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from pipeline import load, package
from pipeline.load import LoadFailed
from warehouse.contract import tables
from warehouse.db import DatabaseDamaged, writer
from warehouse.home import Home, writer_lock

ARTICLE = {
    "article_id": "a", "source_uri": "file:///a", "text": "Pasar ramai.", "word_count": 2, "language": "id",
    "extractor_version": "1", "run_id": "r", "loaded_at": "2025-10-06T12:00:00+00:00",
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with writer_lock(Home(tmp_path)):
        yield Home(tmp_path)


def frame(name: str, *rows: dict[str, Any]) -> pl.DataFrame:
    dates = [key for key, kind in tables()[name].polars_schema.items() if isinstance(kind, pl.Datetime)]
    schema = {key: pl.String if key in dates else kind for key, kind in tables()[name].polars_schema.items()}
    found = pl.DataFrame(list(rows), schema=schema)
    return found.with_columns(pl.col(key).str.to_datetime(time_zone="UTC") for key in dates)


def written(home: Home, package_id: str, articles: str = "a", sentences: str = "", **changed: Any) -> Path:
    """A package of these articles (a letter each) and sentences of article `a`."""
    frames = {
        "articles": frame("articles", *({**ARTICLE, "article_id": name, **changed} for name in articles)),
        "sentences": frame(
            "sentences",
            *(
                {"sentence_id": name, "article_id": "a", "ordinal": n, "start_char": 0, "end_char": 5}
                for n, name in enumerate(sentences)
            ),
        ),
    }
    return package.write(home, package_id, "r", frames, {})


def made(home: Home) -> None:
    with writer(home):
        pass


def asked(home: Home, query: str) -> list[tuple[Any, ...]]:
    with writer(home) as connection:
        return connection.execute(query).fetchall()


# -- loading -------------------------------------------------------------------------------------------------------


def test_rows_are_added_and_counted_by_table(home: Home) -> None:
    made(home)
    assert load.load(home, written(home, "p", "ab", "stu")) == {"articles": 2, "sentences": 3}
    assert asked(home, "SELECT article_id FROM articles ORDER BY 1") == [("a",), ("b",)]
    assert asked(home, "SELECT sentence_id, ordinal FROM sentences ORDER BY 1") == [("s", 0), ("t", 1), ("u", 2)]


def test_the_package_is_written_down(home: Home) -> None:
    made(home)
    folder = written(home, "p", "ab", "stu")
    load.load(home, folder)
    digest = package.read(folder).manifest_sha256
    assert asked(home, "SELECT package_id, run_id, manifest_sha256, row_count FROM packages") == [("p", "r", digest, 5)]


def test_loading_again_adds_nothing(home: Home) -> None:
    made(home)
    folder = written(home, "p", "ab")
    assert load.load(home, folder) == {"articles": 2}
    assert load.load(home, folder) == {}
    assert asked(home, "SELECT count(*) FROM articles") == asked(home, "SELECT 2")
    assert asked(home, "SELECT count(*) FROM packages") == [(1,)]


def test_a_row_that_is_there_stays_as_it_is(home: Home) -> None:
    made(home)
    load.load(home, written(home, "p", "a"))
    assert load.load(home, written(home, "q", "ab", text="Pasar sepi.")) == {"articles": 1}
    assert asked(home, "SELECT article_id, text FROM articles ORDER BY 1") == [
        ("a", "Pasar ramai."), ("b", "Pasar sepi."),
    ]  # fmt: skip


def test_a_package_without_rows_is_loaded_too(home: Home) -> None:
    made(home)
    assert load.load(home, written(home, "p", "")) == {}
    assert asked(home, "SELECT package_id, row_count FROM packages") == [("p", 0)]


def test_nothing_of_a_package_stays_where_a_part_of_it_fails(home: Home) -> None:
    """A sentence without an ordinal breaks the table's own rule."""
    made(home)
    frames = {
        "articles": frame("articles", ARTICLE),
        "sentences": frame("sentences", {"sentence_id": "s", "article_id": "a", "start_char": 0, "end_char": 5}),
    }
    with pytest.raises(duckdb.Error):
        load.load(home, package.write(home, "p", "r", frames, {}))
    assert asked(home, "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM packages)") == [(0, 0)]


def test_a_damaged_package_is_not_loaded(home: Home) -> None:
    made(home)
    folder = written(home, "p")
    (folder / "articles.parquet").write_bytes(b"")
    with pytest.raises(package.PackageDamaged):
        load.load(home, folder)


def test_a_database_that_was_taken_away_is_not_made_anew_by_loading(home: Home) -> None:
    with pytest.raises(DatabaseDamaged, match="taken away"):
        load.load(home, written(home, "p"))


def test_what_was_loaded_is_in_the_file_itself(home: Home) -> None:
    """Not in its log: a copy of the file alone is whole."""
    made(home)
    load.load(home, written(home, "p", "ab"))
    copy = home.root / "copy.duckdb"
    copy.write_bytes(home.loading.read_bytes())
    with duckdb.connect(str(copy), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchall() == [(2,)]


def test_rows_are_read_back_after_the_commit(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    made(home)
    seen: list[str] = []
    monkeypatch.setattr(load, "verify", lambda connection, loaded: seen.append(loaded.package_id))
    load.load(home, written(home, "p"))
    assert seen == ["p"]


@pytest.mark.parametrize(
    ("lost", "message"),
    [
        ("SELECT 1", None),
        ("DELETE FROM articles WHERE article_id = 'b'", "1 rows of package p are missing from articles"),
        ("DELETE FROM sentences", "2 rows of package p are missing from sentences"),
    ],
)
def test_every_key_must_be_there(home: Home, lost: str, message: str | None) -> None:
    made(home)
    folder = written(home, "p", "ab", "st")
    load.load(home, folder)
    with writer(home) as connection:
        connection.execute(lost).fetchall()
        if message:
            with pytest.raises(LoadFailed, match=message):
                load.verify(connection, package.read(folder))
        else:
            load.verify(connection, package.read(folder))
        views = "SELECT count(*) FROM duckdb_views() WHERE view_name = 'incoming'"
        assert connection.execute(views).fetchall() == [(0,)]


# -- what is pending -----------------------------------------------------------------------------------------------


def test_packages_are_pending_in_their_order_until_they_are_loaded(home: Home) -> None:
    folders = [written(home, name) for name in ("2025-3", "2025-1", "2025-2")]
    assert [folder.name for folder in load.pending(home)] == ["2025-1", "2025-2", "2025-3"]
    load.load(home, folders[2])
    assert [folder.name for folder in load.pending(home)] == ["2025-1", "2025-3"]
    with writer(home) as connection:
        assert load.loaded_packages(connection) == {"2025-2"}


def test_a_missing_database_is_made_by_asking_what_is_pending(home: Home) -> None:
    assert load.pending(home) == []
    assert home.loading.exists()


# -- another contract ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "outdated"),
    [
        ("SELECT 1", False),
        ("ALTER TABLE quotes DROP COLUMN addressee", True),
        ("ALTER TABLE rejects ADD COLUMN old VARCHAR", True),
        ("CREATE TABLE other (a INT)", False),
    ],
)
def test_a_database_of_another_contract_goes(home: Home, change: str, outdated: bool) -> None:
    made(home)
    log = home.loading.with_name(home.loading.name + ".wal")
    with writer(home) as connection:
        connection.execute(change).fetchall()
    spared = home.work / "other.duckdb"
    spared.touch()
    assert load.drop_outdated(home) is outdated
    assert home.loading.exists() is not outdated
    assert spared.exists() and not log.exists()


def test_the_log_of_an_outdated_database_goes_too(home: Home) -> None:
    made(home)
    with writer(home) as connection:
        connection.execute("ALTER TABLE quotes DROP COLUMN addressee")
    (home.work / (home.loading.name + ".tmp")).touch()
    assert load.drop_outdated(home)
    assert list(home.work.iterdir()) == []


def test_without_a_database_nothing_is_outdated(home: Home) -> None:
    assert load.drop_outdated(home) is False
    assert not home.loading.exists()
