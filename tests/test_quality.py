"""Runs that measure something unusual and published rows that break the contract are found before anybody sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from given import fill

from conftest import ROOT
from pipeline.publish import describe
from pipeline.summary import RunSummary
from warehouse.db import reader
from warehouse.quality.contract_checks import count_broken
from warehouse.quality.run_measures import judge_runs, measure_runs
from warehouse.quality.sentences import sentence
from warehouse.quality.verdicts import broken_bounds
from warehouse.queries import load_queries

USUAL = {"articles": 20, "undated": 0, "quotes": 2, "unresolved": 0, "line": ("kabar.id", 0)}


def rows_of(run: int, *, articles: int, undated: int, quotes: int, unresolved: int, line: tuple[str, int]) -> Any:
    """A run of articles with `quotes` each; `undated`, `unresolved`: how many have no date, no speaker; `line`: an
    outlet and in how many of its articles one line stands."""
    outlet, repeated = line
    ids = [f"{run}-{i}" for i in range(articles)]
    yield "runs", {"run_id": f"r{run}", "started_at": f"2025-10-0{run + 1}T00:00:00+00:00"}
    for i, article in enumerate(ids):
        text = f"Warga {article} memanen padi.\n" + ("Baca juga: pasar baru dibuka.\n" if i < repeated else "")
        row = {"article_id": article, "run_id": f"r{run}", "text": text, "outlet": outlet.format(i)}
        yield "articles", row if i < undated else {**row, "published_date": date(2025, 10, 6)}
        for j in range(quotes):
            speaker = None if i * quotes + j < unresolved else "Sari"
            quote = {"quote_id": f"{article}-{j}", "article_id": article, "speaker_name": speaker}
            yield "quotes", {**quote, "start_char": 0, "end_char": 5}


def judged(change: dict[str, Any], before: Sequence[dict[str, Any]] = ({}, {}, {})) -> dict[str, dict[str, Any]]:
    """What is unusual in the last run, by measure."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for run, changed in enumerate([*before, change]):
        for table, row in rows_of(run, **{**USUAL, **changed}):
            rows.setdefault(table, []).append(row)
    with duckdb.connect() as connection:
        connection.execute("ATTACH ':memory:' AS loaded")
        fill(connection, rows, "loaded")
        connection.execute("USE loaded")
        measure_runs(connection)
        connection.execute("USE memory")
        found = judge_runs(connection).filter(run_id=f"r{len(before)}", holds=False)
    return {row["measure"]: row for row in found.iter_rows(named=True)}


@pytest.mark.parametrize(
    ("change", "measure", "severity"),
    [
        ({"articles": 120}, "articles", "info"),
        ({"quotes": 0}, "quotes_per_article", "warning"),
        ({"quotes": 5}, "quotes_per_article", "warning"),
        ({"unresolved": 6}, "unresolved_speakers_share", "warning"),  # 15 %: below the fixed bound, but new
        ({"undated": 2}, "unknown_dates_share", "warning"),
        ({"line": ("kabar.id", 5)}, "repeated_lines", "warning"),
    ],
)
def test_drift_is_noticed(change: dict[str, Any], measure: str, severity: str) -> None:
    found = judged(change)
    assert {name: row["severity"] for name, row in found.items()} == {measure: severity}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"articles": 12},
        {"articles": 90},
        {"quotes": 3},
        {"unresolved": 3},
        {"undated": 1},
        {"line": ("kabar{}.id", 20)},
    ],
)
def test_what_is_usual_is_not(change: dict[str, Any]) -> None:
    assert judged(change) == {}


def test_repeated_lines_are_shown() -> None:
    shown = describe(judged({"line": ("kabar.id", 6)})["repeated_lines"])
    assert shown == (
        "lines that stand in many articles of one outlet: 1 (kabar.id: Baca juga: pasar baru dibuka. (6 articles)),"
        " where there should be none: `warta query repeated-lines` [repeated_lines]"
    )


FEW, MANY = {"articles": 5, "quotes": 9}, {"articles": 120}


@pytest.mark.parametrize("before", [(), ({}, {}, {}), (FEW, FEW, FEW), (MANY, MANY, MANY)])
@pytest.mark.parametrize(
    "change",
    [
        {"articles": 0},
        {"articles": 1, "undated": 1},
        {"articles": 1, "quotes": 0},
        {"articles": 1, "quotes": 19, "unresolved": 19},
        {"articles": 19, "undated": 19, "quotes": 1, "unresolved": 19},
    ],
)
def test_a_run_of_a_few_articles_says_nothing(change: dict[str, Any], before: Sequence[dict[str, Any]]) -> None:
    assert judged(change, before) == {}


