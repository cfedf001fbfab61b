"""Saved pages: what is an article, all of its text and nothing else, its title and its time."""

# ruff: noqa: E501  (tables of pages and records, one a line)
from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from timing import assert_linear

from warta.readers import boxes, declared, json_ld, layout, markup, page_article, page_kind
from warta.readers.files import read
from warta.readers.source import Unreadable, decode
from warta.records import Article, RawDocument, Rejection
from warta.text.clean import to_article

# Four paragraphs of an article, each long enough to be one.
A = "Warga Desa Sukamaju membersihkan saluran irigasi yang tersumbat lumpur setelah hujan deras tiga hari berturut-turut."
B = "Kepala desa Ujang Permana menyebut pekerjaan itu akan selesai dalam sepekan dengan bantuan dua ekskavator dari dinas."
C = '"Sawah kami sudah dua musim kekurangan air, jadi semua orang ikut turun tangan," kata petani setempat, Neneng Lasmini.'
D = "Pemerintah kabupaten menyiapkan anggaran tambahan untuk memperkuat tanggul di empat titik sebelum musim tanam dimulai."
BODY = "".join(f"<p>{text}</p>" for text in (A, B, C, D))
TITLE = "Warga Sukamaju bersihkan saluran irigasi"
NAV = '<nav><ul><li><a href="/">Beranda</a></li><li><a href="/ekonomi">Ekonomi</a></li></ul></nav>'
FOOTER = "<footer><p>Tentang kami | Pedoman Media Siber | Kontak redaksi dan iklan di kota ini</p></footer>"


def page(body: str, head: str = "") -> bytes:
    return (
        f"<!doctype html><html lang=id><head><meta charset=utf-8><title>{TITLE} - Kabar Desa</title>{head}</head>"
        f"<body><header>{NAV}</header>{body}{FOOTER}</body></html>"
    ).encode()


def article(body: str = f"<article><h1>{TITLE}</h1>{BODY}</article>", head: str = "") -> RawDocument:
    found = document(page(body, head))
    assert isinstance(found, RawDocument), found
    return found


def document(data: bytes, tmp: str = "a.html") -> RawDocument | Rejection:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / tmp
        path.write_bytes(data)
        (found,) = read(path, "uri")
    return found


def text(found: RawDocument) -> list[str]:
    cleaned = to_article(found)
    assert isinstance(cleaned, Article)
    return cleaned.text.split("\n")


