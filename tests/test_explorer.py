"""The explorer's answers: pages, links between text and rows, exports, limits, and whom it answers."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import duckdb
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from serving import Answer, get, serving

from conftest import ROOT
from explorer import charts
from explorer.app import make_app
from explorer.article import KEYS
from explorer.labels import LANGUAGES, Labels, MissingLabel, labels, preferred
from explorer.marks import Mark, marked
from explorer.pages import ADDRESSES, FOLDER, pages
from explorer.render import LONGEST_CELL, web_address
from explorer.reports import QUESTIONS, markdown
from explorer.security import HEADERS
from pipeline.summary import RunSummary
from warehouse.contract import value_lists
from warehouse.db import reader
from warehouse.queries import load_queries


@pytest.fixture(scope="module")
def site(sample_run: RunSummary) -> Iterator[str]:
    with serving(make_app(sample_run.home.root, ["127.0.0.1"])) as address:
        yield address


@pytest.fixture(scope="module")
def known(sample_run: RunSummary) -> dict[str, str]:
    """Something for every address that asks for something."""
    queries = {
        "article": "SELECT article_id FROM quotes GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1",
        "speaker": "SELECT speaker_entity_id FROM mart_speakers WHERE speaker_entity_id IS NOT NULL LIMIT 1",
        "entity": "SELECT entity_id FROM entities ORDER BY article_count DESC, 1 LIMIT 1",
        "story": "SELECT story_id FROM mart_stories LIMIT 1",
    }
    with reader(sample_run.home.published) as connection:
        return {name: str(connection.execute(query).fetchall()[0][0]) for name, query in queries.items()}


def rows_of(answer: Answer) -> list[dict[str, object]]:
    assert answer.status == 200, answer.text
    return json.loads(answer.text)  # type: ignore[no-any-return]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ADDRESSES)
def test_every_page_answers_in_both_languages(site: str, known: dict[str, str], name: str, language: str) -> None:
    answer = get(f"{site}/{language}{ADDRESSES[name].format(**known)}")
    page = html.fromstring(answer.text)
    assert answer.status == 200 and page.get("lang") == language
    exported = {
        link.split("table=")[1].split("&")[0] for link in page.xpath("//a[contains(@href, 'format=csv')]/@href")
    }
    assert exported == set(pages()[name].questions)
    assert len(page.xpath("//details/pre")) == len(exported)


@pytest.mark.parametrize(
    ("name", "question"), [(name, question) for name in ADDRESSES for question in pages()[name].questions]
)
def test_shown_sql_makes_the_same_rows(site: str, known: dict[str, str], name: str, question: str) -> None:
    """Every listing exports, and its SQL can be asked again as it is shown."""
    address = f"{site}/en{ADDRESSES[name].format(**known)}?table={question}&format="
    exported = rows_of(get(address + "json"))
    assert len(list(csv.reader(io.StringIO(get(address + "csv").text)))) == len(exported) + 1
    page = html.fromstring(get(f"{site}/en{ADDRESSES[name].format(**known)}").text)
    title = labels("en").listing(name, question)
    shown = next(d[1].text for d in page.iter("details") if d[0].get("aria-label") == f"SQL: {title}")
    again = rows_of(get(f"{site}/en/sql?{urlencode({'q': shown, 'format': 'json'})}"))
    assert again == exported[: len(again)] and (again or not exported)


@pytest.mark.parametrize("limit", [3, 5])
def test_pages_of_a_listing_make_up_its_export(site: str, limit: int) -> None:
    everything = [row["quote_id"] for row in rows_of(get(f"{site}/en/search?table=quotes&format=json"))]
    turned: list[str] = []
    address = f"/en/search?limit={limit}"
    while address:
        page = html.fromstring(get(site + address).text)
        turned += [link.split("#")[1] for link in page.xpath("//td[@data-column='quote']/a/@href")]
        address = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert turned == everything and len(turned) > 20


def test_facets_count_what_they_lead_to(site: str) -> None:
    page = html.fromstring(get(f"{site}/en/search").text)
    facets = page.xpath("//section[@class='facet']//a")
    assert len(facets) > 8
    for facet in facets:
        count = int(facet.xpath("string(span)"))
        narrowed = get(f"{site}{facet.get('href')}&table=quotes&format=json")
        assert len(rows_of(narrowed)) == count


def assert_text_and_rows_are_joined(page: html.HtmlElement, text: str) -> None:
    shown = page.xpath("//div[@class='text']")[0]
    assert shown.text_content() == text
    for name in KEYS:
        rows = page.xpath(f"//section[@aria-labelledby='h-{name}']//tr[@id]")
        for row in rows:
            key = row.get("id").removeprefix("row-")
            (there,) = page.xpath(f"//*[@id='{key}']")
            assert there.xpath("ancestor-or-self::div[@class='text']") or there in shown.iter()
            assert row.xpath(f".//a[substring-after(@href, '#') = '{key}']")
            if name != "names":
                assert shown.xpath(f".//a[@href='#row-{key}']")
    for link in shown.xpath(".//a[starts-with(@href, '#')]/@href"):
        assert page.xpath(f"//tr[@id='{link[1:]}']")


@pytest.mark.parametrize("run", ["sample_run", "detik_run"])
def test_text_and_rows_point_at_one_another(run: str, request: pytest.FixtureRequest) -> None:
    summary: RunSummary = request.getfixturevalue(run)
    with reader(summary.home.published) as connection:
        articles = connection.execute("SELECT article_id, text FROM articles ORDER BY 1 LIMIT 12").fetchall()
    with serving(make_app(summary.home.root, ["127.0.0.1"])) as address:
        for article, text in articles:
            page = html.fromstring(get(f"{address}/en/articles/{article}").text)
            assert_text_and_rows_are_joined(page, text)


MARKS = st.builds(
    lambda id, start, length, wide: Mark(id, start, start + length, "k", f"#row-{id}", "<f>", wide),
    st.uuids().map(str), st.integers(0, 28), st.integers(1, 12), st.booleans(),
)  # fmt: skip


@given(st.text("ab <>&\"'\n", min_size=40, max_size=60), st.lists(MARKS, max_size=12, unique_by=lambda mark: mark.id))
def test_marks_keep_the_text_and_are_all_there(text: str, marks: list[Mark]) -> None:
    page = html.fragment_fromstring(f"<div>{marked(text, marks)}</div>")
    assert page.text_content() == text
    assert sorted(page.xpath("//@id")) == sorted(mark.id for mark in marks)
    assert not page.xpath("//a//a")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/articles/none", 404), ("/en/speakers/none", 404), ("/en/entities/none", 404), ("/en/stories/x", 404),
        ("/xx/", 404), ("/en/nothing", 404), ("/en/search?table=none&format=csv", 404), ("/static/../app.py", 404),
        ("/en/search?limit=many", 400), ("/en/search?offset=-1", 400), ("/en/search?table=quotes&format=xls", 400),
        ("/en/sql/top-speakers?limit=x", 400), ("/en/sql/no-question", 404),
        ("/en/sql?q=SELECT+nonsense", 200), ("/", 307),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(site: str, path: str, status: int) -> None:
    answer = get(site + path)
    assert answer.status == status and "Traceback" not in answer.text
    assert all(answer.headers[name] == value for name, value in HEADERS.items())


@pytest.mark.parametrize("host", ["kabar.example", "127.0.0.1.kabar.example", "localhost.kabar.example"])
def test_other_hosts_are_not_answered(site: str, host: str) -> None:
    assert get(f"{site}/en/", Host=host).status == 400


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE articles", "SELECT 1; SELECT 2", "COPY articles TO '/tmp/x.csv'", "ATTACH '/tmp/x.duckdb'",
        "SET enable_external_access = true", "INSTALL httpfs", "CREATE TEMP TABLE x AS SELECT 1", "PRAGMA version",
        "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM '/etc/passwd'", "FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/*')", "CALL pragma_version()", "CHECKPOINT", "", ";",
    ],
)  # fmt: skip
def test_sql_only_reads_the_warehouse(site: str, statement: str) -> None:
    page = html.fromstring(get(f"{site}/en/sql?q={quote(statement)}").text)
    assert not page.xpath("//h2[@id='h-answer']")
    assert bool(page.xpath("//pre[@role='alert']")) == bool(statement)


def test_sql_has_limits(sample_run: RunSummary) -> None:
    endless = "SELECT sum(a.i * b.i) FROM range(10000000) a(i), range(10000000) b(i)"
    with serving(make_app(sample_run.home.root, ["127.0.0.1"], seconds=0.3)) as address:
        assert get(f"{address}/en/sql?q={quote(endless)}").status == 503
        page = html.fromstring(get(f"{address}/en/sql?q={quote('FROM range(1000)')}").text)
        assert len(page.xpath("//tbody/tr")) == 200


@pytest.mark.parametrize("name", load_queries())
def test_questions_can_be_asked_by_name(site: str, name: str) -> None:
    query = load_queries()[name]
    needed = {parameter: "Jakarta" for parameter, default in query.defaults.items() if default is None}
    assert len(html.fromstring(get(f"{site}/id/sql/{name}").text).xpath("//form[@class='ask']//input")) == len(
        query.defaults
    )
    answer = get(f"{site}/id/sql/{name}?{urlencode(needed)}")
    assert answer.status == 200 and 'role="alert"' not in answer.text and "h-answer" in answer.text


def test_a_new_snapshot_is_seen_at_once(sample_run: RunSummary, tmp_path: Path) -> None:
    home = shutil.copytree(sample_run.home.root, tmp_path / "home")
    with serving(make_app(home, ["127.0.0.1"])) as address:
        before = rows_of(get(f"{address}/en/?table=numbers&format=json"))[0]["articles"]
        made = tmp_path / "new.duckdb"
        shutil.copy(home / "warehouse.duckdb", made)
        with duckdb.connect(str(made)) as connection:
            connection.execute("DELETE FROM articles WHERE rowid = 0")
        made.replace(home / "warehouse.duckdb")
        assert rows_of(get(f"{address}/en/?table=numbers&format=json"))[0]["articles"] == int(str(before)) - 1


def test_without_a_warehouse_it_says_so(tmp_path: Path) -> None:
    with serving(make_app(tmp_path, ["127.0.0.1"])) as address:
        answer = get(f"{address}/en/")
    assert answer.status == 503 and "warta run" in answer.text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("en-GB,en;q=0.9", "en"), ("id", "id"), ("fr, de", "id"), ("", "id"), ("fr,en;q=0.1", "en")],
)
def test_language_of_the_browser(accepted: str, language: str) -> None:
    assert preferred(accepted) == language


def test_both_languages_label_the_same() -> None:
    english, indonesian = (
        yaml.safe_load((ROOT / "explorer" / "labels" / f"{name}.yml").read_text("utf-8")) for name in ("en", "id")
    )
    for part in ("texts", "pages", "listings"):
        assert english[part].keys() == indonesian[part].keys()
    asked = {f"{name}.{question}" for name in ADDRESSES for question in pages()[name].questions}
    assert english["listings"].keys() == asked | {f"report.{question}" for question in load_queries(QUESTIONS)}
    assert indonesian["queries"].keys() == load_queries().keys()


def test_templates_never_switch_escaping_off() -> None:
    for path in [*FOLDER.rglob("*.html"), *(ROOT / "explorer").glob("templates/*.html"), *QUESTIONS.glob("*.html")]:
        text = path.read_text("utf-8")
        assert "|safe" not in text.replace(" ", "") and "autoescape" not in text
        assert path.name == "report.html" or not re.search(r"<script|<style|\sstyle=|\son\w+=", text)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://kabar.id/a?b=1", True), ("http://kabar.id", True), ("javascript:alert(1)", False),
        ("JaVaScRiPt://kabar.id/%0aalert(1)", False), ("data:text/html,x", False), ("//kabar.id", False),
        ("https:", False), ("http://[", False), (None, False), (" javascript:alert(1)", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_are_links(address: str | None, kept: bool) -> None:
    assert web_address(address) == (address if kept else None)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("harga *naik* <b>", r"harga \*naik\* \<b\>"), ("[x](javascript:y)", r"\[x\](javascript:y)"),
        ("dua\nbaris | `c`", r"dua baris \| \`c\`"), ("# judul", r"\# judul"),
    ],
)  # fmt: skip
def test_text_is_no_markdown(text: str, shown: str) -> None:
    assert markdown(text) == shown


def test_bars_fill_the_gaps() -> None:
    drawn = charts.bars([{"month": "2025-11", "n": 2}, {"month": "2026-02", "n": 4}], "n")
    assert [(bar.period, bar.count) for bar in drawn] == [
        ("2025-11", 2),
        ("2025-12", 0),
        ("2026-01", 0),
        ("2026-02", 4),
    ]
    assert drawn[3].height == 2 * drawn[0].height and all(bar.x + bar.width <= charts.WIDTH for bar in drawn)
    assert charts.bars([], "n") == []


@pytest.mark.parametrize("days", [1, 2, 60])
def test_bars_stay_in_their_frame(days: int) -> None:
    counted = [(date(2026, 3, 1) + timedelta(n), n, 2 * n) for n in range(days)]
    svg = etree.fromstring(charts.bars_svg(counted, ("quotes", "<events>")))
    drawn = svg.findall("{*}rect")[1:]
    assert len(drawn) == 2 * days
    for bar in drawn:
        x, y, width, height = (float(bar.get(name)) for name in ("x", "y", "width", "height"))
        assert x >= 0 and x + width <= charts.WIDTH and y >= 0 and y + height <= charts.HEIGHT
    assert [text.text for text in svg.findall("{*}text")][:2] == ["quotes", "<events>"]


def test_a_picture_as_an_address() -> None:
    address = charts.data_url(charts.bars_svg([(date(2026, 3, 1), 1, 2)], ("a", "b")))
    kind, _, data = address.partition(",")
    assert kind == "data:image/svg+xml;base64" and base64.b64decode(data).startswith(b"<svg ")


def test_a_type_without_a_label_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = {**value_lists(), "event_type": ("ARREST", "TELEPORT")}
    monkeypatch.setattr("explorer.labels.value_lists", lambda: lists)
    with pytest.raises(MissingLabel, match=r"explorer/labels/en\.yml needs labels, under `values`, for TELEPORT"):
        Labels("en")


def test_large_cells_are_cut_on_pages_and_whole_in_exports(site: str) -> None:
    asked = f"{site}/en/sql?q={quote('SELECT repeat(chr(120), 5000) AS x')}"
    page = html.fromstring(get(asked).text)
    assert len(page.xpath("string(//tbody/tr/td)").strip()) == LONGEST_CELL + 1
    assert rows_of(get(asked + "&format=json")) == [{"x": "x" * 5000}]
