"""What the contract says of every row, counted in a snapshot: keys, values, ranges, offsets, references."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import polars as pl

from warehouse.contract import Column, Span, Table, tables

# Finding a character of a text takes time in proportion to its place: long texts are looked at in pieces, which begin
# every so many characters and hold each span that begins there.
_PIECE = 10_000
_PIECES = f"""
LEFT JOIN (
    SELECT article_id, piece, characters, text[piece * {_PIECE} + 1:(piece + 1) * {_PIECE} + longest] AS body
    FROM
        (SELECT article_id, text, length(text) AS characters FROM articles),
        (SELECT coalesce(max({{end}} - {{start}}), 0) AS longest FROM {{table}}),
        unnest(range(characters // {_PIECE} + 1)) pieces(piece)
) a ON a.article_id = t.article_id AND a.piece = t.{{start}} // {_PIECE}
"""
_COUNTED = {"table_name": pl.String, "rule": pl.String, "checked": pl.Int64, "unexpected": pl.Int64}


def broken(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Rows of `table_quality`: how many rows of each published table break each rule of its contract."""
    counted = [row for table in tables().values() if table.name != "table_quality" for row in _count(connection, table)]
    return pl.DataFrame(counted, schema=_COUNTED, orient="row")


def measure(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the published table `table_quality`; all others must be there."""
    connection.register("counted", broken(connection).to_arrow())
    connection.execute("CREATE TABLE table_quality AS FROM counted")
    connection.unregister("counted")


def _count(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[tuple[str, str, int, int]]:
    """One scan of the table for what can be seen in a row and its article, one for each reference."""
    rules = dict(_rules_of_rows(table))
    counts = [f"count(*) FILTER ({condition})" for condition in rules.values()]
    key = ", ".join(f"t.{part}" for part in table.key)
    texts = "".join(_PIECES.format(table=table.name, start=s.start, end=s.end) for s in table.spans)  # one at most
    query = f"SELECT count(*), count(*) - count(DISTINCT ({key})), {', '.join(counts)} FROM {table.name} t {texts}"
    ((rows, repeated, *found),) = connection.execute(query).fetchall()
    yield table.name, f"{'_'.join(table.key)}_unique", rows, repeated
    for rule, unexpected in zip(rules, found, strict=True):
        yield table.name, rule, rows, unexpected
    for column in (c for c in table.columns.values() if c.references):
        ((lost,),) = connection.execute(_without_parent(table, column)).fetchall()
        yield table.name, f"{column.name}_exists", rows, lost


def _rules_of_rows(table: Table) -> Iterator[tuple[str, str]]:
    """Each rule's name and when a row `t`, of an article `a`, breaks it."""
    for column in table.columns.values():
        name = f"t.{column.name}"
        if not column.nullable:
            yield f"{column.name}_present", f"{name} IS NULL"
        if column.values:
            yield f"{column.name}_known", f"NOT list_contains({list(column.values)}, {name})"
        limits = [f"{name} < {column.minimum}"] if column.minimum is not None else []
        limits += [f"{name} > {column.maximum}"] if column.maximum is not None else []
        if limits:
            yield f"{column.name}_in_range", " OR ".join(limits)
    for span in table.spans:
        yield f"{span.start}_to_{span.end}_right", f"({_is_right(span)}) IS NOT TRUE"


def _is_right(span: Span) -> str:
    start, end = f"t.{span.start}", f"t.{span.end}"
    inside = f"{start} >= 0 AND {start} < {end} AND {end} <= a.characters"
    within = f"a.body[{start} % {_PIECE} + 1:{end} - a.piece * {_PIECE}]"
    return f"{inside} AND {within} = t.{span.text}" if span.text else inside


def _without_parent(table: Table, column: Column) -> str:
    # Entities are joined across articles by now, and a correction may name one that the article does not.
    parent = "entities" if column.references == "article_entities" else str(column.references)
    key = tables()[parent].key
    same = " AND ".join(f"p.{part} = t.{column.name if part == key[-1] else part}" for part in key)
    return f"SELECT count(*) FROM {table.name} t ANTI JOIN {parent} p ON {same} WHERE t.{column.name} IS NOT NULL"