LINKS = "".join(f'<li><a href="/b/{n}">Kabar lain nomor {n} dari desa tetangga</a></li>' for n in range(4))
TEASERS = "".join(
    f'<div class="item"><h3><a href="/b/{n}">Kabar lain nomor {n} dari desa tetangga</a></h3>'
    f'<time datetime="2025-10-0{n + 1}">{n + 1} Okt</time><p>Ringkasan kabar nomor {n} yang pendek saja.</p></div>'
    for n in range(8)
)


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>{TITLE}</h1>{BODY}</article>",
        # words of a page that stand around an article
        f'<ol class="breadcrumb"><li><a href="/">Beranda</a></li><li><a href="/d">Daerah</a></li></ol><main><h1>{TITLE}</h1>{BODY}</main>',
        f'<div class="isi"><h1>{TITLE}</h1>{BODY}<div class="tags"><a href="/tag/air">air</a> <a href="/tag/sawah">sawah</a></div></div>',
        f'<div id="cookie-consent"><p>Situs ini memakai cookie. Dengan melanjutkan Anda setuju.</p></div><div><h1>{TITLE}</h1>{BODY}</div>',
        f'<article><h1>{TITLE}</h1>{BODY}<div class="paywall"><p>Berlangganan mulai Rp 30.000 per bulan untuk membaca lanjutannya.</p></div></article>',
        f'<article><h1>{TITLE}</h1><div class="share-buttons"><a href="/fb">Bagikan</a></div>{BODY}</article>',
        f'<article><h1>{TITLE}</h1>{BODY}<section class="related-posts"><h3>Berita Terkait</h3><ul>{LINKS}</ul></section></article>',
        f'<article><h1>{TITLE}</h1><p>{A}</p><div class="bacaJuga"><b>Baca juga</b><ul>{LINKS}</ul></div><p>{B}</p><p>{C}</p><p>{D}</p></article>',
        f"<article><h1>{TITLE}</h1><p>{A}</p><p>{B}</p><h4>Baca Juga:</h4><ul>{LINKS}</ul><p>{C}</p><p>{D}</p></article>",
        f'<div><h1>{TITLE}</h1>{BODY}</div><aside class="terpopuler"><ul>{LINKS}</ul></aside>',
        f'<div class="konten"><h1>{TITLE}</h1>{BODY}</div><div class="kanan">{TEASERS}</div>',
        # readers write at length
        f'<div><h1>{TITLE}</h1>{BODY}<div id="kolomKomentar">{"<p>Saya warga sebelah dan tidak setuju dengan pekerjaan ini, uangnya ke mana semua?</p>" * 9}</div></div>',
        f'<div><h1>{TITLE}</h1>{BODY}<ol class="comment-list">{"<li><p>Semoga cepat selesai ya pak, kasihan petani di hilir sana menunggu air.</p></li>" * 9}</ol></div>',
        f"<div><h1>{TITLE}</h1>{BODY}<h3>Komentar (2)</h3><p><b>budi</b> 2 jam lalu</p><p>Semoga pekerjaan ini cepat selesai dan tidak dikorupsi oleh siapa pun.</p></div>",
        # old pages
        f"<table width=100%><tr><td><a href=/>Depan</a></td><td><h2>{TITLE}</h2>{BODY}</td></tr></table>",
        f'<div class="isi"><h1>{TITLE}</h1><div>{A}<br><br>{B}<br/><br/>{C}<br><br>{D}</div></div>',
        f'<div class="isi"><h1>{TITLE}</h1>{A}<p>{B}</p><p>{C}</p><p>{D}</p></div>',
        f'<div class="isi"><h1>{TITLE}</h1><span style="x">{"".join(f"<div>{part}</div><div><br></div>" for part in (A, B, C, D))}</span></div>',
        f'<table><tr><td>&nbsp;</td></tr><tr><td><font face=Arial><b>{TITLE}</b></font><br><br><font size=2>{A}<br><br>{B}<br><br>{C}<br><br>{D}</font></td></tr></table>',
        # lines beside an article
        f"<article><h1>{TITLE}</h1><p>Selasa, 7 Oktober 2025 10:15 WIB</p><p>Dilihat 1.234 kali</p>{BODY}</article>",
        f'<article><h1>{TITLE}</h1>{"".join(f"<div><span>{part}</span></div>" for part in (A, B, C, D))}</article>',
        f'<article class="tag-komentar category-iklan has-sidebar"><h1>{TITLE}</h1>{BODY}</article>',
        f'<div class="premium-content"><h1>{TITLE}</h1>{BODY}</div>',
        f'<div class="page comments-open"><h1>{TITLE}</h1>{BODY}</div>',
    ],
)  # fmt: skip
def test_the_article_and_nothing_else(body: str) -> None:
    assert text(article(body)) == [A, B, C, D]


def test_lists_and_tables_of_figures() -> None:
    rows = "".join(f"<tr><td>Titik {n}</td><td>{n}0 meter</td></tr>" for n in range(3))
    body = f"<article><h1>{TITLE}</h1><p>{A}</p><ul><li>Tanggul barat ditinggikan.</li><li>Pintu air diganti.</li></ul><p>{B}</p><table>{rows}</table><p>{C}</p></article>"
    assert text(article(body)) == [A, "Tanggul barat ditinggikan.", "Pintu air diganti.", B, C]


def test_words_are_neither_glued_nor_torn() -> None:
    inline = f'<p>Menurut <a href="/x">Ujang Permana</a>, <i>pompa</i>\n<b>air</b> itu <span>ru</span>sak. {A}</p>'
    said = text(article(f"<article><h1>{TITLE}</h1>{inline}<p>{B}<br>{C}</p><p>{D}</p></article>"))
    assert said == [f"Menurut Ujang Permana, pompa air itu rusak. {A}", B, C, D]


@pytest.mark.parametrize(
    ("inline", "expected"),
    [
        ("<b>Bandung</b>Warga turun.", "Bandung Warga turun."),
        ("<span>Hujan reda.</span><span>Warga pulang.</span>", "Hujan reda. Warga pulang."),
        ('<i>iya,</i><b>Rini</b>', "iya, Rini"),
        ("<b>i</b>Phone dan <i>e</i>KTP", "iPhone dan eKTP"),
        ("se<b>kata</b>se<i>irama</i>", "sekataseirama"),
        ("PT <b>ABC</b>D", "PT ABCD"),
        ("<p>satu</p>Dua", "satuDua"),
    ],
)  # fmt: skip
def test_words_that_only_styles_part(inline: str, expected: str) -> None:
    tree, _ = markup.parse(f"<html><body><div>{inline}</div></body></html>".encode())
    layout.part_words(tree)
    assert tree.text_content() == expected


