"""Templates: what they can call, and how a cell of a listing looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from explorer import charts
from explorer.article import KEYS, annotated
from explorer.labels import LANGUAGES, Labels
from explorer.listings import Listing
from explorer.pages import ADDRESSES, FOLDER, MENU, SQL_ADDRESSES

_TEMPLATES = Path(__file__).parent / "templates"
_REPORT = Path(__file__).parent / "report"

# Characters; exports have all.
LONGEST_CELL = 2_000

# A column that is shown as a link: the page, the columns with its id and with the place on the page.
LINKS = {
    "speaker": ("speaker", "speaker_entity_id", None),
    "answered": ("entity", "answered_entity_id", None),
    "actor": ("entity", "actor_entity_id", None),
    "target": ("entity", "target_entity_id", None),
    "place": ("entity", "place_entity_id", None),
    "entity": ("entity", "entity_id", None),
    "title": ("article", "article_id", None),
    "quote": ("article", "article_id", "quote_id"),
    "trigger": ("article", "article_id", "event_id"),
    "mention": ("article", "article_id", "mention_id"),
    "time": ("article", "article_id", "time_id"),
    "story": ("story", "story_id", None),
}
# Codes that have words in both languages.
_CODES = ("type", "entity_type", "speaker_type", "status", "kind", "form", "severity", "state", "time_kind", "measure")


@lru_cache(maxsize=1)
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader([_TEMPLATES, FOLDER, _REPORT]),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(charts=charts, LINKS=LINKS, MENU=MENU, LANGUAGES=LANGUAGES, KEYS=KEYS)
    made.filters.update(web=web_address, shown=shown_columns)
    return made


def web_address(address: str | None) -> str | None:
    """An address from an article, where it is one of the web: never `javascript:` or `data:`."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


def shown_columns(listing: Listing) -> list[str]:
    """Ids are in the links and in the exports."""
    return [column for column in listing.columns if not column.endswith("_id") and column != "about"]


def address(language: str, page: str, **parameters: object) -> str:
    """The address of a page; parameters that are None or `*` (all) are left out."""
    path, rest = {**ADDRESSES, **SQL_ADDRESSES}[page], {}
    for name, value in parameters.items():
        if f"{{{name}}}" in path:
            path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
        elif value is not None and value != "*":
            rest[name] = value
    return f"/{language}{path}" + (f"?{urlencode(rest)}" if rest else "")


def cell_text(labels: Labels, column: str, value: Any) -> str:
    """A value as one reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return labels.text("yes" if value else "no")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, int):
        return f"{value:,}".replace(",", "." if labels.language == "id" else ",")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    text = labels.value(value) if column in _CODES else str(value)
    return text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + "…"


@dataclass(frozen=True)
class Request:
    """What a template must know of what was asked: the page, its path and its parameters."""

    language: str
    page: str
    path: Mapping[str, str]
    query: Mapping[str, str]

    def here(self, **changes: object) -> str:
        """This page with other parameters, from its first row on."""
        kept = {name: value for name, value in self.query.items() if name not in ("offset", "format", "table")}
        return address(self.language, self.page, **{**self.path, **kept, **changes})

    def in_language(self, language: str) -> str:
        return address(language, self.page, **{**self.path, **self.query})


def render(template: str, asked: Request, labels: Labels, **context: Any) -> str:
    link: Callable[..., str] = partial(address, asked.language)
    context |= {
        "asked": asked,
        "labels": labels,
        "t": labels.text,
        "link": link,
        "here": asked.here,
        "month_link": lambda month: asked.here(month=month),
        "place_link": lambda row: link("entity", entity=row["place_entity_id"]),
        "cell_text": partial(cell_text, labels),
        "annotated": lambda listings: annotated(listings, labels, lambda entity: link("entity", entity=entity)),
    }
    return environment().get_template(template).render(context)
