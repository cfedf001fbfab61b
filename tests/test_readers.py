"""Every format, every reason of a rejection, and dates as they are written."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import assert_linear

from conftest import Write
from warta.readers import dates, html, source
from warta.readers.files import read
from warta.records import RawDocument, Rejection

SHARED = Path(os.environ.get("WARTA_SHARED", Path(__file__).resolve().parents[2] / "shared"))
WIB, WITA, WIT = (timezone(timedelta(hours=hours)) for hours in (7, 8, 9))


def texts(path: Path) -> list[str]:
    """The texts of the documents, the reasons of the rejections."""
    return [found.text if isinstance(found, RawDocument) else found.reason for found in read(path, "uri")]


PAGE = """<!DOCTYPE html><html><head><title>Pasar Baru Dibuka | Kabar</title>
<meta property="og:title" content="Pasar Baru Dibuka"><meta name="author" content="Rini">
<link rel="canonical" href="https://kabar.example/2026/03/02/pasar">
<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-03-02T08:00:00+07:00",
"articleSection": "Ekonomi"}</script></head><body><nav><a href="/">Beranda</a></nav><article><h1>Pasar Baru Dibuka</h1>
<p>Wali Kota membuka pasar baru di tepi sungai pada Senin pagi, disaksikan ratusan pedagang.</p>
<p>Para pedagang mulai menempati kios mereka sejak subuh dan berharap pembeli segera datang.</p>
</article></body></html>"""


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", "Hujan turun.\n\nJalan licin.", ["Hujan turun.\n\nJalan licin."]),
        ("a.json", '{"judul": "A", "isi": "Hujan turun."}', ["Hujan turun."]),
        ("a.json", '[{"text": "satu"}, {"text": "dua"}]', ["satu", "dua"]),
        ("a.json", '["satu", "dua"]', ["satu", "dua"]),
        ("a.json", '{"meta": {"n": 2}, "data": {"articles": [{"text": "satu"}, {"text": "dua"}]}}', ["satu", "dua"]),
        ("a.json", '{"tags": [{"name": "hujan"}], "berita": [{"text": "satu"}]}', ["satu"]),
        ("a.json", '{"article": {"judul": "A", "isi": "satu"}}', ["satu"]),
        ("a.json", '{"isi": ["Paragraf satu.", "Paragraf dua."]}', ["Paragraf satu.\nParagraf dua."]),
        ("a.jsonl", '{"content": "satu"}\n\n{"body": "dua"}', ["satu", "dua"]),
        ("a.ndjson", '{"text": "satu"}\n', ["satu"]),
        ("a.csv", 'Judul,Isi Berita\nA,"satu\n""dua"""\n', ['satu\n"dua"']),
        ("a.csv", "id;isi_berita\n1;satu, dua\n", ["satu, dua"]),
        ("a.tsv", "id\ttext\n1\tsatu\n", ["satu"]),
        ("a.csv", "id,text,isi\n1,,cadangan\n", ["cadangan"]),
        ("SALAH.TXT", '{"text": "satu"}', ["satu"]),  # the content decides
        ("a.txt", '{"text": "satu"}\n{"text": "dua"}\n', ["satu", "dua"]),
        ("a.json", '{"text": "satu"}\n{"text": "dua"}\n', ["satu", "dua"]),
        ("a.jsonl", '[\n{"text": "satu"}\n]', ["satu"]),
        ("a.txt", "[Gambas:Video] Hujan turun.", ["[Gambas:Video] Hujan turun."]),
        ("a.jsonl", '{"text": "ganjil \\ud83d sekali"}', ["ganjil \ufffd sekali"]),
        ("a.jsonl", '{"text": "senyum \\ud83d\\ude00 \\\\ud83d"}', ["senyum \U0001f600 \\ud83d"]),
    ],
)
def test_formats(write: Write, name: str, content: str, expected: list[str]) -> None:
    assert texts(write(name, content.encode())) == expected
    packed = write(f"{name}.gz", gzip.compress(content.encode()))
    assert texts(packed) == expected


