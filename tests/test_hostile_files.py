"""Documents, tables, mails, archives and PDF files that were made to do harm, or were cut: a reason in seconds.

Whatever is good beside them, in the same file or behind it, is read.
"""

from __future__ import annotations

import io
import random
import struct
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from test_files_people_have import (
    HEAD,
    NORMAL,
    TITLE,
    mail,
    outcomes,
    saved,
    set_out,
    sheets,
    tarred,
    word,
    zipped,
)

from conftest import Write
from pdf_writer import content, pdf, with_contents
from warta.readers.files import read
from warta.records import RawDocument, Rejection

GOOD = b"Hujan turun di Bogor."
SECONDS = 10  # on a machine that others use, too; most take less than one


@contextmanager
def quickly() -> Iterator[None]:
    began = time.thread_time()
    yield
    assert time.thread_time() - began < SECONDS


def reasons(path: Path) -> list[str]:
    with quickly():
        return [reason for _, reason in outcomes(path)]


def repacked(data: bytes, changed: dict[str, bytes]) -> bytes:
    """A zip file with other parts in the place of some."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | changed)


# Documents of Word

DOCX = saved(word(("Title", TITLE), *NORMAL))
BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def document_xml(declared: str, text: str, encoding: str = "utf-8") -> bytes:
    declaration = f"<?xml version='1.0' encoding='{encoding}'?>{declared}"
    return f"{declaration}{BODY}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>".encode(encoding)


def declaring(declared: str, part: str = "word/document.xml", encoding: str = "utf-8") -> bytes:
    """A document with a part that declares this and refers to it."""
    return repacked(DOCX, {part: document_xml(f"<!DOCTYPE d [{declared}]>", "&x;", encoding)})


def with_body(body: bytes) -> bytes:
    return repacked(DOCX, {"word/document.xml": BODY.encode() + body})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (declaring('<!ENTITY x SYSTEM "file:///etc/passwd">'), "unsafe_xml"),
        (declaring(f'<!ENTITY l0 "ha">{LAUGHS}<!ENTITY x "&l9;">'), "unsafe_xml"),
        (declaring('<!ENTITY x SYSTEM "http://127.0.0.1/">', "docProps/core.xml"), "unsafe_xml"),
        (declaring('<!ENTITY x "ha">', encoding="utf-16"), "unsafe_xml"),
        (with_body(b"<w:p/>" * 30_000_000), "too_large"),
        (with_body(b"<w:p>" * 5_000), "broken_docx"),
        (with_body(b""), "broken_docx"),
        (repacked(DOCX, {"word/media/a.bmp": bytes(100_000_000)}), "too_large"),
        (repacked(DOCX, {"[Content_Types].xml": b"<a/>"}), "broken_docx"),
        (repacked(DOCX, {"word/document.xml": document_xml("", "")}), "no_text"),
        (DOCX[: len(DOCX) // 2], "broken_docx"),
        (DOCX[:-10], "broken_docx"),
        (DOCX[:10], "broken_docx"),
        (b"Hujan turun.", "broken_docx"),
    ],
    ids=range(14),
)  # fmt: skip
def test_docx(write: Write, data: bytes, reason: str) -> None:
    assert reasons(write("a.docx", data)) == [reason]
    beside = zipped({"satu.txt": GOOD, "a.docx": data, "dua.txt": GOOD})
    assert reasons(write("a.zip", beside))[::2] == [GOOD.decode()] * 2


# Tables

XLSX = sheets(Berita=[["Judul", "Isi"], [TITLE, GOOD.decode()]])
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"


def cells(number: int, columns: int = 100) -> bytes:
    """A sheet of so many cells that packs no better than those of people."""
    digits = random.Random(7)
    rows = [
        "<row>" + "".join(f"<c><v>{digits.randrange(10_000)}</v></c>" for _ in range(columns)) + "</row>"
        for _ in range(1_000)
    ]
    return SHEET + "".join(rows).encode() * (number // columns // len(rows)) + END


def with_sheet(data: bytes) -> bytes:
    return repacked(XLSX, {"xl/worksheets/sheet1.xml": data})


HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>Isi</t></is></c></row>'


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: with_sheet(cells(10_000_000)), "too_many"),
        (lambda: with_sheet(SHEET + b"<row>" + b"<c/>" * 10_000_000 + b"</row>" + END), "too_large"),
        (
            lambda: with_sheet(SHEET + f'{HEADER}<row r="999999999"><c r="A9"><v>1</v></c></row>'.encode() + END),
            "too_many",
        ),
        (lambda: repacked(XLSX, {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY x "ha">]><a>&x;</a>'}), "unsafe_xml"),
        (lambda: with_sheet(SHEET + b"<row><c"), "broken_xlsx"),
        (lambda: XLSX[: len(XLSX) // 2], "broken_xlsx"),
        (lambda: b"Judul,Isi", "broken_xlsx"),
    ],
)
def test_xlsx(write: Write, make: Callable[[], bytes], reason: str) -> None:
    assert reasons(write("a.xlsx", make())) == [reason]


def test_a_damaged_row_keeps_those_before(write: Write) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>Hujan {n}</t></is></c></row>' for n in range(2, 4))
    begun = SHEET.replace(b"<sheetData>", b'<dimension ref="A1:A3"/><sheetData>')
    path = write("a.xlsx", with_sheet(begun + f"{HEADER}{rows}<row".encode()))
    assert outcomes(path) == [
        ("sheet Berita row 1", "Hujan 2"), ("sheet Berita row 2", "Hujan 3"), ("sheet Berita", "broken_xlsx"),
    ]  # fmt: skip


# Markdown

ALIASES = "a0: &a0 [ha, ha]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f"---\n{ALIASES}title: *a29\n---\nHujan turun.", "unsafe_yaml"),
        ("---\ntitle: &a [*a]\n---\nHujan turun.", "unsafe_yaml"),
        (f"---\ntitle: {'[' * 500}{']' * 500}\n---\nHujan turun.", "too_deep"),
        ("---\ntitle: !!python/object/apply:os.system [id]\n---\nHujan", "!!python/object/apply:os.system [id]"),
        (f"---\ntitle: {'9' * 9_000}\n---\nHujan turun.", "9" * 9_000),
        ("---\ntitle: A\n---\n", "no_text"),
        ("Hujan \0 turun.", "binary_content"),
        ("[" * 50_000 + "Hujan", None),
        ("> " * 20_000 + "Hujan", None),
        ("*a _b " * 30_000, None),
        ("`" + "a`b" * 50_000, None),
        ("[a](" * 30_000, None),
        ("<!--" * 50_000, None),
        ("- " * 10_000 + "Hujan", None),
        ("|a" * 50_000 + "\n" + "|-" * 50_000, None),
        ("a\n" * 100_000, None),
        ("![" * 20_000 + "](" * 20_000, None),
        ("&" * 100_000 + "<" * 100_000, None),
    ],
    ids=range(18),
)
def test_markdown(write: Write, content: str, reason: str | None) -> None:
    found = reasons(write("a.md", content.encode()))
    assert len(found) == 1 and "internal_error" not in found
    assert reason is None or reason == found[0]


# Mail


def nested(levels: int) -> bytes:
    """A mail in a mail in a mail, each with a text of its own."""
    around = "Subject: Lapis {0}\nContent-Type: multipart/mixed; boundary=b{0}\n\n--b{0}\n\nHujan turun.\n--b{0}\n"
    begun = "".join(around.format(level) + "Content-Type: message/rfc822\n\n" for level in range(levels))
    ended = "".join(f"--b{level}--\n" for level in reversed(range(levels)))
    return f"{begun}Subject: Inti\n\nHujan.\n{ended}".encode()


def multiparts(levels: int) -> bytes:
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(levels))
    return b"From: a@b.example\nMIME-Version: 1.0\n" + head.encode() + b"\nHujan turun.\n" * 1000


def of_parts(number: int) -> bytes:
    message = mail("Banyak", "Hujan turun.")
    message.make_mixed()
    for part in range(number):
        text = f"Pasar {part} ramai.".encode()
        message.add_attachment(text, maintype="text", subtype="plain", filename=f"{part}.txt")
    return message.as_bytes()


def test_mail_of_many_parts(write: Write) -> None:
    found = outcomes(write("a.eml", of_parts(500)))
    assert found[:2] == [("", "Banyak"), ("attachment 1 0.txt", "Pasar 0 ramai.")]
    assert (len(found), found[-1]) == (101, ("from part 101", "too_many"))


def test_mails_in_mails(write: Write) -> None:
    found = reasons(write("a.eml", nested(10)))
    assert found == [*(f"Lapis {level}" for level in range(5)), "too_deep"]
    assert reasons(write("a.eml", nested(60))) == ["too_many"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (multiparts(300), "too_many"),
        (multiparts(90), "truncated"),
        (b"", "empty"),
        (b"Subject: a\n\n", "no_text"),
        (b"Subject: " + b"(" * 100_000 + b"\nFrom: " + b'"<(' * 50_000 + b"\nDate: " + b"(" * 999 + b"\n\nHuja", None),
        (b"Subject: =?utf-8?b?" + b"A" * 5_000 + b"?= =?x-none?q?a?= \xff\xfe\0\nContent-Type: a; charset=x\xff\n\nHu",
         None),
        (multiparts(50) + b"a\n" * 100_000, "too_many"),
        (b"Content-Type: multipart/mixed\n\nHujan turun.", None),
        (b"Content-Type: text/html; charset=utf-8\n\n" + b"<div>" * 1_000 + b"Hujan turun.", "html_too_deep"),
        (b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!", "no_text"),
        (b"Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\nbegin 666 a\n" + b"M" * 1000, None),
        (b"Content-Type: text/plain; charset*0*=utf-8''a; charset*9999999999=b\n\nHujan turun.", None),
        (b"A: b\n" * 200_000 + b"\nHujan turun.", None),
    ],
    ids=range(13),
)  # fmt: skip
def test_eml(write: Write, data: bytes, reason: str | None) -> None:
    (found,) = reasons(write("a.eml", data))
    assert found != "internal_error" and reason in (found, None)


def test_a_mail_that_was_cut(write: Write) -> None:
    """Never taken for a shorter whole one; the parts before the cut are read."""
    message = mail("Naskah", "Hujan turun.")
    message.add_attachment(b"Jalan licin." * 20, maintype="text", subtype="plain", filename="a.txt")
    data = message.as_bytes()
    for cut in range(data.index(b"filename") + 20, len(data) - 4, 7):
        assert reasons(write("a.eml", data[:cut])) == ["Naskah", "truncated"]
    assert reasons(write("a.eml", data[: data.index(b"Hujan") + 5])) == ["truncated"]


def test_mbox(write: Write) -> None:
    head = b"From a@b.example Mon Mar  2 08:30:00 2026\n"
    good = mail("Baik", "Hujan turun.").as_bytes()
    for bad, reason in ((multiparts(300), "too_many"), (b"Subject: a\n\n\xff\0", "binary_content")):
        data = b"\n\n".join([head + good, head + bad, head + good])
        assert reasons(write("a.mbox", data)) == ["Baik", reason, "Baik"]


# Archives


def overlapping(copies: int) -> bytes:
    """One entry under many names, as in a zip that unpacks to a thousand times what it should."""
    data = zipped({"a.txt": GOOD * 1_000})
    start = data.index(b"PK\1\2")
    end = data.index(b"PK\5\6")
    listed = b"".join(data[start : start + 46] + b"%05d" % n + data[start + 51 : end] for n in range(copies))
    last = bytearray(data[end:])
    struct.pack_into("<HHLL", last, 8, copies, copies, len(listed), start)
    return data[:start] + listed + bytes(last)


def of_entries(number: int) -> bytes:
    """A list of so many entries, of which one is there."""
    data = zipped({"a.txt": b""})
    start, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    last = bytearray(data[end:])
    struct.pack_into("<HHLL", last, 8, number % 65_536, number % 65_536, (end - start) * number, start)
    return data[:start] + data[start:end] * number + bytes(last)


def of_links() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        kinds = [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE]
        for number, kind in enumerate(kinds):
            entry = tarfile.TarInfo(f"../{number}.txt")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
        entry = tarfile.TarInfo("baik.txt")
        entry.size = len(GOOD)
        archive.addfile(entry, io.BytesIO(GOOD))
    return file.getvalue()


def of_zip_link() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        entry = zipfile.ZipInfo("a.txt")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
        archive.writestr("baik.txt", GOOD)
    return file.getvalue()


def with_password() -> bytes:
    data = bytearray(zipped({"a.txt": b"rahasia", "baik.txt": GOOD}))
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


def with_damage() -> bytes:
    data = bytearray(zipped({"a.txt": b"Sungai meluap. " * 50, "baik.txt": GOOD}))
    data[data.index(b"a.txt") + 12] ^= 0xFF
    return bytes(data)


def sparse() -> bytes:
    """A few bytes that stand for a terabyte of zeros."""
    entry = tarfile.TarInfo("a.txt")
    entry.type = tarfile.GNUTYPE_SPARSE
    header = bytearray(entry.tobuf(tarfile.GNU_FORMAT))
    header[386:398], header[398:410], header[483:495] = b"00000000000\0", b"00000000000\0", b"77777777777\0"
    header[148:156] = b"        "
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + tarred({"baik.txt": GOOD})


SAID = GOOD.decode()


@pytest.mark.parametrize(
    ("name", "make", "expected"),
    [
        ("a.zip", lambda: zipped({"a.zip": zipped({"b": GOOD}), "b.tgz": tarred({"b": GOOD}, "w:gz"), "c.txt": GOOD}),
         ["nested_archive", "nested_archive", SAID]),
        ("a.tar", lambda: tarred({"a.zip": zipped({"b.txt": GOOD}), "c.txt": GOOD}), ["nested_archive", SAID]),
        ("a.zip", lambda: zipped({"a.txt": bytes(200_000_000), "b.txt": GOOD}), ["too_large", SAID]),
        ("a.zip", lambda: of_entries(100_000), ["too_many"]),
        ("a.tar", lambda: tarred({f"{n}.md": GOOD for n in range(11)} | {f".{n}": b"" for n in range(9_995)}),
         [*[SAID] * 11, "too_many"]),
        ("a.zip", lambda: overlapping(1_000), ["unsafe_archive"]),
        ("a.tar", of_links, ["link", "link", "not_a_file", "not_a_file", "not_a_file", SAID]),
        ("a.zip", of_zip_link, ["link", SAID]),
        ("a.zip", with_password, ["encrypted", SAID]),
        ("a.zip", with_damage, ["broken_entry", SAID]),
        ("a.tar", sparse, ["not_a_file", SAID]),
        ("a.zip", lambda: zipped({"a.txt": GOOD})[:-30], ["broken_zip"]),
        ("a.zip", lambda: zipped({"a.txt": GOOD})[:30], ["broken_zip"]),
        ("a.zip", lambda: b"PK\3\4 Hujan", ["broken_zip"]),
        ("a.zip", lambda: zipped({}), ["empty"]),
        ("a.tar", lambda: tarred({}), ["empty"]),
        ("a.tar", lambda: b"Hujan turun." * 100, ["broken_tar"]),
        ("a.tar.gz", lambda: zlib.compress(bytes(100_000_000), wbits=31), ["too_large"]),
        ("a.zip", lambda: zipped({"a.docx": with_body(b"<w:p/>" * 9_000_000), "b.txt": GOOD}), ["too_large", SAID]),
    ],
    ids=range(19),
)  # fmt: skip
def test_archives(write: Write, name: str, make: Callable[[], bytes], expected: list[str]) -> None:
    assert reasons(write(name, make())) == expected


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_tar_that_was_cut(write: Write, mode: str) -> None:
    """What came before the cut is read; the rest is one reason, wherever the cut is, even between two entries."""
    data = tarred({"a.txt": GOOD, "b.txt": b"Jalan licin. " * 99}, mode)
    end = 4 * 512 + 1_536 if mode == "w" else len(data)
    for cut in range(600, end, 97) if mode == "w" else range(20, len(data), 13):
        found = reasons(write("a.tar", data[:cut]))
        assert found[-1] in ("truncated", "broken_gzip", "empty", "broken_tar"), cut
        assert found[:-1] in ([], [SAID], [SAID, ("Jalan licin. " * 99).strip()])
    assert reasons(write("a.tar", data)) == [SAID, ("Jalan licin. " * 99).strip()]


def test_bytes_turned_over_in_a_zip(write: Write) -> None:
    """Wherever one is damaged, there is a reason or the text, and no fault of ours."""
    data = zipped({"a.txt": GOOD, "b.md": GOOD})
    for at in range(0, len(data), 3):
        damaged = bytearray(data)
        damaged[at] ^= 0x55
        assert "internal_error" not in reasons(write("a.zip", bytes(damaged)))


# PDF


PASSWORD = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P 0 /O <{'00' * 32}> /U <{'00' * 32}> >> /ID [<00> <00>]"
PAGE = [*HEAD, *set_out(["Hujan turun di Bogor sejak pagi."])]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: pdf([[]]), "no_text_layer"),
        (lambda: pdf([[]] * 501), "too_many"),
        (lambda: pdf([PAGE]).replace(b"/Count 1 ", b"/Count 100000 "), None),
        (lambda: with_contents([bytes(200_000_000)]), "no_text_layer"),
        (lambda: with_contents([b"BT /F1 9 Tf (Hujan) Tj ET " * 500_000]), None),
        (lambda: with_contents([b"q " * 10_000_000]), "no_text_layer"),
        (lambda: pdf([set_out(["Hujan turun " * 20] * 50)] * 100), "too_large"),
        (lambda: pdf([[(x * 5.0, y * 5.0, 1.0, "Hujan") for y in range(160) for x in range(118)]] * 2), "too_many"),
        (lambda: with_contents([content(PAGE)], trailer=PASSWORD), "encrypted"),
        (lambda: b"%PDF-1.7\n", "broken_pdf"),
        (lambda: pdf([PAGE])[:200], "broken_pdf"),
        (lambda: b"%PDF-1.7\n1 0 obj\n<< /Pages 1 0 R /Kids [1 0 R] >>\nendobj\ntrailer << /Root 1 0 R >>", None),
        (lambda: b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000, "broken_pdf"),
    ],
    ids=range(13),
)  # fmt: skip
def test_pdf(write: Write, make: Callable[[], bytes], reason: str | None) -> None:
    (found,) = reasons(write("a.pdf", make()))
    assert found != "internal_error" and reason in (found, None), found


def test_pages_before_a_cut_are_not_taken_for_all(write: Write) -> None:
    data = pdf([PAGE, PAGE])
    for cut in range(300, len(data) - 10, 50):
        found = next(iter(read(write("a.pdf", data[:cut]), "uri")))
        assert isinstance(found, Rejection) or found.text.count("sejak pagi") == 2


def test_markup_in_any_field_is_text_or_gone(write: Write) -> None:
    evil = "<img src=x onerror=alert(1)><b>Banjir</b> bandang"
    files = {
        "a.docx": saved(word(("Title", evil), ("Normal", evil))),
        "a.xlsx": sheets(Berita=[["judul", "isi", "penulis"], [evil, evil, evil]]),
        "a.md": f"---\njudul: '{evil}'\npenulis: '{evil}'\n---\n{evil}".encode(),
        "a.eml": mail(evil, evil).as_bytes(),
        "a.pdf": pdf([[(60.0, 770.0, 20.0, evil), *set_out([evil])]]),
    }
    for name, data in files.items():
        (found,) = read(write(name, data), "uri")
        assert isinstance(found, RawDocument)
        assert found.title == "Banjir bandang" and found.text == "Banjir bandang", name
        assert found.author in (None, "Banjir bandang", "Rina Lestari")