@pytest.mark.parametrize(
    ("change", "before", "measure"),
    [
        ({"undated": 20}, (), "unknown_dates_share"),
        ({"articles": 10, "unresolved": 20}, (), "unresolved_speakers_share"),
        ({"articles": 22}, (MANY, MANY, MANY), "articles"),
        ({"quotes": 0}, (FEW, {}, {}, FEW, {}), "quotes_per_article"),
    ],
)
def test_what_a_run_of_enough_articles_says(
    change: dict[str, Any], before: Sequence[dict[str, Any]], measure: str
) -> None:
    assert list(judged(change, before)) == [measure]


def test_runs_of_a_few_articles_are_not_what_is_usual() -> None:
    assert judged({"quotes": 2}, (FEW, FEW, FEW, {}, {})) == {}


def test_warnings_are_in_words_and_name_articles() -> None:
    (row,) = judged({"articles": 40, "undated": 30}, ()).values()
    assert describe(row) == (
        "30 of 40 articles (75 %) have no known day of publication, more than the 10 % that are usual;"
        " for example 0-0, 0-1, 0-10: `warta query undated-articles` [unknown_dates_share]"
    )
    assert (row["cases"], row["examples"]) == (40, ["0-0", "0-1", "0-10"])


@pytest.mark.parametrize(
    ("quotes", "said"),
    [
        (
            0,
            "20 articles have 0 quotes each, where 1 to 4 are usual; for example 3-0, 3-1, 3-10: `warta query outlets`",
        ),
        (5, "20 articles have 5 quotes each, where 1 to 4 are usual; for example 3-7, 3-8, 3-9: `warta query outlets`"),
    ],
)
def test_means_name_the_articles_with_least_or_most(quotes: int, said: str) -> None:
    assert judged({"quotes": quotes})["quotes_per_article"]["said"] == said


def test_articles_without_annotation_are_no_part_of_means() -> None:
    articles = [{"article_id": str(n), "run_id": "r", "annotated": n < 4} for n in range(20)]
    quotes = [{"quote_id": str(n), "article_id": str(n % 4)} for n in range(12)]
    with duckdb.connect() as connection:
        fill(connection, {"runs": [{"run_id": "r"}], "articles": articles, "quotes": quotes})
        measure_runs(connection)
        query = "SELECT value, cases FROM run_measures WHERE measure = 'quotes_per_article'"
        assert connection.execute(query).fetchall() == [(3.0, 4)]


@pytest.mark.parametrize(
    ("measured", "says", "see", "said"),
    [
        (
            {"measure": "a_share", "value": 14 / 120, "cases": 120, "maximum": 0.1},
            "{n} of {of} articles ({share}) are blue", None,
            "14 of 120 articles (12 %) are blue, more than the 10 % that are usual",
        ),
        (
            {"measure": "a_share", "value": 0.0351, "cases": 2_000, "maximum": 0.02, "examples": ["x", "y"]},
            "{n} of {of} ({share})", "outlets",
            "70 of 2,000 (3.5 %), more than the 2 % that are usual; for example x, y: `warta query outlets`",
        ),
        (
            {"measure": "articles", "value": 12_000.0, "cases": 12_000, "minimum": 20.0, "maximum": 500.5},
            "{value} articles", None, "12,000 articles, where 20 to 500.5 are usual",
        ),
        ({"measure": "least", "value": 0.123, "minimum": 2}, "{value}", None, "0.12, fewer than the 2 that are usual"),
        ({"measure": "none", "value": 2, "maximum": 0, "detail": "d"}, "{value} ({detail})", None,
         "2 (d), where there should be none"),
    ],
)  # fmt: skip
def test_sentences(measured: dict[str, Any], says: str, see: str | None, said: str) -> None:
    nothing = dict.fromkeys(["cases", "minimum", "maximum", "detail", "examples"])
    assert sentence({**nothing, **measured}, says, see) == said


def test_every_measure_has_words_and_a_query_that_exists() -> None:
    bounds = yaml.safe_load((ROOT / "warehouse" / "quality" / "bounds.yml").read_text("utf-8"))
    for bound in bounds:
        assert bound["says"] and bound.get("see", "outlets") in load_queries(), bound["measure"]


