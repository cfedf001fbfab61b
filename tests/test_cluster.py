"""Real clusters of several processes, one of them killed in the middle: the rows are those of a run without one.

`make scale` runs these; they want the extras and take minutes.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

import ledger
from benchmarks import made_up
from conftest import ROOT, ingest
from flows.server.serve import server
from pipeline.summary import RunSummary
from warehouse.digest import digest

pytestmark = pytest.mark.scale

ARTICLES, BATCH = 60, 15
BIN = Path(sys.executable).parent
LONG = 300.0


def wait_until(true: Callable[[], object], seconds: float = LONG) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(*command: object, ready: Callable[[], object] = lambda: True, log: Path | None = None) -> Iterator[int]:
    """The id of a process that ends with the block, begun when it is `ready`. What ends at once is tried thrice."""
    for _ in range(3):
        process = subprocess.Popen([str(part) for part in command], cwd=ROOT, stdout=log and log.open("w"))
        wait_until(lambda begun=process: ready() or begun.poll() is not None)
        if process.poll() is None:
            break
    else:
        pytest.fail(f"{command[0]} ends at its start")
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up.write(tmp_path_factory.mktemp("source") / "articles.jsonl", ARTICLES)


@pytest.fixture(scope="module")
def local(source: Path, tmp_path_factory: pytest.TempPathFactory) -> RunSummary:
    return ingest(tmp_path_factory.mktemp("local") / "home", source, batch_size=BATCH)


@pytest.fixture(scope="module", autouse=True)
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = tmp_path_factory.mktemp("prefect")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "API_URL", "SERVER_API_HOST", "SERVER_API_PORT"):
            patch.setenv(f"PREFECT_{name}", str(home))  # so that what `server` sets ends with the module
        with server(home, free_port()):
            yield


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def annotates(pid: int) -> bool:
    """Whether the process has a worker of our pool below it."""
    try:
        return any(b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes() for child in children(pid))
    except OSError:
        return False


def kill_one(workers: Callable[[], list[int]]) -> None:
    """Kill the first of the cluster's workers that is seen to be annotating."""
    wait_until(lambda: any(map(annotates, workers())))
    os.kill(next(filter(annotates, workers())), signal.SIGKILL)


def ends(source: Path, home: Path, *options: object, during: Callable[[], None] = lambda: None) -> tuple[int, str]:
    """Exit code and stderr of `warta run` in a home of its own; `during` happens meanwhile."""
    command = [BIN / "warta", "run", source, "--home", home, "--batch-size", BATCH, "--workers", 2, *options]
    # Whoever started a server in this process has its log on the terminal, with stack traces.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_LOGGING_HANDLERS")}
    with subprocess.Popen(list(map(str, command)), cwd=ROOT, stderr=subprocess.PIPE, text=True, env=plain) as process:
        during()
        said = process.communicate(timeout=2 * LONG)[1]
    return process.returncode, said


def taken(source: Path, home: Path, *options: object, during: Callable[[], None] = lambda: None) -> None:
    code, said = ends(source, home, *options, during=during)
    assert code == 0, said


@contextmanager
def dask_cluster(folder: Path) -> Iterator[tuple[str, int, list[int]]]:
    """Address, process of the scheduler and processes of two workers."""
    address = f"tcp://127.0.0.1:{(port := free_port())}"
    with ExitStack() as cluster:
        begin = cluster.enter_context
        scheduler = [BIN / "dask", "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]
        first = begin(running(*scheduler, ready=lambda: answers(port)))
        worker = [BIN / "dask", "worker", address, "--nthreads", 1, "--no-nanny", "--no-dashboard"]
        yield address, first, [begin(running(*worker, "--local-directory", folder)) for _ in range(2)]


def test_a_dask_cluster_that_loses_a_worker(source: Path, local: RunSummary, tmp_path: Path) -> None:
    pytest.importorskip("prefect_dask")
    home = tmp_path / "home"
    with dask_cluster(tmp_path) as (address, _, workers):
        taken(source, home, "--runner", "dask", "--cluster", address, during=lambda: kill_one(workers.copy))
        assert [pid for pid in workers if not Path(f"/proc/{pid}/cmdline").read_bytes()]  # one has died
    assert digest(home / "warehouse.duckdb") == digest(local.home.published)
    ledger.shown("worker of dask", "kill -9 of a cluster's worker", {"dask": 1})


def test_a_dask_cluster_that_loses_its_scheduler(source: Path, local: RunSummary, tmp_path: Path) -> None:
    """The run ends with a reason, and goes on without a cluster."""
    pytest.importorskip("prefect_dask")
    home = tmp_path / "home"
    with dask_cluster(tmp_path) as (address, scheduler, workers):

        def kill_scheduler() -> None:
            wait_until(lambda: any(map(annotates, workers)))
            os.kill(scheduler, signal.SIGKILL)

        code, said = ends(source, home, "--runner", "dask", "--cluster", address, during=kill_scheduler)
    assert code == 3
    assert "ClusterFailed" in said
    assert "Traceback" not in said
    taken(source, home)
    assert digest(home / "warehouse.duckdb") == digest(local.home.published)
    ledger.shown("scheduler of dask", "kill -9 of a cluster's scheduler", {"the run failed": 1})


def test_a_dask_cluster_of_its_own(source: Path, local: RunSummary, tmp_path: Path) -> None:
    pytest.importorskip("prefect_dask")
    taken(source, tmp_path / "home", "--runner", "dask")
    assert digest(tmp_path / "home" / "warehouse.duckdb") == digest(local.home.published)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """S3 on loopback."""
    s3fs = pytest.importorskip("s3fs")
    port = free_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    with running(BIN / "moto_server", "-H", "127.0.0.1", "-p", port, ready=lambda: answers(port)):
        s3fs.S3FileSystem().mkdir("warta")
        yield "s3://warta/exchange"


def test_a_ray_cluster_that_loses_a_worker_over_s3(
    source: Path, local: RunSummary, tmp_path: Path, bucket: str
) -> None:
    if importlib.util.find_spec("prefect_ray") is None:
        pytest.skip("the extra `ray` is not installed")
    port = free_port()
    head = [BIN / "ray", "start", "--head", "--block", "--num-cpus", 2, "--include-dashboard=false"]
    at = ["--disable-usage-stats", "--node-ip-address", "127.0.0.1", "--port", port]
    log = tmp_path / "ray.log"
    with (
        tempfile.TemporaryDirectory() as short,  # its sockets' names may have 107 characters
        running(*head, *at, "--temp-dir", short, log=log, ready=lambda: "Ray runtime started" in log.read_text()),
    ):

        def ray_workers() -> list[int]:
            names = ((int(path.parent.name), path.read_bytes()) for path in Path("/proc").glob("[0-9]*/cmdline"))
            return [pid for pid, name in names if name.startswith(b"ray::")]

        taken(
            source, tmp_path / "home", "--runner", "ray", "--cluster", f"127.0.0.1:{port}", "--storage", bucket,
            during=lambda: kill_one(ray_workers),
        )  # fmt: skip
    assert digest(tmp_path / "home" / "warehouse.duckdb") == digest(local.home.published)
    ledger.shown("worker of ray", "kill -9 of a cluster's worker", {"ray": 1})
