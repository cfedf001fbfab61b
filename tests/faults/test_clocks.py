"""A clock that is wrong, or elsewhere: the rows are the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import articles
import pipeline.batches
import pipeline.run
from conftest import ingest
from disturbed import disturbed_run
from pipeline.maintenance.checks import check_home as check
from pipeline.maintenance.rebuild import rebuild
from warehouse.digest import digest
from warehouse.home import Home


def clock_off_by(monkeypatch: pytest.MonkeyPatch, off: timedelta) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.now(UTC) + off

    for module in (pipeline.batches, pipeline.run):
        monkeypatch.setattr(module, "datetime", Clock)


def test_clock_that_goes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first run thinks it is ten years later, the second that it is an hour earlier, the third is right."""
    sources = [articles.write(tmp_path / f"{n}.jsonl", 2 * n) for n in (1, 2, 3)]  # each repeats the one before
    right, wrong = Home(tmp_path / "right"), Home(tmp_path / "wrong")
    for source in sources:
        ingest(right.root, source)
    for source, off in zip(sources, (timedelta(days=3650), timedelta(hours=-1), timedelta()), strict=True):
        clock_off_by(monkeypatch, off)
        ingest(wrong.root, source)
    assert digest(wrong.published) == digest(right.published)
    assert [what for what, ok, _ in check(wrong) if not ok] == []
    rebuild(wrong)  # loads the packages in another order than the runs did
    assert digest(wrong.published) == digest(right.published)


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Asia/Jayapura"])
def test_the_machines_time_zone_does_not_matter(tmp_path: Path, zone: str) -> None:
    source = articles.write(tmp_path / "a.jsonl", 3)
    for name, env in (("here", {}), ("there", {"TZ": zone})):
        assert disturbed_run(tmp_path / name, source, said=tmp_path / "said", **env).ended() == 0
    assert digest(Home(tmp_path / "here").published) == digest(Home(tmp_path / "there").published)
