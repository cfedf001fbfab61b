"""The front door of the library: `warta.annotate`, `warta.read`, and the examples of docs/python.md."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

import warta

ROOT = Path(__file__).parent.parent
TEXT = 'Polisi menangkap pencuri sapi di Blora kemarin. "Ia mengaku," kata Kapolres Blora Sari Dewanti.'


def test_the_examples_of_the_page_are_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    assert len(blocks) > 5
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "docs/python.md", None, None)
    report: list[str] = []
    failed, tried = doctest.DocTestRunner().run(examples, out=report.append)
    assert tried > 15 and not failed, "".join(report)


@pytest.mark.parametrize(
    "published",
    ["2026-11-30", "2026-11-30T08:00", "2026-11-30T01:00+00:00", date(2026, 11, 30), datetime(2026, 11, 30, 8)],
)
def test_the_day_of_publication_in_any_form(published: str | date) -> None:
    document = warta.annotate(TEXT, published=published)
    assert document.article.published_date == date(2026, 11, 30)
    assert [event.date_start for event in document.events] == [date(2026, 11, 29)]


def test_a_time_of_publication_is_kept_and_without_a_zone_is_jakarta_time() -> None:
    jakarta = timezone(timedelta(hours=7))
    assert warta.annotate(TEXT, published="2026-11-30T08:00").article.published_at == datetime(
        2026, 11, 30, 8, tzinfo=jakarta
    )
    assert warta.annotate(TEXT, published="2026-11-30").article.published_at is None


def test_without_a_day_the_dateline_counts() -> None:
    assert warta.annotate("Hujan turun, Jumat (8/10/2021).").article.published_date == date(2021, 10, 8)
    assert warta.annotate(TEXT).article.published_date is None


@pytest.mark.parametrize("text", ["", " \n", "ADVERTISEMENT", "***"])
def test_a_text_without_words_has_nothing_in_it(text: str) -> None:
    found = warta.annotate(text).to_dict()
    assert found.pop("article")["text"] == ""
    assert not any(found.values())


@pytest.mark.parametrize("wrong", [None, 42, b"Hujan turun.", ["Hujan turun."], warta.Document(warta.Article("", ""))])
def test_anything_but_a_text_or_an_article_is_a_type_error(wrong: Any) -> None:
    with pytest.raises(TypeError, match="annotate takes a str or an Article"):
        warta.annotate(wrong)
    if not isinstance(wrong, bytes):
        with pytest.raises(TypeError, match="read takes a path"):
            warta.read(wrong)


@pytest.mark.parametrize("published", ["", "kemarin", "30/11/2026", "2026-13-01", "2026-11-30 pagi"])
def test_a_day_that_is_none_is_a_value_error(published: str) -> None:
    with pytest.raises(ValueError, match="published is no ISO date"):
        warta.annotate(TEXT, published=published)


@pytest.mark.parametrize("options", [{"published": 20261130}, {"title": 42}])
def test_options_of_another_type_are_a_type_error(options: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=next(iter(options))):
        warta.annotate(TEXT, **options)


@pytest.mark.parametrize("options", [{"published": "2026-11-30"}, {"title": "Sapi"}])
def test_an_article_has_its_own_title_and_day(options: dict[str, str]) -> None:
    article = warta.Article("", TEXT, title="Pencuri sapi", published_date=date(2026, 11, 30))
    assert warta.annotate(article).article is article
    with pytest.raises(TypeError, match="its own title and published_date"):
        warta.annotate(article, **options)  # type: ignore[arg-type]


def test_as_json_every_record_is_there_and_where_it_says() -> None:
    document = warta.annotate(TEXT, published="2026-11-30T08:00")
    found = document.to_dict()
    assert json.loads(json.dumps(found)) == found
    text = found["article"]["text"]
    mentions = [mention for entity in found["entities"] for mention in entity["mentions"]]
    assert len(mentions) == len(document.mentions) > 0
    assert all(found[name] for name in ("sentences", "times", "quotes", "events"))
    records = [*found["sentences"], *mentions, *found["times"], *found["quotes"], *found["events"]]
    assert all(text[r["start"] : r["end"]] == r.get("text", r.get("trigger")) for r in records)
    assert found["quotes"][0]["speaker_name"] == "Sari Dewanti"
    assert found["events"][0]["date_start"] == "2026-11-29"
    assert found["events"][0]["participants"][0]["name"] == "Polisi"


def test_a_missing_file_is_a_rejection(tmp_path: Path) -> None:
    (missing,) = warta.read(tmp_path / "tidak-ada.txt")
    assert isinstance(missing, warta.Rejection)
    assert missing.reason == "unreadable"


def test_importing_warta_is_cheap() -> None:
    ask = "import sys, warta; print(*sorted({name.partition('.')[0] for name in sys.modules} & set(sys.argv[1:])))"
    heavy = ["numpy", "lxml", "trafilatura", "ftfy", "yaml", "holidays", "orjson", "feedparser", "warcio", "pyarrow"]
    said = subprocess.run([sys.executable, "-c", ask, *heavy], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.split() == []
