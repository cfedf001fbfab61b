"""The smallest PDF files that hold pages of text, for tests of what is read from them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

Placed = tuple[float, float, float, str]  # from the left, from the bottom, size, text

WIDTH, HEIGHT = 595, 842


def pdf(pages: Iterable[Iterable[Placed]], about: str = "") -> bytes:
    """A PDF file of pages of text in Helvetica; `about` are entries of its dictionary of properties."""
    return with_contents([content(page) for page in pages], about)


def content(page: Iterable[Placed]) -> bytes:
    lines = (f"BT /F1 {size} Tf {left} {bottom} Td ({_escaped(text)}) Tj ET" for left, bottom, size, text in page)
    return "\n".join(lines).encode("cp1252")


def with_contents(contents: list[bytes], about: str = "", trailer: str = "") -> bytes:
    """A PDF file of pages with these instructions, packed."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} /MediaBox [0 0 {WIDTH} {HEIGHT}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, instructions in enumerate(contents):
        packed = zlib.compress(instructions)
        page = f"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
        objects += [page.encode(), head + packed + b"\nendstream"]
    objects.append(f"<< {about} >>".encode("cp1252"))
    return _file(objects, trailer)


def _file(objects: list[bytes], trailer: str) -> bytes:
    data, places = bytearray(b"%PDF-1.7\n"), []
    for number, written in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, written)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects)
    data += f"trailer\n<< /Size {size + 1} /Root 1 0 R /Info {size} 0 R {trailer} >>\n".encode()
    return bytes(data + b"startxref\n%d\n%%%%EOF\n" % start)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