def test_a_live_blog_keeps_the_times_of_its_entries() -> None:
    entries = "".join(
        f'<div class="entry"><time datetime="2025-10-07T1{n}:30:00+07:00">1{n}.30 WIB</time><p>{part}</p></div>'
        for n, part in enumerate((A, B, C, D))
    )
    said = text(article(f"<article><h1>{TITLE}</h1>{entries}</article>"))
    assert said == ["10.30 WIB", A, "11.30 WIB", B, "12.30 WIB", C, "13.30 WIB", D]


OG = '<meta property="og:type" content="{}">'
CARDS = "".join(
    f'<div class="card"><a href="/b/{n}"><h2>Kabar lain nomor {n} dari desa tetangga</h2></a><p>{A}</p></div>'
    for n in range(7)
)


ROWS = "".join(
    f'<li><img><a href="/b/{n}">Kabar lain nomor {n} dari desa tetangga</a> <span>7 Okt 2025</span><p>{A}</p></li>'
    for n in range(9)
)


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f"<main><ul>{ROWS}</ul></main>", ""),
        ("".join(f'<article><h2><a href="/b/{n}">Kabar lain nomor {n}</a></h2>{BODY}</article>' for n in range(3)), ""),
        (f"<main><ul>{ROWS}</ul></main><p>{D}</p>", ""),
        (f"<main><h1>Indeks</h1>{TEASERS}</main>", OG.format("website")),
        (f"<main>{TEASERS}</main>", ""),
        (f"<main>{CARDS}</main>", ""),
        (f"<main>{CARDS}</main>", OG.format("website")),
        (f"<main><h1>Topik: irigasi</h1><ul>{LINKS * 9}</ul></main>", ""),
        (f"<main>{CARDS}</main>", OG.format("article") + '<script type="application/ld+json">{"@type":"CollectionPage"}</script>'),
        (f"<main>{TEASERS}</main>", '<link rel=canonical href="https://kabardesa.example/tag/irigasi">'),
        (
            f"<main>{TEASERS}</main>",
            '<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","url":"https://k.example/b/1","headline":"Satu"}]}</script>',
        ),
    ],
)  # fmt: skip
def test_a_list_of_articles_is_none(body: str, head: str) -> None:
    found = document(page(body, head))
    assert isinstance(found, Rejection), found.text
    assert found.reason == "no_text"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://kabar.example/", True), ("https://kabar.example", True), ("https://kabar.example/indeks?page=3", True),
        ("https://kabar.example/tag/banjir", True), ("https://kabar.example/search/?q=air", True),
        ("https://kabar.example/daerah/2025/banjir-surut", False), ("https://kabar.example/?p=123", False),
        ("https://kabar.example/read/12/indeks-harga-naik", False), (None, False), ("banjir", False), ("http://[", False),
    ],
)  # fmt: skip
def test_addresses_of_lists(address: str | None, expected: bool) -> None:
    assert page_kind.is_listing_address(address) is expected


def test_a_page_of_pictures_has_its_captions() -> None:
    captions = "".join(f"<figure><img><figcaption>{part}</figcaption></figure>" for part in (A, B))
    found = article(f"<article><h1>{TITLE}</h1>{captions}</article>", OG.format("article"))
    assert text(found) == [A, B]
    assert isinstance(document(page(f"<article><h1>{TITLE}</h1>{captions}</article>")), Rejection)


# Titles


@pytest.mark.parametrize(
    ("title", "names", "expected"),
    [
        ("Hujan turun - Kabar Desa", ["Kabar Desa"], "Hujan turun"),
        ("Hujan turun | Kabar Desa Online", ["Kabar Desa"], "Hujan turun"),
        ("Hujan turun :: Kabar.com Daerah", ["kabar.com"], "Hujan turun"),
        ("Kabar.com: Hujan turun", ["Kabar.com"], "Hujan turun"),
        ("Hujan turun - Daerah - Kabar Desa", ["Kabar Desa"], "Hujan turun - Daerah"),
        ("Hujan turun - Kompas.com", [], "Hujan turun"),
        ("Hujan turun - petani senang", ["Kabar Desa"], "Hujan turun - petani senang"),
        ("Kabar Desa", ["Kabar Desa"], "Kabar Desa"),
        ("Antara hujan dan terang", ["ANTARA"], "Antara hujan dan terang"),
        ("Bupati: Tempo kerja dipercepat", [], "Bupati: Tempo kerja dipercepat"),
        ("", [], ""),
    ],
)
def test_titles_lose_the_name_of_the_site(title: str, names: list[str], expected: str) -> None:
    assert declared.without_site(title, names) == expected


