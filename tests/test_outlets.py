"""One name for an outlet, whatever tells it: fields of every format, addresses, options, folders, datelines."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import warta
from pipeline.outlets import OutletRules
from warta.lang import load
from warta.records import Article, RawDocument
from warta.text import outlets
from warta.text.clean import to_article
from warta.text.outlets import Given, named

TEXT = "Hujan turun sejak pagi di lereng gunung. Warga diminta waspada."
HOSTS = (("jabar.kabar.id", "Kabar Jabar"), ("kabar.id", "Harian Kabar"), ("detik.com", "Detik"))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Kompas.com", ["https://www.kompas.com", "http://kompas.com/", "kompas.com", "KOMPAS.COM", "Kompas.com",
                        "www.kompas.com/tren", "regional.kompas.com", "https://regional.kompas.com/read/2025/x"]),
        ("detikcom", ["detik", "Detik", "DETIK.COM", "detik com", "detikcom", "news.detik.com", "detikNews"]),
        ("CNN Indonesia", ["cnnindonesia", "CNN  Indonesia", "cnn-indonesia", "cnn_indonesia.com", "CNN"]),
        ("ANTARA", ["antara", "Antara News", "antaranews", "lampung.antaranews.com", "ANTARA News Lampung",
                    "LKBN Antara"]),
        ("Tempo", ["tempo", "TEMPO.CO", "Koran Tempo", "tempo.co"]),
        ("Republika", ["republika.co.id", "REPUBLIKA", "Republika Online"]),
        ("Liputan6", ["Liputan 6", "liputan6.com"]),
        ("Kompas", ["Kompas", "Harian Kompas", "kompas.id"]),
        ("Suara Surabaya", ["Suara Surabaya"]),  # is not Suara.com
        ("kabar.co.id", ["https://m.kabar.co.id/rss", "KABAR.CO.ID", "Kabar.co.id"]),
        ("Kabar Nusa", ["Kabar Nusa", " Kabar\n Nusa "]),
    ],
)  # fmt: skip
def test_one_name_however_it_is_written(name: str, written: list[str]) -> None:
    assert {way: named(way) for way in written} == dict.fromkeys(written, name)


def test_names_are_their_own_names() -> None:
    listed = load("id", "outlets")
    assert {name: named(name) for name in listed["names"].values()} == {n: n for n in listed["names"].values()}
    assert {domain: named(domain) for domain in listed["names"]} == listed["names"]
    for part in ("written", "spoken"):
        assert set(listed[part].values()) <= set(listed["names"].values())


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("jabar.kabar.id", "Kabar Jabar"),
        ("https://www.kabar.id/x", "Harian Kabar"),
        ("harian kabar", "Harian Kabar"),
        ("detikcom", "Detik"),  # our own name for a host that the home calls otherwise
        ("detikNews", "Detik"),
        ("news.detik.com", "Detik"),
        ("kompas.com", "Kompas.com"),
    ],
)
def test_a_home_names_hosts(written: str, name: str) -> None:
    assert named(written, HOSTS) == name


# Fields


def json_file(folder: Path, record: dict[str, Any]) -> Path:
    path = folder / "a.json"
    path.write_text(json.dumps(record))
    return path


def jsonl_file(folder: Path, record: dict[str, Any]) -> Path:
    path = folder / "a.jsonl"
    path.write_text(json.dumps(record) + "\n")
    return path


def csv_file(folder: Path, record: dict[str, Any]) -> Path:
    path = folder / "a.csv"
    pl.DataFrame([record]).write_csv(path)
    return path


def parquet_file(folder: Path, record: dict[str, Any]) -> Path:
    path = folder / "a.parquet"
    pl.DataFrame([record]).write_parquet(path)
    return path


def text_file(folder: Path, record: dict[str, Any]) -> Path:
    path = folder / "a.txt"
    above = [f"{name}: {value}" for name, value in record.items() if name != "isi"]
    path.write_text("\n".join([*above, "", record["isi"]]))
    return path


def article(path: Path, **options: str) -> Article:
    (found,) = warta.read(path, **options)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("write", [json_file, jsonl_file, csv_file, parquet_file, text_file])
@pytest.mark.parametrize(
    "field",
    ["outlet", "Media", "nama_media", "SUMBER", "source", "source_name", "site", "site_name", "publisher", "portal"],
)
def test_names_of_the_field(tmp_path: Path, write: Callable[[Path, dict[str, Any]], Path], field: str) -> None:
    assert article(write(tmp_path, {field: "Kabar Nusa", "isi": TEXT})).outlet == "Kabar Nusa"


@pytest.mark.parametrize(
    ("record", "outlet"),
    [
        ({"source": {"id": "kompas", "name": "KOMPAS.com"}}, "Kompas.com"),
        ({"publisher": {"@type": "Organization", "name": "detik.com"}}, "detikcom"),
        ({"source": {"href": "https://www.tempo.co", "title": "Tempo"}}, "Tempo"),
        ({"source": {"url": "https://www.tempo.co"}}, "Tempo"),
        ({"source": "https://kabar.id/2025/x", "sitename": "Harian Kabar"}, "Harian Kabar"),
        ({"source": "https://www.detik.com/jabar/d-1"}, "detikcom"),
        ({"outlet": "https://kabar.id", "publisher": "Grup Kabar"}, "kabar.id"),
        ({"source": "rss", "media": "Kabar Nusa"}, "Kabar Nusa"),
        ({"site_name": "Kabar Nusa - Berita Terkini Hari Ini"}, "Kabar Nusa"),
        ({"site_name": "Berita Terkini | Kabar Nusa"}, "Kabar Nusa"),
        ({"site_name": "Media Indonesia"}, "Media Indonesia"),
        ({"source_url": "https://www.kompas.com"}, "Kompas.com"),  # the address of the site, as newspaper has it
        ({"source": "data/kompas/2025.csv"}, None),
        ({"source": "kompas.csv"}, None),
        ({"source": "crawl/2025"}, None),
        ({"source": "RSS feed"}, None),
        ({"source": 17}, None),
        ({"source": "2025-10-07"}, None),
        ({"source": "9f86d081884c7d659a2feaa0c55ad015"}, None),
        ({"source": "redaksi@kabar.example"}, None),
        ({"source": "@kabarnusa"}, None),
        ({"publisher": "PT Kabar Nusa Media"}, None),
        ({"sumber": "Keterangan pers yang dibagikan kepada wartawan di balai kota pada hari Senin"}, None),
        ({"media": [{"title": "Foto banjir", "url": "https://kabar.example/1.jpg"}]}, None),
        ({"source": "x" * 20_000}, None),  # is no reason to reject the article
        ({"outlet": "null"}, None),
        ({"outlet": ""}, None),
    ],
)
def test_what_stands_in_the_field(tmp_path: Path, record: dict[str, Any], outlet: str | None) -> None:
    assert article(json_file(tmp_path, {**record, "isi": TEXT})).outlet == outlet


PAGE = """<!DOCTYPE html><html><head><title>Pasar Baru Dibuka</title>{}</head><body><article><h1>Pasar Baru Dibuka</h1>
<p>Wali Kota membuka pasar baru di tepi sungai pada Senin pagi, disaksikan ratusan pedagang.</p>
<p>Para pedagang mulai menempati kios mereka sejak subuh dan berharap pembeli segera datang.</p>
</article></body></html>"""
SITE = '<meta property="og:site_name" content="{}">'
PUBLISHER = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "Kabar'
    ' Nusa"}}</script>'
)
ADDRESS = '<link rel="canonical" href="https://{}/1">'


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        (SITE.format("Kabar Nusa"), "Kabar Nusa"),
        (PUBLISHER, "Kabar Nusa"),
        (SITE.format("Berita") + PUBLISHER, "Kabar Nusa"),
        (SITE.format("KOMPAS.com"), "Kompas.com"),
        (SITE.format("detiknews") + ADDRESS.format("news.detik.com"), "detikcom"),
        (SITE.format("Harian Lain") + ADDRESS.format("www.tempo.co"), "Tempo"),  # a known host goes before
        (SITE.format("Kabar Nusa") + ADDRESS.format("kabarnusa.example"), "Kabar Nusa"),
        (ADDRESS.format("www.kabarnusa.example"), "kabarnusa.example"),
        ("", None),
    ],
)
def test_pages(tmp_path: Path, head: str, outlet: str | None) -> None:
    (tmp_path / "a.html").write_text(PAGE.format(head))
    assert article(tmp_path / "a.html").outlet == outlet
    assert article(json_file(tmp_path, {"html": PAGE.format(head)})).outlet == outlet


@pytest.mark.parametrize(
    ("channel", "item", "outlet"),
    [
        ("<title>Kabar Nusa</title>", "", "Kabar Nusa"),
        ("<title>Berita Terkini</title>", "", None),
        ("<title>Kabar Nusa - Ekonomi</title>", "", "Kabar Nusa"),
        ("<title>Pilihan Mesin</title>", '<source url="https://www.kompas.com">KOMPAS.com</source>', "Kompas.com"),
    ],
)  # fmt: skip
def test_feeds(tmp_path: Path, channel: str, item: str, outlet: str | None) -> None:
    content = f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">{TEXT}</content:encoded>'
    feed = f'<rss version="2.0"><channel>{channel}<item>{item}{content}</item></channel></rss>'
    (tmp_path / "a.rss").write_text(feed)
    assert article(tmp_path / "a.rss").outlet == outlet


# Which goes before which

RAW = RawDocument("uri", "", "application/json", "0" * 64, 1, f"BANDUNG, Nusa.id - {TEXT}")
ALL = {"url": "https://www.tempo.co/1", "outlet": "Kabar Nusa"}


@pytest.mark.parametrize(
    ("fields", "given", "outlet"),
    [
        (ALL, Given("Suara Desa"), "Tempo"),
        (ALL | {"url": "https://m.kabar.id/1"}, Given("Suara Desa", HOSTS), "Harian Kabar"),
        (ALL | {"url": "https://jabar.kabar.id/1"}, Given("Suara Desa", HOSTS), "Kabar Jabar"),
        (ALL | {"url": "https://suara.example/1"}, Given("Suara Desa"), "Kabar Nusa"),
        ({"url": "https://suara.example/1"}, Given("Suara Desa"), "Suara Desa"),
        ({"url": "https://suara.example/1"}, Given(), "suara.example"),
        ({"outlet": "Kabar Nusa"}, Given("Suara Desa"), "Kabar Nusa"),
        ({}, Given("detik.com"), "detikcom"),
        ({}, Given(), "nusa.id"),
        ({}, Given(hosts=(("nusa.id", "Nusa Kita"),)), "Nusa Kita"),
    ],
)
def test_precedence(fields: dict[str, str], given: Given, outlet: str) -> None:
    made = to_article(replace(RAW, **fields), given)  # type: ignore[arg-type]
    assert isinstance(made, Article)
    assert made.outlet == outlet


def test_the_library_takes_an_outlet(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert article(tmp_path / "a.txt", outlet="detik").outlet == "detikcom"


def test_patterns_of_an_outlet_are_those_of_the_one_that_is_named() -> None:
    """Whatever tells the outlet, and whatever a home calls it, its own boilerplate goes."""
    text = "Pasar ramai. KOMPAS.com/BUDI SALIM Hujan turun sejak pagi."
    raw = replace(RAW, text=text)
    for document, given in [
        (replace(raw, outlet="kompas.com"), Given()),
        (raw, Given("Kompas.com")),
        (replace(raw, url="https://www.kompas.com/1"), Given(hosts=(("kompas.com", "Kompas Daring"),))),
    ]:
        made = to_article(document, given)
        assert isinstance(made, Article)
        assert "BUDI SALIM" not in made.text, made.outlet
    assert outlets.is_known("Kompas.com") and not outlets.is_known("Kompas Daring")


# Folders


@pytest.mark.parametrize(
    ("path", "rules", "outlet"),
    [
        ("/berita/kabar-nusa/a.txt", OutletRules(from_folder=True), "kabar-nusa"),
        ("/berita/kabar-nusa/2025/10/2025-10-07/a.txt", OutletRules(from_folder=True), "kabar-nusa"),
        ("/berita/kabar-nusa/2025/a.txt", OutletRules(), None),
        ("/berita/kn/2025/a.txt", OutletRules(folders=(("kn", "Kabar Nusa"),)), "Kabar Nusa"),
        ("/berita/lain/a.txt", OutletRules(folders=(("kn", "Kabar Nusa"),)), None),
        ("/berita/lain/a.txt", OutletRules(folders=(("kn", "Kabar Nusa"),), from_folder=True), "lain"),
        ("/berita/kn/kota/a.txt", OutletRules(folders=(("kn", "Kabar Nusa"),), from_folder=True), "Kabar Nusa"),
        ("/berita/kn/kota/a.txt", OutletRules(folders=(("kn", "A"), ("kota", "B"))), "B"),  # the nearest
        ("/berita/kn/a.txt", OutletRules("Suara Desa", folders=(("kn", "Kabar Nusa"),)), "Suara Desa"),
        ("/2025/a.txt", OutletRules(from_folder=True), None),
    ],
)
def test_folders(path: str, rules: OutletRules, outlet: str | None) -> None:
    assert rules.of_file(Path(path)).name == outlet