def test_html(write: Write) -> None:
    (found,) = read(write("a.html", PAGE.encode()), "uri")
    assert isinstance(found, RawDocument)
    assert found.text.splitlines()[-2:] == [
        "Wali Kota membuka pasar baru di tepi sungai pada Senin pagi, disaksikan ratusan pedagang.",
        "Para pedagang mulai menempati kios mereka sejak subuh dan berharap pembeli segera datang.",
    ]
    assert (found.title, found.author, found.category) == ("Pasar Baru Dibuka", "Rini", "Ekonomi")
    assert found.url == "https://kabar.example/2026/03/02/pasar"
    assert found.published == datetime(2026, 3, 2, 8, tzinfo=WIB)
    assert texts(write("page.txt", PAGE.encode())) == [found.text]  # the content decides


def test_control_characters_of_a_page_are_dropped() -> None:
    page, _ = html.parse(b"<html><body><p>Pasar&#1; Johar<br>ramai&#x1f;</p>&#2;sekali</body></html>")
    assert page.text_content() == "Pasar Johar" + "ramai" + "sekali"


def test_large_pages_take_linear_time(write: Write) -> None:
    def read_page(paragraphs: int) -> None:
        page = b"<html><body>" + b"<div><p>Hujan <b>turun</b> sejak pagi.</p></div>" * paragraphs
        assert list(read(write("a.html", page), "uri"))

    assert_linear(read_page, 2_000)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_encodings(write: Write, name: str, encoding: str) -> None:
    content = {"a.txt": "{}", "a.jsonl": '{{"text": "{}"}}', "a.csv": 'id,text\n1,"{}"\n'}[name].format("Café “Roti”")
    assert texts(write(name, content.encode(encoding))) == ["Café “Roti”"]


@pytest.mark.parametrize(
    ("name", "data", "reason", "said"),
    [
        ("a.txt", b"", "empty", "nothing"),
        ("a.csv", b" \n\n", "empty", "nothing"),
        ("a.csv", b"judul,isi\n", "empty", "header"),
        ("a.pdf", b"%PDF-1.7", "broken_pdf", ".pdf"),
        ("a", b"Hujan turun.", "unknown_file_type", "neither the name"),
        ("a.txt", b"PK\x03\x04\x00\x00", "binary_content", "byte 4"),
        ("a.txt", b"a" * 100_000 + b"\x00", "binary_content", "byte 100000"),
        ("a.txt", b"\x81\x8d\x8f", "bad_encoding", "UTF-8"),
        ("a.txt", b"\xff\xfe\x00\xd8", "bad_encoding", "UTF-16"),
        ("a.json", b'{"text": "satu"', "broken_json", "JSON"),
        ("a.json", b'{"text": 1,}', "broken_json", "JSON"),
        ("a.json", b"[" * 100_000, "broken_json", "JSON"),
        ("a.json", b'{"judul": "A"}', "no_text", "list of articles"),
        ("a.jsonl", b'{"judul": "A", "ringkasan": "B"}', "no_text", "judul, ringkasan"),
        ("a.jsonl", b'{"text": " "}', "no_text", "empty"),
        ("a.jsonl", b"[1]", "broken_json", "list"),
        ("a.csv", b"id,judul\n1,A\n", "no_text_column", "id, judul"),
        ("a.csv", b'text\n"A" B\n', "broken_csv", "expected after"),
        ("a.csv", b"id,text\n1,A,B\n", "broken_csv", "3 cells"),
        ("a.csv", b'id,text\n1,"A', "broken_csv", "end of data"),
        ("a.html", b"<html><body>" + b"<div>" * 300 + b"Hujan turun.", "html_too_deep", "250"),
        ("a.html", b"<html><body>" + b"<br>" * 60_000, "too_large", "elements"),
        ("a.html", b"<p " + b" ".join(b"a%d='> <'" % n for n in range(10_001)) + b">Hujan", "too_large", "attributes"),
        ("a.html", b"<html><body></body></html>", "no_text", "article"),
        ("a.html", b"<!-- -->", "no_text", "page"),
        ("a.txt.gz", gzip.compress(b"Hujan turun.", mtime=0)[:-6], "truncated", "byte 12"),
        ("a.txt.gz", gzip.compress(b"Hujan turun.", mtime=0)[:-8] + b"\0" * 8, "broken_gzip", "damaged"),
        ("a.txt.gz", gzip.compress(b"\n" * 20_000_000, mtime=0), "too_large", "unpack"),
        ("a.txt", b"a" * 1_000_001, "too_large", "1000001"),
        ("a.json", b'{"text": "Hujan turun.", "title": "%s"}' % (b"a" * 10_001), "too_large", "title"),
    ],
)
def test_rejections(write: Write, name: str, data: bytes, reason: str, said: str) -> None:
    (found,) = read(write(name, data), "uri")
    assert isinstance(found, Rejection)
    assert found.reason == reason
    assert said in found.detail
    assert found.source_uri == "uri"


