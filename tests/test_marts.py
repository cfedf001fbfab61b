"""Every mart gives what its cases expect; every question of `warta query` runs; both say what they answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from given import fill

from benchmarks.answers import PAGE, answered
from conftest import ROOT
from pipeline.summary import RunSummary
from warehouse.contract import mart_columns
from warehouse.db import reader
from warehouse.queries import BadParameters, Query, load_queries
from warehouse.snapshot.marts import create_marts

MARTS = sorted((ROOT / "warehouse" / "marts").glob("*.sql"))
QUERIES = list(load_queries().values())
EXAMPLES = {
    "speaker": "Wiratmo", "words": "harga", "place": "Padang", "name": "Jakarta", "organisation": "KPK",
    "person": "Danar Prakoso",
}  # fmt: skip
# What the samples do not hold.
FINDS_NOTHING = {
    "undated-articles", "unresolved-speakers", "data-quality", "silent-speakers", "answers", "repeated-lines",
    "unread-dates", "versions",
}  # fmt: skip
CASES = [
    (path.stem, case)
    for path in sorted((ROOT / "tests" / "marts").glob("*.yml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
]


@pytest.mark.parametrize("path", MARTS, ids=lambda path: path.stem)
def test_mart_tells_its_grain_and_has_a_case(path: Path) -> None:
    head = path.read_text("utf-8").split("\n")[0]
    assert head.startswith("-- One row per ") and head.endswith("?")
    assert path.stem in {mart for mart, _ in CASES}


def plain(value: Any) -> Any:
    return str(value) if value is not None and not isinstance(value, bool | int | float | list) else value


@pytest.mark.parametrize(("mart", "case"), CASES, ids=[f"{mart}: {case['case']}" for mart, case in CASES])
def test_mart_gives_what_is_expected(mart: str, case: dict[str, Any]) -> None:
    """Rows in any order; columns that a case leaves out may hold anything."""
    rows = {name: [numbers_as_text(row) for row in given] for name, given in case["given"].items()}
    with duckdb.connect() as connection:
        fill(connection, rows)
        create_marts(connection)
        cursor = connection.execute(f"FROM {mart}")
        names = [column[0] for column in cursor.description or []]
        found = [dict(zip(names, map(plain, row), strict=True)) for row in cursor.fetchall()]
    assert names == list(mart_columns()[mart])
    assert len(found) == len(case["expect"])
    for expected in case["expect"]:
        wanted = {name: plain(value) for name, value in expected.items()}
        assert wanted in [{name: row[name] for name in wanted} for row in found]


def numbers_as_text(row: dict[str, Any]) -> dict[str, Any]:
    """`event_id: 1` is easier to read than `event_id: "1"`."""
    return {name: str(value) if name.endswith("_id") and value is not None else value for name, value in row.items()}


def answer(name: str, given: dict[str, list[dict[str, Any]]]) -> list[tuple[Any, ...]]:
    """What a named query finds in these rows, with its defaults."""
    query = load_queries()[name]
    with duckdb.connect() as connection:
        fill(connection, given)
        return connection.execute(query.sql, query.parameters_from([]) or None).fetchall()


def test_dates_that_were_not_read_are_counted_by_shape() -> None:
    problems = [None, "unread_date: dd-aaa-dd", "default_date: dddd-dd-dd", "unread_date: dd-aaa-dd"]
    given = [
        {"document_id": str(n), "source_uri": f"file:///{n}", "locator": "row 1", "date_problem": problem}
        for n, problem in enumerate(problems)
    ]
    assert answer("unread-dates", {"documents": given}) == [
        ("unread_date: dd-aaa-dd", 2, "file:///1", "row 1"),
        ("default_date: dddd-dd-dd", 1, "file:///2", "row 1"),
    ]


def test_lines_that_an_outlet_repeats_are_proposed() -> None:
    """With their numbers as one; what other outlets say is not counted, nor a line that stands in two articles."""
    texts = {name: f"Harga cabai naik di pasar {name}. Unduh aplikasi kami {n} kali." for n, name in enumerate("abc")}
    articles = [{"article_id": name, "outlet": "Warta Desa", "text": text} for name, text in texts.items()]
    articles.append({"article_id": "d", "outlet": "Kabar Kota", "text": "Unduh aplikasi kami 4 kali."})
    sentences = [
        {"sentence_id": f"{a['article_id']}{at}", "article_id": a["article_id"], "start_char": at, "end_char": end}
        for a in articles
        for at, end in ([(0, 28), (29, len(a["text"]))] if a["article_id"] != "d" else [(0, len(a["text"]))])
    ]
    found = answer("repeated-lines", {"articles": articles, "sentences": sentences})
    assert [row[:4] for row in found] == [("Warta Desa", "line", "Unduh aplikasi kami # kali.", 3)]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_query_runs(query: Query, sample_run: RunSummary) -> None:
    assert query.question.endswith("?")
    needed = [name for name, default in query.defaults.items() if default is None]
    arguments = [word for name in needed for word in (f"--{name}", EXAMPLES[name])]
    with reader(sample_run.home.published) as connection:
        parameters = query.parameters_from(arguments)
        cursor = connection.execute(query.sql, parameters) if parameters else connection.execute(query.sql)
        found = cursor.fetchall()
    assert found or query.name in FINDS_NOTHING


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "needs --speaker"),
        (["--speaker"], "pairs"),
        (["--speaker", "a", "--sinc", "b"], "takes no --sinc"),
        (["Prabowo", "x"], "pairs"),
    ],
)
def test_wrong_parameters_are_explained(arguments: list[str], message: str) -> None:
    with pytest.raises(BadParameters, match=message):
        load_queries()["quotes-by"].parameters_from(arguments)


def test_parameters_may_have_an_equals_sign() -> None:
    given = load_queries()["quotes-by"].parameters_from(["--speaker=Sari = Wulan", "--since", "2025-01-01"])
    assert given == {"speaker": "Sari = Wulan", "since": "2025-01-01"}


@pytest.mark.parametrize(
    "section", PAGE.read_text("utf-8").split("\n## ")[1:], ids=lambda section: section.split(".")[0]
)
def test_worked_questions_can_be_asked(section: str, sample_run: RunSummary) -> None:
    with reader(sample_run.home.published) as connection:
        assert answered(section, connection).split("\n|")[0] == section.split("\n|")[0]
