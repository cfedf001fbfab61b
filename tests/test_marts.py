"""Every view and every canned question runs, and says in its first line what it answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT
from flows.pipeline import RunSummary
from warehouse.canned import BadParameters, Query, load_queries
from warehouse.db import reader

MARTS = sorted((ROOT / "warehouse" / "marts").glob("*.sql"))
QUERIES = list(load_queries().values())
EXAMPLES = {"speaker": "a", "words": "a", "place": "a", "name": "a"}


@pytest.mark.parametrize("path", MARTS, ids=lambda path: path.stem)
def test_mart_tells_its_grain_and_gives_rows(path: Path, sample_run: RunSummary) -> None:
    head = path.read_text("utf-8").split("\n")[0]
    assert head.startswith("-- One row per ") and "?" in path.read_text("utf-8").split("SELECT")[0]
    with reader(sample_run.home.published) as connection:
        assert connection.execute(f"SELECT count(*) > 0 FROM {path.stem}").fetchall() == [(True,)]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_query_runs(query: Query, sample_run: RunSummary) -> None:
    assert query.question.endswith("?")
    needed = [name for name, default in query.defaults.items() if default is None]
    arguments = [word for name in needed for word in (f"--{name}", EXAMPLES[name])]
    with reader(sample_run.home.published) as connection:
        parameters = query.parameters_from(arguments)
        cursor = connection.execute(query.sql, parameters) if parameters else connection.execute(query.sql)
        found = cursor.fetchall()
    assert found or query.name in {"unresolved-speakers", "data-quality"}


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
