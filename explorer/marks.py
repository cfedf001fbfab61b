"""An article's text with its rows marked in it.

The text is cut wherever a mark begins or ends, and each piece stands in its article exactly once: the page's text is the
article's text. What is shortest wins where marks lie upon one another, since links cannot stand in links; one that would
not be seen at all gets an anchor of its own, so that every row has its place in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Mark:
    """`id` is that of the row, `href` where a click leads, `fields` what hovering shows. Offsets in characters.

    A `wide` mark lies under the others: it colours the text and begins with a link.
    """

    id: str
    start: int
    end: int
    kind: str
    href: str
    fields: str
    wide: bool = False


def marked(text: str, marks: Sequence[Mark]) -> Markup:
    """The text as HTML; everything in it and in the marks is escaped."""
    cuts = sorted({0, len(text), *(cut for mark in marks for cut in (mark.start, mark.end) if 0 <= cut <= len(text))})
    seen: set[str] = set()
    ordered = sorted(marks, key=lambda mark: (mark.end - mark.start, mark.start, mark.id))
    pieces = [
        _piece(text[start:end], start, [m for m in ordered if m.start <= start and end <= m.end], seen)
        for start, end in zip(cuts, cuts[1:], strict=False)
    ]
    return Markup("").join(pieces)


def _piece(text: str, start: int, over: list[Mark], seen: set[str]) -> Markup:
    links, wide = [m for m in over if not m.wide], [m for m in over if m.wide]
    html = Markup("{}").format(text)
    before = Markup("")
    if links:
        html = _link(links[0], html, seen)
    for mark in [*links[1:], *wide]:
        if mark.start == start and mark.id not in seen:
            before += _anchor(mark, seen)
    if wide:
        html = Markup('<mark class="{}" title="{}">{}</mark>').format(wide[0].kind, wide[0].fields, html)
    return before + html


def _link(mark: Mark, inside: Markup, seen: set[str]) -> Markup:
    first = Markup(' id="{}"').format(mark.id) if mark.id not in seen else Markup("")
    seen.add(mark.id)
    return Markup('<a class="{}"{} href="{}" title="{}">{}</a>').format(
        mark.kind, first, mark.href, mark.fields, inside
    )


def _anchor(mark: Mark, seen: set[str]) -> Markup:
    """A link without text: the stylesheet gives it a sign, and the article's text stays what it is."""
    seen.add(mark.id)
    return Markup('<a class="{} sign" id="{}" href="{}" title="{}" aria-label="{}"></a>').format(
        mark.kind, mark.id, mark.href, mark.fields, mark.fields
    )
