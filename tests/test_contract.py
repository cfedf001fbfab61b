"""The contract is declared once, and what is generated from it is what is committed."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
import yaml

from conftest import ROOT
from pipeline.rows import annotation_rows, article_row, document_row
from warehouse import contract
from warehouse.contract import Exists, InRange, Known, Present, RightSpan, Table, Unique, tables, value_lists
from warta import records
from warta.chain import annotate_article
from warta.records import Article, RawDocument

TABLES = list(tables().values())


def test_schema_is_generated() -> None:
    assert contract.SCHEMA_SQL.read_text("utf-8") == contract.schema_sql()


def test_data_dictionary_is_generated() -> None:
    assert contract.DATA_DICTIONARY.read_text("utf-8") == contract.data_dictionary()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_table_is_well_declared(table: Table) -> None:
    assert re.fullmatch(r"One row per .+\.", table.grain)
    assert set(table.key) <= table.columns.keys()
    assert not any(table.columns[part].nullable for part in table.key)
    for span in table.spans:
        assert {span.start, span.end, span.text or span.start, "article_id"} <= table.columns.keys()
    for column in table.columns.values():
        assert column.about.endswith("."), column.name
        assert column.references is None or column.references in tables(), column.name


def test_rows_have_the_columns_of_their_tables() -> None:
    text = 'Gubernur Sari Wulandari meresmikan jembatan di Kota Melati, Senin (6/10/2025).\n"Selesai," kata Sari.'
    rows = annotation_rows(annotate_article(Article("a", text)))
    rows["articles"] = [article_row(Article("a", text))]
    rows["documents"] = [document_row(RawDocument("file:///a", "", "text/plain", "0", 1, text))]
    for name, found in rows.items():
        for row in found:
            assert row.keys() <= tables()[name].columns.keys(), name


def test_rules_of_a_table() -> None:
    rules = {rule.name: rule for rule in tables()["quotes"].rules()}
    assert next(iter(rules)) == "quote_id_unique"
    assert rules["quote_id_unique"] == Unique("quote_id_unique", ("quote_id",))
    assert rules["text_present"] == Present("text_present", "text")
    assert rules["kind_known"] == Known("kind_known", "kind", ("direct", "indirect", "mixed"))
    assert rules["confidence_in_range"] == InRange("confidence_in_range", "confidence", 0, 1)
    assert rules["start_char_in_range"] == InRange("start_char_in_range", "start_char", 0, None)
    span = tables()["quotes"].spans[0]
    assert rules["start_char_to_end_char_right"] == RightSpan("start_char_to_end_char_right", span)
    assert rules["sentence_id_exists"] == Exists("sentence_id_exists", "sentence_id", "sentences", False)
    assert "cue_present" not in rules and "text_known" not in rules and "confidence_exists" not in rules


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_rules_have_names_of_their_own(table: Table) -> None:
    names = [rule.name for rule in table.rules()]
    assert len(names) == len(set(names)) >= len(table.key)


def of_yaml(path: str, *keys: str) -> set[str]:
    """The keys under `keys` of a file."""
    found = yaml.safe_load((ROOT / path).read_text("utf-8"))
    for key in keys:
        found = found[key]
    return set(found)


CONTRACT = "warehouse/contract/_values.yml"
EVENT_TYPES = "warta/lang/id/event_types.yml"
TRIGGERS = "warta/lang/id/event_triggers.yml"
LABELS = ("explorer/labels/id.yml", "explorer/labels/en.yml")


def assert_same(what: str, known: dict[str, set[str]]) -> None:
    """The same values in every file, else the name of the file that lacks some."""
    everything = set().union(*known.values())
    lacking = [f"{path} lacks {', '.join(sorted(everything - had))}" for path, had in known.items() if had < everything]
    assert not lacking, f"a change of {what} is half done: {'; '.join(lacking)}"


def test_event_types_are_the_same_everywhere() -> None:
    known = {CONTRACT: set(value_lists()["event_type"])}
    known |= {path: of_yaml(path) for path in (EVENT_TYPES, TRIGGERS)}
    known |= {path: of_yaml(path, "values") & set().union(*known.values()) for path in LABELS}
    assert_same("event types", known)


def test_entity_types_are_the_same_everywhere() -> None:
    known = {CONTRACT: set(value_lists()["entity_type"]), "warta/records.py": set(get_args(records.EntityType))}
    known |= {path: of_yaml(path, "values") & set().union(*known.values()) for path in LABELS}
    assert_same("entity types", known)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("entity_mentions.form", records.Form),
        ("quotes.kind", records.QuoteKind),
        ("events.status", records.EventStatus),
        ("time_expressions.kind", records.TimeKind),
        ("amounts.kind", records.AmountKind),
    ],
)
def test_values_of_records_are_those_of_columns(column: str, values: Any) -> None:
    table, _, name = column.partition(".")
    known = set(tables()[table].columns[name].values)
    assert_same(column, {f"warehouse/contract/{table}.yml": known, "warta/records.py": set(get_args(values))})


def test_a_half_done_change_names_the_file() -> None:
    with pytest.raises(AssertionError, match=r"half done: b\.yml lacks TELEPORT"):
        assert_same("event types", {"a.yml": {"ARREST", "TELEPORT"}, "b.yml": {"ARREST"}})
