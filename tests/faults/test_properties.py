"""What holds for any text, not only for those that somebody thought of."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rows import annotation_rows
from warehouse.contract import tables
from warta.chain import annotate_article
from warta.lang import load
from warta.readers.files import read
from warta.records import Article, RawDocument
from warta.text.clean import to_article

PIECES = (
    "Bupati Wayan Sudira", "kata Wayan", "ujarnya", '"', "“", "”", "'", "Rp 2,3 triliun", "Senin (6/10/2025)", "PBB",
    "(KPK)", "menangkap", "di Jakarta", "dua pekan lalu", "bin", "S.H., M.H.", "...", "?!", "1.250 orang", "50 persen",
    "KPK", "Kota Bogor", "-nya", "é", "\U0001f600", "e\u0301", "\u200b", "\n", " ", ". ", ", ", "(", ")", "\t",
    "Rp", "juta", "ekor", "persen", "pukul", "WIB", "tanggal", "Februari", "ke-", "dua", "ratus", "belas",
    "tahun lalu", "abad silam", "hari lagi", "pekan depan", "Jumat", "besok", "Lebaran", "semester II", "akhir",
)  # fmt: skip
NUMERALS = st.text("0123456789.,-/:", min_size=1, max_size=12)
TEXTS = st.lists(st.sampled_from(PIECES) | NUMERALS, max_size=40).map(" ".join) | st.text(max_size=200)
SPANS = [(table.name, span) for table in tables().values() for span in table.spans]


@given(TEXTS, st.none() | st.dates())
def test_every_row_of_any_text_is_where_it_says(text: str, published: date | None) -> None:
    article = to_article(RawDocument("uri", "", "text/plain", "0" * 64, 1, f"Warga datang. {text}"))
    assert isinstance(article, Article)
    article = replace(article, published_date=published)
    rows = annotation_rows(annotate_article(article))
    for name, span in SPANS:
        for row in rows.get(name, []):
            start, end = row[span.start], row[span.end]
            assert 0 <= start < end <= len(article.text)
            assert span.text is None or article.text[start:end] == row[span.text]
    assert rows == annotation_rows(annotate_article(article))


# What a cell of a table or a line of a text can hold; a field's outer space belongs to the format, `NaN` is no value,
# and the marks of HTML and Markdown are read.
FIELD = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30).filter(
    lambda t: t == t.strip() and t.casefold() not in load("id", "fields")["missing"] and not set("<&*[\\") & set(t)
)
RECORDS = st.lists(st.fixed_dictionaries({"id": FIELD, "judul": FIELD, "isi": FIELD}), min_size=1, max_size=5)
Records = list[dict[str, str]]


def as_csv(path: Path, records: Records) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["id", "judul", "isi"], delimiter="\t" if path.suffix == ".tsv" else ",")
        writer.writeheader()
        writer.writerows(records)


FORMATS: dict[str, Callable[[Path, Records], object]] = {
    "a.json": lambda path, records: path.write_text(json.dumps(records)),
    "a.jsonl": lambda path, records: path.write_text("\n".join(map(json.dumps, records))),
    "a.csv": as_csv,
    "a.tsv": as_csv,
    "a.parquet": lambda path, records: pl.DataFrame(records).write_parquet(path),
}


@pytest.mark.parametrize("name", list(FORMATS))
@given(RECORDS)
def test_what_was_written_is_read(tmp_path: Path, name: str, records: Records) -> None:
    FORMATS[name](tmp_path / name, records)
    found = [(d.external_id, d.title, d.text) for d in read(tmp_path / name, "uri") if isinstance(d, RawDocument)]
    assert found == [(record["id"], record["judul"], record["isi"]) for record in records]
