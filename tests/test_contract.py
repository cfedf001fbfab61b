"""The contract is declared once, and what is generated from it is what is committed."""

from __future__ import annotations

import re

import pytest

from tasks.rows import annotation_rows, article_row, document_row
from warehouse import contract
from warehouse.contract import Table, tables
from warta.annotate import annotate
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
    rows = annotation_rows(annotate(Article("a", text)))
    rows["articles"] = [article_row(Article("a", text))]
    rows["documents"] = [document_row(RawDocument("file:///a", "", "text/plain", "0", 1, text))]
    for name, found in rows.items():
        for row in found:
            assert row.keys() <= tables()[name].columns.keys(), name
