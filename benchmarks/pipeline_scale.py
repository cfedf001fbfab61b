"""What a whole run costs, by stage: seconds on the wall, processor seconds of each part, bytes that stay.

    python -m benchmarks.pipeline_scale [--articles 5000] [--workers 1 2] [--folder DIR]

Each number of workers is a run of its own in a fresh process, as a Prefect flow against a server on loopback. On a
shared machine trust processor seconds more than the wall, and shares more than either.
"""

from __future__ import annotations

import argparse
import os
import resource
import socket
import subprocess
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from benchmarks import made_up
from flows.serve import server
from flows.settings import prepare_prefect

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Of one run: wall seconds in all and by stage; processor seconds of its workers, of itself and of the server."""

    wall: float
    stages: dict[str, float]
    workers_cpu: float
    own_cpu: float
    server_cpu: float
    words: int
    packages_bytes: int
    warehouse_bytes: int
    prefect_bytes: int


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / TICKS


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def once(source: Path, home: Path, workers: int, server_pid: int, server_home: Path) -> Cost:
    """One run, imports included; to be called in a fresh process."""
    from flows.settings import Settings
    from flows.take import take
    from warehouse.db import reader

    began, served, stored = time.monotonic(), _cpu_of(server_pid), _bytes_in(server_home)
    summary = take(Settings((str(source),), home, workers), prefect=True, say=print)
    wall = time.monotonic() - began
    time.sleep(10)  # the server writes its records behind the run
    with reader(summary.home.published) as connection:
        words = connection.execute("SELECT sum(word_count) FROM articles").fetchall()[0][0]
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(
        wall=wall,
        stages=summary.seconds,
        workers_cpu=children.ru_utime + children.ru_stime,
        own_cpu=time.process_time(),
        server_cpu=_cpu_of(server_pid) - served,
        words=int(words),
        packages_bytes=_bytes_in(summary.home.packages),
        warehouse_bytes=summary.home.published.stat().st_size,
        prefect_bytes=_bytes_in(server_home) - stored,
    )


def _show(cost: Cost, workers: int, articles: int) -> None:
    thousand = articles / 1_000
    on_top = cost.own_cpu + cost.server_cpu
    print(f"\n{articles} articles, {cost.words} words, {workers} workers: {cost.wall:.1f} s")
    for stage, seconds in cost.stages.items():
        print(f"  {stage:<18}{seconds:9.1f} s")
    print(f"  {'(waited for both)':<18}{cost.wall - cost.stages['annotate']:9.1f} s on the wall beside annotation")
    print(f"  processor seconds: workers {cost.workers_cpu:.1f}, run {cost.own_cpu:.1f}, server {cost.server_cpu:.1f}")
    print(f"  on top of the workers: {100 * on_top / cost.workers_cpu:.1f} %")
    for what, size in (
        ("packages", cost.packages_bytes), ("warehouse", cost.warehouse_bytes), ("Prefect", cost.prefect_bytes)
    ):  # fmt: skip
        print(f"  {what:<10}{size / thousand / 1e6:9.2f} MB per 1,000 articles")
    print(f"  {(cost.workers_cpu + on_top) / thousand:.1f} processor seconds per 1,000 articles")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _measured(folder: Path, articles: int, workers: int, process: subprocess.Popen[bytes]) -> Cost:
    source = folder / "articles.jsonl"
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        home = folder / f"home-{workers}"
        cost = fresh.submit(once, source, home, workers, process.pid, folder / "prefect").result()
    _show(cost, workers, articles)
    return cost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--folder", type=Path, help="An empty folder for all that is made. [default: a temporary one]")
    asked = parser.parse_args()
    prepare_prefect()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (asked.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        made_up.write(folder / "articles.jsonl", asked.articles)
        with server(folder / "prefect", _free_port()) as process:
            costs = {workers: _measured(folder, asked.articles, workers, process) for workers in asked.workers}
    if {1, 2} <= set(costs):
        wall, stage = (costs[1].wall / costs[2].wall, costs[1].stages["annotate"] / costs[2].stages["annotate"])
        print(f"\n2 workers beside 1: the run {wall:.2f} x, annotation {stage:.2f} x")


if __name__ == "__main__":
    main()
