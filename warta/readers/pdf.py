"""`.pdf`: a document with a text layer is one article. Its lines are put together to paragraphs (see pdf_lines)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from warta.readers import fields, first_lines, pdf_lines
from warta.readers.pdf_lines import Line
from warta.readers.source import Source, Unreadable
from warta.records import RawDocument, Rejection

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_FILE = 64 << 20
MAX_PAGES = 500
MAX_PIECES = 20_000  # of a line each, on a page
_NO_LAYER = "it holds pictures of pages and no text: run OCR over it first (for example ocrmypdf)"


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    yield source.attempt(lambda: _document(source), locator="", data=None)


def _document(source: Source) -> RawDocument | Rejection:
    with closing(_opened(source.binary(MAX_FILE))) as document:
        if len(document) > MAX_PAGES:
            detail = f"it has {len(document):,} pages, more than {MAX_PAGES}: split it into articles"
            raise Unreadable("too_many", detail)
        pages = list(_pages(document))
        about = document.get_metadata_dict()
    if not any(pages):
        raise Unreadable("no_text_layer", _NO_LAYER)
    title, lines = pdf_lines.article(pages)
    if not title:
        title, lines = first_lines.titled(lines, about.get("Title", ""))
    author = first_lines.author(about.get("Author", ""))
    return fields.document(source, {"title": title, "author": author, "text": "\n".join(lines)})


def _opened(data: bytes) -> PdfDocument:
    import pypdfium2  # here: most workers never see one

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("encrypted", "it has a password: save it without one") from None
        raise Unreadable("broken_pdf", f"this is no whole .pdf file: {error}") from None


def _pages(document: PdfDocument) -> Iterator[list[Line]]:
    import pypdfium2

    size = 0
    for number in range(len(document)):
        try:
            with closing(document[number]) as page:
                lines = _lines(page)
        except pypdfium2.PdfiumError as error:
            raise Unreadable("broken_pdf", f"page {number + 1} cannot be read: {error}") from None
        size += sum(len(line.text) for line in lines)
        if size > fields.MAX_TEXT:
            raise Unreadable("too_large", f"the first {number + 1} pages have more than {fields.MAX_TEXT} characters")
        yield lines


def _lines(page: PdfPage) -> list[Line]:
    """What stands on the page, in pieces of a line each, with their places from the top."""
    height = page.get_height()
    with closing(page.get_textpage()) as text:
        if text.count_chars() > fields.MAX_TEXT:
            raise Unreadable("too_large", f"a page has more than {fields.MAX_TEXT} characters")
        count = text.count_rects()
        if count > MAX_PIECES:
            raise Unreadable("too_many", f"a page has {count:,} pieces of text, more than {MAX_PIECES:,}")
        return [line for at in range(count) if (line := _line(text, at, height)).text]


def _line(text: Any, at: int, height: float) -> Line:
    left, bottom, right, top = text.get_rect(at)
    content = pdf_lines.clean(text.get_text_bounded(left, bottom, right, top))
    # That box is as high as the letters in it; the one of a character "loosely" as high as its font, the same all line.
    character = text.get_index(left + 1, (bottom + top) / 2, 5, 5)
    if content and character is not None and character >= 0:
        _, bottom, _, top = text.get_charbox(character, loose=True)
    return Line(content, left, height - top, right, height - bottom, height)
