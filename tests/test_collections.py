"""Files that hold many articles in a wrapping of their own: feeds, web archives, Parquet tables."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from warta.readers import source, warc
from warta.readers.files import read
from warta.records import RawDocument, Rejection

WIB = timezone(timedelta(hours=7))


def outcomes(path: Path, data: bytes) -> list[str]:
    """The texts of the documents in a file with this content, the reasons of the rejections."""
    path.write_bytes(data)
    return [found.text if isinstance(found, RawDocument) else found.reason for found in read(path, "uri")]


ITEM = """<item><title>Pasar &amp;amp; Kios</title><link>https://kabar.example/1</link><guid>k1</guid>
<pubDate>Mon, 02 Mar 2026 08:00:00 +0700</pubDate><category>Ekonomi</category><description>Cuplikan.</description>
<content:encoded><![CDATA[<p>Hujan <b>turun</b>.</p><script>x()</script><p>Jalan<br>licin.</p>]]></content:encoded>
</item>"""
RSS = (
    '<?xml version="1.0" encoding="{}"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<channel><title>Kabar</title>{}</channel></rss>"
)
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Kabar</title><entry><id>k1</id><title>A</title>
<updated>2026-03-02T01:00:00Z</updated><content type="html">&lt;p&gt;satu&lt;/p&gt;</content></entry>
<entry><id>k2</id><title>B</title><summary>Cuplikan.</summary></entry></feed>"""
POSITION = "<gml:pos xmlns:gml='http://www.opengis.net/gml'>1 2</gml:pos>"  # of nothing
BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel><item>&b;</item></channel></rss>'
)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.xml", RSS.format("utf-8", ITEM), ["Hujan turun.\nJalan\nlicin."]),
        ("a.rss", RSS.format("utf-16", ITEM), ["Hujan turun.\nJalan\nlicin."]),  # what it names is not what it has
        ("a.txt", RSS.format("utf-8", ITEM), ["Hujan turun.\nJalan\nlicin."]),  # the content decides
        ("a.atom", ATOM, ["satu", "no_text"]),  # a summary is no article
        ("a.xml", RSS.format("utf-8", ""), ["empty"]),
        ("a.xml", RSS.format("utf-8", ITEM * 2)[:-99], ["Hujan turun.\nJalan\nlicin.", "truncated"]),
        ("a.xml", RSS.format("utf-8", ITEM + "<b>"), ["Hujan turun.\nJalan\nlicin."]),  # broken, as feeds often are
        ("a.xml", '<?xml version="1.0"?>', ["unknown_file_type"]),
        ("a.xml", RSS.format("utf-8", ITEM).replace("purl.org/", "purl.org/\xa0"), ["broken_xml"]),
        ("a.xml", RSS.format("utf-8", f"<item>{POSITION}</item>"), ["broken_xml"]),
        ("a.xml", BOMB, ["unsafe_xml"]),
        ("a.xml", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel/></rss>', ["unsafe_xml"]),
        ("a.xml", "<urlset><url><loc>https://kabar.example</loc></url></urlset>", ["unknown_file_type"]),
        ("a.atom", ATOM.replace("satu", "&lt;div&gt;" * 300 + "satu"), ["html_too_deep", "no_text"]),
    ],
)
def test_feeds(tmp_path: Path, name: str, content: str, expected: list[str]) -> None:
    assert outcomes(tmp_path / name, content.encode()) == expected
    assert outcomes(tmp_path / f"{name}.gz", gzip.compress(content.encode())) == expected


def test_fields_of_an_entry(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(RSS.format("utf-8", ITEM))
    (found,) = read(tmp_path / "a.xml", "uri")
    assert isinstance(found, RawDocument)
    assert (found.external_id, found.title, found.category) == ("k1", "Pasar & Kios", "Ekonomi")
    assert (found.url, found.published) == ("https://kabar.example/1", datetime(2026, 3, 2, 8, tzinfo=WIB))


def record(kind: str, media_type: str, block: bytes) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://kabar.example/{kind}\r\n"
    return f"{head}Content-Type: {media_type}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def response(body: bytes, media_type: str = "text/html", status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", *headers, "", ""]
    return record("response", "application/http; msgtype=response", "\r\n".join(lines).encode() + body)


