"""The explorer on this machine, for the one who sits at it: loopback only."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from explorer.app import make_app
from explorer.connections import ImpatientProtocol

HOST = "127.0.0.1"


def serve(home: Path, port: int, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; `ready` is told the address once it can be asked. Port 0 takes a free one.

    Raises OSError where the port is taken.
    """
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen()
        ready(f"http://{HOST}:{listener.getsockname()[1]}/")
        server_of(make_app(home, [HOST, "localhost"])).run(sockets=[listener])


def server_of(app: Starlette) -> uvicorn.Server:
    """A server that closes connections on which nothing comes, and that ends although an answer is never fetched."""
    config = uvicorn.Config(
        app,
        http=ImpatientProtocol,
        ws="none",
        log_level="warning",
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=12,  # a statement has ten seconds
    )
    return uvicorn.Server(config)