def test_neighbours_of_a_broken_record_are_read(write: Write) -> None:
    assert texts(write("a.jsonl", b'{"text": "satu"}\n{"text": \n{"text": "tiga"}\n')) == [
        "satu",
        "broken_json",
        "tiga",
    ]
    assert texts(write("a.csv", b'text\nsatu\n"x" y\ntiga\n')) == ["satu", "broken_csv", "tiga"]


def test_places_and_identities(write: Write) -> None:
    lines = [b'{"id": 7, "text": "satu"}', b'{"text":', b'{"id": "x", "text": ""}']
    found = list(read(write("a.jsonl", b"\n".join(lines)), "uri"))
    assert [(f.locator, f.size, f.external_id) for f in found] == [
        ("line 1", 25, "7"),
        ("line 2", 8, None),
        ("line 3", 23, "x"),
    ]
    (first,) = read(write("b.jsonl", lines[0]), "other")
    assert first.sha256 == found[0].sha256


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.json"])
def test_a_whole_file_has_the_identity_of_its_bytes(write: Write, name: str) -> None:
    data = b"\xef\xbb\xbf" + (b'{"text": "satu"}' if "json" in name else b"Hujan turun.")
    path = write(name, gzip.compress(data) if "gz" in name else data)
    (found,) = read(path, "uri")
    assert (found.sha256, found.size) == (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size)


