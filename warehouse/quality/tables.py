"""What the contract says of every row, counted in a snapshot: keys, values, ranges, offsets, references."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import polars as pl

from warehouse.contract import Column, Span, Table, tables

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
    text = "LEFT JOIN articles a USING (article_id)" if table.spans else ""
    query = f"SELECT count(*), count(*) - count(DISTINCT ({key})), {', '.join(counts)} FROM {table.name} t {text}"
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
    inside = f"{start} >= 0 AND {start} < {end} AND {end} <= length(a.text)"
    return f"{inside} AND a.text[{start} + 1:{end}] = t.{span.text}" if span.text else inside


def _without_parent(table: Table, column: Column) -> str:
    # Entities are joined across articles by now, and a correction may name one that the article does not.
    parent = "entities" if column.references == "article_entities" else str(column.references)
    key = tables()[parent].key
    same = " AND ".join(f"p.{part} = t.{column.name if part == key[-1] else part}" for part in key)
    return f"SELECT count(*) FROM {table.name} t ANTI JOIN {parent} p ON {same} WHERE t.{column.name} IS NOT NULL"
