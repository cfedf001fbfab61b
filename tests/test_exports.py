"""What other programs export: one sample of each, in the fields and the arrangement that they write."""

# ruff: noqa: E501  (tables of pages and records, one a line)
from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from warta.readers import html_text, lost_quotes
from warta.readers.files import read
from warta.records import Article, RawDocument, Rejection
from warta.text.clean import to_article

P = (
    "Nelayan Desa Tirtasari kembali melaut setelah cuaca buruk dua pekan terakhir mereda.",
    "Ketua koperasi Lasmini Hadi mencatat tangkapan hari pertama mencapai empat ton.",
    '"Harga ikan kembali turun, pembeli datang lagi," kata Lasmini di tempat pelelangan.',
)
TEXT = "\n".join(P)
HTML = "".join(f"<p>{part}</p>" for part in P)
MOMENT = datetime(2025, 10, 7, 2, tzinfo=UTC)


def found(folder: Path, name: str, content: str | bytes) -> list[RawDocument | Rejection]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read(path, "uri"))


def accepted(folder: Path, name: str, content: object) -> list[RawDocument]:
    said = content if isinstance(content, str | bytes) else json.dumps(content, ensure_ascii=False)
    documents = found(folder, name, said)
    for document in documents:
        assert isinstance(document, RawDocument), document
    return [document for document in documents if isinstance(document, RawDocument)]


RECORDS = {
    "WordPress REST": [
        {
            "id": 7, "date": "2025-10-07T09:00:00+07:00", "link": "https://k.example/7", "type": "post",
            "title": {"rendered": "Nelayan &#8211; melaut"}, "content": {"rendered": HTML, "protected": False},
            "excerpt": {"rendered": "<p>Ringkas</p>"}, "author": 3,
        }
    ],
    "news-please": {
        "authors": ["Rini"], "date_download": "2025-10-09 01:00:00", "date_publish": "2025-10-07 02:00:00+00:00", "text": None,
        "description": "Ringkas", "maintext": TEXT, "title": "Nelayan melaut", "url": "https://k.example/7", "source_domain": "k.example",
    },
    "fundus": [
        {
            "title": "Nelayan melaut", "authors": ["Rini"], "publishing_date": "2025-10-07 09:00:00+07:00", "topics": ["laut"],
            "body": {"summary": [P[0]], "sections": [{"headline": [], "paragraphs": [P[1]]}, {"headline": [], "paragraphs": [P[2]]}]},
            "html": {"requested_url": "https://k.example/7", "content": "<html></html>"},
        }
    ],
    "Readability": {
        "title": "Nelayan melaut", "byline": "Rini", "content": f'<div id="readability-page-1">{HTML}</div>', "textContent": TEXT,
        "length": 240, "excerpt": "Ringkas", "siteName": "K", "publishedTime": "2025-10-07T09:00:00+07:00", "url": "https://k.example/7",
    },
    "newspaper": {
        "title": "Nelayan melaut", "text": TEXT.replace("\n", "\n\n"), "authors": ["Rini"], "publish_date": 1759802400.0,
        "summary": "Ringkas", "url": "https://k.example/7", "source_url": "https://k.example", "top_image": "", "keywords": [],
    },
    "JSON Feed": {
        "version": "https://jsonfeed.org/version/1.1", "title": "K",
        "items": [{"id": "7", "url": "https://k.example/7", "title": "Nelayan melaut", "content_html": HTML,
                   "date_published": "2025-10-07T09:00:00+07:00", "authors": [{"name": "Rini"}]}],
    },
    "NewsAPI": {
        "status": "ok", "totalResults": 1,
        "articles": [{"source": {"id": None, "name": "K Daerah"}, "author": "Rini", "title": "Nelayan melaut - K Daerah",
                      "description": "Ringkas", "url": "https://k.example/7", "publishedAt": "2025-10-07T02:00:00Z",
                      "content": f"{TEXT} [+812 chars]"}],
    },
    "MongoDB": [
        {"_id": {"$oid": "68e4a1"}, "judul": "Nelayan melaut", "isi": TEXT, "tanggal": {"$date": {"$numberLong": "1759802400000"}},
         "url": "https://k.example/7"}
    ],
    "Ghost": {
        "db": [{"meta": {"version": "5"}, "data": {"posts": [{"id": "7", "title": "Nelayan melaut", "slug": "n", "html": HTML,
               "plaintext": TEXT, "published_at": "2025-10-07T02:00:00.000Z", "status": "published"}], "tags": [{"name": "laut"}]}}]
    },
    "Blogger JSON": {
        "feed": {"entry": [{"id": {"$t": "7"}, "title": {"type": "text", "$t": "Nelayan melaut"},
                 "published": {"$t": "2025-10-07T09:00:00+07:00"}, "content": {"type": "html", "$t": HTML}}]}
    },
    "GDELT": {"articles": [{"url": "https://k.example/7", "title": "Nelayan melaut", "seendate": "20251007T020000Z", "text": TEXT,
                            "domain": "k.example", "language": "Indonesian"}]},
    "Elasticsearch": {"hits": {"hits": [{"_id": "7", "_source": {"title": "Nelayan melaut", "body": TEXT, "date": "2025-10-07T02:00:00Z"}}]}},
}  # fmt: skip