PARAGRAPH = "Wali Kota membuka pasar baru di tepi sungai pada Senin pagi, disaksikan ratusan pedagang {}."
PAGES = [
    f"<html><body><article><h1>Pasar</h1><p>{PARAGRAPH.format(n)}</p></article></body></html>".encode()
    for n in ("ikan", "sayur")
]
INFO = record("warcinfo", "application/warc-fields", b"software: x\r\n")
ARCHIVE = [INFO, *map(response, PAGES)]


@pytest.mark.parametrize(
    ("records", "said"),
    [
        (ARCHIVE, ["ikan", "sayur"]),
        ([response(gzip.compress(PAGES[0], mtime=0), "text/html", "200 OK", "Content-Encoding: gzip")], ["ikan"]),
        ([response(b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGES[0]), PAGES[0]), "text/html", "200 OK",
                   "Transfer-Encoding: chunked")], ["ikan"]),
        ([response(PAGES[0], status="404 Not Found"), response(PAGES[1])], ["sayur"]),
        ([response(b"\x89PNG", "image/png"), response(PAGES[1], "application/xhtml+xml; charset=utf-8")], ["sayur"]),
        ([record("conversion", "text/plain", PARAGRAPH.format("kopi").encode())], ["kopi"]),
        ([record("request", "application/http", b"GET / HTTP/1.1\r\n\r\n")], ["no_text"]),
    ],
)  # fmt: skip
def test_pages_of_an_archive(tmp_path: Path, records: list[bytes], said: list[str]) -> None:
    plain = outcomes(tmp_path / "a.warc", b"".join(records))
    packed = outcomes(tmp_path / "a.warc.gz", b"".join(map(gzip.compress, records)))
    assert plain == packed
    assert [word in text for text, word in zip(plain, said, strict=True)] == [True] * len(said)


def test_a_page_without_address_has_that_of_its_record(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(response(PAGES[0]))
    (found,) = read(tmp_path / "a.warc", "uri")
    assert isinstance(found, RawDocument)
    assert (found.url, found.locator) == ("https://kabar.example/response", "byte 0")


@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_archive_is_never_a_shorter_good_one(tmp_path: Path, packed: bool) -> None:
    parts = [gzip.compress(part) if packed else part for part in ARCHIVE]
    whole, ends = b"".join(parts), {sum(map(len, parts[: n + 1])) for n in range(len(parts))}
    pages = outcomes(tmp_path / "a.warc", whole)
    for cut in {*range(len(parts[0]) + 1, len(whole), 11), *ends} - {len(parts[0])}:
        found = outcomes(tmp_path / "a.warc", whole[:cut])
        good = found if cut in ends else found[:-1]
        assert good == pages[: len(good)] and len(good) >= sum(end <= cut for end in ends) - 1, cut
        assert (found[-1] == "truncated") == (cut not in ends), cut


@pytest.mark.parametrize(
    ("tail", "reason"),
    [
        (ARCHIVE[1][:-2], "truncated"),
        (ARCHIVE[1][:-4] + b"ekor", "broken_warc"),
        (b"ekor" * 20_000, "broken_warc"),
        (ARCHIVE[1].replace(b"Content-Length", b"Panjang"), "broken_warc"),
        (ARCHIVE[1].replace(b"Content-Length: ", b"Content-Length: 9"), "truncated"),
    ],
)
def test_what_follows_the_last_good_record_is_rejected_with_its_place(tmp_path: Path, tail: bytes, reason: str) -> None:
    (tmp_path / "a.warc").write_bytes(ARCHIVE[1] + tail)
    first, last = read(tmp_path / "a.warc", "uri")
    assert isinstance(first, RawDocument) and isinstance(last, Rejection)
    assert (last.reason, last.locator) == (reason, f"from byte {len(ARCHIVE[1])}")


def test_too_large_a_record_costs_itself_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAX_RECORD", 1_000)
    data = response(b"a" * 100_000) + response(PAGES[0])
    large, good = outcomes(tmp_path / "a.warc", data)
    assert large == "too_large" and "ikan" in good


def test_a_page_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" * (20 << 20))
    assert outcomes(tmp_path / "a.warc", response(bomb, "text/html", "200 OK", "Content-Encoding: gzip")) == [
        "too_large"
    ]


def table(path: Path, **columns: list) -> Path:
    parquet.write_table(pa.table(columns), path, row_group_size=2, compression="none")
    return path


def test_rows_of_a_table(tmp_path: Path) -> None:
    path = table(
        tmp_path / "a.parquet",
        ID=[7, 8, 9],
        judul=["A", None, "C"],
        isi_berita=["satu", b"dua \xe9".decode("cp1252"), None],
        tanggal=[datetime(2026, 3, 2, 1, tzinfo=UTC), None, None],
        x=[[1], [2], [3]],
    )
    first, second, third = read(path, "uri")
    assert isinstance(first, RawDocument) and isinstance(second, RawDocument) and isinstance(third, Rejection)
    assert (first.external_id, first.title, first.text, first.locator) == ("7", "A", "satu", "row 1")
    assert first.published == datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert (second.text, second.title, second.published) == ("dua é", None, None)
    assert (third.reason, third.external_id) == ("no_text", "9")


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"text": [b"satu", b"dua \xe9"]}, ["satu", "dua é"]),  # writers that name no encoding
        ({"text": [["Satu.", "Dua."]]}, ["Satu.\nDua."]),
        ({"text": ["satu"], "date": [date(2026, 3, 2)]}, ["satu"]),
        ({"text": ["satu", "dua"], "date": pa.array([2**62, 0], pa.timestamp("ms"))}, ["satu", "dua"]),  # after 9999
        ({"text": ["satu"], "date": pa.array([0], pa.timestamp("s", tz="Mars/Olympus"))}, ["satu"]),
        ({"text": pa.array([], pa.string())}, ["empty"]),
        ({"nama": ["satu"]}, ["no_text_column"]),
    ],
)
def test_columns_of_a_table(tmp_path: Path, columns: dict[str, list], expected: list[str]) -> None:
    data = table(tmp_path / "made.parquet", **columns).read_bytes()
    assert outcomes(tmp_path / "a.parquet", data) == expected
    assert outcomes(tmp_path / "a.txt", data) == expected  # the content decides


