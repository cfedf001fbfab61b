"""What several tests share: the samples taken into a warehouse once, and where the reference data lies."""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.pipeline import RunSummary, run
from flows.settings import Settings
from flows.stages import Direct
from warehouse.home import Home

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
SHARED = Path(os.environ.get("WARTA_SHARED", ROOT.parent / "shared"))


def take(home: Path, *sources: Path | str, workers: int = 1, **options: int | bool) -> RunSummary:
    """One run without Prefect."""
    return run(Settings(tuple(map(str, sources)), home, workers, **options), Direct())  # type: ignore[arg-type]


def take_once(factory: pytest.TempPathFactory, name: str, *sources: Path, workers: int) -> RunSummary:
    """A run into a home of its own, made by the first of pytest's processes that wants it."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder / "summary"
        if not made.exists():
            made.write_bytes(pickle.dumps(take(folder / "home", *sources, workers=workers)))
        summary: RunSummary = pickle.loads(made.read_bytes())
    return summary


def warta(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, with nothing of our environment."""
    command = [sys.executable, "-m", "flows.cli", *map(str, arguments)]
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, capture_output=True, text=True, timeout=300, env=env)


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> RunSummary:
    """The samples, taken into a home of their own; do not write to it."""
    return take_once(tmp_path_factory, "samples", SAMPLES, workers=1)


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
    """The 527 real articles, taken into a home of their own; do not write to it."""
    return take_once(tmp_path_factory, "detik", shared / "corpora" / "detik" / "articles.jsonl", workers=2)


@pytest.fixture(scope="session")
def two_articles(tmp_path_factory: pytest.TempPathFactory) -> RunSummary:
    """Short articles that name Wayan Sudira and Ratna Dewi, in a home of their own; do not write to it."""
    sources = []
    for who in ("Wayan Sudira", "Ratna Dewi"):
        sources.append(tmp_path_factory.getbasetemp() / f"{who}.txt")
        sources[-1].write_text(about(who))
    return take_once(tmp_path_factory, "two", *sources, workers=1)


@pytest.fixture
def home(two_articles: RunSummary, tmp_path: Path) -> Home:
    """A copy of the home with two articles, to do anything with."""
    return Home(shutil.copytree(two_articles.home.root, tmp_path / "home"))


def about(who: str) -> str:
    """A short article that names `who`."""
    return f'Kepala desa {who} membuka pasar baru, Senin (6/10/2025).\n"Pasar ini ramai," kata {who}.\n'


@pytest.fixture
def article_file(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a file with a short article that names `who`."""

    def write(name: str, who: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(about(who))
        return path

    return write
