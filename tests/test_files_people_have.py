"""Documents, tables, mails, archives and PDF files as people have them: what is read from each, and from where."""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml

from conftest import Write
from pdf_writer import Placed, pdf
from warta.readers.files import read
from warta.records import RawDocument, Rejection

WIB = timezone(timedelta(hours=7))
TITLE = "Jembatan Gantung Desa Sukamaju Diresmikan"
LINES = [
    "Bupati Anwar Siregar meresmikan jembatan gantung yang menghubungkan Desa Sukamaju dengan pasar kecamatan.",
    "“Anak-anak tidak perlu lagi menyeberangi sungai,” kata Anwar di hadapan warga, Senin (2/3/2026).",
    "Pembangunan jembatan itu menghabiskan Rp 1,8 miliar dari dana desa dan bantuan provinsi.",
]
TEXT = "\n".join(LINES)


def documents(path: Path) -> list[RawDocument]:
    found = list(read(path, "uri"))
    assert not [one for one in found if isinstance(one, Rejection)]
    return [one for one in found if isinstance(one, RawDocument)]


def outcomes(path: Path) -> list[tuple[str, str]]:
    """Place and title or reason of each document."""
    return [
        (one.locator, one.title or one.text if isinstance(one, RawDocument) else one.reason)
        for one in read(path, "uri")
    ]


# Documents of Word


def word(*styled: tuple[str, str], **properties: Any) -> docx.document.Document:
    document = docx.Document()
    for style, text in styled:
        document.add_paragraph(text, style=style)
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    return document


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


NORMAL = [("Normal", line) for line in LINES]


@pytest.mark.parametrize(
    ("document", "title", "author", "text"),
    [
        (word(("Title", TITLE), *NORMAL), TITLE, None, TEXT),
        (word(("Heading 1", TITLE), *NORMAL, author="Rina Lestari"), TITLE, "Rina Lestari", TEXT),
        (word(("Normal", TITLE), *NORMAL), TITLE, None, TEXT),
        (word(*NORMAL, title=TITLE), TITLE, None, TEXT),
        (word(*NORMAL, title="Microsoft Word - Berita hari ini", author="ASUS Vivobook"), None, None, TEXT),
        (word(*NORMAL, title="berita_final.docx", author="Microsoft Office User"), None, None, TEXT),
        (word(("Title", TITLE), *NORMAL[:1], ("Heading 2", "Dana desa"), *NORMAL[1:]), TITLE, None,
         "\n".join([LINES[0], "Dana desa", *LINES[1:]])),
        (word(("Title", "<script>alert(1)</script>Jembatan <b>baru</b>"), *NORMAL), "Jembatan baru", None, TEXT),
    ],
)  # fmt: skip
def test_docx(write: Write, document: Any, title: str | None, author: str | None, text: str) -> None:
    for path in (write("a.docx", saved(document)), write("berita.txt", saved(document))):  # the content decides
        (found,) = documents(path)
        assert (found.title, found.author, found.text, found.published) == (title, author, text, None)
        assert found.media_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    (packed,) = documents(write("a.docx.gz", gzip.compress(saved(document))))
    assert packed.text == text