@pytest.mark.parametrize("name", RECORDS)
def test_json(tmp_path: Path, name: str) -> None:
    (document,) = accepted(tmp_path, "a.json", RECORDS[name])
    article = to_article(document)
    assert isinstance(article, Article)
    assert article.text == TEXT
    assert article.title in ("Nelayan melaut", "Nelayan – melaut")
    assert article.published_at == MOMENT
    assert article.url in (None, "https://k.example/7")
    assert document.external_id in (None, "7", "68e4a1", "https://k.example/7")
    assert document.rest == ("[+812 chars]" if name == "NewsAPI" else None)


def test_json_lines_of_scrapy_and_of_pandas(tmp_path: Path) -> None:
    lines = '{"judul": "A", "penulis": NaN, "isi": "satu NaN dua", "tanggal": 1759802400000}\n{"judul": "B", "isi": "dua"}\n'
    first, second = accepted(tmp_path, "a.jl", lines)
    assert (first.text, first.author, first.published) == ("satu NaN dua", None, MOMENT)
    assert second.text == "dua"
    marked = "".join(f"\ufeff{line}\n" for line in lines.splitlines())  # two files with a mark, one after the other
    assert [document.text for document in accepted(tmp_path, "a.jsonl", marked)] == ["satu NaN dua", "dua"]
    rows = "judul,penulis,isi\nA,nan,satu\nB,N/A,dua\n"
    assert [document.author for document in accepted(tmp_path, "a.csv", rows)] == [None, None]


def test_objects_one_after_another(tmp_path: Path) -> None:
    objects = "\n".join(json.dumps({"judul": str(n), "isi": f"isi {n}"}, indent=2) for n in range(3))
    assert [document.text for document in accepted(tmp_path, "a.json", objects)] == ["isi 0", "isi 1", "isi 2"]


def test_the_first_usable_value_of_a_field(tmp_path: Path) -> None:
    records = [
        {"text": None, "content": "", "body": "isi"},
        {"text": "NaN", "isi": "isi"},
        {"text": {"rendered": ""}, "content": {"rendered": "isi"}},
        {"title": {"name": "t"}, "text": ["isi"]},
        {"text": "isi", "date": "kapan-kapan", "tanggal": "7 Okt 2025"},
    ]
    documents = accepted(tmp_path, "a.json", records)
    assert [document.text for document in documents] == ["isi"] * 5
    assert documents[4].published == datetime(2025, 10, 7)


def test_a_date_that_is_not_read_is_told(tmp_path: Path) -> None:
    documents = accepted(
        tmp_path, "a.jsonl", '{"text": "isi", "date": "7-Nxv-25 pagi"}\n{"text": "isi", "date": "1970-01-01"}'
    )
    assert [document.date_problem for document in documents] == [
        "unread_date: d-aaa-dd aaaa",
        "default_date: dddd-dd-dd",
    ]


