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
from explorer.listings import EXPORT_ROWS, Listing, MissingParameter, ask, ask_all
from explorer.pages import SQL_ADDRESSES, Page, pages
from explorer.parameters import BadParameter, check
from explorer.render import Request, render
from explorer.sandbox import Sandbox, Stopped
from explorer.security import is_foreign
from explorer.snapshot import Snapshot
from warehouse.db import NoWarehouse
from warehouse.home import Home
from warehouse.queries import load_queries
from warehouse.row_writers import write_csv, write_json

STATEMENT_SECONDS = 10.0
# Of a listing on a page.
LARGEST_LIMIT = 1_000
_STATIC = Path(__file__).parent / "static"
_WRITERS = {"csv": (write_csv, "text/csv"), "json": (write_json, "application/json")}


def make_app(home: Path, hosts: list[str], seconds: float = STATEMENT_SECONDS) -> Starlette:
    """The application over a home's published warehouse; `hosts` are the names by which it may be asked for."""
    published = Home(home).published
    snapshot, sandbox = Snapshot(published, seconds), Sandbox(published, seconds)

    @asynccontextmanager
    async def closing(app: Starlette) -> AsyncIterator[None]:
        yield
        snapshot.close()
        sandbox.close()

    routes = [Route("/", _choose_language), Mount("/static", StaticFiles(directory=_STATIC))]
    for language in LANGUAGES:
        routes += [
            Route(f"/{language}{page.address}", _endpoint(partial(_page, page, snapshot), language, page.name))
            for page in pages().values()
        ]
        routes += [
            Route(f"/{language}{address}", _endpoint(partial(_console, snapshot, sandbox), language, name))
            for name, address in SQL_ADDRESSES.items()
        ]
    return Starlette(
        routes=routes, middleware=security.middleware(hosts), lifespan=closing, exception_handlers={404: _nothing_here}
    )


def _choose_language(received: Received) -> Response:
    return RedirectResponse(f"/{preferred(received.headers.get('accept-language', ''))}/")


def _nothing_here(received: Received, error: Exception) -> Response:
    language = received.url.path[1:3]
    return _nothing(Request(language if language in LANGUAGES else LANGUAGES[0], "start", {}, {}))


def _endpoint(answer: Callable[[Request], Response], language: str, name: str) -> Callable[[Received], Response]:
    """A page, or what went wrong with it. Starlette calls it in a thread."""

    def endpoint(received: Received) -> Response:
        # A parameter with an empty value is an empty field of a form, and means all.
        query = {name: value for name, value in received.query_params.items() if value}
        asked = Request(language, name, dict(received.path_params), query)
        if name in SQL_ADDRESSES and is_foreign(received.headers):
            return _message(asked, 403, "foreign")
        try:
            check(received.query_params.multi_items(), _parameters(asked), _largest(asked))
            return answer(asked)
        except NoWarehouse as error:
            return _message(asked, 503, "no_warehouse", str(error))
        except Stopped as error:
            return _message(asked, 503, error.label)
        except duckdb.InterruptException:
            return _message(asked, 503, "too_slow")
        except BadParameter as error:
            return _message(asked, 400, "bad_request", labels(language).text(error.label).format(**error.fields))
        except (duckdb.Error, MissingParameter, ValueError) as error:
            return _message(asked, 400, "bad_request", str(error))

    return endpoint


def _parameters(asked: Request) -> dict[str, str]:
    """What the page may be asked with, and the type of each."""
    if asked.page == "query":
        chosen = load_queries().get(asked.path["name"])
        return {"format": "FORMAT", **(chosen.types if chosen else {})}
    if asked.page == "sql":
        return {"format": "FORMAT", "q": "VARCHAR"}
    page = pages()[asked.page]
    types = {name: kind for question in page.questions.values() for name, kind in question.types.items()}
    in_path = asked.path.keys()
    return {"format": "FORMAT", "table": "VARCHAR"} | {n: kind for n, kind in types.items() if n not in in_path}


def _largest(asked: Request) -> int:
    return EXPORT_ROWS if asked.page in SQL_ADDRESSES else LARGEST_LIMIT


def _message(asked: Request, status: int, text: str, detail: str = "") -> Response:
    """What is wrong, on a page that keeps nothing of what was asked."""
    plain = Request(asked.language, "start", {}, {})
    page = render("message.html", plain, labels(asked.language), message=text, detail=detail)
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
    return _message(asked, 404, "not_found")


def _console(snapshot: Snapshot, sandbox: Sandbox, asked: Request) -> Response:
    if asked.page == "query" and asked.path["name"] not in load_queries():
        return _nothing(asked)
    listing, context = console(snapshot, sandbox, asked)
    if listing is not None and "format" in asked.query:
        return file_of(listing, asked)
    return HTMLResponse(render("sql.html", asked, labels(asked.language), listing=listing, **context))


def file_of(listing: Listing, asked: Request) -> Response:
    """A listing as CSV or JSON, to be saved."""
    write, media_type = _WRITERS[asked.query["format"]]
    out = io.StringIO()
    rows: list[list[Any]] = [list(row.values()) for row in listing.rows]
    write(listing.columns, rows, out)
    name = f"{asked.page}-{listing.query.name}.{asked.query['format']}"
    return Response(
        out.getvalue(), media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