def test_the_order_of_day_and_month_belongs_to_the_column(tmp_path: Path) -> None:
    path = table(tmp_path / "a.parquet", date=["05/03/2026", "05/30/2026"], text=["satu", "dua"])
    assert [f.published for f in read(path, "uri") if isinstance(f, RawDocument)] == [
        datetime(2026, 5, 3),
        datetime(2026, 5, 30),
    ]


def test_damage_inside_a_table_costs_the_rows_after_it(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    texts = pa.table({"text": [f"berita {n}" for n in range(1_000)]})
    parquet.write_table(texts, path, row_group_size=500, compression="none", write_page_checksum=True)
    data = bytearray(path.read_bytes())
    data[data.index(b"berita 900")] ^= 1
    found = outcomes(path, bytes(data))
    assert found[0] == "berita 0" and found[-1] == "broken_parquet" and len(found) > 250


def test_a_cut_table_is_refused(tmp_path: Path) -> None:
    data = table(tmp_path / "a.parquet", text=["satu", "dua", "tiga"]).read_bytes()
    for cut in range(8, len(data), 50):
        assert outcomes(tmp_path / "a.parquet", data[:cut]) == ["broken_parquet"]


def test_limits_of_a_line_do_not_bind_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_RECORD", 1_000)
    assert len(outcomes(tmp_path / "a.warc", b"".join(ARCHIVE * 20))) == 40


def item(text: str, title: str = "A", key: str = "k") -> str:
    return (
        f"<item><title>{title}</title><guid>{key}</guid>"
        f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>"
    )


@pytest.mark.parametrize(
    "reference", ["&#99999999999;", "&#x110000;", "&#xD800;", "&#0;", "&#xFFFFFFFFFFFFFFFFFFFF;", "&#99999999999 x"]
)
def test_impossible_characters_of_a_feed_cost_nothing(tmp_path: Path, reference: str) -> None:
    for bad in (item("dua", title=f"B {reference}"), item(f"dua {reference}"), item("dua", key=reference)):
        found = outcomes(tmp_path / "a.xml", RSS.format("utf-8", item("satu") + bad + item("tiga")).encode())
        assert found[0] == "satu" and found[1].startswith("dua") and found[2] == "tiga"


def test_a_bad_entry_of_a_feed_costs_itself_only(tmp_path: Path) -> None:
    twice = "&amp;#99999999999;"  # a reference once it is unpacked
    for bad in (f"<item>{POSITION}</item>", item("dua", title=f"B {twice}")):
        found = outcomes(tmp_path / "a.xml", RSS.format("utf-8", item("satu") + bad + item("tiga")).encode())
        assert [found[0], found[-1], len(found)] == ["satu", "tiga", 3]
    deep = "&lt;i&gt;" * 400
    found = outcomes(tmp_path / "a.xml", RSS.format("utf-8", item("satu") + item("dua", title=deep)).encode())
    assert found == ["satu", "html_too_deep"]


def linked_data(author: str) -> bytes:
    script = f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {author}}}</script>'
    return PAGES[0].replace(b"<body>", script.encode() + b"<body>")