# Feeds


def feed(item: str, more: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>K</title>{item}{more}</channel></rss>'
    )


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    "content",
    [
        f"<content:encoded><![CDATA[{HTML}]]></content:encoded>",
        f"<content:encoded>{escaped(HTML)}</content:encoded>",
        f"<content:encoded>{escaped(escaped(HTML))}</content:encoded>",
        f"<content:encoded><![CDATA[{escaped(HTML)}]]></content:encoded>",
        f"<content:encoded>{escaped(f'<![CDATA[{HTML}]]>')}</content:encoded>",
        f"<content:encoded><![CDATA[<script>var a</script>{HTML}<p><strong>Baca juga:</strong> <a href='/x'>Kabar lain</a></p>]]></content:encoded>",
        f"<description><![CDATA[{HTML}<p>{'Sore harinya kapal terakhir merapat. ' * 3}</p>]]></description>",
        f"<description>Ringkas saja ...</description><content:encoded><![CDATA[{HTML}]]></content:encoded>",
        f"<wp:post_type>post</wp:post_type><content:encoded><![CDATA[{HTML}]]></content:encoded>",
    ],
)  # fmt: skip
def test_feeds(tmp_path: Path, content: str) -> None:
    title = "<title>Bupati &amp;quot;Rini&amp;quot;</title><pubDate>Tue, 07 Oct 2025 09:00:00 +0700</pubDate>"
    (document,) = accepted(tmp_path, "a.xml", feed(f"<item>{title}{content}</item>"))
    article = to_article(document)
    assert isinstance(article, Article)
    assert article.text.startswith(TEXT)
    assert "Kabar lain" not in article.text and "var a" not in article.text
    assert (article.title, article.published_at) == ('Bupati "Rini"', MOMENT)


@pytest.mark.parametrize(
    "content",
    [
        "<description>Nelayan kembali melaut setelah cuaca buruk mereda.</description>",
        f"<content:encoded><![CDATA[<p>{P[0]}</p><p>Ketua koperasi mencatat ...</p>]]></content:encoded>",
        f"<content:encoded><![CDATA[<p>{P[0]} [&hellip;]</p>]]></content:encoded>",
        f"<wp:post_type>page</wp:post_type><content:encoded><![CDATA[{HTML}]]></content:encoded>",
        f"<wp:post_type>attachment</wp:post_type><content:encoded><![CDATA[{HTML}]]></content:encoded>",
    ],
)
def test_teasers_and_pages_of_feeds(tmp_path: Path, content: str) -> None:
    (rejected,) = found(tmp_path, "a.rss", feed(f"<item><title>A</title>{content}</item>"))
    assert isinstance(rejected, Rejection) and rejected.reason == "no_text"


def test_an_export_of_blogger(tmp_path: Path) -> None:
    kind = '<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#{}"/>'
    entries = "".join(
        f'<entry><id>{name}</id><title>{name}</title><published>2025-10-07T09:00:00+07:00</published>{kind.format(name)}'
        f'<category term="Laut"/><content type="html">{escaped(HTML)}</content></entry>'
        for name in ("settings", "post", "comment")
    )  # fmt: skip
    documents = found(tmp_path, "a.xml", f'<feed xmlns="http://www.w3.org/2005/Atom"><title>K</title>{entries}</feed>')
    assert [isinstance(document, RawDocument) for document in documents] == [False, True, False]
    post = documents[1]
    assert isinstance(post, RawDocument) and (post.text, post.category) == (TEXT, "Laut")


def test_the_charset_of_xml(tmp_path: Path) -> None:
    item = f"<item><title>Привет</title><content:encoded><![CDATA[{HTML}]]></content:encoded></item>"
    data = feed(item).replace("UTF-8", "windows-1251").encode("cp1251")
    assert [document.title for document in accepted(tmp_path, "a.xml", data)] == ["Привет"]