def test_published_rows_keep_the_contract(sample_run: RunSummary) -> None:
    with reader(sample_run.home.published) as connection:
        counted = count_broken(connection)
        published = connection.sql("FROM table_quality").pl()
    assert counted.equals(published)
    assert {"quotes", "entities", "entity_links"} <= set(counted["table_name"])
    assert counted["unexpected"].sum() == 0
    assert not [row for row in broken_bounds(sample_run.home.published) if row["severity"] == "critical"]


@pytest.fixture
def copied(sample_run: RunSummary) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published samples in memory, to be damaged."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{sample_run.home.published}' AS published (READ_ONLY)")
        names = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'published' AND schema_name = 'main'"
        ).fetchall()
        for (name,) in names:
            connection.execute(f"CREATE TABLE {name} AS FROM published.{name}")
        yield connection


@pytest.mark.parametrize(
    ("damage", "table", "rule", "rows"),
    [
        ("UPDATE quotes SET start_char = start_char + 1", "quotes", "start_char_to_end_char_right", "all"),
        ("UPDATE quotes SET kind = 'loud' WHERE rowid = 0", "quotes", "kind_known", 1),
        ("UPDATE quotes SET confidence = 2", "quotes", "confidence_in_range", "all"),
        ("UPDATE quotes SET speaker_entity_id = '?' WHERE rowid < 3", "quotes", "speaker_entity_id_exists", 3),
        ("UPDATE entities SET name = NULL", "entities", "name_present", "all"),
        ("INSERT INTO quotes FROM quotes LIMIT 2", "quotes", "quote_id_unique", 2),
        ("DELETE FROM sentences", "entity_mentions", "sentence_id_exists", "all"),
    ],
)
def test_broken_rows_are_counted(
    copied: duckdb.DuckDBPyConnection, damage: str, table: str, rule: str, rows: int | str
) -> None:
    copied.execute(damage)
    found = {(row["table_name"], row["rule"]): row for row in count_broken(copied).iter_rows(named=True)}
    row = found[table, rule]
    assert row["unexpected"] == (row["checked"] if rows == "all" else rows)


def test_spans_of_a_long_text() -> None:
    text = "".join(f"{number} " for number in range(9_000))
    spans = [(0, 5), (9_990, 10_020), (20_000, 20_010), (3, 41_000), (len(text) - 4, len(text))]
    right = [
        {"article_id": "x", "quote_id": str(at), "start_char": at, "end_char": to, "text": text[at:to]}
        for at, to in spans
    ]
    wrong = [{**right[-1], "quote_id": "after its end", "end_char": len(text) + 1}]
    wrong += [{**row, "quote_id": f"not {row['quote_id']}", "start_char": row["start_char"] + 1} for row in right]
    with duckdb.connect() as connection:
        fill(connection, {"articles": [{"article_id": "x", "text": text}], "quotes": right + wrong})
        counted = {
            (row["table_name"], row["rule"]): row["unexpected"]
            for row in count_broken(connection).iter_rows(named=True)
        }
    assert counted["quotes", "start_char_to_end_char_right"] == len(wrong)


def test_spans_that_are_longer_than_a_piece() -> None:
    text = "".join(f"{number} " for number in range(9_000))
    right = [(0, 999), (0, 1_000), (499, 1_500), (400, 1_401), (10, 40_000), (19_990, 21_200)]
    rows = [
        {
            "article_id": "x",
            "quote_id": f"{at}-{to}-{shift}",
            "start_char": at,
            "end_char": to,
            "text": text[at + shift : to],
        }
        for at, to in right
        for shift in (0, 1)
    ]
    with duckdb.connect() as connection:
        fill(connection, {"articles": [{"article_id": "x", "text": text}], "quotes": rows})
        counted = {(row["table_name"], row["rule"]): row for row in count_broken(connection).iter_rows(named=True)}
    row = counted["quotes", "start_char_to_end_char_right"]
    assert (row["checked"], row["unexpected"]) == (12, 6)


