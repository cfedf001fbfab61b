"""Where rows come from: `warta explain` and `warta explain-entity`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.exit_codes import WRONG_USAGE
from cli.messages import fail
from cli.options import HomeOption, JsonOption, home_of
from cli.row_formats import render
from warehouse.home import Home


def explain(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="An article's id, or the id or address that its source gives.")
    ],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Where an article comes from and what was found in it, with offsets.

    Example: warta explain 8011234
    """
    from warehouse.explain import explain_article

    _show(explain_article, article, home, as_json)


def explain_entity(
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="An entity's id or a name.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Why names of many articles are one entity, or are not.

    Example: warta explain-entity "Prabowo Subianto"
    """
    from warehouse.explain import explain_entity as sections_of

    _show(sections_of, entity, home, as_json)


def _show(sections_of: Callable[[Path, str], list[Any]], asked: str, home: Path | None, as_json: bool) -> None:
    sections = sections_of(Home(home_of(home)).published, asked)
    if not sections:
        fail(f"there is no {asked}", WRONG_USAGE)
    if as_json:
        found = {title: [dict(zip(names, row, strict=True)) for row in rows] for title, names, rows in sections}
        print(json.dumps(found, default=str, ensure_ascii=False, indent=1))
        return
    for title, names, rows in sections:
        if rows:
            print(f"\n{title}\n")
            render(names, rows, "table", sys.stdout)
