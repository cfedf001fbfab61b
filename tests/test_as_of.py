"""When a document stood so: what each format says of the time at which it was taken or changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from test_collections import ATOM, response

from warta.readers.files import read
from warta.records import RawDocument

TEXT = "Warga membangun jembatan gantung di atas sungai. " * 9
PAGE = """<html><head><title>Jembatan</title>{}</head><body><article><h1>Jembatan gantung selesai dibangun</h1><p>{}</p>
</article></body></html>"""
CHANGED = '<meta property="article:modified_time" content="2025-10-08T09:00:00+07:00">'
JSON_LD = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2025-10-08T09:00:00+07:00"}</script>'
)
MOMENT = datetime(2025, 10, 8, 2, tzinfo=UTC)


def line(**fields: str) -> str:
    return json.dumps({"isi": TEXT, "tanggal": "2025-10-07", **fields})


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.jsonl", line(updated_at="2025-10-08T09:00:00+07:00"), MOMENT),
        ("a.jsonl", line(diperbarui="8 Oktober 2025 09:00 WIB"), MOMENT),
        # when it was taken comes before when it was changed
        ("a.jsonl", line(scraped_at="2025-10-08 02:00:00Z", dateModified="2025-10-07 20:00:00Z"), MOMENT),
        ("a.jsonl", line(), None),
        ("a.jsonl", line(updated_at="entah kapan"), None),
        ("a.jsonl", line(updated_at="2999-01-01"), None),
        ("a.csv", f'isi,tanggal,date_modify\n"{TEXT}",2025-10-07,2025-10-08T02:00:00Z\n', MOMENT),
        ("a.html", PAGE.format(CHANGED, TEXT), MOMENT),
        ("a.html", PAGE.format(JSON_LD, TEXT), MOMENT),
        ("a.html", PAGE.format("", TEXT), None),
        ("a.atom", ATOM, datetime(2026, 3, 2, 1, tzinfo=UTC)),
    ],
)
def test_as_of(tmp_path: Path, name: str, content: str, expected: datetime | None) -> None:
    (tmp_path / name).write_text(content)
    found = next(read(tmp_path / name, "uri"))
    assert isinstance(found, RawDocument)
    assert found.as_of == expected


def test_an_archived_page_stood_so_when_it_was_taken(tmp_path: Path) -> None:
    taken = b"\r\nWARC-Date: 2026-03-02T01:00:00Z\r\nContent-Type: application/http"
    archived = response(PAGE.format(CHANGED, TEXT).encode())
    (tmp_path / "a.warc").write_bytes(archived.replace(b"\r\nContent-Type: application/http", taken, 1))
    (found,) = read(tmp_path / "a.warc", "uri")
    assert isinstance(found, RawDocument)
    assert found.as_of == datetime(2026, 3, 2, 1, tzinfo=UTC)