def test_csv_rows_have_the_identity_of_their_cells(write: Write) -> None:
    plain, quoted = write("a.csv", b"id,text\n1,satu\n"), write("b.csv", b'"id";"text"\r\n"1";"satu"\r\n')
    assert [f.sha256 for f in read(plain, "a")] == [f.sha256 for f in read(quoted, "b")]


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        (
            gzip.compress(b'{"text": "dua"}\n', mtime=0),
            ["satu", "dua"],
        ),  # gzip members one after the other, as logs are written
        (b"\0" * 512, ["satu"]),  # padding
        (b"ekor", ["satu", "broken_gzip"]),
    ],
)
def test_what_follows_a_gzip_member(write: Write, tail: bytes, expected: list[str]) -> None:
    assert texts(write("a.jsonl.gz", gzip.compress(b'{"text": "satu"}\n') + tail)) == expected


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.gz"])
def test_good_prefix_of_a_cut_gzip_file(write: Write, name: str) -> None:
    contents = [f"berita {n}" for n in range(20_000)]
    lines = [json.dumps({"text": text}) for text in contents] if "json" in name else ["text", *contents]
    whole = gzip.compress("\n".join(lines).encode())
    for cut in range(64, len(whole), len(whole) // 7):
        *good, last = texts(write(name, whole[:cut]))
        assert good == contents[: len(good)]
        assert last == "truncated"


def test_too_long_a_line_costs_itself_only(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_RECORD", 100)
    assert texts(write("a.jsonl", b'{"text": "%s"}\n{"text": "dua"}' % (b"a" * 200))) == ["too_large", "dua"]


def test_what_is_no_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "folder.json").mkdir()
    for name in ("pipe.json", "folder.json", "missing.json", "missing"):
        assert texts(tmp_path / name) == ["unreadable"]
    assert texts(Path("/dev/zero")) == ["unreadable"]


def test_file_names_are_bytes_not_patterns(tmp_path: Path) -> None:
    for name in (b"a[1].txt", b"--help.txt", b"baris\nbaru.txt", b"latin-\xe9.txt"):
        path = tmp_path / os.fsdecode(name)
        path.write_text("Hujan turun.")
        assert texts(path) == ["Hujan turun."]


def test_a_file_that_grows_while_it_is_read(write: Write) -> None:
    path = write("a.jsonl", b'{"text": "satu"}\n' * 3)
    documents = read(path, "uri")
    assert isinstance(next(documents), RawDocument)
    with path.open("ab") as file:
        file.write(b'{"text": "empat"}\n')
    assert [f.reason for f in documents if isinstance(f, Rejection)] == ["changed_while_read"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-10-20T17:00:00+07:00", datetime(2025, 10, 20, 17, tzinfo=WIB)),
        ("2025-10-20T10:00:00Z", datetime(2025, 10, 20, 10, tzinfo=UTC)),
        ("2025-10-20 10:00:00.250 +0000", datetime(2025, 10, 20, 10, tzinfo=UTC)),
        ("2025-10-20", datetime(2025, 10, 20)),
        ("2025/10/20 08.15", datetime(2025, 10, 20, 8, 15)),
        ("Senin, 20 Okt 2025 17:00 WIB", datetime(2025, 10, 20, 17, tzinfo=WIB)),
        ("Sabtu, 1 Agustus 2026 | 09.05 WITA", datetime(2026, 8, 1, 9, 5, tzinfo=WITA)),
        ("3 Mei 2026 06:30WIT", datetime(2026, 5, 3, 6, 30, tzinfo=WIT)),
        ("20/10/2025 17:00", datetime(2025, 10, 20, 17)),
        ("5-10-2025", datetime(2025, 10, 5)),
        ("Mon, 20 Oct 2025 17:00:00 +0700", datetime(2025, 10, 20, 17, tzinfo=WIB)),
        ("October 20, 2025 5:30 PM", datetime(2025, 10, 20, 17, 30)),
        ("October 20, 2025 12:30 AM GMT+7", datetime(2025, 10, 20, 0, 30, tzinfo=WIB)),
        ("1760950800", datetime(2025, 10, 20, 9, tzinfo=UTC)),
        ("1760950800000", datetime(2025, 10, 20, 9, tzinfo=UTC)),
        ("10/20/2025", datetime(2025, 10, 20)),  # there is no twentieth month
        ("31/02/2025", None),
        ("0001-01-01", None),
        ("kemarin sore", None),
        ("", None),
    ],
)
def test_dates(written: str, expected: datetime | None) -> None:
    found = dates.parse(written)
    assert found == expected
    assert found is None or expected is None or found.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (["10/20/2025", "11/05/2025"], [(10, 20), (11, 5)]),  # one value proves month first for all
        (["20/10/2025", "05/11/2025"], [(10, 20), (11, 5)]),
        (["05/11/2025"], [(11, 5)]),
    ],
)
def test_the_order_of_day_and_month_belongs_to_the_column(
    write: Write, column: list[str], expected: list[tuple[int, int]]
) -> None:
    rows = "".join(f"{day},isi\n" for day in column)
    lines = "".join(json.dumps({"date": day, "text": "isi"}) + "\n" for day in column)
    for path in (write("a.csv", f"tanggal,isi\n{rows}".encode()), write("a.jsonl", lines.encode())):
        found = [f.published for f in read(path, "uri") if isinstance(f, RawDocument)]
        assert [(day.month, day.day) for day in found if day] == expected


