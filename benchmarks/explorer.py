"""How long does every page of the explorer take on a large warehouse?

    python -m benchmarks.warehouse_scale HOME
    python -m benchmarks.explorer HOME

Prints milliseconds until the whole page is there, over a socket on loopback: the first time and the best of ten, and
the CPU time of the best, of all cores together.
"""

from __future__ import annotations

import argparse
import time
import urllib.request
from pathlib import Path
from socket import socket
from threading import Thread

import uvicorn

from explorer.app import make_app
from warehouse.db import reader
from warehouse.home import Home

_KNOWN = {
    "speaker": "SELECT arg_max(speaker_entity_id, quotes) FROM mart_speakers WHERE speaker_entity_id IS NOT NULL",
    "entity": "SELECT entity_id FROM entities ORDER BY article_count DESC LIMIT 1",
    "article": "SELECT article_id FROM articles LIMIT 1",
    "story": "SELECT story_id FROM mart_stories LIMIT 1",
}
_ASKED = (
    "/", "/search", "/search?words=kata12+kata40", "/search?words=kata1", "/search?speaker={speaker}&month=2024-05",
    "/articles", "/articles?words=kata12+kata40", "/articles/{article}", "/speakers", "/speakers?name=Nama1",
    "/speakers/{speaker}", "/speakers/{speaker}?words=kata12", "/speakers/{speaker}?about={entity}", "/entities",
    "/entities/{entity}", "/events", "/events?type=ARREST&month=2024-05", "/map", "/map?frame=world", "/stories",
    "/stories/{story}", "/quality", "/sql", "/sql/top-speakers",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    home = parser.parse_args().home.resolve()
    with reader(Home(home).published) as connection:
        known = {name: connection.execute(query).fetchall()[0][0] for name, query in _KNOWN.items()}
    with socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        server = uvicorn.Server(uvicorn.Config(make_app(home, ["127.0.0.1"]), log_level="warning"))
        Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
        for path in _ASKED:
            measure(f"http://127.0.0.1:{listener.getsockname()[1]}/en{path.format(**known)}", path)
        server.should_exit = True


def measure(url: str, path: str) -> None:
    first, *more = (once(url) for _ in range(11))
    best = min(more)
    print(f"{path:<42} first {first[0]:6.0f}   best {best[0]:6.0f}   CPU {best[1]:6.0f}", flush=True)


def once(url: str) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor."""
    began, used = time.perf_counter(), time.process_time()
    with urllib.request.urlopen(url) as answer:
        answer.read()
    return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - used)


if __name__ == "__main__":
    main()