@pytest.mark.parametrize("levels", [100, 700, 990, 5_000])
def test_a_bad_page_of_an_archive_costs_itself_only(tmp_path: Path, levels: int) -> None:
    for deep in ("[" * levels + '"x"' + "]" * levels, '{"a":' * levels + '"x"' + "}" * levels):
        first, bad, last = outcomes(
            tmp_path / "a.warc", b"".join(map(response, [PAGES[0], linked_data(deep), PAGES[1]]))
        )
        assert "ikan" in first and "sayur" in last
        assert bad == "too_deep" or "ikan" in bad


def test_half_a_surrogate_pair_in_linked_data_is_mended(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(linked_data(r'"Rini \ud800 \ud83d\ude00"'))
    (found,) = read(tmp_path / "a.html", "uri")
    assert isinstance(found, RawDocument) and found.author == "Rini \ufffd \U0001f600"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://kabar.example/a", 2),
        ("<http://kabar.example/a>", 2),
        ("metadata://gnu.org/software/wget/warc/wget.log", 1),
        ("urn:x", 1),
        ("file:///a.txt", 1),
    ],
)
def test_what_an_archiver_wrote_about_its_work_is_no_article(tmp_path: Path, address: str, expected: int) -> None:
    log = record("resource", "text/plain", b"Membuka berkas. Menyimpan halaman.")
    log = log.replace(b"https://kabar.example/resource", address.encode())
    assert len(outcomes(tmp_path / "a.warc", log + response(PAGES[0]))) == expected


def test_damage_inside_a_row_group_leaves_the_other_groups(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    texts = pa.table({"text": [f"berita {n:04}" for n in range(900)]})
    parquet.write_table(
        texts, path, row_group_size=300, compression="none", write_page_checksum=True, use_dictionary=False
    )
    data = bytearray(path.read_bytes())
    data[data.index(b"berita 0400")] ^= 1
    path.write_bytes(bytes(data))
    found = list(read(path, "uri"))
    (bad,) = [f for f in found if isinstance(f, Rejection)]
    assert (bad.reason, bad.locator) == ("broken_parquet", "rows 301 to 600")
    assert [f.locator for f in found if isinstance(f, RawDocument)] == [
        f"row {n}" for n in (*range(1, 301), *range(601, 901))
    ]


def test_a_text_of_a_table_that_is_no_utf_8_costs_its_row(tmp_path: Path) -> None:
    offsets = pa.array([0, 4, 8, 12], pa.int32()).buffers()[1]
    broken = pa.Array.from_buffers(pa.string(), 3, [None, offsets, pa.py_buffer(b"satu\xe9\xff\xe9\xfftiga")])
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"text": broken}), path)
    assert [f.text if isinstance(f, RawDocument) else f.reason for f in read(path, "uri")] == [
        "satu",
        "broken_parquet",
        "tiga",
    ]


def test_columns_of_one_name(tmp_path: Path) -> None:
    columns = [pa.array(["satu", "", "tiga"]), pa.array([None, "dua", "lain"])]
    parquet.write_table(pa.Table.from_arrays(columns, names=["text", "text"]), tmp_path / "a.parquet")
    assert outcomes(tmp_path / "b.parquet", (tmp_path / "a.parquet").read_bytes()) == ["satu", "dua", "ambiguous_text"]
