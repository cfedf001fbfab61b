"""Under Prefect the same stages run as named, tagged task runs, and the run leaves a summary and a validation table."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from prefect import Flow, Task
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId, FlowRunFilter, FlowRunFilterId
from prefect.settings import get_current_settings
from prefect.states import State
from prefect.testing.utilities import prefect_test_harness

from conftest import SAMPLES, warta_process
from flows.check import CheckFailed, check
from flows.ingest import ingest
from flows.prune import prune
from flows.rebuild import rebuild
from flows.resolve import resolve
from pipeline.shared_storage import SharedStorage
from pipeline.summary import RunSummary
from tasks import stages
from warehouse.db import reader
from warehouse.digest import digest
from warehouse.home import Home, writer_lock

TASKS = {name: task for name, task in vars(stages).items() if isinstance(task, Task)}
CORRECTION = "action,target,article_id,value,author,reason\nrename,{},,Nama Baru,redaksi,percobaan\n"
SECRET = "canary-71e0b4"


@pytest.fixture(scope="module")
def flow_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunSummary, UUID]]:
    with pytest.MonkeyPatch.context() as patched, prefect_test_harness(server_startup_timeout=240):
        for name in ("AWS_SECRET_ACCESS_KEY", "MY_TOKEN"):
            patched.setenv(name, SECRET)
        state = ingest([str(SAMPLES)], str(tmp_path_factory.mktemp("prefect") / "home"), 1, return_state=True)
        yield state.result(), state.state_details.flow_run_id


def test_flow_makes_the_same_warehouse_as_a_direct_run(
    flow_run: tuple[RunSummary, UUID], sample_run: RunSummary
) -> None:
    assert digest(flow_run[0].home.published) == digest(sample_run.home.published)


def test_no_secret_of_the_environment_and_no_article_in_the_records(flow_run: tuple[RunSummary, UUID]) -> None:
    address = get_current_settings().server.database.connection_url
    assert address is not None
    database = Path(address.get_secret_value().partition(":///")[2])
    assert database.is_file()
    records = b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))
    assert b"ingest samples" in records
    assert SECRET.encode() not in records
    with reader(flow_run[0].home.published) as connection:
        texts = connection.execute("SELECT text[:60] FROM articles").fetchall()
    assert not any(text.encode() in records for (text,) in texts)


def test_runs_say_what_they_process(flow_run: tuple[RunSummary, UUID]) -> None:
    summary, flow_run_id = flow_run
    only_this = FlowRunFilter(id=FlowRunFilterId(any_=[flow_run_id]))
    with get_client(sync_client=True) as client:
        assert client.read_flow_run(flow_run_id).name == "ingest samples"
        tasks = client.read_task_runs(flow_run_filter=only_this)
    # Records of task runs are written behind the run; those that are there have the names they should.
    known = {"annotate batch 1", "validate batch 1", *(task.name for task in TASKS.values())}
    known |= {f"{stage} {summary.run_id}-{part}" for stage in ("package", "load") for part in ("00001", "end")}
    assert all(task.name in known or task.name.rsplit("-", 1)[0] in known for task in tasks)


def test_artifacts_tell_the_story(flow_run: tuple[RunSummary, UUID]) -> None:
    summary, flow_run_id = flow_run
    only_this = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[flow_run_id]))
    with get_client(sync_client=True) as client:
        artifacts = {artifact.key: artifact for artifact in client.read_artifacts(artifact_filter=only_this)}
    assert set(artifacts) == {"run-summary", "validation", "days", "progress-read", "progress-annotate"}
    text = str(artifacts["run-summary"].data)
    assert summary.run_id in text and "18 = 16 accepted + 1 duplicate + 1 rejected" in text and "broken_json" in text
    assert [float(str(artifacts[f"progress-{stage}"].data)) for stage in ("read", "annotate")] == [100, 100]
    assert artifacts["progress-annotate"].description == "annotate: 16 of 16"
    assert str(artifacts["days"].data).startswith("data:image/svg+xml;base64,")
    table = json.loads(str(artifacts["validation"].data))
    assert {"quotes", "events", "entity_mentions"} <= {row["table"] for row in table}


def test_a_run_that_fails_says_so_without_a_stack_trace(flow_run: tuple[RunSummary, UUID], tmp_path: Path) -> None:
    address = str(get_current_settings().api.url)
    with writer_lock(Home(tmp_path)):
        done = warta_process("run", SAMPLES, "--home", tmp_path, PREFECT_API_URL=address, HOME=str(tmp_path))
    assert done.returncode == 3
    assert "Encountered exception during execution: WarehouseBusy" in done.stderr
    assert "Traceback" not in done.stderr


def task_runs(state: State) -> set[str]:
    """Names of the task runs of a flow run, as far as their records are written."""
    only_this = FlowRunFilter(id=FlowRunFilterId(any_=[state.state_details.flow_run_id]))
    until = time.monotonic() + 20
    with get_client(sync_client=True) as client:
        while not (runs := client.read_task_runs(flow_run_filter=only_this)) and time.monotonic() < until:
            time.sleep(0.5)
    return {run.name.rsplit("-", 1)[0] for run in runs}


def table_of(state: State) -> list[dict]:
    only_this = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[state.state_details.flow_run_id]))
    with get_client(sync_client=True) as client:
        (table,) = [a for a in client.read_artifacts(artifact_filter=only_this) if a.type == "table"]
    return json.loads(str(table.data))  # type: ignore[no-any-return]


@pytest.mark.usefixtures("flow_run")
def test_check_and_rebuild_find_nothing_wrong(sample_home: Home) -> None:
    before = digest(sample_home.published)
    checked = check(str(sample_home.root), return_state=True)
    rebuilt = rebuild(str(sample_home.root), return_state=True)
    assert all(row["ok"] for row in table_of(checked)) and all(row["same"] for row in table_of(rebuilt))
    assert digest(sample_home.published) == before
    assert task_runs(checked) <= {"check packages", "check published"}
    assert task_runs(rebuilt) <= {"load packages", "publish", "check published"}
    assert task_runs(checked) and task_runs(rebuilt)


@pytest.mark.usefixtures("flow_run")
def test_check_fails_where_a_package_is_damaged(sample_home: Home) -> None:
    package = next(sample_home.packages.glob("*/articles.parquet"))
    package.write_bytes(package.read_bytes() + b"x")
    state = check(str(sample_home.root), return_state=True)
    with pytest.raises(CheckFailed, match="packages"):
        state.result()
    assert [row["what"] for row in table_of(state) if not row["ok"]] == ["packages"]


@pytest.mark.usefixtures("flow_run")
def test_rebuild_fails_where_a_package_was_lost(sample_home: Home) -> None:
    shutil.rmtree(next(sample_home.packages.glob("*/articles.parquet")).parent)
    state = rebuild(str(sample_home.root), return_state=True)
    with pytest.raises(CheckFailed, match="articles"):
        state.result()
    assert {row["table"] for row in table_of(state) if not row["same"]} >= {"articles", "quotes"}


@pytest.mark.usefixtures("flow_run")
def test_resolve_takes_corrections_that_were_written_since(sample_home: Home) -> None:
    with reader(sample_home.published) as connection:
        query = "SELECT entity_id FROM entities WHERE type = 'PER' ORDER BY length(name) DESC, name LIMIT 1"
        person = connection.execute(query).fetchall()[0][0]
    sample_home.corrections.write_text(CORRECTION.format(person))
    state = resolve(str(sample_home.root), return_state=True)
    with reader(sample_home.published) as connection:
        assert connection.execute("SELECT count(*) FROM entities WHERE name = 'Nama Baru'").fetchall() == [(1,)]
    assert task_runs(state) <= {"recover", "publish"}


@pytest.mark.usefixtures("flow_run")
def test_prune_removes_what_killed_runs_left(sample_home: Home, tmp_path: Path) -> None:
    before = digest(sample_home.published)
    (sample_home.work / "20250101T000000Z-dead00").mkdir()
    storage = SharedStorage.of(sample_home, str(tmp_path / "shared"))
    storage.put("20250101T000000Z-dead00-00001-in", "20250101T000000Z-dead00", {})
    other = SharedStorage.of(Home(tmp_path / "other"), str(tmp_path / "shared"))
    other.put("20250101T000000Z-live00-00001-in", "20250101T000000Z-live00", {})
    state = prune(str(sample_home.root), str(tmp_path / "shared"), return_state=True)
    removed = [row["removed"] for row in table_of(state)]
    assert removed == ["20250101T000000Z-dead00", "20250101T000000Z-dead00-00001-in"]
    assert (storage.packages(), len(other.packages())) == ([], 1)
    assert [path.name for path in sample_home.work.iterdir() if path.is_dir()] == []
    assert digest(sample_home.published) == before


@pytest.mark.parametrize("name", TASKS)
def test_every_task_is_tagged(name: str) -> None:
    assert TASKS[name].tags


RETRIED = {
    "package", "load", "publish", "send_batch", "fetch_batch", "load_packages", "check_packages", "check_published",
}  # fmt: skip


def test_stages_that_only_touch_the_disk_are_retried() -> None:
    assert {name for name, task in TASKS.items() if task.retries == stages.RETRIES} == RETRIED
    assert stages.RETRIES == 2 and all(task.retries == 0 for name, task in TASKS.items() if name not in RETRIED)


@pytest.mark.parametrize("flow", [ingest, check, rebuild, resolve, prune], ids=lambda flow: flow.name)
def test_parameters_are_described_for_the_form(flow: Flow) -> None:
    described = flow.parameters.properties
    assert {name for name, about in described.items() if about.get("description")} == set(described)
