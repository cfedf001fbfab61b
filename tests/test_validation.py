"""Rows that break a critical rule are kept out with the reason, and so is what hangs on them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from expectations.suites import suite
from expectations.validate import Outcome, ValidationBroken, validate
from warehouse.contract import package_tables, tables

NOW = datetime(2025, 10, 6, tzinfo=UTC)
ARTICLE = {
    "article_id": "a", "source_uri": "file:///a", "text": "Sari bicara.", "word_count": 2, "language": "id",
    "extractor_version": "1", "run_id": "r", "loaded_at": NOW,
}  # fmt: skip
SENTENCE = {"sentence_id": "s", "article_id": "a", "ordinal": 0, "start_char": 0, "end_char": 12}
ENTITY = {"article_id": "a", "entity_id": "e", "name": "Sari", "type": "PER", "aliases": ["Sari"]}
MENTION = {
    "mention_id": "m", "article_id": "a", "sentence_id": "s", "entity_id": "e", "type": "PER", "text": "Sari",
    "start_char": 0, "end_char": 4, "form": "name",
}  # fmt: skip


def validated(**rows: list[dict[str, Any]]) -> Outcome:
    whole = {"articles": [ARTICLE], "sentences": [SENTENCE], "article_entities": [ENTITY], **rows}
    return validate({name: pl.DataFrame(found, schema=tables()[name].polars_schema) for name, found in whole.items()})


def test_right_rows_pass() -> None:
    outcome = validated(entity_mentions=[MENTION])
    assert not outcome.rejects
    assert outcome.frames["entity_mentions"].height == 1
    assert all(result["success"] for result in outcome.results if result["severity"] == "critical")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"type": "DOG"}, "type_known"),
        ({"form": None}, "form_present"),
        ({"text": "Sar"}, "start_char_to_end_char_right"),
        ({"end_char": 99}, "start_char_to_end_char_right"),
        ({"start_char": -1}, "start_char_in_range"),
        ({"sentence_id": "other"}, "sentence_id_exists"),
        ({"entity_id": "other"}, "entity_id_exists"),
    ],
)
def test_wrong_row_is_rejected_alone(change: dict[str, Any], rule: str) -> None:
    outcome = validated(entity_mentions=[MENTION, {**MENTION, "mention_id": "n", **change}])
    assert outcome.frames["entity_mentions"]["mention_id"].to_list() == ["m"]
    assert rule in {reject["rule"] for reject in outcome.rejects}
    assert {reject["row_key"] for reject in outcome.rejects} == {"n"}


def test_of_two_rows_with_one_key_the_first_stays() -> None:
    outcome = validated(entity_mentions=[MENTION, {**MENTION, "role": "repeated"}])
    assert outcome.frames["entity_mentions"]["role"].to_list() == [None]
    assert [reject["rule"] for reject in outcome.rejects] == ["mention_id_unique"]


def test_what_hangs_on_a_rejected_row_is_rejected() -> None:
    outcome = validated(articles=[{**ARTICLE, "word_count": 0}], entity_mentions=[MENTION])
    assert [frame.height for frame in outcome.frames.values()] == [0] * len(outcome.frames)
    assert {reject["table_name"] for reject in outcome.rejects} == {
        "articles", "sentences", "article_entities", "entity_mentions",
    }  # fmt: skip


def test_warnings_reject_nothing() -> None:
    articles = [{**ARTICLE, "article_id": str(n), "language": "en"} for n in range(20)]
    outcome = validated(articles=articles, sentences=[], article_entities=[])
    assert [r["rule"] for r in outcome.results if not r["success"] and r["severity"] == "warning"] != []
    assert outcome.frames["articles"].height == 20
    assert not outcome.rejects


@pytest.mark.parametrize("table", package_tables(), ids=lambda table: table.name)
def test_rules_have_names_of_their_own(table: Any) -> None:
    rules = [expectation["meta"]["rule"] for expectation in suite(table)]
    assert len(rules) == len(set(rules))


def test_a_package_is_not_asked_for_rows_of_other_packages() -> None:
    rules = {expectation["meta"]["rule"] for expectation in suite(tables()["documents"])}
    assert "document_id_unique" in rules and "article_id_exists" not in rules


@pytest.mark.parametrize("table", package_tables(), ids=lambda table: table.name)
def test_suites_and_contract_name_rules_alike(table: Any) -> None:
    contract = [rule.name for rule in table.rules() if not getattr(rule, "only_published", False)]
    assert [expectation["meta"]["rule"] for expectation in suite(table)][: len(contract)] == contract


AMOUNT = {
    "article_id": "a", "text": "Sari", "start_char": 0, "end_char": 4, "kind": "count", "value": 1.0,
}  # fmt: skip


def test_of_rows_with_one_key_of_two_columns_the_first_stays() -> None:
    outcome = validated(amounts=[AMOUNT, {**AMOUNT, "start_char": 5, "text": "bicara", "end_char": 11}, AMOUNT, AMOUNT])
    assert outcome.frames["amounts"]["start_char"].to_list() == [0, 5]
    assert [(r["row_key"], r["rule"]) for r in outcome.rejects] == [("a/0", "article_id_start_char_unique")] * 2


def test_a_row_is_rejected_once_for_each_rule_it_breaks() -> None:
    broken = {**MENTION, "mention_id": "n", "type": "DOG", "form": "loud"}
    outcome = validated(entity_mentions=[broken, MENTION])
    assert outcome.frames["entity_mentions"]["mention_id"].to_list() == ["m"]
    assert [r["rule"] for r in outcome.rejects] == ["type_known", "form_known"]
    reject = outcome.rejects[0]
    assert reject["article_id"] == "a" and reject["table_name"] == "entity_mentions"
    assert reject["severity"] == "critical"
    assert reject["reason"] == "entity_mentions: type known does not hold"
    assert json.loads(reject["row_json"]) == {**broken, "role": None}


def test_an_entity_of_another_article_is_not_there() -> None:
    other = {**ARTICLE, "article_id": "b"}
    mention = {**MENTION, "article_id": "b"}
    outcome = validated(articles=[ARTICLE, other], entity_mentions=[mention])
    assert [r["rule"] for r in outcome.rejects] == ["entity_id_exists"]


@pytest.mark.parametrize(
    ("change", "right"),
    [
        ({"start_char": 0, "end_char": 12, "text": "Sari bicara."}, True),
        ({"start_char": 11, "end_char": 12, "text": "."}, True),
        ({"start_char": 0, "end_char": 13, "text": "Sari bicara."}, False),  # the article has twelve characters
        ({"start_char": 4, "end_char": 4, "text": ""}, False),
        ({"start_char": 5, "end_char": 4, "text": ""}, False),
    ],
)
def test_spans_lie_inside_the_article(change: dict[str, Any], right: bool) -> None:
    outcome = validated(entity_mentions=[{**MENTION, **change}])
    assert ("start_char_to_end_char_right" in {r["rule"] for r in outcome.rejects}) != right


def test_a_sentence_has_a_span_without_a_text() -> None:
    outcome = validated(sentences=[SENTENCE, {**SENTENCE, "sentence_id": "t", "end_char": 13}])
    assert [(r["row_key"], r["rule"]) for r in outcome.rejects] == [("t", "start_char_to_end_char_right")]


def test_results_tell_what_was_observed() -> None:
    outcome = validated(entity_mentions=[MENTION, {**MENTION, "mention_id": "n", "type": "DOG"}])
    (result,) = (r for r in outcome.results if r["suite"] == "entity_mentions" and r["rule"] == "type_known")
    assert result == {
        "suite": "entity_mentions", "rule": "type_known", "expectation": "expect_column_values_to_be_in_set",
        "column_name": "type", "severity": "critical", "success": False, "observed_value": "50.00 % as expected",
        "unexpected_count": 1,
    }  # fmt: skip


def test_shares_are_warnings_where_they_are_too_small() -> None:
    """Nine of ten articles must have a day: a share of rows, which no rule of a column can ask for."""
    dated = {**ARTICLE, "published_date": NOW.date()}
    for undated, success in ((2, True), (3, False)):
        articles = [{**dated, "article_id": str(n)} for n in range(20)]
        articles[:undated] = [{**row, "published_date": None} for row in articles[:undated]]
        outcome = validated(articles=articles, sentences=[], article_entities=[])
        (result,) = (r for r in outcome.results if r["rule"] == "date_known")
        assert (result["severity"], result["success"]) == ("warning", success) and not outcome.rejects


def test_tables_that_the_end_of_a_run_writes_are_not_validated() -> None:
    run = dict.fromkeys(tables()["runs"].columns) | {"run_id": None, "documents": -1}
    outcome = validate({"runs": pl.DataFrame([run], schema=tables()["runs"].polars_schema)})
    assert outcome.frames["runs"].height == 1 and not outcome.rejects and not outcome.results


def test_an_expectation_that_cannot_run_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "type": "expect_column_values_to_not_be_null", "kwargs": {"column": "nothing"}, "severity": "critical",
        "meta": {"rule": "nothing_present"},
    }  # fmt: skip
    monkeypatch.setattr("expectations.validate.suite", lambda table: [wrong])
    with pytest.raises(ValidationBroken, match="nothing_present on articles"):
        validated()
