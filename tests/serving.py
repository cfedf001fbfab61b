"""The explorer as a server on a free port, for as long as a block runs, and a warehouse full of hostile text."""

from __future__ import annotations

import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from email.message import Message
from pathlib import Path

import duckdb
from given import fill
from starlette.applications import Starlette

from explorer.serve import server_of
from warehouse.home import Home
from warehouse.search import index
from warehouse.snapshot.marts import create_marts


@contextmanager
def serving(app: Starlette) -> Iterator[str]:
    """The address of the running application. Requests wait in the listening socket until it is ready."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        server = server_of(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    text: str


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        return None


def get(url: str, **headers: str) -> Answer:
    """One GET, redirects not followed."""
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=60) as response:
            return Answer(response.status, response.headers, response.read().decode())
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers, error.read().decode())


HOSTILE = [
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>", '" onmouseover="alert(1)" x="', "' autofocus onfocus='alert(1)", "javascript:alert(1)",
    "</title><svg/onload=alert(1)>", "<iframe srcdoc='<script>alert(1)</script>'>", "{{ 7 * 7 }}{% raw %}",
    "</pre></textarea></style><script>alert(1)</script>", "<a href=javascript:alert(1)>klik</a>", "]]><!--<x>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "\u202e<b>\x00</b>",
]  # fmt: skip


DAY = {"published_date": date(2026, 3, 1)}


def hostile_home(root: Path, payloads: list[str], published: dict[str, date] = DAY) -> Home:
    """A published warehouse in which everything that an article can say is a payload: 500 to an article."""
    home = Home(root)
    home.create()
    rows: dict[str, list[dict[str, object]]] = {
        name: []
        for name in ("articles", "quotes", "entities", "entity_mentions", "article_entities", "events", "documents")
    }
    for number, start in enumerate(range(0, len(payloads), 500)):
        _add_article(rows, f"a{number}", payloads[start : start + 500], published)
    with duckdb.connect(str(home.published)) as connection:
        fill(connection, rows)
        index.create(connection)
        create_marts(connection)
    return home


def _add_article(
    rows: dict[str, list[dict[str, object]]], article: str, payloads: list[str], published: dict[str, date]
) -> None:
    first = payloads[0]
    address = {
        "url": f"javascript:alert(1)//{first}",
        "title": first,
        "outlet": first,
        "author": first,
        "category": first,
    }
    rows["articles"].append(
        {"article_id": article, "text": "\n".join(payloads), "source_uri": first, **address, **published}
    )
    rows["documents"].append({"article_id": article, "status": "rejected", "reason": first, "locator": first})
    start = 0
    for number, payload in enumerate(payloads):
        key, end = f"{article}-{number}", start + len(payload)
        at = {"article_id": article, "start_char": start, "end_char": end, "text": payload}
        rows["entities"].append(
            {
                "entity_id": key,
                "name": payload,
                "type": "PER",
                "aliases": [payload],
                "latitude": -6.2,
                "longitude": 106.8,
            }
        )
        rows["article_entities"].append(
            {"article_id": article, "entity_id": key, "name": payload, "aliases": [payload]}
        )
        rows["entity_mentions"].append({**at, "mention_id": f"m{key}", "entity_id": key, "role": payload})
        said = {"speaker_entity_id": key, "speaker_name": payload, "speaker_role": payload, "cue": payload}
        rows["quotes"].append({**at, "quote_id": f"q{key}", "kind": "direct", **said})
        rows["events"].append(
            {
                "event_id": f"e{key}", "article_id": article, "trigger": payload, "trigger_start": start,
                "trigger_end": end, "place_entity_id": key, "place_name": payload, "in_quote": False, "type": "ARREST",
            }
        )  # fmt: skip
        start = end + 1