# Names of files


@pytest.mark.parametrize("name", ["a", "read/7-nelayan", "index.php?id=7", "berita.aspx", "a.html.orig", "a.bak"])
def test_content_tells_what_a_name_does_not(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    page = f"<?xml version='1.0'?>\n<!-- disimpan -->\n<!DOCTYPE html><html><body><article><h1>A</h1>{HTML}</article></body></html>"
    assert [document.media_type for document in accepted(tmp_path, name, page)] == ["text/html"]
    assert [document.text for document in accepted(tmp_path, name, [{"isi": TEXT}])] == [TEXT]
    assert [document.text for document in accepted(tmp_path, name, '{"isi": "satu"}\n{"isi": "dua"}\n')] == [
        "satu",
        "dua",
    ]
    assert [document.text for document in accepted(tmp_path, name, f'judul;isi\nA;"{P[0]}"\n')] == [P[0]]
    stylesheet = '<?xml version="1.0"?>\n<?xml-stylesheet href="a.xsl"?>\n'
    item = feed(f"<item><content:encoded><![CDATA[{HTML}]]></content:encoded></item>").partition("?>")[2]
    assert [document.text for document in accepted(tmp_path, name, stylesheet + item)] == [TEXT]


def test_what_nothing_tells(tmp_path: Path) -> None:
    for content in ("Hujan turun.", "a,b\n1,2\n", "&PDF-1.7"):
        (rejected,) = found(tmp_path, "a.dat", content)
        assert isinstance(rejected, Rejection) and rejected.reason == "unknown_file_type"


# Text fields


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (HTML, TEXT),
        (escaped(HTML), TEXT),
        (escaped(escaped(HTML)), TEXT),
        ("<div>satu<br/>dua</div><script>a<b</script>", "satu\ndua"),
        ("<p>satu</p><figure><img><figcaption>gambar</figcaption></figure><p>dua</p>", "satu\ndua"),
        ("<p>se<b>kata</b> lain</p>", "sekata lain"),
        ("<ul><li>satu</li><li>dua</li></ul>", "satu\ndua"),
        ('<p>satu</p><div class="baca-juga"><a href="/x">Kabar lain dari desa</a></div><p>dua</p>', "satu\ndua"),
        ("satu &lt; dua dan tiga > dua", "satu &lt; dua dan tiga > dua"),
        ("harga <10 ribu, lalu a<b dan c>d", "harga <10 ribu, lalu a<b dan c>d"),
        ("Rp <b> tanpa akhir", "Rp <b> tanpa akhir"),
        ("Hujan turun.\\nJalan licin.", "Hujan turun.\nJalan licin."),
        ("Hujan turun.\\r\\n\\r\\nKata Rini: \\\"licin\\\".", 'Hujan turun.\n\nKata Rini: "licin".'),
        ("Simpan di C:\\news lalu buka.", "Simpan di C:\\news lalu buka."),
        ("Satu.\\nDua.\nTiga.", "Satu.\\nDua.\nTiga."),
        ("satu\r\rdua\u2028tiga\x0bempat", "satu\n\ndua\ntiga\nempat"),
        ("**Hujan** turun di [Maja](https://k.example/a).", "Hujan turun di Maja."),
        ("# Judul\n![foto](a.jpg)\nHujan **deras**.", "Judul\n\nHujan deras."),
        ("# 1 di dunia\nHujan 2 ** 3 turun [lihat](Maja).", "# 1 di dunia\nHujan 2 ** 3 turun [lihat](Maja)."),
    ],
)  # fmt: skip
def test_readable(content: str, expected: str) -> None:
    assert html_text.readable(content) == expected


