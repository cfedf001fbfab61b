"""Rows that break a critical rule are kept out with the reason, and so is what hangs on them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from expectations.suites import suite
from expectations.validate import Outcome, validate
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
    outcome = validated(articles=[{**ARTICLE, "language": "en"}])
    assert [r["rule"] for r in outcome.results if not r["success"] and r["severity"] == "warning"] != []
    assert outcome.frames["articles"].height == 1
    assert not outcome.rejects


@pytest.mark.parametrize("table", package_tables(), ids=lambda table: table.name)
def test_rules_have_names_of_their_own(table: Any) -> None:
    rules = [expectation["meta"]["rule"] for expectation in suite(table)]
    assert len(rules) == len(set(rules))
