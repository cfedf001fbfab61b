"""`.pdf`: a document with a text layer is one article. Its lines are put together to paragraphs (see pdf_lines)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from warta.readers import fields, pdf_lines, properties
from warta.readers.pdf_lines import Line
from warta.readers.source import Source, Unreadable
from warta.records import MAX_TEXT, RawDocument, Rejection

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_FILE = 64 << 20
MAX_PAGES = 500
MAX_PIECES = 3_000  # of a line each, on a page
MAX_LOOKS = 200_000_000  # PDFium looks at every character of the page for each piece: 5 to 10 seconds
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
        title, lines = properties.titled(lines, about.get("Title", ""))
    author = properties.author(about.get("Author", ""))
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

    budget = _Budget()
    for number in range(len(document)):
        try:
            with closing(document[number]) as page:
                lines = _lines(page, budget)
        except pypdfium2.PdfiumError as error:
            raise Unreadable("broken_pdf", f"page {number + 1} cannot be read: {error}") from None
        yield lines


class _Budget:
    """What all pages together may have."""

    def __init__(self) -> None:
        self._characters = self._looks = 0

    def spend(self, characters: int, pieces: int) -> None:
        self._characters += characters
        self._looks += characters * pieces
        if self._characters > MAX_TEXT:
            raise Unreadable("too_large", f"it has more than {MAX_TEXT} characters")
        if pieces > MAX_PIECES or self._looks > MAX_LOOKS:
            raise Unreadable("too_many", f"a page has {pieces:,} pieces of text, more than can be put together")


def _lines(page: PdfPage, budget: _Budget) -> list[Line]:
    """What stands on the page, in pieces of a line each, with their places from the top."""
    height = page.get_height()
    with closing(page.get_textpage()) as text:
        count = text.count_rects()
        budget.spend(text.count_chars(), count)
        return [line for at in range(count) if (line := _line(text, at, height)).text]


def _line(text: Any, at: int, height: float) -> Line:
    left, bottom, right, top = text.get_rect(at)
    content = pdf_lines.clean(text.get_text_bounded(left, bottom, right, top))
    # That box is as high as the letters in it; the one of a character "loosely" as high as its font, the same all line.
    character = text.get_index(left + 1, (bottom + top) / 2, 5, 5)
    if content and character is not None and character >= 0:
        _, bottom, _, top = text.get_charbox(character, loose=True)
    return Line(content, left, height - top, right, height - bottom, height)
