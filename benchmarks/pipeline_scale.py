"""What a whole run costs, by stage: seconds on the wall, processor seconds of each part, bytes that stay.

    python -m benchmarks.pipeline_scale [--articles 5000] [--workers 1 2] [--news FILE.jsonl] [--folder DIR]

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
from flows.server.environment import prepare_prefect
from flows.server.serve import server

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Of one run: wall seconds in all and by stage; processor seconds of its workers, of itself (imports, feeding,
    validation, packages, load, publication), of publication alone, and of the server above what it takes when idle."""

    wall: float
    stages: dict[str, float]
    workers_cpu: float
    own_cpu: float
    publish_cpu: float
    server_cpu: float
    words: int
    packages_bytes: int
    warehouse_bytes: int
    prefect_bytes: int


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / TICKS


def _idle_share(pid: int, seconds: float = 20.0) -> float:
    """Processor seconds a second of a process that has nothing to do."""
    before = _cpu_of(pid)
    time.sleep(seconds)
    return (_cpu_of(pid) - before) / seconds


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def once(source: Path, home: Path, workers: int, server_pid: int, server_home: Path) -> Cost:
    """One run, imports included; to be called in a fresh process."""
    from flows.ingest import ingest_as_flow
    from pipeline.maintenance.resolve import resolve
    from pipeline.settings import Settings
    from warehouse.db import reader, writer
    from warehouse.home import writer_lock

    idle = _idle_share(server_pid)
    began, served, stored = time.monotonic(), _cpu_of(server_pid), _bytes_in(server_home)
    summary = ingest_as_flow(Settings((str(source),), home, workers), say=print)
    wall, own_cpu = time.monotonic() - began, time.process_time()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    with writer_lock(summary.home), writer(summary.home) as connection:
        connection.execute("DROP TABLE minhashes")  # so that publication signs all articles again
    resolve(summary.home)  # the server writes its records behind the run meanwhile
    published, watched = time.process_time(), time.monotonic() - began
    with reader(summary.home.published) as connection:
        words = connection.execute("SELECT sum(word_count) FROM articles").fetchall()[0][0]
    return Cost(
        wall=wall,
        stages=summary.seconds,
        workers_cpu=children.ru_utime + children.ru_stime,
        own_cpu=own_cpu,
        publish_cpu=published - own_cpu,
        server_cpu=_cpu_of(server_pid) - served - idle * watched,
        words=int(words),
        packages_bytes=_bytes_in(summary.home.packages),
        warehouse_bytes=summary.home.published.stat().st_size,
        prefect_bytes=_bytes_in(server_home) - stored,
    )


def _show(cost: Cost, workers: int, articles: int) -> None:
    thousand = articles / 1_000
    run_cpu = cost.own_cpu - cost.publish_cpu
    parts = {
        "workers: reading and annotation": cost.workers_cpu,
        "run: imports, validation, packages, load, orchestration": run_cpu,
        "run: publication": cost.publish_cpu,
        "Prefect server": cost.server_cpu,
    }
    print(f"\n{articles} articles, {cost.words} words, {workers} workers: {cost.wall:.1f} s")
    for stage, seconds in cost.stages.items():
        print(f"  {stage:<18}{seconds:9.1f} s")
    print("  processor seconds")
    for what, cpu in parts.items():
        print(f"  {what:<58}{cpu:8.1f} s {100 * cpu / cost.workers_cpu:6.1f} % of the workers'")
    for what, size in (
        ("packages", cost.packages_bytes), ("warehouse", cost.warehouse_bytes), ("Prefect", cost.prefect_bytes)
    ):  # fmt: skip
        print(f"  {what:<10}{size / thousand / 1e6:9.2f} MB per 1,000 articles")
    print(f"  {sum(parts.values()) / thousand:.1f} processor seconds per 1,000 articles")


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
    parser.add_argument("--news", type=Path, help="Shuffle the paragraphs of these articles, instead of made-up ones.")
    parser.add_argument("--folder", type=Path, help="An empty folder for all that is made. [default: a temporary one]")
    asked = parser.parse_args()
    prepare_prefect()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (asked.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        made_up.write(folder / "articles.jsonl", asked.articles, news=asked.news)
        with server(folder / "prefect", _free_port()) as process:
            costs = {workers: _measured(folder, asked.articles, workers, process) for workers in asked.workers}
    if {1, 2} <= set(costs):
        wall, stage = (costs[1].wall / costs[2].wall, costs[1].stages["annotate"] / costs[2].stages["annotate"])
        print(f"\n2 workers beside 1: the run {wall:.2f} x, annotation {stage:.2f} x")


if __name__ == "__main__":
    main()
