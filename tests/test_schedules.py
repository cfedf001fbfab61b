"""What runs when, and the two ways to say it; the flows beside the main one."""

from __future__ import annotations

import logging
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from lxml import etree
from prefect.logging import disable_run_logger

from conftest import ROOT
from flows import check as check_module
from flows import progress
from flows import prune as prune_module
from flows import rebuild as rebuild_module
from flows.check import NotAsItShouldBe, check
from flows.deployments import deployments
from flows.plot import bars
from flows.progress import Artifacts
from flows.prune import prune
from flows.rebuild import rebuild
from flows.resolve import resolve
from tasks.progress import Progress
from warehouse.db import reader
from warehouse.digest import digest
from warehouse.exchange import Exchange
from warehouse.home import Home

CORRECTION = "action,target,article_id,value,author,reason\nrename,{},,Nama Baru,redaksi,percobaan\n"


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


def test_flows_of_prefect_yaml_exist() -> None:
    for declared in yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]:
        path, _, name = declared["entrypoint"].partition(":")
        assert f"def {name}(" in (ROOT / path).read_text()


@pytest.fixture
def artifacts(monkeypatch: pytest.MonkeyPatch) -> list[list[dict]]:
    """The tables that flows would have shown in the UI."""
    tables: list[list[dict]] = []
    for module in (check_module, rebuild_module, prune_module):
        monkeypatch.setattr(module, "create_table_artifact", lambda rows, **about: tables.append(rows))
    return tables


def test_check_and_rebuild_find_nothing_wrong(sample_home: Home, artifacts: list[list[dict]]) -> None:
    before = digest(sample_home.published)
    with disable_run_logger():
        check.fn(str(sample_home.root))
        rebuild.fn(str(sample_home.root))
    assert all(row["ok"] for row in artifacts[0]) and all(row["same"] for row in artifacts[1])
    assert digest(sample_home.published) == before


def test_check_fails_where_a_package_is_damaged(sample_home: Home, artifacts: list[list[dict]]) -> None:
    package = next(sample_home.packages.glob("*/articles.parquet"))
    package.write_bytes(package.read_bytes() + b"x")
    with disable_run_logger(), pytest.raises(NotAsItShouldBe, match="packages"):
        check.fn(str(sample_home.root))
    assert [row["what"] for row in artifacts[0] if not row["ok"]] == ["packages"]


def test_rebuild_fails_where_a_package_was_lost(sample_home: Home, artifacts: list[list[dict]]) -> None:
    shutil.rmtree(next(sample_home.packages.glob("*/articles.parquet")).parent)
    with disable_run_logger(), pytest.raises(NotAsItShouldBe, match="articles"):
        rebuild.fn(str(sample_home.root))
    assert {row["table"] for row in artifacts[0] if not row["same"]} >= {"articles", "quotes"}


def test_resolve_takes_corrections_that_were_written_since(sample_home: Home) -> None:
    with reader(sample_home.published) as connection:
        query = "SELECT entity_id FROM entities WHERE type = 'PER' ORDER BY length(name) DESC, name LIMIT 1"
        person = connection.execute(query).fetchall()[0][0]
    sample_home.corrections.write_text(CORRECTION.format(person))
    with disable_run_logger():
        resolve.fn(str(sample_home.root))
    with reader(sample_home.published) as connection:
        assert connection.execute("SELECT count(*) FROM entities WHERE name = 'Nama Baru'").fetchall() == [(1,)]


def test_prune_removes_what_killed_runs_left(sample_home: Home, tmp_path: Path, artifacts: list[list[dict]]) -> None:
    before = digest(sample_home.published)
    (sample_home.work / "20250101T000000Z-dead00").mkdir()
    exchange = Exchange.of(sample_home, str(tmp_path / "shared"))
    exchange.put("20250101T000000Z-dead00-00001-in", "20250101T000000Z-dead00", {})
    other = Exchange.of(Home(tmp_path / "other"), str(tmp_path / "shared"))
    other.put("20250101T000000Z-live00-00001-in", "20250101T000000Z-live00", {})
    with disable_run_logger():
        prune.fn(str(sample_home.root), str(tmp_path / "shared"))
    assert [row["removed"] for row in artifacts[0]] == ["20250101T000000Z-dead00", "20250101T000000Z-dead00-00001-in"]
    assert (exchange.packages(), len(other.packages())) == ([], 1)
    assert [path.name for path in sample_home.work.iterdir() if path.is_dir()] == []
    assert digest(sample_home.published) == before


@pytest.mark.parametrize("days", [1, 2, 60])
def test_bars_stay_in_their_frame(days: int) -> None:
    counted = [(date(2026, 3, 1) + timedelta(n), n, 2 * n) for n in range(days)]
    svg = etree.fromstring(bars(counted, ("quotes", "<events>")))
    drawn = svg.findall("{*}rect")[1:]
    assert len(drawn) == 2 * days
    for bar in drawn:
        x, y, width, height = (float(bar.get(name)) for name in ("x", "y", "width", "height"))
        assert x >= 0 and x + width <= 720 and y >= 0 and y + height <= 240
    assert [text.text for text in svg.findall("{*}text")][:2] == ["quotes", "<events>"]


def test_progress_is_shown_now_and_then_and_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[float, str]] = []
    monkeypatch.setattr(
        progress, "create_progress_artifact", lambda p, key, description: shown.append((p, description))
    )
    monkeypatch.setattr(progress, "update_progress_artifact", lambda i, p, description: shown.append((p, description)))
    artifacts = Artifacts(Progress())
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
    artifacts = Artifacts(Progress())
    with caplog.at_level(logging.WARNING):
        artifacts.start("read")
        artifacts.advance("read")
        artifacts.finish()
    assert "no server" in caplog.text