@given(st.lists(st.dictionaries(st.sampled_from(["judul", "isi", "tanggal", "x"]), st.text(max_size=20)), min_size=1))
@settings(max_examples=50)
def test_every_line_is_accounted_for(write: Write, records: list[dict[str, str]]) -> None:
    lines = [json.dumps(record) for record in records]
    found = list(read(write("a.jsonl", "\n".join(lines).encode()), "uri"))
    assert [f.locator for f in found] == [f"line {n}" for n in range(1, len(lines) + 1)]


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "a.csv.gz"]))
@settings(max_examples=200)
def test_no_bytes_raise_or_vanish(write: Write, data: bytes, name: str) -> None:
    assert list(read(write(name, data), "uri"))


@pytest.mark.parametrize(("name", "count"), [("corpora/detik/articles.jsonl", 527), ("corpora/detik/berita.csv", 583)])
def test_detik(name: str, count: int) -> None:
    if not (SHARED / name).exists():
        pytest.skip(f"needs {name}, which is not shipped")
    found = [f for f in read(SHARED / name, name) if isinstance(f, RawDocument)]
    assert len(found) == count
    assert all(f.published and f.title and f.url and f.external_id for f in found)


def test_hostile_files() -> None:
    manifest = SHARED / "badinputs" / "MANIFEST.tsv"
    if not manifest.exists():
        pytest.skip("needs the collection of hostile files, which is not shipped")
    for line in manifest.read_text().splitlines()[1:]:
        name = line.split("\t")[0]
        start = time.monotonic()
        assert list(read(manifest.parent / name, name)), name
        assert time.monotonic() - start < 10, name


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"politik": [{"text": "satu"}], "ekonomi": [{"text": "dua"}, {"text": "tiga"}]},
         [("politik, item 1", "satu"), ("ekonomi, item 1", "dua"), ("ekonomi, item 2", "tiga")]),
        ({"k1": {"text": "satu"}, "k2": {"isi": "dua"}, "k3": {"isi": ""}},
         [("k1", "satu"), ("k2", "dua"), ("k3", "no_text")]),
        ({"isi": "satu", "terkait": [{"isi": "dua"}]}, [("", "satu"), ("terkait, item 1", "dua")]),
        ({"a": {"b": {"c": [{"d": {"text": "satu"}}]}}, "e": {"text": "dua"}},
         [("a, b, c, item 1, d", "satu"), ("e", "dua")]),
        ([[{"text": "satu"}], [{"text": "dua"}]], [("item 1, item 1", "satu"), ("item 2, item 1", "dua")]),
        ({"hasil": [{"text": "satu"}, {"judul": "B"}]}, [("item 1", "satu"), ("item 2", "no_text")]),
        ({"text": "satu", "comments": [{"text": "setuju"}], "entities": [{"text": "Ani"}]}, [("", "satu")]),
        ({"artikel": {"text": "satu"}, "kutipan": [{"text": "setuju"}]}, [("item 1", "satu")]),
    ],
)  # fmt: skip
def test_articles_are_found_wherever_they_are(write: Write, content: object, expected: list[tuple[str, str]]) -> None:
    path = write("a.json", json.dumps(content).encode())
    found = [(f.locator, f.text if isinstance(f, RawDocument) else f.reason) for f in read(path, "uri")]
    assert found == expected
    if isinstance(content, dict):
        assert [text for _, text in expected] == texts(write("a.jsonl", json.dumps(content).encode()))


