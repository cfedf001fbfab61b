"""The main job from files to tables."""

from __future__ import annotations

import json
import resource
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, SAMPLES, ingest, warta_process
from pipeline import deduplicate as deduplicate_module
from pipeline import recognise as recognise_module
from pipeline import rows as rows_module
from pipeline.maintenance.rebuild import rebuild
from pipeline.publish import is_published
from pipeline.rows import TypesDiffer
from pipeline.settings import Runner, Settings, UnsafeSetting
from pipeline.summary import RunSummary, problems
from pipeline.watch.publish import publish_loaded
from warehouse.contract import tables
from warehouse.db import reader
from warehouse.digest import digest
from warehouse.home import Home, writer_lock
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
    assert (again.unchanged, again.rows) == (True, {})


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
    "c.docx": (b"whatever", "broken_docx"),
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
    assert (again.known, dict(again.rows)) == (527, {})
    assert digest(home.published) == before
    table = ingest(home.root, shared / "corpora" / "detik" / "berita.csv")
    assert (table.documents, table.duplicates, table.rows["articles"]) == (583, 583, 0)
    after = digest(home.published)
    assert {name for name in before if before[name] != after[name]} == {"documents", "publications"}


def test_detik_table_with_real_duplicates(shared: Path, tmp_path: Path) -> None:
    table = shared / "corpora" / "detik" / "berita.csv"
    planned = ingest(tmp_path / "home", table, workers=2, dry_run=True)
    assert (planned.documents, planned.accepted, planned.duplicates, planned.rejected) == (583, 527, 56, 0)
    # Month comes first in this file's dates, whichever way one value alone could be read.
    days = [found.published for found in read(table, "uri") if isinstance(found, RawDocument) and found.published]
    assert (min(days).strftime("%Y-%m") >= "2025-04") and max(days).year < 2026


def test_what_a_run_does_not_publish_the_next_one_does(home: Home, article_file: Callable[[str, str], Path]) -> None:
    before, path = digest(home.published), article_file("a.txt", "Made Arta")
    held = ingest(home.root, path, publish=False)
    assert (held.rows["articles"], held.unchanged, digest(home.published) == before) == (1, False, True)
    assert not is_published_now(home) and not publish_nothing(home, path)
    assert publish_loaded(home) and is_published_now(home)
    assert rows(home, "SELECT count(*) FROM articles") == [(3,)]
    assert not publish_loaded(home) and ingest(home.root, path).unchanged


def is_published_now(home: Home) -> bool:
    with writer_lock(home):
        return is_published(home)


def publish_nothing(home: Home, path: Path) -> bool:
    """A run that finds nothing new and does not publish leaves no package behind."""
    count = len(list(home.packages.iterdir()))
    assert ingest(home.root, path, publish=False).unchanged
    return len(list(home.packages.iterdir())) != count


def test_a_known_file_shows_what_a_killed_watch_loaded(home: Home, article_file: Callable[[str, str], Path]) -> None:
    path = article_file("a.txt", "Made Arta")
    ingest(home.root, path, publish=False)
    assert not ingest(home.root, path).unchanged
    assert is_published_now(home)


def test_an_event_type_that_the_contract_lacks_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = rows_module.event_types()
    monkeypatch.setattr(rows_module, "event_types", lambda: {**known, "WEDDING": known["GATHER"]})
    with pytest.raises(TypesDiffer, match=r"WEDDING.*event_types\.yml.*_values\.yml"):
        ingest(tmp_path / "home", SAMPLES)
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("asked", [True, False])
def test_what_was_rejected_is_tried_again(
    asked: bool, tmp_path: Path, article_file: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By another version of warta, or where somebody asks for it; the document keeps its id, and a rebuild agrees."""
    folder = article_file("in/a.txt", "Wayan Sudira").parent
    (folder / "b.txt").write_text("?!")
    monkeypatch.setenv("WARTA_FAULT", "worker.annotate:1:kill")
    first = ingest(tmp_path / "home", folder, workers=2)
    assert (first.accepted, first.rejected) == (0, 2)
    monkeypatch.delenv("WARTA_FAULT")
    home = first.home
    same = ingest(home.root, folder)
    assert (same.known, same.rejected) == (2, 2)
    with monkeypatch.context() as context:
        if not asked:
            for module in (deduplicate_module, recognise_module):
                context.setattr(module, "extractor_version", lambda: "a later one")
        again = ingest(home.root, folder, retry_rejected=asked)
    assert (again.known, again.accepted, again.rejected, again.documents) == (0, 1, 1, 2)
    assert (again.rows["documents"], again.rows["articles"]) == (0, 1)
    plain = ingest(tmp_path / "plain", folder).home
    assert digest(home.published) == digest(plain.published)
    rebuild(home, workers=1)
    assert digest(home.published) == digest(plain.published)


def test_an_article_with_too_many_rows_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Rp 5. " * 50_100)
    (rejection,) = ingest(tmp_path / "home", path).rejections
    assert rejection["reason"].startswith("too_many_rows: the article has ")


def test_sources_that_do_not_exist_end_at_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    summary = ingest(home, tmp_path / "nowhere", tmp_path / "*.csv")
    said = [problem.split(str(tmp_path))[0] for problem in problems(summary)]
    assert said == ["there is no file or folder ", "no file matches "]
    assert not home.exists()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = warta_process("run", tmp_path / "nowhere", "--home", home)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "there is no file or folder" in ended.stderr
    assert not home.exists()
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1


def test_problems_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(["{broken"] * 11))
    summary = ingest(tmp_path / "home", path)
    assert [rejection["locator"] for rejection in summary.rejections] == [f"line {n}" for n in range(1, 12)]
    listed = rows(summary.home, (ROOT / "warehouse" / "queries" / "rejected.sql").read_text())
    assert [locator for _, locator, *_ in listed] == [f"line {n}" for n in range(1, 12)]


@pytest.mark.parametrize(
    "address",
    [
        "s3://key:secret@bucket/in", "s3://bucket/in?token=secret", "https://kabar.id/in?X-Amz-Signature=secret",
        "simplecache::s3://key:secret@bucket", "simplecache::s3://bucket?sig=secret", "s3://bucket/in#secret",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["storage", "cluster"])
def test_no_secrets_in_addresses(name: str, address: str) -> None:
    with pytest.raises(UnsafeSetting, match=name) as refused:
        Settings(("articles",), Path("home"), 1, runner=Runner.DASK, **{name: address})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("address", ["s3://bucket/in", "/srv/what?/in", "file:///srv/in", "tcp://10.0.0.1:8786"])
def test_addresses_without_secrets(address: str) -> None:
    assert Settings(("articles",), Path("home"), 1, runner=Runner.DASK, storage=address).storage == address
