"""What is published: resolved, searchable, the same in any order of loading; and what is not."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

import pipeline.validate
from conftest import SAMPLES, ingest
from expectations.validate import Outcome
from pipeline import load, package
from pipeline.maintenance.checks import check_home as check
from pipeline.maintenance.checks import check_published
from pipeline.maintenance.rebuild import rebuild
from pipeline.publish import PublicationStopped, is_published, swap_in
from pipeline.summary import RunSummary
from warehouse.contract import package_tables
from warehouse.db import reader
from warehouse.digest import digest
from warehouse.home import Home, writer_lock
from warehouse.queries import load_queries
from warehouse.snapshot.make import make_snapshot

Write = Callable[[str, str], Path]


def rows(home: Home, query: str) -> list[tuple[Any, ...]]:
    with reader(home.published) as connection:
        return connection.execute(query).fetchall()


def split_lines(path: Path, folder: Path) -> list[Path]:
    """A file a line, so that articles can be taken in any order."""
    folder.mkdir()
    files = []
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        files.append(folder / f"{number}.jsonl")
        files[-1].write_text(line + "\n", "utf-8")
    return files


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Path], dict[str, str]]:
    """Files of one article each and the digest of the warehouse that takes them in their order."""
    folder = tmp_path_factory.mktemp("order")
    files = split_lines(SAMPLES / "daerah.jsonl", folder / "lines")
    return files, digest(ingest(folder / "home", *files).home.published)


@pytest.mark.parametrize("seed", [1, 2])
def test_order_of_loading_and_rebuild_make_no_difference(
    tmp_path: Path, in_order: tuple[list[Path], dict[str, str]], seed: int
) -> None:
    files, expected = in_order
    shuffled = random.Random(seed).sample(files, len(files))
    home = ingest(tmp_path / "home", *shuffled[:1]).home
    ingest(home.root, *shuffled[1:])
    assert digest(home.published) == expected
    rebuild(home)
    assert digest(home.published) == expected


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_real_articles_in_any_order(detik_run: RunSummary, tmp_path: Path, seed: int) -> None:
    """What the real corpus gives, loaded a random third of the articles at a time, and rebuilt."""
    expected = digest(detik_run.home.published)
    whole = [package.read(folder) for folder in package.complete(detik_run.home)]
    articles = [id for of in whole for id in of.frame("articles")["article_id"]]
    random.Random(seed).shuffle(articles)
    home = Home(tmp_path / "home")
    with writer_lock(home):
        load.pending(home)  # makes the database
        for number in range(3):
            third = pl.DataFrame({"article_id": articles[number::3]})
            frames = {
                table.name: pl.concat([of.frame(table.name) for of in whole]).join(third, on="article_id", how="semi")
                for table in package_tables()
                if "article_id" in table.columns
            }
            load.load(home, package.write(home, f"r-{number}", "r", frames, {}))
        swap_in(home, make_snapshot(home))
    assert digest(home.published) == expected
    rebuild(home)
    assert digest(home.published) == expected


def test_every_link_leads_to_an_entity_and_has_a_rule(sample_run: RunSummary) -> None:
    query = "SELECT count(*) FROM entity_links l ANTI JOIN entities e USING (entity_id)"
    assert rows(sample_run.home, query) == [(0,)]
    assert all(ok for _, ok, _ in check(sample_run.home))


def test_corrections_reach_what_readers_see(home: Home) -> None:
    home.corrections.write_text(
        "action,target,article_id,value,author,reason\n"
        "merge,Wayan Sudira,,Ratna Dewi,Sari,a stage name\n"
        "rename,Ratna Dewi,,Ratna Dewi Lestari,Sari,her full name\n"
    )
    rebuild(home)
    named = rows(home, "SELECT name, article_count FROM entities")
    assert named == [("Ratna Dewi Lestari", 2)]
    assert rows(home, "SELECT DISTINCT speaker FROM mart_quotes") == [("Ratna Dewi Lestari",)]


def test_unused_correction_is_reported(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    home.corrections.write_text("action,target,article_id,value,author,reason\nrename,Nobody,,X,Sari,y\n")
    rebuild(home)
    assert "line 2: rename Nobody, fits nothing" in caplog.text


@pytest.mark.parametrize(
    ("asked", "found"),
    [("pasar", 2), ("PASAR ramai", 2), ("pasarnya", 2), ("jalan tol", 0), ("", 0)],
)
def test_search_finds_words_in_any_form(two_articles: RunSummary, asked: str, found: int) -> None:
    assert rows(two_articles.home, f"SELECT count(*) FROM search('quote', '{asked}')") == [(found,)]


def test_a_word_repeated_without_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Wayan Sudira tiba. " + "ya " * 70_000)
    ingested = ingest(tmp_path / "home", tmp_path / "a.txt")
    assert rows(ingested.home, "SELECT max(times) FROM search_postings") == [(70_000,)]


def test_search_ranks_rare_words_and_short_texts_higher(tmp_path: Path) -> None:
    for name, words in [
        ("a", "Beras mahal"),
        ("b", "Beras itu dibeli warga di pasar dekat sini tadi pagi"),
        ("c", "Ikan"),
    ]:
        (tmp_path / f"{name}.txt").write_text(f"{words}.\n")
    home = ingest(tmp_path / "home", *sorted(tmp_path.glob("*.txt"))).home
    ranked = rows(
        home,
        "SELECT text FROM search('article', 'beras mahal') s JOIN articles ON article_id = s.id ORDER BY score DESC",
    )
    assert [text[:7] for (text,) in ranked] == ["Beras m", "Beras i"]


def poison(monkeypatch: pytest.MonkeyPatch, *, with_text: bool) -> None:
    """Names and quotes are one character off; `with_text`: and so is their text, so that no row contradicts itself."""
    honest = pipeline.validate.run_suites

    def shifted(frames: Mapping[str, pl.DataFrame]) -> Outcome:
        texts = dict(frames["articles"].select("article_id", "text").iter_rows())
        poisoned = dict(frames)
        for name in ("entity_mentions", "quotes"):
            frame = frames[name].with_columns(pl.col("start_char", "end_char") + 1)
            if with_text:
                spans = frame.select("article_id", "start_char", "end_char").iter_rows()
                frame = frame.with_columns(text=pl.Series([texts[article][start:end] for article, start, end in spans]))
            poisoned[name] = frame
        return honest(poisoned)

    monkeypatch.setattr(pipeline.validate, "run_suites", shifted)


@pytest.mark.parametrize(("with_text", "measure"), [(False, "rejected_share"), (True, "split_words_share")])
@pytest.mark.parametrize("command", [ingest, rebuild], ids=["run", "rebuild"])
def test_poisoned_extraction_publishes_nothing(
    home: Home,
    tmp_path: Path,
    article_file: Write,
    monkeypatch: pytest.MonkeyPatch,
    with_text: bool,
    measure: str,
    command: Callable[..., object],
) -> None:
    before = digest(home.published)
    good = {folder.name for folder in package.complete(home)}
    with monkeypatch.context() as patched:
        poison(patched, with_text=with_text)
        with pytest.raises(PublicationStopped, match=measure):
            ingest(home.root, SAMPLES)
    assert digest(home.published) == before
    # Neither the next run nor a rebuild lets it through; without its packages all is well again.
    with pytest.raises(PublicationStopped, match=measure):
        command(home.root, article_file("c.txt", "Made Arta")) if command is ingest else command(home)
    assert digest(home.published) == before
    for folder in package.complete(home):
        if folder.name not in good:
            shutil.move(folder, tmp_path / folder.name)
    rebuild(home)
    assert digest(home.published) == before


@pytest.mark.parametrize(("articles", "said"), [(1, None), (20, "20 of 20 articles (100 %) have no known day")])
def test_what_a_run_measures_is_told_in_words(
    home: Home, tmp_path: Path, caplog: pytest.LogCaptureFixture, articles: int, said: str | None
) -> None:
    undated = tmp_path / "undated.jsonl"
    texts = (f"Sari Lestari membuka pasar ke-{n} di Banjarsari, kata warga di sana." for n in range(articles))
    undated.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    ingest(home.root, undated)
    told = rows(home, "SELECT said FROM run_quality WHERE NOT holds AND measure = 'unknown_dates_share'")
    assert [sentence.startswith(str(said)) for (sentence,) in told] == [True] * bool(said)
    assert (said or "") in caplog.text and ("[unknown_dates_share]" in caplog.text) == bool(said)
    assert len(rows(home, load_queries()["undated-articles"].sql)) == articles
    (usual,) = (finding for finding in check_published(home) if finding.what == "runs are usual")
    assert (said or "0 measures out of their bounds") in usual.detail


def touch_corrections(home: Home) -> None:
    later = home.published.stat().st_mtime + 5
    home.corrections.write_text("action,target,value\n")
    os.utime(home.corrections, (later, later))


def leave_log(home: Home) -> None:
    home.published.with_name(f"{home.published.name}.wal").write_bytes(b"x")


def drop_column(home: Home) -> None:
    home.published.chmod(0o600)
    with duckdb.connect(str(home.published)) as connection:
        connection.execute("ALTER TABLE packages ADD COLUMN old VARCHAR")


def cut(home: Home) -> None:
    home.published.chmod(0o600)
    home.published.write_bytes(home.published.read_bytes()[:5000])


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda home: None, True),
        (lambda home: home.published.unlink(), False),
        (touch_corrections, False),
        (leave_log, False),
        (drop_column, False),
        (cut, False),
    ],
)
def test_a_run_that_brings_nothing_publishes_only_what_is_not_shown(
    home: Home, change: Callable[[Home], None], expected: bool
) -> None:
    change(home)
    with writer_lock(home):
        assert is_published(home) == expected