def test_a_heading_tells_the_title() -> None:
    head = f'<meta property="og:title" content="Daerah: {TITLE} - Portal Kami">'
    assert article(head=head).title == TITLE
    assert article("<div><h1>Daerah</h1>" + BODY + "</div>").title == f"{TITLE} - Kabar Desa"


# JSON-LD

NODE = (
    '{"@type":"NewsArticle","headline":"Judul dari JSON","datePublished":"2025-10-07T09:00:00+07:00",'
    '"author":{"@type":"Person","name":"Rini Astuti"},"url":"https://kabardesa.example/a"}'
)
OTHER = '{"@type":"NewsArticle","headline":"Lain","datePublished":"2024-01-01","url":"https://kabardesa.example/lain"}'


@pytest.mark.parametrize(
    "script",
    [
        NODE,
        f"[{NODE}]",
        f'{{"@graph":[{{"@type":"WebSite"}},{NODE}]}}',
        f'[{{"@graph":[{NODE}]}}]',
        f'{{"@type":"WebPage","mainEntity":{NODE}}}',
        f"<![CDATA[{NODE}]]>",
        f"//<![CDATA[\n{NODE}\n//]]>",
        f"/*<![CDATA[*/{NODE}/*]]>*/",
        f"<!-- {NODE} -->",
        f"{NODE};",
        f"{NODE}\n{OTHER}",
        NODE[:-1] + ",}",
        NODE.replace('"NewsArticle"', '["Article","NewsArticle"]'),
        NODE.replace('"NewsArticle"', '"https://schema.org/ReportageNewsArticle"').replace(
            "ReportageNewsArticle", "NewsArticle"
        ),
        f"[{OTHER},{NODE}]",
        f'{{"@graph":[{{"@type":"ItemList","itemListElement":[{{"item":{OTHER}}}]}},{NODE}]}}',
    ],
)
def test_json_ld(script: str) -> None:
    head = '<link rel="canonical" href="http://www.kabardesa.example/a/">'
    found = article(head=f'{head}<script type="application/ld+json; charset=utf-8">{script}</script>')
    assert (found.title, found.author) == ("Judul dari JSON", "Rini Astuti")
    assert found.published and found.published.astimezone(UTC) == datetime(2025, 10, 7, 2, tzinfo=UTC)


def test_broken_json_ld_costs_nothing() -> None:
    for script in ("{", "[" * 5_000, "null", '{"@type":7}', '"a"', "{}}", '{"@graph":{"@graph":3}}'):
        assert text(article(head=f'<script type="application/ld+json">{script}</script>')) == [A, B, C, D]


def test_an_article_that_a_script_would_write() -> None:
    body = "\\n".join((A, B, C.replace('"', "'"), D))
    node = f'{{"@type":"NewsArticle","headline":"{TITLE}","articleBody":"{body}"}}'
    found = article(f"<div id=app><h1>{TITLE}</h1></div>", f'<script type="application/ld+json">{node}</script>')
    assert len(text(found)) == 4


# Times

OF_A_TEASER = (
    '<aside><ul><li><a href="/x">Gempa</a> <time datetime="2025-11-20T08:00:00+07:00">20 Nov</time></li></ul></aside>'
)
START = f"<article><h1>{TITLE}</h1>"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (START, '<meta property="article:published_time" content="2025-10-07T09:00:00+07:00">'),
        (START, '<meta name="dc.date" content="2025-10-07">'),
        (START, '<meta name="DC.Date.Issued" content="2025-10-07">'),
        (f'{START}<abbr class="published" title="2025-10-07T09:00:00+07:00">Selasa</abbr>', ""),
        (START, '<meta name="date" content="2025-10-07">'),
        (START, '<meta name="parsely-pub-date" content="2025-10-07T02:00:00Z">'),
        (START, '<meta itemprop="dateCreated datePublished" content="2025-10-07T09:00:00+07:00">'),
        (START, '<meta name="pubdate" content="07-10-2025 T09:00">'),
        (f'{START}<span itemprop="datePublished">7 Oktober 2025</span>', ""),
        (f'{OF_A_TEASER}{START}<time datetime="2025-10-07T09:00">7 Okt</time>', ""),
        (f"{OF_A_TEASER}{START}<time>Selasa, 7 Oktober 2025 | 09:00 WIB</time>", ""),
        (f"{START}<div class=x>Selasa, 07 Okt 2025 09:00 WIB</div>", ""),
        (f"{START}<div>Oleh: Rini</div><div>Selasa 07/10/2025, 09.00 WIB | 120 Views</div>", ""),
        (f"<div><div>Selasa, 7 Okt 2025</div></div>{START}", ""),
        (
            f"{START}<div>Diperbarui 9 Oktober 2025</div><div>Terbit 7 Oktober 2025</div>".replace(
                "Diperbarui 9 Oktober 2025", ""
            ),
            "",
        ),
    ],
)
def test_dates(body: str, head: str) -> None:
    found = article(f"{body}{BODY}</article>", head)
    assert found.published and found.published.date() == datetime(2025, 10, 7).date()


