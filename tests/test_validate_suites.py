"""Validation of packages: severities, what was observed, repeated keys, and what is kept. Few runs, as each is slow."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from expectations import suites
from expectations import validate as validation
from expectations.validate import Outcome, ValidationBroken, validate
from warehouse.contract import package_tables, tables

NOW = datetime(2025, 10, 6, tzinfo=UTC)
ARTICLE = {
    "article_id": "a", "source_uri": "file:///a", "text": "Sari bicara.", "word_count": 40, "language": "id",
    "published_date": date(2025, 10, 6), "extractor_version": "1", "run_id": "r", "loaded_at": NOW,
}  # fmt: skip
SENTENCE = {"sentence_id": "s", "article_id": "a", "ordinal": 0, "start_char": 0, "end_char": 12}


def validated(**rows: list[dict[str, Any]]) -> Outcome:
    return validate({name: pl.DataFrame(found, schema=tables()[name].polars_schema) for name, found in rows.items()})


def result_of(outcome: Outcome, rule: str) -> dict[str, Any]:
    (result,) = (result for result in outcome.results if result["rule"] == rule)
    return result


def test_a_package_without_rows_has_every_table_and_no_results() -> None:
    outcome = validate({})
    assert set(outcome.frames) == {table.name for table in package_tables()}
    assert all(frame.is_empty() for frame in outcome.frames.values())
    for table in package_tables():
        assert dict(outcome.frames[table.name].schema) == dict(table.polars_schema)
    assert outcome.rejects == outcome.results == []


@pytest.mark.parametrize(("rows", "results"), [(1, set()), (19, set()), (20, {"date_known", "long_enough_to_be_news"})])
def test_a_share_of_a_few_rows_says_nothing(rows: int, results: set[str]) -> None:
    bad = {**ARTICLE, "published_date": None, "word_count": 3}
    outcome = validated(articles=[{**bad, "article_id": str(n)} for n in range(rows)])
    assert {result["rule"] for result in outcome.results if not result["success"]} == results
    assert {"text_has_words", "article_id_unique"} <= {result["rule"] for result in outcome.results}


@pytest.fixture
def of_any_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shares are judged however few rows there are."""
    monkeypatch.setattr(suites, "LEAST_FOR_A_SHARE", 1)


@pytest.mark.usefixtures("of_any_rows")
def test_articles_of_every_kind() -> None:
    """Five articles: a right one, one in English, a short one, one without a word, one that repeats the first."""
    articles = [
        ARTICLE,
        {**ARTICLE, "article_id": "b", "language": "en"},
        {**ARTICLE, "article_id": "c", "word_count": 3},
        {**ARTICLE, "article_id": "d", "word_count": 0},
        {**ARTICLE, "text": "Sari bicara lagi."},
    ]
    outcome = validated(articles=articles)
    # Broken warnings and infos keep their rows, broken critical rules do not; of rows with one key the first stays.
    assert (
        outcome.frames["articles"].rows()
        == pl.DataFrame(articles[:3], schema=tables()["articles"].polars_schema).rows()
    )
    assert sorted((reject["row_key"], reject["rule"]) for reject in outcome.rejects) == [
        ("a", "article_id_unique"), ("d", "word_count_in_range"),
    ]  # fmt: skip
    assert {(r["rule"], r["severity"]) for r in outcome.results if not r["success"]} == {
        ("article_id_unique", "critical"), ("word_count_in_range", "critical"),
        ("language_is_indonesian", "warning"), ("long_enough_to_be_news", "info"),
    }  # fmt: skip
    # What was observed: how many of a hundred rows are as expected.
    share = result_of(outcome, "language_is_indonesian")
    assert (share["observed_value"], share["unexpected_count"]) == ("80.00 % as expected", 1)
    right = result_of(outcome, "text_present")
    assert (right["observed_value"], right["unexpected_count"], right["success"]) == ("100.00 % as expected", 0, True)
    assert {result["suite"] for result in outcome.results} == {"articles"}
    # The rejected row itself is told.
    (reject,) = (reject for reject in outcome.rejects if reject["rule"] == "word_count_in_range")
    assert reject["reason"] == "articles: word count in range does not hold"
    assert (reject["table_name"], reject["article_id"], reject["severity"]) == ("articles", "d", "critical")
    assert reject["row_json"].isascii()
    told = json.loads(reject["row_json"])
    assert (told["word_count"], told["published_date"], told["author"]) == (0, "2025-10-06", None)