def test_the_key_of_an_article_is_its_id_where_it_has_none(write: Write) -> None:
    data = b'{"k1": {"text": "satu"}, "k2": {"id": 7, "text": "dua"}}'
    assert [f.external_id for f in read(write("a.json", data), "uri")] == ["k1", "7"]
    (single,) = read(write("b.json", b'{"artikel": {"text": "satu"}}'), "uri")
    assert single.external_id is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"Isi": "", "isi": "satu"}', "satu"),
        (b'{"Isi": "satu", "isi": null}', "satu"),
        (b'{"isi": "satu", "isi": ""}', "satu"),  # Python's and orjson's dict would keep the last
        (b'{"isi": "satu", "isi": "satu"}', "satu"),
        (b'{"isi": "satu", "isi": "dua"}', "ambiguous_text"),
        (b'{"Isi": "satu", "isi": "dua"}', "ambiguous_text"),
        (b'{"judul": "A", "judul": "B", "isi": "satu"}', "satu"),
    ],
)
def test_names_that_are_one(write: Write, data: bytes, expected: str) -> None:
    for name in ("a.json", "a.jsonl"):
        assert texts(write(name, data)) == [expected]
    (found,) = read(write("a.json", data), "uri")
    assert getattr(found, "title", None) in (None, "A")  # the first


@pytest.mark.parametrize(
    ("row", "expected"),
    [(b"satu,", "satu"), (b",satu", "satu"), (b"satu,satu", "satu"), (b"satu,dua", "ambiguous_text")],
)
def test_columns_of_one_name(write: Write, row: bytes, expected: str) -> None:
    for header in (b"isi,isi", b"isi,Isi"):
        assert texts(write("a.csv", header + b"\n" + row + b"\n")) == [expected]


@pytest.mark.parametrize("levels", [60, 300, 980, 1_100, 50_000])
def test_depth_costs_one_record(write: Write, levels: int) -> None:
    deep = "[" * levels + '"x"' + "]" * levels
    for field in ("text", "author", "x"):
        records = ['{"text": "satu"}', f'{{"text": "dua", "{field}": {deep}}}', '{"text": "tiga"}']
        for name, data in (
            ("a.jsonl", "\n".join(records)),
            ("a.json", f"[{','.join(records)}]"),
            ("b.json", f'{{"data": [{",".join(records)}], "kosong": []}}'),
        ):
            first, second, third = texts(write(name, data.encode()))
            assert (first, third) == ("satu", "tiga")
            assert second in ("too_deep", "ambiguous_text", "broken_json") or (field == "x" and second == "dua")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'[{"text": "satu"}, {"text": "dua" x}, {"text": "tiga"}]', ["satu", "broken_json", "tiga"]),
        (b'[{"text": "satu"} {"text": "dua"}]', ["satu", "dua"]),  # no comma
        (b'{"a": [{"text": "satu"}, {"text": "du', ["satu", "broken_json"]),
        (b'[{"text": "satu"}, {"text": "dua"}', ["satu", "dua", "broken_json"]),  # never a shorter good one
        (b'{\n"text": "satu"}\n{\n"text": "dua"}\n', ["satu", "dua"]),
        (b'[{"text": "satu"}]]', ["satu", "broken_json"]),
        (b'{"text": "satu", "terkait": [{"text": "dua"}, {"text": tiga}]}', ["satu", "dua", "broken_json"]),
    ],
)
def test_a_broken_article_in_json_costs_itself_only(write: Write, data: bytes, expected: list[str]) -> None:
    assert texts(write("a.json", data)) == expected


HEAD = "id,judul,isi\n1,A,satu\n2,B,dua\n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ('3,C,"tiga\n4,D,empat\n5,E,lima\n', ["broken_csv", "empat", "lima"]),  # to the end of the file
        ('3,C,"tiga\n4,D,empat\n5,E,lima"\n6,F,enam\n', ["broken_csv", "empat", 'lima"', "enam"]),
        ('3,C,"tiga\n4,D,"empat"\n5,E,lima\n', ["broken_csv", "empat", "lima"]),
        ('3,"C,tiga\n4,D,"empat\nlagi"\n5,E,lima\n', ["broken_csv", "empat\nlagi", "lima"]),
        ('3,C,"tiga\nhujan, angin, badai\n4,D,empat\n', ["broken_csv", "empat"]),  # its own lines belong to it
        ('3,C,"kata "dia", lalu\npergi."\n4,D,empat\n', ["broken_csv", "empat"]),
    ],
)
def test_a_stray_quote_costs_one_row(write: Write, rows: str, expected: list[str]) -> None:
    for end in ("\n", "\r\n"):
        data = (HEAD + rows).replace("\n", end).encode()
        assert [t.replace("\r", "") for t in texts(write("a.csv", data))] == ["satu", "dua", *expected]