def test_a_date_in_the_text_is_not_that_of_the_article() -> None:
    inside = "<p>Naskah kerja sama itu ditandatangani di pendopo pada 16 Desember 2024 oleh dua kepala dinas dan seorang wakil petani.</p>"
    assert article(f"<article><h1>{TITLE}</h1>{BODY}{inside}</article>").published is None


def test_a_date_that_cannot_be_read_is_told() -> None:
    found = article(head='<meta property="article:published_time" content="2099-12-31">')
    assert (found.published, found.date_problem) == (None, "default_date: dddd-dd-dd")
    assert article().date_problem is None


# Encodings


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        ("Zoë “baik” é".encode() + b"\xa9 2025", None, "Zoë “baik” é© 2025"),
        ("Zoë".encode() + b" Rp\xa05", None, "Zoë Rp\xa05"),
        ("Zoë".encode() + b" putus \xe2\x80", None, "Zoë putus \ufffd"),
        ("kafé “itu”".encode("cp1252"), None, "kafé “itu”"),
        ("kafé".encode("cp1252"), "utf-8", "kafé"),
        ("Привет мир".encode("cp1251"), "windows-1251", "Привет мир"),
        ("مرحبا".encode("cp1256"), "windows-1256", "مرحبا"),
        ("Zoë".encode(), "iso-8859-1", "Zoë"),
        ("kafé".encode("cp1252"), "ISO-8859-1", "kafé"),
        ("kafé".encode("cp1252"), "no-such-charset", "kafé"),
        ("kafé".encode("cp1252"), "utf-16", "kafé"),
        ("kafé".encode("cp1252"), "hex", "kafé"),
        (b"\x81\x8d\x8f", None, None),
    ],
)  # fmt: skip
def test_decode(data: bytes, declared: str | None, expected: str | None) -> None:
    assert decode(data, declared) == expected


@pytest.mark.parametrize(
    "head",
    ["<meta charset=windows-1251>", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'],
)
def test_the_charset_of_a_page(head: str) -> None:
    data = f"<!doctype html><html><head>{head}</head><body><p>Привет мир</p></body></html>".encode("cp1251")
    assert markup.parse(data)[0].text_content() == "Привет мир"
    assert markup.parse(data.replace(b"windows-1251", b"latin-1"), "windows-1251")[0].text_content() == "Привет мир"


# Names of boxes


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("kolom-komentar", "whole"), ("CommentBox", "whole"), ("comment_list", "whole"), ("disqus_thread", "whole"),
        ("bacajuga", "links"), ("baca-juga", "links"), ("BeritaTerkait", "links"), ("paywall-notice", "notice"),
        ("artikel", None), ("tag-komentar", None), ("category-iklan", None), ("kedai", None), ("komentarisme", None), ("", None),
    ],
)  # fmt: skip
def test_kinds_of_boxes(names: str, expected: str | None) -> None:
    assert boxes.kind(names) == expected


@pytest.mark.parametrize(
    "unit",
    [
        f'<div class="related"><h3><a href="/a">{TITLE}</a></h3><p>{A}</p></div>',
        f"<div><time>10.30</time><p>{A}</p></div>",
        f"<p>{A}<br>{B}</p>",
        '<h2><a href="/b">Kabar lain dari desa tetangga</a></h2>',
        "<div class=komentar>",
        "<table><tr><td>",
        "<b>Baca juga</b>",
        "<span>a<div>b",
        "<time>7 Okt 2025</time>",
        f"<li><time>7 Okt 2025</time>{A}",
        '<div class="related"><a href=x>a',
        '<p><a href="/c">Kabar lain dari desa tetangga</a></p>',
    ],
)
def test_large_pages_take_linear_time(unit: str) -> None:
    def read(times: int) -> None:
        with contextlib.suppress(Unreadable):
            page_article.read(*markup.parse(f"<html><body><h1>{TITLE}</h1>{unit * times}</body></html>".encode()))

    assert_linear(read, 30 if unit.count("<div") > unit.count("</div") or "<table" in unit else 1_000)


def test_addresses_are_compared_without_their_dress() -> None:
    assert json_ld.same_address("https://kabar.example/a/", ["x", "http://www.kabar.example/a#komentar"])
    assert not json_ld.same_address("https://kabar.example/a", ["https://kabar.example/b", "http://["])