def split_share(text: str, spans: list[tuple[int, int]]) -> float:
    """The measure of a run with one article that has these quotes."""
    quotes = [
        {"article_id": "x", "quote_id": f"{i}", "start_char": at, "end_char": to} for i, (at, to) in enumerate(spans)
    ]
    article = {"article_id": "x", "run_id": "r", "text": text}
    with duckdb.connect() as connection:
        fill(connection, {"runs": [{"run_id": "r"}], "articles": [article], "quotes": quotes})
        measure_runs(connection)
        query = "SELECT value FROM run_measures WHERE measure = 'split_words_share'"
        ((share,),) = connection.execute(query).fetchall()
    return float(share)


@pytest.mark.parametrize(
    ("text", "span", "cut"),
    [
        ("padi jagung", (0, 4), False),
        ("padi jagung", (5, 11), False),
        ("padi jagung", (0, 3), True),
        ("padi jagung", (2, 4), True),
        ("padi jagung", (6, 11), True),
        ("Kédaton", (0, 7), False),
        ("Kédaton", (1, 7), True),
        ("Kédaton", (2, 7), True),
        ("(padi)", (1, 5), False),
        ("padi2", (0, 4), True),
        ("padi", (0, 9), False),  # it ends behind the text: another rule finds that
    ],
)
def test_split_words(text: str, span: tuple[int, int], cut: bool) -> None:
    assert split_share(text, [span]) == cut


def test_split_words_of_a_long_text() -> None:
    """Wherever pieces of it begin and end, the same spans are cut as by the letters around them."""
    text = "".join("aé 9,"[(number * number) % 5] for number in range(70_000))
    places = [*range(1_200), *range(15_900, 16_600), *range(31_990, 32_010), *range(69_900, 69_990)]
    spans = [(at, at + 1 + at % 9) for at in places]
    cut = [(text[max(at - 1, 0) : at + 1].isalnum() and at > 0) or text[to - 1 : to + 1].isalnum() for at, to in spans]
    assert split_share(text, spans) == pytest.approx(sum(cut) / len(spans))


def snapshot_with(path: Path, runs: int, **rows: list[dict[str, Any]]) -> Path:
    """A snapshot of so many runs, r0, r1, ... with these rows of `run_quality` and `table_quality`."""
    started = [{"run_id": f"r{n}", "started_at": f"2025-10-0{n + 1}T00:00:00+00:00"} for n in range(runs)]
    with duckdb.connect(str(path)) as connection:
        fill(connection, {"runs": started, **rows})
    return path


def measured(run: str, measure: str, severity: str, holds: bool | None) -> dict[str, Any]:
    return {"run_id": run, "measure": measure, "severity": severity, "holds": holds, "value": 3.0, "maximum": 2.0}


def test_broken_bounds_are_those_of_the_last_run_and_critical_ones(tmp_path: Path) -> None:
    measures = [
        measured("r0", "split_words_share", "critical", False),
        measured("r0", "articles", "info", False),
        measured("r1", "rejected_share", "critical", True),
        measured("r1", "quotes_per_article", "warning", False),
        measured("r1", "articles", "info", False),
        measured("r1", "repeated_lines", "warning", True),
    ]
    found = broken_bounds(snapshot_with(tmp_path / "s.duckdb", 2, run_quality=measures))
    assert [(row["run_id"], row["measure"]) for row in found] == [
        ("r0", "split_words_share"),
        ("r1", "articles"),
        ("r1", "quotes_per_article"),
    ]
    assert found[0] == {
        "run_id": "r0", "measure": "split_words_share", "value": 3, "minimum": None, "maximum": 2,
        "severity": "critical", "detail": None, "said": None,
    }  # fmt: skip


def test_rows_that_break_the_contract_are_a_critical_measure_of_the_last_run(tmp_path: Path) -> None:
    counted = [
        {"table_name": "quotes", "rule": "kind_known", "checked": 9, "unexpected": 2},
        {"table_name": "events", "rule": "type_known", "checked": 9, "unexpected": 0},
    ]
    (row,) = broken_bounds(snapshot_with(tmp_path / "s.duckdb", 2, table_quality=counted))
    assert row == {
        "run_id": "r1", "measure": "rows of quotes that break kind_known", "value": 2, "minimum": None, "maximum": 0,
        "severity": "critical", "detail": "of 9",
        "said": "2 of 9 rows of quotes break kind_known, where there should be none",
    }  # fmt: skip
    assert describe(row) == f"{row['said']} [rows of quotes that break kind_known]"


def test_a_home_without_runs_breaks_no_bounds(tmp_path: Path) -> None:
    assert broken_bounds(snapshot_with(tmp_path / "s.duckdb", 0)) == []
