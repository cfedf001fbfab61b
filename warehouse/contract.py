"""The contract: what a table and a column mean, declared once in `contract/*.yml`.

From it come the DDL (`schema.sql`), the Polars schemas of packages, the rules that rows are checked with (in the
Great Expectations suites of packages and in SQL before a publication) and the data dictionary.
`python -m warehouse.contract` writes the generated files anew.

Foreign keys are declared and checked but kept out of the DDL: in DuckDB they forbid deleting parent and child in one
transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

_FOLDER = Path(__file__).parent / "contract"
_MARTS = Path(__file__).parent / "marts"
SCHEMA_SQL = Path(__file__).parent / "schema.sql"
DATA_DICTIONARY = Path(__file__).parent.parent / "docs" / "data_dictionary.md"

# Reading order: a table comes after those it refers to.
ORDER = (
    "documents", "articles", "publications", "sentences", "article_entities", "entity_mentions", "quotes", "events",
    "event_participants", "time_expressions", "amounts", "entities", "entity_links", "rejects", "runs",
    "validation_results", "packages", "run_quality", "table_quality",
)  # fmt: skip

_OF_DOCUMENTS_AND_RUNS = {"documents", "publications", "rejects", "runs", "validation_results"}

_SQL_TYPES = {
    "id": "VARCHAR", "text": "VARCHAR", "texts": "VARCHAR[]", "int": "INTEGER", "bigint": "BIGINT", "float": "DOUBLE",
    "bool": "BOOLEAN", "date": "DATE", "timestamp": "TIMESTAMP WITH TIME ZONE",
}  # fmt: skip
_POLARS_TYPES: dict[str, Any] = {
    "id": pl.String, "text": pl.String, "texts": pl.List(pl.String), "int": pl.Int32, "bigint": pl.Int64,
    "float": pl.Float64, "bool": pl.Boolean, "date": pl.Date, "timestamp": pl.Datetime("us", "UTC"),
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """`references` names the table whose column of the same meaning must hold the value; where it is `only_published`,
    that row may come from another package, so only the whole warehouse can tell. `provenance` columns differ between
    two runs over the same input and are left out when warehouses are compared.
    """

    name: str
    type: str
    about: str
    nullable: bool = False
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    references: str | None = None
    only_published: bool = False
    provenance: bool = False

    @property
    def polars_type(self) -> Any:
        return _POLARS_TYPES[self.type]

    @property
    def sql_type(self) -> str:
        return _SQL_TYPES[self.type]


@dataclass(frozen=True)
class Span:
    """Columns with offsets into articles.text; `text`, where given, must equal the characters they enclose."""

    start: str
    end: str
    text: str | None = None


@dataclass(frozen=True)
class Unique:
    """No two rows have the same key."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Present:
    """The column is never null."""

    name: str
    column: str


@dataclass(frozen=True)
class Known:
    """The column holds one of the values, or null."""

    name: str
    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class InRange:
    """The column lies between the bounds, which belong to the range; None where there is no bound."""

    name: str
    column: str
    minimum: float | None
    maximum: float | None


@dataclass(frozen=True)
class RightSpan:
    """The offsets lie inside the article, enclose at least one character and, where the row has a text, that text."""

    name: str
    span: Span


@dataclass(frozen=True)
class Exists:
    """The row of another table that the column refers to is there, or the column is null."""

    name: str
    column: str
    references: str
    only_published: bool


# Every rule of the contract is critical: a row that breaks it is kept out of its table, and nothing is published where
# a published row breaks it.
Rule = Unique | Present | Known | InRange | RightSpan | Exists


@dataclass(frozen=True)
class Table:
    """`derived` tables are computed in the warehouse from loaded rows, `ledger` tables are kept by the loader."""

    name: str
    description: str
    grain: str
    key: tuple[str, ...]
    columns: dict[str, Column]
    spans: tuple[Span, ...] = ()
    derived: bool = False
    ledger: bool = False

    @property
    def polars_schema(self) -> dict[str, Any]:
        return {column.name: column.polars_type for column in self.columns.values()}

    @property
    def ddl(self) -> str:
        lines = [f"    {c.name} {c.sql_type}{'' if c.nullable else ' NOT NULL'}" for c in self.columns.values()]
        lines.append(f"    PRIMARY KEY ({', '.join(self.key)})")
        body = ",\n".join(lines)
        return f"-- {self.description} {self.grain}\nCREATE TABLE IF NOT EXISTS {self.name} (\n{body}\n);\n"

    def rules(self) -> Iterator[Rule]:
        """What every row must keep: the key, then column by column, then offsets and references."""
        columns = self.columns.values()
        yield Unique(f"{'_'.join(self.key)}_unique", self.key)
        for column in columns:
            yield from _rules_of(column)
        for span in self.spans:
            yield RightSpan(f"{span.start}_to_{span.end}_right", span)
        for column in columns:
            if column.references:
                yield Exists(f"{column.name}_exists", column.name, column.references, column.only_published)


