"""What every answer says to the browser, and whom the explorer answers.

Titles, texts and names come from the web: nothing on a page may run, be framed, or tell others what is read here.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers as ReceivedHeaders
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class Headers:
    """Puts HEADERS on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def middleware(hosts: list[str]) -> list[Middleware]:
    """A page of another site that got its own name to point here (DNS rebinding) asks for a host that is not ours."""
    return [Middleware(Headers), Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)]


def is_foreign(headers: ReceivedHeaders) -> bool:
    """Whether a page of another site asks, by a link, a form, an image or a script.

    What is no browser sends neither header.
    """
    origin = headers.get("origin")
    return headers.get("sec-fetch-site", "none") not in ("same-origin", "none") or (
        origin is not None and not _is_same(origin, headers.get("host", ""))
    )


def _is_same(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()
