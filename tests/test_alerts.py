"""What the alerts wait for, and how a run that died is told from one that lives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from prefect.events.schemas.automations import Posture

from conftest import ROOT
from flows.server import alerts, stale_runs
from flows.server.alerts import ADDED, MANY_REJECTS, automations, report
from flows.server.stale_runs import mark_running
from pipeline.summary import RunSummary
from warehouse.home import Home


@pytest.mark.parametrize(
    ("documents", "articles", "rejected", "events"),
    [
        (10, 10, 0, [ADDED]),
        (10, 8, 2, [ADDED]),
        (10, 7, 3, [ADDED, MANY_REJECTS]),
        (1, 0, 1, [MANY_REJECTS]),
        (10, 0, 0, []),  # known before
        (0, 0, 0, []),
    ],
)
def test_events_of_a_run(
    monkeypatch: pytest.MonkeyPatch, documents: int, articles: int, rejected: int, events: list[str]
) -> None:
    emitted: list[str] = []
    monkeypatch.setattr(alerts, "emit_event", lambda event, resource, payload: emitted.append(event))
    summary = RunSummary("run", Home(Path("/home")), documents=documents, rejected=rejected)
    summary.rows["articles"] = articles
    report(summary)
    assert emitted == events


def test_every_alert_calls_the_webhook() -> None:
    webhook = uuid4()
    made = automations(webhook, timedelta(hours=1), timedelta(hours=6), timedelta(minutes=10))
    assert [automation.actions[-1].block_document_id for automation in made] == [webhook] * 5
    absent = {a.name: a.trigger.within for a in made if a.trigger.posture == Posture.Proactive}
    assert absent == {
        "warta: no new articles": timedelta(hours=1),
        "warta: a run hangs": timedelta(hours=6),
        "warta: a run is gone": timedelta(minutes=10),
    }


class Server:
    """Knows flow runs by their ids and keeps the states that are set."""

    def __init__(self, final: bool) -> None:
        self.final, self.states = final, dict[str, str]()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *error: object) -> None: ...

    def read_flow_run(self, flow_run_id: object) -> SimpleNamespace:
        return SimpleNamespace(name="ingest x", state=SimpleNamespace(is_final=lambda: self.final))

    def set_flow_run_state(self, flow_run_id: object, state: SimpleNamespace, force: bool) -> None:
        self.states[str(flow_run_id)] = state.name


LIVE = """
import sys, time
from pathlib import Path
from flows.server.stale_runs import mark_running
from warehouse.home import Home
with mark_running(Home(Path(sys.argv[1])), sys.argv[2], server_reachable=lambda: True):
    print("alive", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize(("final", "state"), [(False, "Crashed"), (True, None)])
def test_a_killed_run_is_marked_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, final: bool, state: str | None
) -> None:
    server = Server(final)
    monkeypatch.setattr(stale_runs, "get_client", lambda sync_client: server)
    killed, following = str(uuid4()), str(uuid4())
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", LIVE, str(tmp_path), killed]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout and process.stdout.readline() == b"alive\n"
        with mark_running(Home(tmp_path), str(uuid4()), server_reachable=lambda: True):
            assert server.states == {}  # it lives
        process.send_signal(signal.SIGKILL)
    with mark_running(Home(tmp_path), following, server_reachable=lambda: True):
        assert server.states.get(killed) == state
    assert not list((tmp_path / "flow-runs").iterdir())


def test_a_server_that_does_not_answer_is_told_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dead = tmp_path / "flow-runs" / str(uuid4())
    dead.parent.mkdir()
    dead.touch()

    def unreachable(*arguments: object, **named: object) -> None:
        raise ConnectionError("no server")

    server = Server(final=False)
    monkeypatch.setattr(stale_runs, "get_client", lambda sync_client: server)
    monkeypatch.setattr(server, "read_flow_run", unreachable, raising=False)
    began = time.monotonic()
    with mark_running(Home(tmp_path), str(uuid4()), server_reachable=lambda: True):
        assert dead.exists()
    assert time.monotonic() - began < 5


def test_a_run_whose_server_went_away_is_marked_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server, first = Server(final=False), str(uuid4())
    monkeypatch.setattr(stale_runs, "get_client", lambda sync_client: server)
    with mark_running(Home(tmp_path), first, server_reachable=lambda: False):
        pass
    with mark_running(Home(tmp_path), str(uuid4()), server_reachable=lambda: True):
        assert server.states == {first: "Crashed"}