def _rules_of(column: Column) -> Iterator[Rule]:
    if not column.nullable:
        yield Present(f"{column.name}_present", column.name)
    if column.values:
        yield Known(f"{column.name}_known", column.name, column.values)
    if column.minimum is not None or column.maximum is not None:
        yield InRange(f"{column.name}_in_range", column.name, column.minimum, column.maximum)


@lru_cache(maxsize=1)
def value_lists() -> dict[str, tuple[str, ...]]:
    """The lists that several columns share, by name: entity_type, event_type, severity."""
    declared = yaml.safe_load((_FOLDER / "_values.yml").read_text("utf-8"))
    return {name: tuple(values) for name, values in declared.items()}


def _values(declared: str | list[str]) -> tuple[str, ...]:
    return value_lists()[declared] if isinstance(declared, str) else tuple(declared)


def _table(name: str) -> Table:
    declared = yaml.safe_load((_FOLDER / f"{name}.yml").read_text("utf-8"))
    columns = {}
    for column, about in declared.pop("columns").items():
        nullable, values = about.pop("null", False), _values(about.pop("values", []))
        columns[column] = Column(name=column, nullable=nullable, values=values, **about)
    spans = tuple(Span(**span) for span in declared.pop("spans", ()))
    return Table(name=name, key=tuple(declared.pop("key")), columns=columns, spans=spans, **declared)


@lru_cache(maxsize=1)
def tables() -> dict[str, Table]:
    """All tables by name, in reading order."""
    return {name: _table(name) for name in ORDER}


def package_tables() -> list[Table]:
    """The tables whose rows come in packages."""
    return [table for table in tables().values() if not (table.derived or table.ledger)]


def annotation_tables() -> list[str]:
    """The names of `articles` and of the tables of what was found in them; all others tell of documents and runs."""
    return [table.name for table in package_tables() if table.name not in _OF_DOCUMENTS_AND_RUNS]


def mart_columns() -> dict[str, dict[str, str]]:
    """What the columns of each mart mean (`marts/*.yml`)."""
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(_MARTS.glob("*.yml"))}


def mart_grain(name: str) -> str:
    """The first line of a mart's file: `One row per quote: ...?`"""
    return (_MARTS / f"{name}.sql").read_text("utf-8").split("\n", 1)[0].removeprefix("-- ")


def schema_sql() -> str:
    """The text of `schema.sql`."""
    head = "-- Generated from warehouse/contract/*.yml by `python -m warehouse.contract`; do not edit.\n\n"
    return head + "\n".join(table.ddl for table in tables().values())


def data_dictionary() -> str:
    """The text of `docs/data_dictionary.md`."""
    parts = [
        "# Data dictionary",
        "",
        "Generated from `warehouse/contract/*.yml` and `warehouse/marts/*.yml` by `python -m warehouse.contract`.",
    ]
    for table in tables().values():
        parts += ["", f"## {table.name}", "", f"{table.description} {table.grain} Key: `{', '.join(table.key)}`."]
        parts += ["", "| column | type | null | meaning |", "| --- | --- | --- | --- |"]
        for column in table.columns.values():
            about = column.about + (f" One of {', '.join(f'`{v}`' for v in column.values)}." if column.values else "")
            refers = f" Refers to `{column.references}`." if column.references else ""
            nullable = "yes" if column.nullable else ""
            parts.append(f"| {column.name} | {column.sql_type} | {nullable} | {about}{refers} |")
    for name, columns in mart_columns().items():
        parts += ["", f"## {name}", "", mart_grain(name), "", "| column | meaning |", "| --- | --- |"]
        parts += [f"| {column} | {about} |" for column, about in columns.items()]
    return "\n".join(parts) + "\n"


def main() -> None:
    """Write both generated files."""
    SCHEMA_SQL.write_text(schema_sql(), "utf-8")
    DATA_DICTIONARY.write_text(data_dictionary(), "utf-8")


if __name__ == "__main__":
    main()
