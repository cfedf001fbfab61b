"""`.docx`: a document of Word and its kin is one article. Its title is the paragraph that the program marks as one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from warta.readers import fields, office, properties
from warta.readers.source import Source, Unreadable
from warta.records import RawDocument, Rejection

if TYPE_CHECKING:
    from docx.document import Document

MAX_PART = 16 << 20  # which takes ten seconds
TITLES = ("title", "heading 1")
_SPACE = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
_W = f"{{{_SPACE['w']}}}"
# Deleted words lie in other elements. What was moved lies in both places, a text box also in a form for old programs.
_NOT_SHOWN = "ancestor::w:moveFrom or ancestor::*[local-name()='Fallback'] or ancestor::w:txbxContent"
_PARAGRAPHS = etree.XPath(f".//w:p[not({_NOT_SHOWN})]", namespaces=_SPACE)
_PARTS = etree.XPath(f".//w:t[not({_NOT_SHOWN})] | .//w:tab[parent::w:r] | .//w:br | .//w:cr", namespaces=_SPACE)
_IN_TABLE = etree.XPath("boolean(ancestor::w:tr[count(w:tc) > 1])", namespaces=_SPACE)
_STYLE = etree.XPath("string(w:pPr/w:pStyle/@w:val)", namespaces=_SPACE)


class _Paragraph(NamedTuple):
    text: str
    is_title: bool
    in_table: bool


def read(source: Source) -> Iterator[RawDocument | Rejection]:
    yield source.attempt(lambda: _document(source), locator="", data=None)


def _document(source: Source) -> RawDocument | Rejection:
    document = _opened(source)
    paragraphs = _paragraphs(document)
    # As in pages: a table of several columns is no text, one of a single column is how somebody frames a text.
    told = [one for one in paragraphs if not one.in_table] or paragraphs
    core = document.core_properties
    marked = next((one for one in told if one.is_title), None)
    if marked:
        title, lines = marked.text, [one.text for one in told if one is not marked]
    else:
        title, lines = properties.titled([one.text for one in told], str(core.title or ""))
    author = properties.author(str(core.author or ""))
    return fields.document(source, {"title": title, "author": author, "text": "\n".join(lines)})


def _opened(source: Source) -> Document:
    import docx  # here: most workers never see one

    file = office.opened(source, "broken_docx", MAX_PART)
    try:
        return docx.Document(file)
    except MemoryError:
        raise
    except Exception as error:  # what is out of place trips it over in many ways
        detail = f"this is no whole .docx file: {type(error).__name__}: {error}"[:300]
        raise Unreadable("broken_docx", detail) from None


def _paragraphs(document: Document) -> list[_Paragraph]:
    """The paragraphs with a text in their order, those in tables and content controls too."""
    names = {style.style_id: (style.name or "").casefold() for style in document.styles}
    found = []
    for element in _PARAGRAPHS(document.element.body):
        style = _STYLE(element)
        name = names.get(style, style.casefold())
        for line in _text(element).split("\n"):
            if line.strip():
                found.append(_Paragraph(line.strip(), name in TITLES, _IN_TABLE(element)))
    return found


def _text(paragraph: Any) -> str:
    return "".join(
        part.text or "" if part.tag == f"{_W}t" else "\t" if part.tag == f"{_W}tab" else "\n"
        for part in _PARTS(paragraph)
    )
