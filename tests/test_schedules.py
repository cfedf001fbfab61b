"""What runs when, and the two ways to say it; the flows beside the main one."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from flows.server import progress_artifacts as progress
from flows.server.deployments import PREFECT_YAML, deployments, prefect_yaml
from flows.server.progress_artifacts import ProgressArtifacts
from pipeline.progress import Progress


def test_prefect_yaml_is_generated() -> None:
    assert PREFECT_YAML.read_text("utf-8") == prefect_yaml(), "run `make generated`"


def test_prefect_yaml_declares_what_serve_serves() -> None:
    declared = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    in_yaml = {
        (d["entrypoint"].rpartition(":")[2], d["name"]): (d["schedules"][0]["cron"], set(d["parameters"]))
        for d in declared
        if "schedules" in d
    }
    served = {
        (d.flow_name, d.name): (d.schedules[0].schedule.cron, set(d.parameters))
        for d in deployments(Path("/articles"), Path("/home"))
    }
    assert in_yaml == served
    assert all(d["concurrency_limit"] for d in declared)


def test_without_a_folder_the_sources_are_those_of_the_home() -> None:
    (nightly,) = [d for d in deployments(None, Path("/home")) if d.flow_name == "ingest"]
    assert nightly.parameters["sources"] == []


def test_flows_of_prefect_yaml_exist() -> None:
    for declared in yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]:
        path, _, name = declared["entrypoint"].partition(":")
        assert f"def {name}(" in (ROOT / path).read_text()


def test_progress_is_shown_now_and_then_and_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[float, str]] = []
    monkeypatch.setattr(
        progress, "create_progress_artifact", lambda p, key, description: shown.append((p, description))
    )
    monkeypatch.setattr(progress, "update_progress_artifact", lambda i, p, description: shown.append((p, description)))
    artifacts = ProgressArtifacts(Progress())
    artifacts.start("annotate", 200)
    for _ in range(200):
        artifacts.advance("annotate")
    artifacts.finish()
    assert len(shown) == 2 and shown[0] == (0.5, "annotate: 1 of 200") and shown[-1] == (100, "annotate: 200 of 200")


def test_progress_that_cannot_be_shown_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*arguments: object, **named: object) -> None:
        raise ConnectionError("no server")

    monkeypatch.setattr(progress, "create_progress_artifact", fail)
    artifacts = ProgressArtifacts(Progress())
    with caplog.at_level(logging.WARNING):
        artifacts.start("read")
        artifacts.advance("read")
        artifacts.finish()
    assert "no server" in caplog.text