@pytest.mark.parametrize(
    ("content", "expected", "lacking"),
    [
        ("?Kami siap,? kata Rini.", "“Kami siap,” kata Rini.", 0),
        ("Rini berkata, ?Kami siap.? Ia pulang.", "Rini berkata, “Kami siap.” Ia pulang.", 0),
        ("?Kapan selesai?? tanya Rini.", "“Kapan selesai?” tanya Rini.", 0),
        ("Ia disebut ?kambing hitam? oleh warga.", "Ia disebut “kambing hitam” oleh warga.", 0),
        ("?Satu,? kata Ma?ruf, ?dua.?", "“Satu,” kata Ma’ruf, “dua.”", 0),
        ("\ufffdKami siap,\ufffd kata Rini.", "“Kami siap,” kata Rini.", 0),
        ("?Kami siap, kata Rini.", "?Kami siap, kata Rini.", 1),
        ("?Satu.?\n?Dua, kata Rini.", "“Satu.”\n?Dua, kata Rini.", 1),
        ("Kapan selesai? tanya Rini. Mengapa?", "Kapan selesai? tanya Rini. Mengapa?", 0),
        ("Lihat k.example/a.php?id=7 atau ?", "Lihat k.example/a.php?id=7 atau ?", 0),
        ("Kenapa?karena hujan. Apa ? Tidak.", "Kenapa?karena hujan. Apa ? Tidak.", 0),
    ],
)  # fmt: skip
def test_lost_quotation_marks(content: str, expected: str, lacking: int) -> None:
    assert lost_quotes.restored(content) == (expected, lacking)


def wrapped(width: int, between: str = "\n\n") -> str:
    import textwrap

    return between.join(textwrap.fill(part * 2, width) for part in P)


@pytest.mark.parametrize("width", [60, 72, 78, 90])
def test_wrapped_lines_are_joined(width: int) -> None:
    assert html_text.unwrapped(wrapped(width)) == "\n".join(part * 2 for part in P)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Hujan turun.\nJalan licin.\nWarga berteduh di pos ronda sampai sore hari tiba lagi.",
        "\n".join(f"Baris pendek nomor {n} dari sebuah daftar yang panjang sekali {'x' * n}" for n in range(9)),
        "Aku ingin mencintaimu\ndengan sederhana saja hari ini\ndengan kata yang tak sempat diucapkan kayu kepada api di tungku",
        "\n".join(f"{part} Begitu {word} warga." for part, word in zip(P, ("kata", "ujar", "tutur"), strict=True)),
        "\n".join(
            f"Paragraf ke-{n} dari berita yang sama panjangnya, dan berakhir di sini, kata warga desa."
            for n in range(5)
        ),
        "",
    ],
)
def test_other_lines_stay(text: str) -> None:
    assert html_text.unwrapped(text) == text


def test_a_page_in_a_field(tmp_path: Path) -> None:
    page = (
        '<!doctype html><html><head><meta property="og:title" content="Nelayan melaut"><meta name=author content=Rini>'
        '<meta property="article:published_time" content="2025-10-07T09:00:00+07:00"></head><body><nav><a href="/">Depan</a></nav>'
        f"<article><h1>Nelayan melaut</h1>{HTML}</article></body></html>"
    )
    (document,) = accepted(tmp_path, "a.jsonl", json.dumps({"url": "https://k.example/7", "html": page}))
    article = to_article(document)
    assert isinstance(article, Article)
    assert (article.text, article.title, article.author, article.published_at) == (
        TEXT,
        "Nelayan melaut",
        "Rini",
        MOMENT,
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Pasar ikan ramai lagi | kabardesa.example", "Pasar ikan ramai lagi"),
        ("Kabardesa.example - Pasar ikan ramai lagi", "Pasar ikan ramai lagi"),
        ("Pasar ikan ramai lagi - Pedagang lega", "Pasar ikan ramai lagi - Pedagang lega"),
        ("Warga: Pasar ikan ramai lagi", "Warga: Pasar ikan ramai lagi"),
    ],
)
def test_titles_lose_the_name_of_the_site(tmp_path: Path, title: str, expected: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        json.dumps(
            {
                "judul": title,
                "isi": TEXT,
                "url": "https://www.kabardesa.example/1",
            }
        )
    )
    assert [found.title for found in read(path, "uri") if isinstance(found, RawDocument)] == [expected]
