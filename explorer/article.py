"""What is marked in an article: the rows of its listings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from explorer.labels import Labels
from explorer.listings import Listing
from explorer.marks import Mark, marked

# Which column of a listing holds the id of its marks; also the listings that are marked.
KEYS = {"quotes": "quote_id", "names": "mention_id", "events": "event_id", "times": "time_id"}
_NOT_SHOWN = ("start_char", "end_char")


def annotated(listings: Mapping[str, Listing], labels: Labels, entity_link: Callable[[str], str]) -> Markup:
    """The text of the article of `about` with quotes, names, events and times marked.

    A name leads to its entity, everything else to its row on the page.
    """
    return marked(listings["about"].first["text"], list(_marks(listings, labels, entity_link)))


def _marks(listings: Mapping[str, Listing], labels: Labels, entity_link: Callable[[str], str]) -> Iterator[Mark]:
    for name, key in KEYS.items():
        for row in listings[name].rows:
            href = entity_link(row["entity_id"]) if name == "names" else f"#row-{row[key]}"
            kind = f"{name[:-1]} {row.get('kind') or row.get('entity_type') or ''}".strip()
            span = row["start_char"], row["end_char"]
            yield Mark(row[key], *span, kind, href, _fields(name, row, labels), wide=name == "quotes")


def _fields(name: str, row: Mapping[str, Any], labels: Labels) -> str:
    shown = (
        f"{labels.column(column)}: {', '.join(value) if isinstance(value, list) else labels.value(value)}"
        for column, value in row.items()
        if value not in (None, "", [])
        and not column.endswith("_id")
        and column not in _NOT_SHOWN
        and not (name == "quotes" and column == "quote")
    )
    return "\n".join(shown)
