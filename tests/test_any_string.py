"""Any string in any field and any bytes in any file name: the run goes on, and what is stored can be written down."""

from __future__ import annotations

import io
import json
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import about, ingest
from pipeline.encodable import encodable
from pipeline.pool import Failure
from pipeline.read import _failed
from pipeline.rows import document_row
from pipeline.sources import SourceFile, expand
from pipeline.worker import _rows_of, annotate_row, read_file
from warehouse.contract import tables
from warehouse.db import reader
from warta.readers import dates
from warta.records import RawDocument, Rejection
from warta.text.outlets import NOTHING_GIVEN

# Halves of pairs, controls, marks of direction, letters of every script; long runs of each.
CHARACTERS = st.one_of(
    st.characters(exclude_categories=()),
    st.characters(categories=["Cs"]),
    st.sampled_from("\x00\x1f\x7f\x85\u2028\ufffe\uffff\ufeff\u202e\U0010ffff\"'`\\,;=\n"),
)
ANY = st.text(CHARACTERS, max_size=60)
OPTIONAL = st.none() | ANY
# As readers give it, from dates.FIRST_YEAR on.
PUBLISHED = st.none() | st.datetimes(datetime(dates.FIRST_YEAR, 1, 1), datetime(2100, 1, 1))
RAW = st.builds(
    RawDocument,
    source_uri=ANY, locator=ANY, media_type=ANY, sha256=ANY, size=st.integers(0, 1 << 40),
    text=ANY | ANY.map(lambda words: f"Kepala desa Wayan Sudira, {words}, membuka pasar. {words}"),
    external_id=OPTIONAL, title=OPTIONAL, url=OPTIONAL | ANY.map(lambda words: f"https://kabar.id/{words}"),
    published=PUBLISHED, author=OPTIONAL, category=OPTIONAL,
)  # fmt: skip
REJECTIONS = st.builds(
    Rejection,
    source_uri=ANY, locator=ANY, media_type=ANY, sha256=ANY, size=st.integers(0, 1 << 40),
    reason=ANY, detail=ANY, external_id=OPTIONAL,
)  # fmt: skip
NAMES = st.binary(min_size=1, max_size=120).filter(lambda name: not {0, 47} & set(name) and not name.startswith(b"."))


def require_writable(table: str, row: dict[str, Any]) -> None:
    """Every string of the row is UTF-8, and the row survives being written."""
    for value in row.values():
        if isinstance(value, str):
            value.encode()
    frame = pl.DataFrame([row], schema=tables()[table].polars_schema)
    frame.write_parquet(written := io.BytesIO())
    assert pl.read_parquet(written.getvalue()).equals(frame)


def check_fields(found: RawDocument | Rejection) -> None:
    rows = _rows_of(found, NOTHING_GIVEN, None)
    assert "internal_error" not in (rows["document"]["reason"] or "") or isinstance(found, Rejection)
    require_writable("documents", rows["document"])
    if rows["article"]:
        require_writable("articles", rows["article"])
        require_writable("publications", rows["publication"])
        text = rows["article"]["text"]
        (annotated,) = annotate_row(rows["article"])
        for mention in map(orjson.loads, annotated["entity_mentions"].splitlines()):
            assert text[mention["start_char"] : mention["end_char"]] == mention["text"]


