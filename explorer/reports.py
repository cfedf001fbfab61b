"""A period's report for people who were not there: one HTML page that needs nothing else, and the same as Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from explorer.labels import labels
from explorer.listings import Listing, ask
from explorer.render import cell_text, environment
from warehouse.db import reader
from warehouse.errors import WartaError
from warehouse.queries import load_queries

QUESTIONS = Path(__file__).parent / "report"
_STATIC = Path(__file__).parent / "static"
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~!&$])")


class NothingToReport(WartaError):
    """No day lies in the period, or no article has a day of publication."""


@dataclass(frozen=True)
class Period:
    """Both days belong to it. `before` begins a period of the same length that ends the day before `since`."""

    since: date
    until: date

    @property
    def before(self) -> date:
        return self.since - (self.until - self.since) - timedelta(1)

    @property
    def before_until(self) -> date:
        return self.since - timedelta(1)

    def as_parameters(self) -> dict[str, str]:
        return {"since": str(self.since), "until": str(self.until), "before": str(self.before)}


def report(database: Path, directory: Path, since: date | None, until: date | None, language: str) -> list[Path]:
    """Write `report-SINCE-UNTIL.html` and `.md` into the directory (made where it is missing); returns their paths.

    Without days it is about the seven days up to the newest article. Raises NoWarehouse, NothingToReport.
    """
    with reader(database) as connection:
        ((newest,),) = connection.execute("SELECT max(published_date) FROM articles").fetchall()
        last = until or newest
        if last is None:
            raise NothingToReport("no article has a day of publication")
        period = Period(since or last - timedelta(6), last)
        if period.since > period.until:
            raise NothingToReport(f"{period.since} is after {period.until}, the last day")
        answers = {
            name: ask(connection, query, period.as_parameters()) for name, query in load_queries(QUESTIONS).items()
        }
    directory.mkdir(parents=True, exist_ok=True)
    return [_write(directory, form, period, answers, language) for form in ("html", "md")]


def _write(directory: Path, form: str, period: Period, answers: dict[str, Listing], language: str) -> Path:
    words = labels(language)
    context: dict[str, Any] = {
        "listings": answers,
        "labels": words,
        "t": words.text,
        "cell_text": partial(cell_text, words),
        "style": Markup((_STATIC / "style.css").read_text("utf-8")),
        "outline": Markup((_STATIC / "indonesia.svg").read_text("utf-8").replace("<svg ", _PLACE, 1)),
        "period": period,
    }
    path = directory / f"report-{period.since}-{period.until}.{form}"
    path.write_text(_templates(form).get_template(f"report.{form}").render(context), "utf-8")
    return path


# Where the outline lies in the frame of the map.
_PLACE = '<svg x="94" y="-8" width="48" height="20" '


def _templates(form: str) -> Any:
    """Markdown is escaped by its own rules, value by value."""
    templates = environment().overlay(autoescape=form == "html")
    templates.filters = templates.filters | {"md": markdown, "md_address": partial(quote, safe=":/?&=%#+,;@~")}
    return templates


def markdown(value: object) -> str:
    """Text that Markdown shows as it is: one line, nothing in it is markup."""
    return _MARKDOWN.sub(r"\\\1", " ".join(str(value).split()))
