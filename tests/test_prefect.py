"""Under Prefect the same stages run as named, tagged task runs, and the run leaves a summary and a validation table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from prefect import Flow, Task
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId, FlowRunFilter, FlowRunFilterId
from prefect.settings import get_current_settings
from prefect.testing.utilities import prefect_test_harness

from conftest import SAMPLES, warta
from flows.check import check
from flows.ingest import ingest
from flows.pipeline import RunSummary
from flows.prune import prune
from flows.rebuild import rebuild
from flows.resolve import resolve
from tasks.annotate import annotate
from tasks.deduplicate import deduplicate
from tasks.discover import discover
from tasks.load import load
from tasks.package import package
from tasks.publish import publish
from tasks.read import read
from tasks.recover import recover
from tasks.remote import annotate_remotely, fetch, send
from tasks.validate import validate
from warehouse.db import reader
from warehouse.digest import digest
from warehouse.home import Home, writer_lock

STAGES: list[Task] = [recover, discover, read, deduplicate, annotate, validate, package, load, publish]
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
    known = {"annotate batch 1", "validate batch 1", *(stage.name for stage in STAGES)}
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
        done = warta("run", SAMPLES, "--home", tmp_path, PREFECT_API_URL=address, HOME=str(tmp_path))
    assert done.returncode == 3
    assert "Encountered exception during execution: WarehouseBusy" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("stage", [*STAGES, send, annotate_remotely, fetch], ids=lambda stage: stage.name)
def test_every_stage_is_tagged(stage: Task) -> None:
    assert stage.tags


@pytest.mark.parametrize("stage", [package, load, publish], ids=lambda stage: stage.name)
def test_stages_that_only_touch_the_disk_are_retried(stage: Task) -> None:
    assert stage.retries == 2


@pytest.mark.parametrize("flow", [ingest, check, rebuild, resolve, prune], ids=lambda flow: flow.name)
def test_parameters_are_described_for_the_form(flow: Flow) -> None:
    described = flow.parameters.properties
    assert {name for name, about in described.items() if about.get("description")} == set(described)