def check_name(name: bytes, kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(os.fsencode(folder), name)  # noqa: PTH118 (of bytes)
        match kind:
            case "link":
                os.symlink(b"/etc/hostname", path)  # noqa: PTH211
            case "pipe":
                os.mkfifo(path)
            case "folder":
                os.mkdir(path)  # noqa: PTH102
                Path(os.fsdecode(path), "kosong").touch()
            case _:
                Path(os.fsdecode(path)).write_text(about("Wayan Sudira"))
        for item in expand([folder], Path(folder, "home")):
            if isinstance(item, SourceFile):
                rows = [row["document"] for row in read_file(item)]
                rows.append(_failed(item, Failure("timeout", "took long"))["document"])
            else:
                assert isinstance(item, Rejection)
                rows = [document_row(item)]
            for row in rows:
                require_writable("documents", row)


@given(RAW | REJECTIONS)
def test_any_string_in_any_field(found: RawDocument | Rejection) -> None:
    check_fields(found)


@given(NAMES, st.sampled_from(["link", "pipe", "folder", "file"]))
def test_any_bytes_in_any_file_name(name: bytes, kind: str) -> None:
    check_name(name, kind)


@pytest.mark.whole
@settings(max_examples=2_000)
@given(RAW | REJECTIONS)
def test_many_strings_in_any_field(found: RawDocument | Rejection) -> None:
    check_fields(found)


@pytest.mark.whole
@settings(max_examples=2_000)
@given(NAMES, st.sampled_from(["link", "pipe", "folder", "file"]))
def test_many_bytes_in_any_file_name(name: bytes, kind: str) -> None:
    check_name(name, kind)


def test_what_cannot_be_written_is_replaced_one_for_one() -> None:
    assert encodable("a\ud800b\udfff\udcffc") == "a\ufffdb\ufffd\ufffdc"
    assert encodable("a\U0001f600é\n") == "a\U0001f600é\n"
    assert encodable(None) is None


@pytest.fixture
def odd_folder(tmp_path: Path) -> Path:
    """Two good articles among halves of pairs in every field, and a link, a pipe and a file with odd names."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "baik.txt").write_text(about("Wayan Sudira"))
    Path(folder, os.fsdecode(b"pasar-\xe9\xff.txt")).write_text(about("Ratna Dewi"))
    Path(folder, os.fsdecode(b"tautan-\xff.txt")).symlink_to("/etc/hostname")
    os.mkfifo(os.fsencode(folder) + b"/pipa-\xe9.txt")
    half = r"\ud800"
    fields = ["id", "judul", "isi", "url", "penulis", "kategori"]
    lines = []
    for broken in fields:
        record = {name: f"{name} {broken} pasar desa" for name in fields} | {"url": f"https://kabar.id/{broken}"}
        lines.append(json.dumps(record | {broken: record[broken] + "HALF"}).replace("HALF", half))
    (folder / "separuh.jsonl").write_text("\n".join(lines))
    page = '<html><head><script type="application/ld+json">'
    page += '{"@type": "NewsArticle", "url": "https://kabar.id/%s", "author": "%s"}</script></head><body>'
    page += "<article><h1>Panen</h1><p>Warga desa memanen padi pada hari Senin pagi.</p></article></body></html>"
    (folder / "separuh.html").write_text(page % (half, half))
    return folder


def test_a_run_goes_on_and_so_does_the_next(odd_folder: Path, tmp_path: Path) -> None:
    summary = ingest(tmp_path / "home", odd_folder)
    assert summary.accepted >= 2
    assert summary.documents == summary.accepted + summary.duplicates + summary.rejected == 11
    reasons = {rejection["reason"].split(":")[0] for rejection in summary.rejections}
    assert {"link", "not_a_file"} <= reasons
    assert "internal_error" not in reasons
    with reader(summary.home.published) as connection:
        assert connection.execute("SELECT count(*) FROM articles WHERE text LIKE '%Ratna Dewi%'").fetchall() == [(1,)]
    again = ingest(tmp_path / "home", odd_folder)
    assert (again.documents, again.known) == (11, 11)


def test_a_file_with_an_odd_name_whose_reading_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = Path(tmp_path, os.fsdecode(b"berhenti-\xff.txt"))
    odd.write_text(about("Ratna Dewi"))
    monkeypatch.setenv("WARTA_FAULT", "worker.read:1:kill")
    summary = ingest(tmp_path / "home", odd, workers=2)
    (rejection,) = summary.rejections
    assert rejection["reason"].startswith("worker_died: ")
    assert "berhenti-\ufffd.txt" in rejection["reason"]
