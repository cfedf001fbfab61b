"""An article's text with its rows marked in it.

The text is cut wherever a mark begins or ends, and each piece stands on the page exactly once: the page's text is the
article's text. What is shortest wins where marks lie upon one another, since links cannot stand in links; one that
would not be seen where it begins gets a sign there, so that every row has its place in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup

_NOTHING = Markup("")


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
    ordered = sorted(marks, key=lambda mark: (mark.end - mark.start, mark.start, mark.id))
    pieces = [_Piece(start, text[start:end], _over(start, end, ordered)) for start, end in pairwise(cuts)]
    seen: set[str] = set()
    return _NOTHING.join(
        _run(ground, list(run), seen) for ground, run in groupby(pieces, key=lambda piece: piece.ground)
    )


@dataclass(frozen=True)
class _Piece:
    """Text without a cut; `over`: what marks it, the shortest first."""

    start: int
    text: str
    over: list[Mark]

    @property
    def ground(self) -> Mark | None:
        return next((mark for mark in self.over if mark.wide), None)

    @property
    def link(self) -> Mark | None:
        return next((mark for mark in self.over if not mark.wide), None)


def _over(start: int, end: int, marks: list[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.start <= start and end <= mark.end]


def _run(ground: Mark | None, pieces: list[_Piece], seen: set[str]) -> Markup:
    """Pieces that lie on the same wide mark, or on none."""
    if ground is None:
        return _NOTHING.join(_inside(piece, seen) for piece in pieces)
    first = ground.id not in seen
    seen.add(ground.id)
    html = _NOTHING.join(_inside(piece, seen) for piece in pieces)
    begin = Markup(' id="{}"').format(ground.id) if first else _NOTHING
    sign = _sign(ground) if first else _NOTHING
    return Markup('<mark class="{}" title="{}"{}>{}{}</mark>').format(ground.kind, ground.fields, begin, sign, html)


def _inside(piece: _Piece, seen: set[str]) -> Markup:
    hidden = [mark for mark in piece.over if mark not in (piece.link, piece.ground)]
    before = [mark for mark in hidden if mark.start == piece.start and mark.id not in seen]
    seen.update(mark.id for mark in before)
    signs = _NOTHING.join(_sign(mark, Markup(' id="{}"').format(mark.id)) for mark in before)
    return signs + (_link(piece.link, piece.text, seen) if piece.link else Markup.escape(piece.text))


def _link(mark: Mark, text: str, seen: set[str]) -> Markup:
    first = Markup(' id="{}"').format(mark.id) if mark.id not in seen else _NOTHING
    seen.add(mark.id)
    return Markup('<a class="{}"{} href="{}" title="{}">{}</a>').format(mark.kind, first, mark.href, mark.fields, text)


def _sign(mark: Mark, anchor: Markup = _NOTHING) -> Markup:
    """A link without text: the stylesheet gives it a sign, and the article's text stays what it is."""
    form = Markup('<a class="{} sign"{} href="{}" title="{}" aria-label="{}"></a>')
    return form.format(mark.kind, anchor, mark.href, mark.fields, mark.fields)