def test_letters_of_a_rejected_row_are_escaped() -> None:
    outcome = validated(articles=[{**ARTICLE, "text": "Café \ud7ff", "word_count": 0}])
    assert json.loads(outcome.rejects[0]["row_json"])["text"] == "Café \ud7ff"
    assert outcome.rejects[0]["row_json"].isascii()


def test_keys_of_two_columns() -> None:
    """The third row repeats the first, the fourth has no value; the key of the second is half that of the first."""
    amount = {"article_id": "a", "text": "Sari", "start_char": 0, "end_char": 4, "kind": "count", "value": 1.0}
    amounts = [amount, {**amount, "start_char": 5, "end_char": 11, "text": "bicara"}, amount]
    outcome = validated(articles=[ARTICLE], sentences=[SENTENCE], amounts=[*amounts, {**amount, "kind": None}])
    assert outcome.frames["amounts"]["start_char"].to_list() == [0, 5]
    assert [(reject["row_key"], reject["rule"]) for reject in outcome.rejects] == [
        ("a/0", "article_id_start_char_unique"), ("a/0", "article_id_start_char_unique"), ("a/0", "kind_present"),
    ]  # fmt: skip
    assert result_of(outcome, "article_id_start_char_unique")["column_name"] is None
    assert result_of(outcome, "kind_present")["column_name"] == "kind"
    assert outcome.frames["sentences"].height == outcome.frames["articles"].height == 1


@pytest.mark.parametrize("name", ["rejects", "runs", "validation_results"])
def test_tables_about_the_run_are_passed_on_as_they_are(name: str) -> None:
    schema = tables()[name].polars_schema
    frame = pl.DataFrame([dict.fromkeys(schema)], schema=schema)
    outcome = validate({name: frame})
    assert outcome.frames[name].equals(frame)
    assert outcome.results == []


def asked(monkeypatch: pytest.MonkeyPatch, **kwargs: Any) -> Outcome:
    """The articles under a suite of one expectation."""
    expectation = {"severity": "warning", "meta": {"rule": "asked"}, **kwargs}
    monkeypatch.setattr(validation, "suite", lambda table: [expectation])
    return validated(articles=[ARTICLE])


def test_a_figure_that_an_expectation_observed_is_told_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = asked(monkeypatch, type="expect_table_row_count_to_equal", kwargs={"value": 2})
    result = result_of(outcome, "asked")
    assert (result["observed_value"], result["unexpected_count"], result["success"]) == ("1", None, False)


def test_long_observations_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = {"column_set": list(tables()["articles"].columns)}
    outcome = asked(monkeypatch, type="expect_table_columns_to_match_set", kwargs=columns)
    observed = result_of(outcome, "asked")["observed_value"]
    assert len(observed) == 200 and observed.startswith("['annotated'")


@pytest.mark.usefixtures("of_any_rows")
@pytest.mark.parametrize(
    "kwargs", [{"column": "nothing"}, {"column": "word_count", "mostly": 0.5, "regex": "("}], ids=["column", "regex"]
)
def test_an_expectation_that_cannot_run_is_no_verdict(monkeypatch: pytest.MonkeyPatch, kwargs: dict[str, Any]) -> None:
    kind = "expect_column_values_to_match_regex" if "regex" in kwargs else "expect_column_values_to_be_unique"
    with pytest.raises(ValidationBroken, match="asked on articles failed to run"):
        asked(monkeypatch, type=kind, kwargs=kwargs)


def test_warming_up_imports_the_library_in_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = threading.Event()
    monkeypatch.setattr(validation, "_library", lambda: imported.set() or threading.current_thread().daemon)
    validation.warm_up()
    assert imported.wait(10)


def test_validation_tells_nobody_and_shows_no_bars(capfd: pytest.CaptureFixture[str]) -> None:
    validated(articles=[ARTICLE])
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"
    assert "Calculating" not in capfd.readouterr().err


def test_the_library_is_not_imported_before_it_is_needed() -> None:
    ask = "import sys, expectations.validate as v; v.validate({}); print('great_expectations' in sys.modules)"
    root = Path(validation.__file__).parent.parent
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True, cwd=root)
    assert said.stdout == "False\n"
