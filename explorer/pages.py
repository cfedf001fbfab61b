"""The pages: an address, a template and SQL files each, in `pages/<name>/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from warehouse.queries import Query, load_queries

FOLDER = Path(__file__).parent / "pages"

# Below the language. Where a page has a question `about`, its answer says whether what was asked for is there.
ADDRESSES = {
    "start": "/",
    "search": "/search",
    "articles": "/articles",
    "article": "/articles/{article}",
    "speakers": "/speakers",
    "speaker": "/speakers/{speaker}",
    "entities": "/entities",
    "entity": "/entities/{entity}",
    "events": "/events",
    "map": "/map",
    "stories": "/stories",
    "story": "/stories/{story}",
    "quality": "/quality",
}
# The pages for SQL have no questions of their own.
SQL_ADDRESSES = {"sql": "/sql", "query": "/sql/{name}"}
# In the order of the menu.
MENU = ("start", "search", "articles", "speakers", "entities", "events", "map", "stories", "quality", "sql")


@dataclass(frozen=True)
class Page:
    """`questions` by name, those that tell whether the page exists first."""

    name: str
    address: str
    questions: dict[str, Query]

    @property
    def template(self) -> str:
        return f"{self.name}/page.html"


@lru_cache(maxsize=1)
def pages() -> dict[str, Page]:
    """All pages by name."""
    found = {}
    for name, address in ADDRESSES.items():
        questions = load_queries(FOLDER / name)
        found[name] = Page(name, address, {q: questions[q] for q in sorted(questions, key=lambda q: q != "about")})
    return found
