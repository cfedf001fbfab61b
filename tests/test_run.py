"""The main job from files to tables."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import SAMPLES, ingest
from pipeline import rows as rows_module
from pipeline.rows import TypesDiffer
from pipeline.settings import Settings
from pipeline.summary import RunSummary
from warehouse.contract import tables
from warehouse.db import reader
from warehouse.digest import digest
from warehouse.home import Home
from warta.readers.files import read
from warta.records import RawDocument

SPANS = [(table.name, span) for table in tables().values() for span in table.spans]


def rows(home: Home, query: str) -> list[tuple]:
    with reader(home.published) as connection:
        return connection.execute(query).fetchall()


def wrong_spans(home: Home) -> dict[str, int]:
    """How many rows of each table have offsets that do not enclose their text."""
    found = {}
    for table, span in SPANS:
        same = f"substring(a.text, t.{span.start} + 1, t.{span.end} - t.{span.start})"
        right = f"t.{span.start} < t.{span.end} AND t.{span.end} <= length(a.text)"
        right += f" AND {same} = t.{span.text}" if span.text else ""
        query = f"SELECT count(*) FROM {table} t LEFT JOIN articles a USING (article_id) WHERE ({right}) IS NOT TRUE"
        found[table] = rows(home, query)[0][0]
    return found


def test_every_sample_ends_in_one_state(sample_run: RunSummary) -> None:
    assert (sample_run.documents, sample_run.accepted, sample_run.duplicates, sample_run.rejected) == (18, 16, 1, 1)
    states = Counter(status for (status,) in rows(sample_run.home, "SELECT status FROM documents"))
    assert states == {"accepted": 16, "duplicate": 1, "rejected": 1}
    assert not sample_run.clean


def test_every_table_is_filled(sample_run: RunSummary) -> None:
    empty = {name for name in tables() if not rows(sample_run.home, f"SELECT count(*) FROM {name}")[0][0]}
    assert empty <= {"rejects"}


def test_every_offset_is_right(sample_run: RunSummary) -> None:
    assert wrong_spans(sample_run.home) == {table: 0 for table, _ in SPANS}


def test_duplicate_leads_to_the_article_it_repeats(sample_run: RunSummary) -> None:
    query = "SELECT count(*) FROM documents d JOIN articles USING (article_id) WHERE d.status = 'duplicate'"
    assert rows(sample_run.home, query) == [(1,)]


def test_again_on_the_same_input_changes_nothing(sample_run: RunSummary, tmp_path: Path) -> None:
    home = Home(shutil.copytree(sample_run.home.root, tmp_path / "home"))
    before = digest(home.published)
    again = ingest(home.root, SAMPLES)
    assert digest(home.published) == before
    assert (again.documents, again.known) == (sample_run.documents, sample_run.documents)
    assert again.rows == {"runs": 1}


def test_workers_and_batches_do_not_matter(sample_run: RunSummary, tmp_path: Path) -> None:
    small = ingest(tmp_path / "home", SAMPLES, workers=2, batch_size=7)
    assert digest(small.home.published) == digest(sample_run.home.published)


@pytest.mark.parametrize(
    ("documents", "options", "size"),
    [
        (5_000, {}, 2_500),
        (100_000, {}, 5_000),
        (5_000, {"runner": "dask"}, 500),
        (100_000, {"runner": "dask"}, 1_250),
        (100_000, {"runner": "dask", "batch_size": 7}, 7),
    ],
)
def test_batches_fit_the_run(documents: int, options: dict, size: int) -> None:
    assert Settings(("articles",), Path("home"), 40, **options).batch_size_for(documents) == size


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    planned = ingest(tmp_path / "home", SAMPLES, dry_run=True)
    assert (planned.documents, planned.accepted) == (18, 16)
    assert not planned.home.published.exists()
    assert not list(planned.home.packages.iterdir())


def test_renamed_file_is_a_second_sighting(tmp_path: Path, article_file: Callable[[str, str], Path]) -> None:
    path = article_file("a.txt", "Wayan Sudira")
    home = ingest(tmp_path / "home", path).home
    moved = ingest(home.root, path.rename(path.with_name("b.txt")))
    assert (moved.duplicates, moved.rows["articles"]) == (1, 0)
    assert rows(home, "SELECT count(*) FROM documents") == [(2,)]


def test_lines_put_in_front_do_not_change_what_is_known(tmp_path: Path) -> None:
    lines = [json.dumps({"id": n, "judul": f"Berita {n}", "isi": f"Warga desa {n} memanen padi."}) for n in range(4)]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines[1:]))
    home = ingest(tmp_path / "home", path).home
    path.write_text("\n".join(lines))
    again = ingest(home.root, path)
    assert (again.documents, again.known, again.rows["documents"]) == (4, 3, 1)


BAD = {
    "a.txt": (b"", "empty"),
    "b.txt": (b"PK\x03\x04\x00\x00binary\x00\x00", "binary_content"),
    "c.docx": (b"whatever", "unknown_file_type"),
    "d.csv": (b"nama,umur\nSari,3\n", "no_text_column"),
    "e.json": (b'{"isi": ', "broken_json"),
    "f.jsonl": (b'{"isi": "Warga panen padi hari ini."}\n{broken\n', "broken_json"),
}


def test_bad_files_are_named_and_the_rest_still_loads(tmp_path: Path, article_file: Callable[[str, str], Path]) -> None:
    folder = article_file("in/good.txt", "Wayan Sudira").parent
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    summary = ingest(tmp_path / "home", folder)
    assert not summary.clean
    found = {Path(r["source_uri"]).name: r["reason"].split(":")[0] for r in summary.rejections}
    assert found == {name: reason for name, (_, reason) in BAD.items()}
    assert rows(summary.home, "SELECT count(*) FROM articles WHERE text LIKE '%Wayan%' OR text LIKE '%padi%'") == [(2,)]
    assert len(list(summary.home.packages.iterdir())) == 2  # rejects in front make no batch of their own


def test_detik_articles(detik_run: RunSummary) -> None:
    """The real thing: every article accepted, no row rejected, every offset of every row right."""
    assert (detik_run.documents, detik_run.accepted, detik_run.rejected) == (527, 527, 0)
    assert detik_run.rows["rejects"] == 0
    assert wrong_spans(detik_run.home) == {table: 0 for table, _ in SPANS}


def test_detik_articles_again(detik_run: RunSummary, shared: Path, tmp_path: Path) -> None:
    """The same input, and then the same articles in another format, add no row and change no id."""
    home = Home(shutil.copytree(detik_run.home.root, tmp_path / "home"))
    before = digest(home.published)
    again = ingest(home.root, shared / "corpora" / "detik" / "articles.jsonl")
    assert (again.known, dict(again.rows)) == (527, {"runs": 1})
    assert digest(home.published) == before
    table = ingest(home.root, shared / "corpora" / "detik" / "berita.csv")
    assert (table.documents, table.duplicates, table.rows["articles"]) == (583, 583, 0)
    after = digest(home.published)
    assert {name for name in before if before[name] != after[name]} == {"documents"}


def test_detik_table_with_real_duplicates(shared: Path, tmp_path: Path) -> None:
    table = shared / "corpora" / "detik" / "berita.csv"
    planned = ingest(tmp_path / "home", table, workers=2, dry_run=True)
    assert (planned.documents, planned.accepted, planned.duplicates, planned.rejected) == (583, 527, 56, 0)
    # Month comes first in this file's dates, whichever way one value alone could be read.
    days = [found.published for found in read(table, "uri") if isinstance(found, RawDocument) and found.published]
    assert (min(days).strftime("%Y-%m") >= "2025-04") and max(days).year < 2026


def test_an_event_type_that_the_contract_lacks_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = rows_module.event_types()
    monkeypatch.setattr(rows_module, "event_types", lambda: {**known, "WEDDING": known["GATHER"]})
    with pytest.raises(TypesDiffer, match=r"WEDDING.*event_types\.yml.*_values\.yml"):
        ingest(tmp_path / "home", SAMPLES)
    assert not (tmp_path / "home").exists()
