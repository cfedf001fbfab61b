"""The explorer as a web application: pages and exports over the published snapshot."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from starlette.applications import Starlette
from starlette.requests import Request as Received
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from explorer import security
from explorer.console import console
from explorer.labels import LANGUAGES, labels, preferred
from explorer.listings import Listing, MissingParameter, ask, ask_all
from explorer.pages import SQL_ADDRESSES, Page, pages
from explorer.render import Request, render
from explorer.snapshot import Snapshot
from warehouse.db import NoWarehouse
from warehouse.home import Home
from warehouse.row_writers import write_csv, write_json

STATEMENT_SECONDS = 10.0
_STATIC = Path(__file__).parent / "static"
_WRITERS = {"csv": (write_csv, "text/csv"), "json": (write_json, "application/json")}


def make_app(home: Path, hosts: list[str], seconds: float = STATEMENT_SECONDS) -> Starlette:
    """The application over a home's published warehouse; `hosts` are the names by which it may be asked for."""
    snapshot = Snapshot(Home(home).published, seconds)

    @asynccontextmanager
    async def closing(app: Starlette) -> AsyncIterator[None]:
        yield
        snapshot.close()

    routes = [Route("/", _choose_language), Mount("/static", StaticFiles(directory=_STATIC))]
    for language in LANGUAGES:
        routes += [
            Route(f"/{language}{page.address}", _endpoint(partial(_page, page, snapshot), language, page.name))
            for page in pages().values()
        ]
        routes += [
            Route(f"/{language}{address}", _endpoint(partial(_console, snapshot), language, name))
            for name, address in SQL_ADDRESSES.items()
        ]
    return Starlette(
        routes=routes, middleware=security.middleware(hosts), lifespan=closing, exception_handlers={404: _nothing_here}
    )


def _choose_language(received: Received) -> Response:
    return RedirectResponse(f"/{preferred(received.headers.get('accept-language', ''))}/")


def _nothing_here(received: Received, error: Exception) -> Response:
    language = received.url.path[1:3]
    return _message(Request(language if language in LANGUAGES else LANGUAGES[0], "start", {}, {}), 404, "not_found", "")


def _endpoint(answer: Callable[[Request], Response], language: str, name: str) -> Callable[[Received], Response]:
    """A page, or what went wrong with it. Starlette calls it in a thread."""

    def endpoint(received: Received) -> Response:
        asked = Request(language, name, dict(received.path_params), _given(received))
        try:
            return answer(asked)
        except NoWarehouse as error:
            return _message(asked, 503, "no_warehouse", str(error))
        except duckdb.InterruptException:
            return _message(asked, 503, "too_slow", "")
        except (duckdb.Error, MissingParameter, ValueError) as error:
            return _message(asked, 400, "bad_request", str(error))

    return endpoint


def _given(received: Received) -> dict[str, str]:
    """Parameters with a value; what an empty field of a form sends means all."""
    return {name: value for name, value in received.query_params.items() if value}


def _message(asked: Request, status: int, text: str, detail: str) -> Response:
    page = render("message.html", asked, labels(asked.language), message=text, detail=detail)
    return HTMLResponse(page, status)


def _page(page: Page, snapshot: Snapshot, asked: Request) -> Response:
    given = {**asked.query, **asked.path}
    with snapshot.cursor() as cursor:
        if "format" in asked.query:
            question = page.questions.get(asked.query.get("table", ""))
            return _nothing(asked) if question is None else file_of(ask_all(cursor, question, given), asked)
        listings: dict[str, Listing] = {}
        for name, question in page.questions.items():
            listings[name] = ask(cursor, question, given)
            if name == "about" and not listings[name].rows:
                return _nothing(asked)
    return HTMLResponse(render(page.template, asked, labels(asked.language), listings=listings))


def _nothing(asked: Request) -> Response:
    return _message(Request(asked.language, "start", {}, {}), 404, "not_found", "")


def _console(snapshot: Snapshot, asked: Request) -> Response:
    with snapshot.cursor() as cursor:
        listing, context = console(cursor, asked)
        if listing is not None and "format" in asked.query:
            return file_of(listing, asked)
    return HTMLResponse(render("sql.html", asked, labels(asked.language), listing=listing, **context))


def file_of(listing: Listing, asked: Request) -> Response:
    """A listing as CSV or JSON, to be saved."""
    if asked.query["format"] not in _WRITERS:
        raise ValueError(f"no format {asked.query['format']}")
    write, media_type = _WRITERS[asked.query["format"]]
    out = io.StringIO()
    rows: list[list[Any]] = [list(row.values()) for row in listing.rows]
    write(listing.columns, rows, out)
    name = f"{asked.page}-{listing.query.name}.{asked.query['format']}"
    return Response(
        out.getvalue(), media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
