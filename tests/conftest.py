"""What several tests share: the samples ingested into a warehouse once, and where the reference data lies."""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings
from typer.testing import CliRunner

from cli.main import app
from pipeline.pool import Failure, Pool
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.summary import RunSummary
from warehouse.home import Home

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
SHARED = Path(os.environ.get("WARTA_SHARED", ROOT.parent / "shared"))

# A busy machine is no fault of ours, and fixtures of a whole test are meant to be.
settings.register_profile(
    "warta", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("warta")


class PoolWithoutProcesses:
    """What `pipeline.pool.Pool` gives, from this process: a worker takes seconds to start, and most tests ask for rows.

    Those about workers ask for two of them, or for the command line in a process of its own.
    """

    def __init__(self, workers: int) -> None: ...

    def __enter__(self) -> PoolWithoutProcesses:
        return self

    def __exit__(self, *error: object) -> None: ...

    def map(self, function: Callable[[Any], Iterable[Any]], items: Iterable[Any]) -> Iterator[tuple[int, Any]]:
        for index, item in enumerate(items):
            try:
                yield from ((index, result) for result in function(item))
            except Exception as error:
                yield index, Failure("internal_error", f"met a fault of warta: {type(error).__name__}: {error}")


def make_pool(workers: int) -> Pool | PoolWithoutProcesses:
    return PoolWithoutProcesses(workers) if workers == 1 else Pool(workers)


Write = Callable[[str, bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of this name and content."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.fixture(autouse=True, scope="session")
def _one_worker_is_this_process() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for module in ("standing", "maintenance.reannotate", "cluster_batches"):
            patched.setattr(f"pipeline.{module}.Pool", make_pool)
        yield


def ingest(home: Path, *sources: Path | str, workers: int = 1, **options: int | bool) -> RunSummary:
    """One run without Prefect."""
    return run(Settings(tuple(map(str, sources)), home, workers, **options))  # type: ignore[arg-type]


def ingest_once(factory: pytest.TempPathFactory, name: str, *sources: Path, workers: int) -> RunSummary:
    """A run into a home of its own, made by the first of pytest's processes that wants it."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder / "summary"
        if not made.exists():
            made.write_bytes(pickle.dumps(ingest(folder / "home", *sources, workers=workers)))
        summary: RunSummary = pickle.loads(made.read_bytes())
    return summary


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def warta(*arguments: str | Path, **environment: str) -> Ended:
    """The command line, in this process, with nothing of our own settings."""
    ours = ("WARTA_HOME", "PREFECT_API_URL")
    with mock.patch.dict(os.environ, environment):
        for name in ours:
            if name not in environment:
                os.environ.pop(name, None)
        result = CliRunner().invoke(app, list(map(str, arguments)))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ended(result.exit_code, result.stdout, result.stderr)


def warta_process(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, with nothing of our environment."""
    command = [sys.executable, "-m", "cli", *map(str, arguments)]
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, capture_output=True, text=True, timeout=300, env=env)


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> RunSummary:
    """The samples, ingested into a home of their own; do not write to it."""
    return ingest_once(tmp_path_factory, "samples", SAMPLES, workers=2)


@pytest.fixture
def sample_home(sample_run: RunSummary, tmp_path: Path) -> Home:
    """A copy of the samples' home, to do anything with."""
    return Home(shutil.copytree(sample_run.home.root, tmp_path / "home"))


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip(f"the reference data is not at {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def detik_run(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> RunSummary:
    """The 527 real articles, ingested into a home of their own; do not write to it."""
    return ingest_once(tmp_path_factory, "detik", shared / "corpora" / "detik" / "articles.jsonl", workers=2)


@pytest.fixture(scope="session")
def two_articles(tmp_path_factory: pytest.TempPathFactory) -> RunSummary:
    """Short articles that name Wayan Sudira and Ratna Dewi, in a home of their own; do not write to it."""
    sources = []
    for who in ("Wayan Sudira", "Ratna Dewi"):
        sources.append(tmp_path_factory.getbasetemp() / f"{who}.txt")
        sources[-1].write_text(about(who))
    return ingest_once(tmp_path_factory, "two", *sources, workers=1)


@pytest.fixture
def home(two_articles: RunSummary, tmp_path: Path) -> Home:
    """A copy of the home with two articles, to do anything with."""
    return Home(shutil.copytree(two_articles.home.root, tmp_path / "home"))


def about(who: str) -> str:
    """A short article that names `who`."""
    return f'Kepala desa {who} meresmikan pasar baru, Senin (6/10/2025).\n"Pasar ini ramai," kata {who}.\n'


@pytest.fixture
def article_file(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a file with a short article that names `who`."""

    def write(name: str, who: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(about(who))
        return path

    return write
