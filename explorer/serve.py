"""The explorer on this machine, for the one who sits at it: loopback only."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from explorer.app import make_app

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
        config = uvicorn.Config(make_app(home, [HOST, "localhost"]), log_level="warning", server_header=False)
        uvicorn.Server(config).run(sockets=[listener])
