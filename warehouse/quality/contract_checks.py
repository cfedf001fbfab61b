"""The rules of the contract, counted in a snapshot: how many published rows break each one?"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import polars as pl

from warehouse.contract import Exists, InRange, Known, Present, RightSpan, Rule, Span, Table, Unique, tables

# Finding a character of a text takes time in proportion to its place. So that a long text takes no more than a short
# one for each of its spans, it is cut into chunks, the chunks into pieces, and a span is looked for in the piece in
# which it begins. Pieces run on into the next one, so that all but a few long spans also end in them.
_CHUNK, _PIECE, _LONG = 20_000, 500, 1_000
_PIECES = f"""
LEFT JOIN (
    SELECT
        article_id, characters, chunk * {_CHUNK // _PIECE} + part AS piece,
        body[part * {_PIECE} + 1:(part + 1) * {_PIECE} + {_LONG}] AS body
    FROM (
        SELECT
            article_id, length(text) AS characters, chunk,
            text[chunk * {_CHUNK} + 1:(chunk + 1) * {_CHUNK} + {_LONG}] AS body
        FROM articles, unnest(range(length(text) // {_CHUNK} + 1)) chunks(chunk)
    ), unnest(range(least(length(body) // {_PIECE} + 1, {_CHUNK // _PIECE}))) parts(part)
) a ON a.article_id = t.article_id AND a.piece = t.{{start}} // {_PIECE}
LEFT JOIN articles w ON w.article_id = t.article_id AND t.{{end}} - t.{{start}} > {_LONG}
"""
_COUNTED = {"table_name": pl.String, "rule": pl.String, "checked": pl.Int64, "unexpected": pl.Int64}


def count_broken(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Rows of `table_quality`: how many rows of each published table break each rule of its contract."""
    counted = [row for table in tables().values() if table.name != "table_quality" for row in _count(connection, table)]
    return pl.DataFrame(counted, schema=_COUNTED, orient="row")


def _count(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[tuple[str, str, int, int]]:
    """One scan of the table for all rules, beside the texts of its articles where it has a span (one at most)."""
    rules = list(table.rules())
    counts = ", ".join(_broken_rows(table, rule) for rule in rules)
    texts = "".join(_PIECES.format(table=table.name, start=s.start, end=s.end) for s in table.spans)
    ((rows, *found),) = connection.execute(f"SELECT count(*), {counts} FROM {table.name} t {texts}").fetchall()
    for rule, unexpected in zip(rules, found, strict=True):
        yield table.name, rule.name, rows, unexpected


def _broken_rows(table: Table, rule: Rule) -> str:
    """SQL that counts the rows `t` of a table that break a rule.

    Each is beside the piece `a` of its article, one with a long span also beside the whole article `w`.
    """
    match rule:
        case Unique():
            key = ", ".join(f"t.{part}" for part in rule.columns)
            return f"count(*) - count(DISTINCT ({key}))"
        case Present():
            return f"count(*) FILTER (t.{rule.column} IS NULL)"
        case Known():
            return f"count(*) FILTER (NOT list_contains({list(rule.values)}, t.{rule.column}))"
        case InRange():
            limits = [f"t.{rule.column} < {rule.minimum}"] if rule.minimum is not None else []
            limits += [f"t.{rule.column} > {rule.maximum}"] if rule.maximum is not None else []
            return f"count(*) FILTER ({' OR '.join(limits)})"
        case RightSpan():
            return f"count(*) FILTER (({_is_right(rule.span)}) IS NOT TRUE)"
        case Exists():
            return f"({_rows_without_parent(table, rule)})"


def _is_right(span: Span) -> str:
    start, end = f"t.{span.start}", f"t.{span.end}"
    inside = f"{start} >= 0 AND {start} < {end} AND {end} <= a.characters"
    within = f"a.body[{start} % {_PIECE} + 1:{end} - a.piece * {_PIECE}]"
    within = f"(CASE WHEN {end} - {start} > {_LONG} THEN w.text[{start} + 1:{end}] ELSE {within} END)"
    return f"{inside} AND {within} = t.{span.text}" if span.text else inside


def _rows_without_parent(table: Table, rule: Exists) -> str:
    # Published rows refer to the entities joined across articles; a correction may name one that the article does not.
    parent = "entities" if rule.references == "article_entities" else rule.references
    key = tables()[parent].key
    same = " AND ".join(f"p.{part} = c.{rule.column if part == key[-1] else part}" for part in key)
    return f"SELECT count(*) FROM {table.name} c ANTI JOIN main.{parent} p ON {same} WHERE c.{rule.column} IS NOT NULL"