def test_a_rejected_row_is_told_by_its_lines(write: Write) -> None:
    *_, found = read(write("a.csv", (HEAD + '3,C,"tiga\nhujan').encode()), "uri")
    assert isinstance(found, Rejection)
    assert (found.locator, found.size) == ("row 3", len('3,C,"tiga\nhujan')) and "lines 4 to 5" in found.detail


@pytest.mark.parametrize(
    "text",
    [
        "Hujan turun, angin kencang.\nJalan licin, warga bertahan.",
        "Harga naik 1,5 persen.\nInflasi 2,3 persen, kata dia.",
        "Hujan.\n2,5 persen",
        'Ia berkata, "Tidak."\n\n"Ya," jawab yang lain, "tentu."',
        "Hasil:\n" + "Satu, dua, tiga.\n" * 400,
        "Klasemen:\n1,Persib\nlalu jeda.\nSekian, terima kasih.",
    ],
)
@pytest.mark.parametrize("columns", ["id isi", "judul isi", "id judul isi", "isi id", "isi", "isi judul url"])
def test_honest_cells_stay_whole(write: Write, text: str, columns: str) -> None:
    names = columns.split()
    cell = '"' + text.replace('"', '""') + '"'
    values = {"id": "{}", "judul": "Kabar {}", "url": "https://kabar.example/{}", "isi": cell}
    rows = [",".join(names), *(",".join(values[name].replace("{}", str(n)) for name in names) for n in range(3))]
    assert texts(write("a.csv", "\n".join(rows).encode())) == [text.strip()] * 3


@pytest.mark.parametrize("line", ['x","', '1,a,"b', '1,x","\nhujan\nangin', '1,a,"",b,"\nq""q', '"', 'a"b,"c'])
def test_stray_quotes_take_linear_time(write: Write, line: str) -> None:
    def read_table(lines: int) -> None:
        path = write("a.csv", f"id,judul,isi\n1,A,satu\n2,B,dua\n{line}\n".encode() + f"{line}\n".encode() * lines)
        assert texts(path)[:2] == ["satu", "dua"]

    assert_linear(read_table, 1_000)


def test_too_long_a_line_of_a_table_costs_itself_only(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_RECORD", 100)
    assert texts(write("a.csv", b"text\nsatu\n%s\ntiga\n" % (b"a" * 200))) == ["satu", "too_large", "tiga"]


def test_any_fault_of_a_record_costs_that_record(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    read_date = dates.read

    def faulty(text: str, **options: object) -> dates.Reading:
        if text == "rusak":
            raise KeyError(text)
        return read_date(text, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(dates, "read", faulty)
    days = ("2026-03-02", "rusak", "2026-03-03")
    lines = [json.dumps({"date": day, "text": "isi"}) for day in days]
    rows = ["date,text", *(f"{day},isi" for day in days)]
    for name, data in (("a.jsonl", "\n".join(lines)), ("a.json", f"[{','.join(lines)}]"), ("a.csv", "\n".join(rows))):
        assert texts(write(name, data.encode())) == ["isi", "internal_error", "isi"]


def test_a_fault_between_records_keeps_those_before(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = source.Source.lines

    def faulty(self: source.Source) -> Iterator[tuple[int, bytes | None]]:
        for number, line in lines(self):
            if number == 2:
                raise RuntimeError("rusak")
            yield number, line

    path = write("a.jsonl", b'{"text": "satu"}\n{"text": "dua"}\n')
    monkeypatch.setattr("warta.readers.jsonl.fields.month_first", lambda _: False)
    monkeypatch.setattr(source.Source, "lines", faulty)
    assert texts(path) == ["satu", "internal_error"]
