"""The shared cases made after public bug reports of this trade, each with the outcome that its MANIFEST names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from conftest import ingest
from warehouse.db import reader
from warehouse.home import Home
from warta import chain
from warta.readers.files import read
from warta.records import Article, Document, RawDocument, Rejection
from warta.text.clean import to_article

CASES = Path(os.environ.get("WARTA_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "cases"
pytestmark = pytest.mark.skipif(not (CASES / "MANIFEST.tsv").exists(), reason="needs the cases, which are not shipped")

_TAG = re.compile(r"</?[a-z]+\b[^>]*>")


def found(name: str) -> list[RawDocument | Rejection]:
    return list(read(CASES / name, name))


def articles(name: str) -> Iterator[Article]:
    for raw in found(name):
        assert isinstance(raw, RawDocument), raw
        article = to_article(raw)
        assert isinstance(article, Article), article
        assert not _TAG.search(article.text), article.text
        yield article


def only(name: str) -> Article:
    (article,) = articles(name)
    return article


def annotated(name: str) -> Document:
    return chain.annotate_article(only(name))


def lines(name: str) -> list[str]:
    return only(name).text.split("\n")


def quotes(name: str) -> list[tuple[str | None, str]]:
    return [(quote.speaker_name, quote.kind) for quote in annotated(name).quotes]


def names(document: Document, kind: str) -> set[str]:
    return {entity.name for entity in document.entities if entity.type == kind}


def utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).strftime("%m-%d %H:%M") if moment else None


# Pages


def test_r01_items_of_a_list_are_lines_in_their_place() -> None:
    said = lines("R01/daftar.html")
    assert len(said) == 10
    assert [line.split()[0] for line in said[3:9]] == ["Selama", "Kendaraan", "Truk", "Angkutan", "Ambulans", "Warga"]


def test_r02_tables() -> None:
    assert len(lines("R02/tata_letak.html")) == 5
    said = lines("R02/tabel_data.html")
    assert len([line for line in said if line.endswith((".", '"'))]) == 5
    assert not any("Pasar Maja" in line and "Rangkasbitung" in line for line in said)


def test_r03_an_index_is_no_article() -> None:
    (rejected,) = found("R03/indeks.html")
    assert isinstance(rejected, Rejection) and rejected.reason == "no_text"


@pytest.mark.parametrize("name", ["R07/satu_bita.txt", "R07/satu_bita.html", "R07/satu_bita.json"])
def test_r07_a_stray_byte(name: str) -> None:
    document = annotated(name)
    assert document.article.text.count("“") == 1 and document.article.text.count("Zoë") == 2
    assert "Rp 95.000" in document.article.text
    assert [quote.speaker_name for quote in document.quotes if quote.kind == "direct"] == ["Zoë Larasati"]


@pytest.mark.parametrize("name", ["diperbarui", "terkini_dulu"])
def test_r08_the_own_time_of_an_article(name: str) -> None:
    assert utc(only(f"R08/{name}.html").published_at) == "10-07 02:00"


@pytest.mark.parametrize("name", ["dc_date", "lain", "terlihat"])
def test_r09_dates_elsewhere(name: str) -> None:
    assert only(f"R09/{name}.html").published_date == date(2025, 10, 7)


@pytest.mark.parametrize("name", ["larik", "graf", "larik_graf", "utama", "terkait"])
def test_r10_json_ld(name: str) -> None:
    article = only(f"R10/{name}.html")
    assert (article.title, article.author) == ("Jembatan Cibereum ditutup", "Rina Kusuma, Yusuf Hadi")
    assert (utc(article.published_at), article.category) == ("10-07 02:00", "Daerah")


@pytest.mark.parametrize("name", ["R25/berbayar.html", "R25/berbayar.json"])
def test_r25_notices_of_payment(name: str) -> None:
    document = annotated(name)
    assert len(document.article.text.split("\n")) == 3
    assert "angganan" not in document.article.text
    assert not [amount for amount in document.amounts if amount.value == 25_000]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_r28_comments_of_readers(number: int) -> None:
    said = lines(f"R28/komentar{number}.html")
    assert len(said) == 5
    assert not re.search("korup|makan uang|budi99", "\n".join(said))


@pytest.mark.parametrize("name", ["R36/sisipan.html", "R36/sisipan.jsonl"])
def test_r36_pointers_to_other_articles(name: str) -> None:
    said = lines(name)
    assert len([line for line in said if line.endswith(".")]) == 5
    assert not re.search("Gempa Guncang|Jalan Rusak|Dewi Setiani|Persilebak|Menarik", "\n".join(said))
    assert name.endswith(".jsonl") or "Harga Cabai" not in "\n".join(said)


# Dates


def test_r12_zones() -> None:
    moments = [utc(article.published_at) for article in articles("R12/zona.rss")]
    expected = [
        "10-08 01:30",
        "10-08 00:30",
        "10-07 20:30",
        "10-06 16:30",
        "10-06 15:30",
        "10-07 18:30",
        *["10-07 13:30"] * 2,
    ]
    assert moments == expected


def test_r14_months() -> None:
    days = [str(article.published_date) for article in articles("R14/bulan.csv")]
    assert days == [
        "2019-11-06", "2021-08-03", "2021-08-17", "2020-02-12", "2020-03-05", "2018-03-18", "2025-10-08", "2024-09-01",
    ]  # fmt: skip


def test_r34_default_days_are_none() -> None:
    documents = [document for document in found("R34/tanggal.jsonl") if isinstance(document, RawDocument)]
    assert [document.published is not None for document in documents] == [False] * 6 + [True]
    problems = [(document.date_problem or "").split(":")[0] for document in documents]
    assert problems == ["future_date", *["default_date"] * 5, ""]
    for document in documents[:-1]:
        article = to_article(document)
        assert isinstance(article, Article)
        assert not [time for time in chain.annotate_article(article).times if time.value[:4] in ("2048", "1969")]


def test_x04_machine_dates() -> None:
    article = only("X04/mongo.json")
    assert (article.external_id, article.published_date) == ("68e4a1", date(2025, 10, 7))
    assert {article.published_date for article in articles("X04/ringkas.jsonl")} == {date(2025, 10, 7)}


@pytest.mark.parametrize("name", ["X13/historis.txt", "X13/rencana.txt"])
def test_x13_the_day_of_a_plain_text(name: str) -> None:
    document = annotated(name)
    assert document.article.published_date == date(2025, 10, 7)
    if "historis" in name:
        assert "2025-W42" in [time.value for time in document.times]


# Feeds and exports


def test_r35_feeds_that_were_escaped_twice() -> None:
    first, second, third, fourth = found("R35/ganda.rss")
    assert isinstance(first, RawDocument) and isinstance(second, RawDocument) and isinstance(fourth, RawDocument)
    assert first.title == 'Bupati "Lebak" tinjau & tutup jembatan'
    assert [len(document.text.split("\n")) for document in (first, second, fourth)] == [3, 3, 5]
    assert not any(_TAG.search(document.text) for document in (first, second, fourth))
    assert isinstance(third, Rejection)


def test_x01_wrapped_text() -> None:
    document = annotated("X01/terlipat.txt")
    assert len(document.article.text.split("\n")) == 5
    (quote,) = [quote for quote in document.quotes if quote.kind == "direct"]
    assert quote.text.rstrip(",") == "Kami tidak mau mengambil risiko, keselamatan warga lebih utama"


@pytest.mark.parametrize("name", ["X02/wordpress.json", "X02/html_di_kolom.csv", "X02/html_di_jsonl.jsonl"])
def test_x02_html_in_a_text_field(name: str) -> None:
    article = only(name)
    assert len(article.text.split("\n")) == 5
    assert "var a" not in article.text and "Gempa" not in article.text
    assert "wordpress" not in name or article.title == "Jembatan “Cibereum” ditutup"


def test_x03_names_without_a_known_ending() -> None:
    assert len(list(articles("X03/berita.jl"))) == 2
    for name in ("X03/read/12345-jembatan-ditutup", "X03/index.php?id=7"):
        assert len(lines(name)) == 5


def test_x08_line_ends_and_invisible_marks() -> None:
    assert len(lines("X08/cr.txt")) == len(lines("X08/literal.csv")) == 5
    assert "\\n" not in only("X08/literal.csv").text
    document = annotated("X08/tak_tampak.json")
    assert "Hasanah Pratiwi" in names(document, "PER")
    assert len(document.quotes) == 2
    assert document.article.text.split("\n")[-1] == "Selesai."
    for mention in document.mentions:
        assert document.article.text[mention.start : mention.end] == mention.text


def test_x16_what_is_hardly_json() -> None:
    assert [article.author for article in articles("X16/nan.json")] == ["Rina", None, None]
    assert [article.author for article in articles("X16/nan.jsonl")] == ["Rina", None, None]
    assert len(list(articles("X16/bertumpuk.json"))) == 3
    assert len(list(articles("X16/dua_bom.jsonl"))) == 2


@pytest.mark.parametrize(("name", "count", "paragraphs"), [
    ("newsplease", 1, 5), ("jsonfeed", 2, 5), ("fundus", 1, 5), ("readability", 1, 5),
])  # fmt: skip
def test_x20_exports(name: str, count: int, paragraphs: int) -> None:
    found = list(articles(f"X20/{name}.json"))
    assert [len(article.text.split("\n")) for article in found] == [paragraphs] * count
    assert {article.published_date for article in found} == {date(2025, 10, 7)}
    assert found[0].author == "Rina Kusuma"


def test_x20_a_text_that_a_service_cut() -> None:
    (document,) = found("X20/newsapi.json")
    assert isinstance(document, RawDocument) and document.rest == "[+2345 chars]"
    assert "2345" not in document.text
    assert not annotated("X20/newsapi.json").amounts


# Names, quotes, amounts


@pytest.mark.xfail(reason="quotes behind a dash, and behind a colon with the speaker in front", strict=True)
def test_r18_quotes_without_a_verb() -> None:
    speakers = [speaker for speaker, kind in quotes("R18/atribusi.json") if kind == "direct"]
    assert speakers == ["Geraldine Starsono", "Nurlela Sopian", "Sari Melati"]


def test_r20_quotes_that_a_sentence_announces() -> None:
    speakers = [speaker for speaker, kind in quotes("R20/tanpa_verba.json") if kind == "direct"]
    assert speakers == ["Siti Aminah", "Rudi Hartawan"]


def test_r21_quote_marks() -> None:
    said = [(speaker, kind) for speaker, kind in quotes("R21/tanda.json") if kind == "direct"]
    assert [speaker for speaker, _ in said] == [*["Hasanah Pratiwi"] * 3, "Ma’ruf Abdillah", "Mu’ti Rahman"]


@pytest.mark.xfail(reason="names with an apostrophe", strict=True)
def test_x10_titles_and_degrees() -> None:
    document = annotated("X10/gelar.json")
    people = names(document, "PER")
    expected = {
        "Ma’ruf Amin",
        "Abdul Mu’ti",
        "Herfio Zaki",
        "Abdul Somad",
        "I Gusti Agung Ayu Made Hendra",
        "D'Angelo O'Neil",
    }
    assert expected <= people
    assert people & {"Siti Nurjanah binti H. Sulaeman", "Siti Nurjanah"}
    assert len(document.sentences) == 8


@pytest.mark.xfail(reason="a place in front of a name", strict=True)
def test_x19_places_and_people() -> None:
    document = annotated("X19/tempat_nama.json")
    expected = {"Siti Aminah", "Asep Saepudin", "Dede Suherman", "Rahmat Hidayat", "Hasanah", "Dewi Setiani"}
    assert expected <= names(document, "PER")
    assert "Maja" not in names(document, "PER")


@pytest.mark.xfail(reason="the scale of a range", strict=True)
def test_x22_ranges() -> None:
    values = [amount.value for amount in annotated("X22/rentang.json").amounts]
    for value in (1e7, 2e9, 1.5e12, 5_000, 3e9, 2e6, 1e6, 5e6, 5e5, 1.5e6, 1.25e6, 14_000):
        assert value in values


# Saved pages

PAGES = CASES.parent / "corpora" / "html"
# The day of each article, by a part of its file's name that is its own.
DAYS = {
    "antara-singlepage2": "2016-02-23",
    "antara-singlepage4": "2016-02-23",
    "detik-singlepage2": "2016-02-23",
    "kapanlagi-singlepage.": "2015-11-05",
    "kapanlagi-singlepage3": "2016-02-23",
    "kompas-singlepage.": "2015-11-04",
    "kompas-singlepage3": "2016-02-16",
    "kompas-singlepage5": "2016-02-23",
    "liputan6-singlepage.": "2016-02-16",
    "liputan6-singlepage3": "2016-02-16",
    "okezone": "2015-11-05",
    "republika-singlepage2": "2016-02-23",
    "top-frame_foto": "2021-04-26",
    "top-frame_v2": "2021-04-26",
    "v2_fimela": "2020-06-02",
    "v2_w-fimela": "2020-06-03",
}


@pytest.mark.parametrize("line", (PAGES / "INDEX.tsv").read_text().splitlines()[1:] if PAGES.exists() else [])
def test_saved_pages(line: str) -> None:
    name, expected, title = line.split("\t")
    documents = list(read(PAGES / name, name))
    if expected.startswith("rejected"):
        assert {getattr(document, "reason", None) for document in documents} == {"no_text"}
        return
    (document,) = documents
    assert isinstance(document, RawDocument), document
    article = to_article(document)
    assert isinstance(article, Article)
    assert str(article.published_date) == next(day for part, day in DAYS.items() if part in name)
    assert (
        article.title
        and article.title in title.replace("&quot;", '"')
        and not article.title.endswith((".com", "Online"))
    )
    assert not re.search(r"Baca Juga|WIB$|\bkomentar\b|Copyright|<\w+>", article.text, re.MULTILINE)


def published(home: Path, case: str, query: str) -> list[tuple[Any, ...]]:
    """What a question finds after a run over the files of a case."""
    ingest(home, CASES / case)
    with reader(Home(home).published) as connection:
        return connection.execute(query).fetchall()


def test_r17_versions_of_an_article(tmp_path: Path) -> None:
    """The later one names the first, and a quote of both counts once."""
    query = """
        SELECT right(source_uri, 11), version_of IS NOT NULL, near_duplicate_of IS NOT NULL, is_latest,
            (SELECT count(*) - count(DISTINCT quote) FROM mart_quotes)
        FROM articles ORDER BY source_uri
    """
    assert published(tmp_path, "R17", query) == [
        ("versi1.json", False, False, False, 0),
        ("versi2.json", True, True, True, 0),
    ]


def test_x06_a_text_in_three_outlets(tmp_path: Path) -> None:
    query = """
        SELECT p.outlet, p.url, p.published_at::VARCHAR, (SELECT count(*) FROM articles)
        FROM publications p ORDER BY p.published_at
    """
    assert published(tmp_path, "X06", query) == [
        ("kantor-berita.example", "https://kantor-berita.example/1", "2025-10-07 09:00:00+07", 1),
        ("koran-kedua.example", "https://koran-kedua.example/9", "2025-10-07 11:30:00+07", 1),
        ("portal-ketiga.example", "https://portal-ketiga.example/5", "2025-10-08 06:00:00+07", 1),
    ]


def test_every_line_of_the_manifest_is_covered() -> None:
    named = {line.split("\t")[0].split("/")[0] for line in (CASES / "MANIFEST.tsv").read_text().splitlines()[1:]}
    tested = {word.split("_")[1].upper() for word in globals() if re.match(r"test_[rx]\d\d_", word)}
    assert named <= tested
