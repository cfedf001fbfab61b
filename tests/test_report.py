"""The report: what it says, that it needs nothing else, and the flow and notebook that say the same."""

from __future__ import annotations

import re
import runpy
from datetime import date
from pathlib import Path

import pytest
from lxml import html
from prefect.logging import disable_run_logger
from serving import hostile_home

from conftest import ROOT
from explorer.reports import NothingToReport, Period, report
from flows import report as report_flow
from pipeline.summary import RunSummary
from warehouse.db import reader

SINCE, UNTIL = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture(scope="module")
def written(sample_run: RunSummary, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("report") / "new"
    return {path.suffix: path for path in report(sample_run.home.published, folder, SINCE, UNTIL, "en")}


def test_page_needs_nothing_else(written: dict[str, Path]) -> None:
    page = html.fromstring(written[".html"].read_text("utf-8"))
    assert not page.xpath("//script | //link | //img | //iframe | //*[local-name()='image']")
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]
    assert all(link.startswith(("http://", "https://")) for link in page.xpath("//a/@href"))


def test_numbers_are_those_of_the_warehouse(written: dict[str, Path], sample_run: RunSummary) -> None:
    counts = """
        WITH days AS (SELECT article_id FROM articles WHERE published_date BETWEEN $1 AND $2)
        SELECT (SELECT count(*) FROM days), (SELECT count(*) FROM quotes JOIN days USING (article_id))
    """
    with reader(sample_run.home.published) as connection:
        ((articles, quotes),) = connection.execute(counts, [SINCE, UNTIL]).fetchall()
    text = written[".md"].read_text("utf-8")
    assert f"| articles | {articles} | 0 |" in text and f"| quotes | {quotes} | 0 |" in text and quotes


def test_every_quote_of_the_report_stands_in_an_article(written: dict[str, Path], sample_run: RunSummary) -> None:
    page = html.fromstring(written[".html"].read_text("utf-8"))
    said = [quote.text_content() for quote in page.xpath("//blockquote/p")]
    with reader(sample_run.home.published) as connection:
        texts = [text for (text,) in connection.execute("SELECT text FROM articles").fetchall()]
    assert len(said) > 3 and all(any(quote in text for text in texts) for quote in said)
    assert page.xpath("//blockquote/footer/a/@href")


def test_days_without_articles_are_an_empty_report(sample_run: RunSummary, tmp_path: Path) -> None:
    for path in report(sample_run.home.published, tmp_path, date(1999, 1, 1), date(1999, 1, 7), "id"):
        assert re.search(r"Tidak ditemukan|\| artikel \| 0 \| 0 \|", path.read_text("utf-8"))


def test_the_period_before_is_as_long() -> None:
    period = Period(date(2026, 11, 8), date(2026, 11, 14))
    assert (period.before, period.before_until) == (date(2026, 11, 1), date(2026, 11, 7))


def test_nothing_to_report(tmp_path: Path) -> None:
    home = hostile_home(tmp_path / "home", ["x"], {})
    with pytest.raises(NothingToReport):
        report(home.published, tmp_path, None, None, "en")


def test_a_period_that_ends_before_it_begins(sample_run: RunSummary, tmp_path: Path) -> None:
    with pytest.raises(NothingToReport, match="2026-11-30 is after 2026-11-01"):
        report(sample_run.home.published, tmp_path, date(2026, 11, 30), date(2026, 11, 1), "id")
    with pytest.raises(NothingToReport):
        report(sample_run.home.published, tmp_path, date(2999, 1, 1), None, "id")


def test_the_flow_links_the_report(sample_run: RunSummary, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "warehouse.duckdb").symlink_to(sample_run.home.published)
    links: list[str] = []
    monkeypatch.setattr(report_flow, "create_link_artifact", lambda link, **about: links.append(link))
    with disable_run_logger():
        report_flow.report.fn(str(tmp_path))
    assert [Path(link.removeprefix("file://")).is_file() for link in links] == [True, True]
    assert {Path(link).suffix for link in links} == {".html", ".md"}


def test_notebook(sample_run: RunSummary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARTA_HOME", str(sample_run.home.root))
    _, found = runpy.run_path(str(ROOT / "notebooks" / "ask.py"))["app"].run()
    plots = [found[name].to_dict() for name in ("speakers_plot", "types_plot", "said_plot")]
    assert all(plot["mark"]["type"] == "bar" and any(plot["datasets"].values()) for plot in plots)
    assert set(found["said"]["speaker"]) >= {found["speakers"]["speaker"][0]}