def test_docx_has_the_words_that_word_shows(write: Write) -> None:
    """Inserted words and those of links, not deleted or moved ones; lines that are broken; framed text, no table."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = word(("Title", TITLE))
    document.element.body.insert(1, parse_xml(
        f"<w:p {space}><w:r><w:t>Warga </w:t></w:r><w:ins><w:r><w:t>desa </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>kota </w:delText></w:r></w:del><w:moveFrom><w:r><w:t>kemarin </w:t></w:r></w:moveFrom>"
        "<w:hyperlink><w:r><w:t>memanen padi</w:t></w:r></w:hyperlink><w:r><w:br/><w:t>di sawah.</w:t></w:r></w:p>"
    ))  # fmt: skip
    document.element.body.insert(2, parse_xml(
        f"<w:sdt {space}><w:sdtContent><w:p><w:r><w:t>Hujan turun.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    ))  # fmt: skip
    document.add_table(1, 1).cell(0, 0).text = "Pasar ramai."
    numbers = document.add_table(1, 2)
    numbers.cell(0, 0).text, numbers.cell(0, 1).text = "Padi", "12 ton"
    (found,) = documents(write("a.docx", saved(document)))
    assert found.text.split("\n") == ["Warga desa memanen padi", "di sawah.", "Hujan turun.", "Pasar ramai."]


# Tables


def sheets(**rows: list[list[Any]]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, cells in rows.items():
        sheet = workbook.create_sheet(name)
        for row in cells:
            sheet.append(row)
    return saved(workbook)


def test_xlsx(write: Write) -> None:
    data = sheets(
        Maret=[
            ["ID", "Judul", "Tanggal", "Isi Berita", "Penulis", "Kanal"],
            [7, TITLE, datetime(2026, 3, 2, 8, 30), TEXT, "Rina Lestari", "Daerah"],
            [None] * 6,
            ["b-8", "Harga Cabai Naik", date(2026, 3, 3), "Harga cabai naik.", None, "#N/A"],
            [9, "Tanpa isi", "3 Maret 2026", None],
        ],
        Catatan=[["Kolom", "Arti"], ["Isi", "isi berita"]],
        April=[["text", "date"], ["=1+1", "05/30/2026"], ["Hujan turun.", "05/03/2026"]],
    )
    for path in (write("a.xlsx", data), write("a.csv", data), write("a", data)):
        found = list(read(path, "uri"))
        assert [one.locator for one in found] == [
            "sheet Maret row 1", "sheet Maret row 3", "sheet Maret row 4", "sheet April row 1", "sheet April row 2",
        ]  # fmt: skip
        first, second, without, empty, last = found
        assert isinstance(first, RawDocument) and isinstance(second, RawDocument) and isinstance(last, RawDocument)
        assert (first.external_id, first.title, first.text) == ("7", TITLE, TEXT)
        assert (first.published, first.author, first.category) == (
            datetime(2026, 3, 2, 8, 30),
            "Rina Lestari",
            "Daerah",
        )
        assert (second.published, second.category) == (datetime(2026, 3, 3), None)
        assert isinstance(without, Rejection) and without.reason == "no_text"
        assert isinstance(empty, Rejection)  # a formula that was never calculated
        assert last.published == datetime(2026, 5, 3)  # month first, as the column shows


def test_xlsx_without_texts(write: Write) -> None:
    (found,) = read(write("a.xlsx", sheets(Daftar=[["Nama", "Umur"], ["Sari", 3]], Kosong=[])), "uri")
    assert isinstance(found, Rejection) and (found.reason, found.locator) == ("no_text_column", "sheet Daftar")
    assert "Nama, Umur" in found.detail


# Markdown

FRONT = """---
judul: "Jembatan Gantung"
date: 2026-03-02T08:30:00+07:00
penulis: [Rina Lestari, Budi Hartono]
kategori: Daerah
url: https://kabar.example/jembatan
isi: bukan ini
---
"""


@pytest.mark.parametrize(
    ("content", "title", "text"),
    [
        (f"# {TITLE}\n\n" + "\n\n".join(LINES), TITLE, TEXT),
        (f"{TITLE}\n===\n\n" + "\n\n".join(LINES), TITLE, TEXT),
        ("Hujan *turun* di **Bogor**,\nkata [petugas](https://kabar.example/a).\n\n![foto](a.jpg)\n\n* satu\n* `dua`",
         None, "Hujan turun di Bogor, kata petugas.\nsatu\ndua"),
        ("# A\n\n> “Banjir surut,” katanya.\n\n---\n\n## Data\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nSelesai.",
         "A", "“Banjir surut,” katanya.\nData\nSelesai."),
        ("Satu.\n\n<script>alert(1)</script>\n\n<p onclick='x()'>Dua.</p>\n\n[tiga](javascript:alert(1)).", None,
         "Satu.\nDua.\n[tiga](javascript:alert(1))."),
        ("[Kota] Hujan turun.", None, "[Kota] Hujan turun."),
        ("[{'kota'}] hujan.", None, "[{'kota'}] hujan."),
        ("--- \n\nHujan turun.\n\n---\n\nJalan licin.", None, "Hujan turun.\nJalan licin."),
    ],
)  # fmt: skip
def test_markdown(write: Write, content: str, title: str | None, text: str) -> None:
    (found,) = documents(write("a.md", content.encode()))
    assert (found.title, found.text, found.media_type) == (title, text, "text/markdown")


@pytest.mark.parametrize(
    ("front", "title", "author", "published"),
    [
        (FRONT, "Jembatan Gantung", "Rina Lestari, Budi Hartono", datetime(2026, 3, 2, 8, 30, tzinfo=WIB)),
        ('+++\ntitle = "Jembatan Gantung"\ndate = 2026-03-02T08:30:00+07:00\n+++\n', "Jembatan Gantung", None,
         datetime(2026, 3, 2, 8, 30, tzinfo=WIB)),
        ("---\ntitle: Banjir: tiga desa terendam\ntanggal: 2 Maret 2026\n---\n", "Banjir: tiga desa terendam", None,
         datetime(2026, 3, 2)),
        ("---\ntanggal: 2026-03-02\n---\n", "Judul dari teks", None, datetime(2026, 3, 2)),
        ("---\r\ntanggal: 2026-03-02\r\n...\r\n", "Judul dari teks", None, datetime(2026, 3, 2)),
        ("---\n---\n", "Judul dari teks", None, None),
    ],
)  # fmt: skip
def test_front_matter(write: Write, front: str, title: str, author: str | None, published: datetime | None) -> None:
    (found,) = documents(write("a.markdown", f"{front}\n# Judul dari teks\n\n{LINES[0]}\n".encode()))
    assert (found.title, found.author, found.published, found.text) == (title, author, published, LINES[0])


# Mail


def mail(subject: str = TITLE, text: str | None = TEXT, page: str | None = None, **headers: str) -> EmailMessage:
    message = EmailMessage()
    given = {"From": "Rina Lestari <rina@kabar.example>", "Date": "Mon, 02 Mar 2026 08:30:00 +0700 (WIB)", **headers}
    for name, value in {"Subject": subject, "Message-ID": "<7@kabar.example>", **given}.items():
        message[name] = value
    if text is not None:
        message.set_content(text)
    if page is not None:
        (message.add_alternative if text is not None else message.set_content)(page, subtype="html")
    return message


PAGE = f"<html><body><p>{'</p><p>'.join(LINES)}</p><script>alert(1)</script></body></html>"
MAIL = (TITLE, "Rina Lestari", datetime(2026, 3, 2, 8, 30, tzinfo=WIB), TEXT)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (mail(), MAIL),
        (mail(f"Re: {TITLE}"), MAIL),
        (mail(f"Fwd: Re: {TITLE}"), (TITLE, None, None, TEXT)),
        (mail(text=None, page=PAGE), MAIL),
        (mail(text="Buka di peramban.", page=PAGE), MAIL),
        (mail(text=TEXT, page="<p>Lihat versi web</p>"), MAIL),
        (mail(From="<redaksi@kabar.example>"), (TITLE, None, *MAIL[2:])),
        (mail(From="Rédaksi Kabar <r@kabar.example>", Date="kapan-kapan"), (TITLE, "Rédaksi Kabar", None, TEXT)),
    ],
)
def test_eml(write: Write, message: EmailMessage, expected: tuple[Any, ...]) -> None:
    for path in (write("a.eml", message.as_bytes()), write("surat", message.as_bytes())):
        (found,) = documents(path)
        text = found.text.replace("\n\n", "\n")
        assert (found.title, found.author, found.published, text) == expected
        assert (found.external_id, found.media_type) == ("7@kabar.example", "message/rfc822")


def test_attachments(write: Write) -> None:
    message = mail("Dua naskah", "Terlampir.")
    attached = {
        "application/msword naskah.docx": saved(word(("Title", TITLE), *NORMAL)),
        "image/jpeg foto.jpg": b"\xff\xd8\xff\xe0 foto",
        "application/msword lama.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "text/plain ../../etc/hujan\u202e.txt": b"Hujan turun.\n",
    }
    for kind, data in attached.items():
        main, sub, name = re.split("[/ ]", kind, maxsplit=2)
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    message.add_attachment(mail("Fwd: Pasar Baru", "Pasar baru dibuka."))
    assert outcomes(write("a.eml", message.as_bytes())) == [
        ("", "Dua naskah"),
        ("attachment 1 naskah.docx", TITLE),
        ("attachment 2 lama.doc", "unknown_file_type"),
        ("attachment 3 ../../etc/hujan\\u202e.txt", "Hujan turun."),
        ("attachment 4", "Pasar Baru"),
    ]


def test_mbox(write: Write) -> None:
    """Messages one after the other, each with its place; a line that begins with `From ` ends none in a paragraph."""
    head = "From rina@kabar.example Mon Mar  2 08:30:00 2026\n"
    first = mail("Satu", "Hujan turun.\n>From Bogor ke Depok.\nFrom now on 2026.\n").as_string()
    second = mail("Dua", "Jalan licin.").as_string()
    broken = mail("Tiga", None).as_string()
    data = "".join(f"{head}{message}\n" for message in (first, broken, second)).encode()
    for path in (write("a.mbox", data), write("kotak", data), write("a.mbox.gz", gzip.compress(data))):
        found = list(read(path, "uri"))
        assert [(one.locator, one.title if isinstance(one, RawDocument) else one.reason) for one in found] == [
            ("message 1", "Satu"), ("message 2", "no_text"), ("message 3", "Dua"),
        ]  # fmt: skip
        assert isinstance(found[0], RawDocument)
        assert found[0].text == "Hujan turun.\nFrom Bogor ke Depok.\nFrom now on 2026."
        assert found[0].media_type == "application/mbox"


# Archives


ENTRIES = {
    "news/": b"",
    "news/a.txt": b"Hujan turun.",
    "news/feed.jsonl": b'{"title": "B", "text": "Jalan licin."}\n{"text": \n',
    "__MACOSX/news/._a.txt": b"\0\0",
    "news/.DS_Store": b"\0\1",
    "b/salinan.txt": b"Hujan turun.",
    "c/naskah.docx": saved(word(("Title", TITLE), *NORMAL)),
    "c/tabel.csv.gz": gzip.compress(b"id,text\n1,Pasar ramai.\n"),
    "c/surat.eml": mail("Surat").as_bytes(),
    "c/foto.jpg": b"\xff\xd8\xff\xe0\0",
    "d/kosong.txt": b"",
    "../../../tmp/jahat.txt": b"Sungai meluap.",
}
READ = [
    ("entry news/a.txt", "Hujan turun."),
    ("entry news/feed.jsonl line 1", "B"),
    ("entry news/feed.jsonl line 2", "broken_json"),
    ("entry b/salinan.txt", "Hujan turun."),
    ("entry c/naskah.docx", TITLE),
    ("entry c/tabel.csv.gz row 1", "Pasar ramai."),
    ("entry c/surat.eml", "Surat"),
    ("entry c/foto.jpg", "unknown_file_type"),
    ("entry d/kosong.txt", "empty"),
    ("entry ../../../tmp/jahat.txt", "Sungai meluap."),
]


def zipped(entries: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred(entries: dict[str, bytes], mode: str = "w") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in entries.items():
            entry = tarfile.TarInfo(name.rstrip("/"))
            entry.size, entry.type = len(data), tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
            archive.addfile(entry, io.BytesIO(data))
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(ENTRIES)),
        ("arsip", zipped(ENTRIES)),
        ("a.tar", tarred(ENTRIES)),
        ("a.tar.gz", tarred(ENTRIES, "w:gz")),
        ("a.tgz", tarred(ENTRIES, "w:gz")),
        ("arsip.txt", tarred(ENTRIES, "w:gz")),
    ],
)
def test_archives(write: Write, name: str, data: bytes) -> None:
    path = write(name, data)
    assert outcomes(path) == READ
    found = list(read(path, "uri"))
    (alone,) = read(write("x.txt", b"Hujan turun."), "uri")
    assert (found[0].sha256, found[0].size, found[0].media_type) == (alone.sha256, 12, "text/plain")
    assert {one.source_uri for one in found} == {"uri"}
    assert sorted(one.name for one in path.parent.iterdir()) == sorted([name, "x.txt"])


def test_names_of_entries(write: Write) -> None:
    """Those that are no UTF-8, hold line breaks or are endless are shown on a line, and the entry is read."""
    names = {"berita-é.txt": b"satu", "a\nb.txt": b"dua", "\udce9.txt": b"tiga", "x" * 5_000 + ".txt": b"empat"}
    found = list(read(write("a.tar", tarred(names)), "uri"))
    assert [one.text for one in found if isinstance(one, RawDocument)] == ["satu", "dua", "tiga", "empat"]
    assert [one.locator for one in found] == [
        "entry berita-é.txt", "entry a\\u000ab.txt", "entry \\udce9.txt", f"entry {'x' * 300}",
    ]  # fmt: skip


# PDF


def set_out(lines: list[str], left: float = 60, top: float = 740, leading: float = 13) -> list[Placed]:
    return [(left, top - leading * number, 10.0, line) for number, line in enumerate(lines)]


PARAGRAPHS = [
    ["   Pemerintah daerah memulai pembangunan jembatan baru yang meng-",
     "hubungkan dua desa di tepi sungai itu."],
    ["   “Anak-anak tidak perlu lagi menyeberang dengan rakit atau pera-",
     "hu,” kata Bupati Anwar Siregar di lokasi, Senin."],
    ["   Warga menyambut rencana itu dengan gembira karena setiap anak-",
     "anak kini dapat berangkat sekolah dengan aman."],
]  # fmt: skip
JOINED = [
    "Pemerintah daerah memulai pembangunan jembatan baru yang menghubungkan dua desa di tepi sungai itu.",
    "“Anak-anak tidak perlu lagi menyeberang dengan rakit atau perahu,” kata Bupati Anwar Siregar di lokasi, Senin.",
    "Warga menyambut rencana itu dengan gembira karena setiap anak-anak kini dapat berangkat sekolah dengan aman.",
]


def indented(paragraphs: list[list[str]], left: float, top: float) -> list[Placed]:
    """Paragraphs that begin farther right, without space between them."""
    lines = set_out([line for paragraph in paragraphs for line in paragraph], left, top)
    return [(at + 12 if text.startswith(" ") else at, bottom, size, text.strip()) for at, bottom, size, text in lines]


def spaced(paragraphs: list[list[str]], left: float, top: float) -> list[Placed]:
    """Paragraphs with space between them."""
    found: list[Placed] = []
    for number, paragraph in enumerate(paragraphs):
        found += set_out([line.strip() for line in paragraph], left, top - 36 * number)
    return found


HEAD: list[Placed] = [(60.0, 770.0, 20.0, TITLE)]


@pytest.mark.parametrize("put", [indented, spaced])
def test_pdf_of_one_column(write: Write, put: Callable[[list[list[str]], float, float], list[Placed]]) -> None:
    data = pdf([[*HEAD, *put(PARAGRAPHS, 60, 740)]], "/Author (Rina Lestari) /Title (berita_01.indd)")
    for path in (write("a.pdf", data), write("a.txt", data)):
        (found,) = documents(path)
        assert (found.title, found.author, found.text) == (TITLE, "Rina Lestari", "\n".join(JOINED))
        assert found.media_type == "application/pdf"


NARROW = [
    [
        ["   Pemerintah daerah memulai pem-", "bangunan jembatan baru di desa", "itu pada Senin pagi."],
        ["   Warga menyambut rencana itu", "dengan gembira, dan mereka ikut"],
    ],
    [
        ["bekerja sejak hari pertama tanpa", "dibayar."],
        ["   Jembatan itu selesai dalam satu", "tahun, kata Bupati Anwar Siregar", "di lokasi."],
    ],
]


def test_pdf_of_two_columns(write: Write) -> None:
    """Column after column, whichever way the program wrote them; a paragraph goes on in the next one."""
    left, right = (indented(column, at, 740) for column, at in zip(NARROW, (60, 320), strict=True))
    by_row = sorted([*left, *right], key=lambda placed: (-placed[1], placed[0]))
    for page in ([*HEAD, *left, *right], [*right, *left, *HEAD], [*HEAD, *by_row]):
        (found,) = documents(write("a.pdf", pdf([page])))
        assert (found.title, found.text.split("\n")) == (TITLE, [
            "Pemerintah daerah memulai pembangunan jembatan baru di desa itu pada Senin pagi.",
            "Warga menyambut rencana itu dengan gembira, dan mereka ikut bekerja sejak hari pertama tanpa dibayar.",
            "Jembatan itu selesai dalam satu tahun, kata Bupati Anwar Siregar di lokasi.",
        ])  # fmt: skip


def test_what_repeats_on_pages_is_left_out(write: Write) -> None:
    pages: list[list[Placed]] = []
    for number, paragraph in enumerate(PARAGRAPHS, 1):
        head = [(60.0, 815.0, 8.0, "KABAR DESA"), (480.0, 815.0, 8.0, "Senin, 2 Maret 2026")]
        foot = [(280.0, 30.0, 8.0, f"Halaman {number} dari 3")]
        pages.append([*head, *(HEAD if number == 1 else []), *indented([paragraph], 60, 740), *foot])
    (found,) = documents(write("a.pdf", pdf(pages)))
    assert (found.title, found.text) == (TITLE, "\n".join(JOINED))


def test_title_of_a_pdf_without_a_large_line(write: Write) -> None:
    plain = spaced(PARAGRAPHS, 60, 740)
    short: list[Placed] = [(60.0, 770.0, 10.0, "Jembatan Desa Diresmikan")]
    for page, about, title in (
        ([*short, *plain], "", "Jembatan Desa Diresmikan"),
        (plain, "/Title (Jembatan Gantung di Desa Sukamaju)", "Jembatan Gantung di Desa Sukamaju"),
        (plain, "/Title (Microsoft Word - jembatan.doc)", None),
    ):
        (found,) = documents(write("a.pdf", pdf([page], about)))
        assert (found.title, found.text) == (title, "\n".join(JOINED))


# What is not read


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), ".docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "without a password"),
        ("a.rtf", b"{\\rtf1 Hujan turun.}", ".docx"),
        ("a.txt", b"{\\rtf1 Hujan turun.}", ".docx"),
        ("a.odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}), ".docx"),
        ("a.zip", zipped({"ppt/presentation.xml": b"<a/>"}), ".pdf"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "ocrmypdf"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0", "ocrmypdf"),
        ("a.rar", b"Rar!\x1a\x07\x01\0", ".zip"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\4", ".zip"),
        ("a.mp3", b"ID3\x03\0\0", ".txt"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), ".eml"),
        ("a", b"Hujan turun.", "neither the name nor the content"),
    ],
)
def test_what_is_not_read_says_what_to_do(write: Write, name: str, data: bytes, said: str) -> None:
    (found,) = read(write(name, data), "uri")
    assert isinstance(found, Rejection) and found.reason == "unknown_file_type"
    assert said in found.detail and len(found.detail) < 120 and ".jsonl" not in found.detail
