"""Batches that travel over shared storage to workers elsewhere and come back: the same rows, or a reason."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import fsspec
import httpx
import polars as pl
import pytest
from prefect import task

from conftest import SAMPLES
from flows.server.cluster import TRIES, ClusterFailed, ClusterRunner, RunnerMissing, require
from flows.server.prefect_runner import TaskStage
from pipeline.cluster_batches import DoneBatch, NoWorkerProcesses, annotate_on_worker
from pipeline.package import PackageDamaged
from pipeline.run import run
from pipeline.settings import Runner as Where
from pipeline.settings import Settings, UnsafeSetting
from pipeline.shared_storage import SharedStorage
from pipeline.summary import RunSummary
from warehouse.contract import tables
from warehouse.digest import digest

SENTENCE = {"sentence_id": "s", "article_id": "a", "ordinal": 0, "start_char": 0, "end_char": 9}


def sentences(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=tables()["sentences"].polars_schema)


@pytest.fixture(params=["folder", "memory"])
def exchange(request: pytest.FixtureRequest, tmp_path: Path) -> SharedStorage:
    return SharedStorage(f"{tmp_path}/shared" if request.param == "folder" else f"memory://{uuid4()}")


def test_what_is_put_is_what_is_got(exchange: SharedStorage) -> None:
    exchange.put("one", "run", {"sentences": sentences(SENTENCE), "quotes": pl.DataFrame()})
    got = exchange.get("one")
    assert (got.package_id, got.run_id, list(got.frames)) == ("one", "run", ["sentences"])
    assert got.frames["sentences"].to_dicts() == [SENTENCE]


@pytest.mark.parametrize("name", ["manifest.json", "sentences.parquet"])
def test_what_was_cut_on_its_way_is_refused(exchange: SharedStorage, name: str) -> None:
    exchange.put("one", "run", {"sentences": sentences(SENTENCE)})
    files, folder = fsspec.url_to_fs(exchange.address)
    files.pipe_file(f"{folder}/one/{name}", files.cat_file(f"{folder}/one/{name}")[:-9])
    with pytest.raises(PackageDamaged, match="one"):
        exchange.get("one")


def test_what_is_not_there_is_refused_and_removed_without_complaint(exchange: SharedStorage) -> None:
    exchange.remove()
    exchange.put("one", "run", {})
    exchange.remove()
    with pytest.raises(PackageDamaged, match="one"):
        exchange.get("one")


def test_batches_that_travelled_make_the_same_warehouse(sample_run: RunSummary, tmp_path: Path) -> None:
    storage = tmp_path / "shared"
    settings = Settings((str(SAMPLES),), tmp_path / "home", 1, batch_size=7, runner=Where.DASK, storage=str(storage))
    done = run(settings)  # the stages of a cluster, as plain functions
    assert digest(done.home.published) == digest(sample_run.home.published)
    assert (done.accepted, done.duplicates, done.rejected) == (16, 1, 1)
    assert list(storage.iterdir()) == []


class Runner:
    """Gives futures that fail so often, then succeed."""

    def __init__(self, fails: int, error: Exception) -> None:
        self.fails, self.error, self.submitted = fails, error, 0

    def submit(self, stage: Any, parameters: dict[str, Any]) -> SimpleNamespace:
        self.submitted += 1
        failing = self.submitted <= self.fails
        return SimpleNamespace(result=lambda: self._result(failing, parameters))

    def _result(self, failing: bool, parameters: dict[str, Any]) -> Any:
        if failing:
            raise self.error
        return 2 * parameters["value"]


def doubled(value: int) -> int:
    return 2 * value


def results(runner: ClusterRunner, *values: int) -> list[int]:
    stage = TaskStage(runner, task(doubled), doubled)
    return [wait() for wait in [stage.begin(value) for value in values]]


@pytest.mark.parametrize(("fails", "submitted"), [(0, 2), (1, 3), (TRIES - 1, TRIES + 1)])
def test_a_worker_that_died_is_replaced(fails: int, submitted: int) -> None:
    runner = Runner(fails, RuntimeError("worker died"))
    assert results(ClusterRunner(runner), 1, 2) == [2, 4]  # type: ignore[arg-type]
    assert runner.submitted == submitted


def test_a_batch_that_kills_every_worker_fails_the_run() -> None:
    with pytest.raises(ClusterFailed, match="worker died"):
        results(ClusterRunner(Runner(9, RuntimeError("worker died"))), 1)  # type: ignore[arg-type]


def test_a_cluster_that_takes_nothing_more_fails_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    runner = Runner(0, RuntimeError())

    def closed(stage: Any, parameters: dict[str, Any]) -> None:
        raise RuntimeError("client is closed")

    monkeypatch.setattr(runner, "submit", closed)
    with pytest.raises(ClusterFailed, match="client is closed"):
        results(ClusterRunner(runner), 1)  # type: ignore[arg-type]


def test_without_its_server_the_work_is_done_here() -> None:
    runner = ClusterRunner(Runner(9, httpx.ConnectError("refused")))  # type: ignore[arg-type]
    assert results(runner, 1, 2, 3) == [2, 4, 6]
    assert runner.gone


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    require(Where.LOCAL)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(RunnerMissing, match=r"pip install 'warta\[dask\]'"):
        require(Where.DASK)


def test_a_daemonic_worker_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cluster_batches.current_process", lambda: SimpleNamespace(daemon=True))
    with pytest.raises(NoWorkerProcesses, match="DAEMON"):
        annotate_on_worker(DoneBatch("unused", 0.0))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given", [{"storage": "s3://key:secret@bucket/prefix"}, {"cluster": "tls://user:secret@host:1"}]
)
def test_an_address_with_a_secret_is_refused_before_anybody_records_it(given: dict[str, str]) -> None:
    with pytest.raises(UnsafeSetting) as refused:
        Settings(("samples",), Path("home"), 1, runner=Where.DASK, **given)
    assert "secret" not in str(refused.value)


def test_ray_is_not_started_here() -> None:
    with pytest.raises(UnsafeSetting, match="--cluster"):
        Settings(("samples",), Path("home"), 1, runner=Where.RAY)
