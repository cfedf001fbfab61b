"""The contract: what a table and a column mean, declared once in `contract/*.yml`.

From it come the DDL (`schema.sql`), the Polars schemas of packages, the Great Expectations suites and the data
dictionary. `python -m warehouse.contract` writes the generated files anew.

Foreign keys are declared and checked but kept out of the DDL: in DuckDB they forbid deleting parent and child in one
transaction.
"""

from __future__ import annotations

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
    "documents", "articles", "sentences", "article_entities", "entity_mentions", "quotes", "events",
    "event_participants", "time_expressions", "amounts", "entities", "entity_links", "rejects", "runs",
    "validation_results", "packages", "run_quality", "table_quality",
)  # fmt: skip

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
    """`references` names the table whose column of the same meaning must hold the value; `provenance` columns differ
    between two runs over the same input and are left out when warehouses are compared."""

    name: str
    type: str
    about: str
    nullable: bool = False
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    references: str | None = None
    unchecked: bool = False
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


def _table(name: str) -> Table:
    declared = yaml.safe_load((_FOLDER / f"{name}.yml").read_text("utf-8"))
    columns = {}
    for column, about in declared.pop("columns").items():
        nullable, values = about.pop("null", False), tuple(about.pop("values", ()))
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


def mart_columns() -> dict[str, dict[str, str]]:
    """What the columns of each mart mean (`marts/*.yml`)."""
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(_MARTS.glob("*.yml"))}


def schema_sql() -> str:
    head = "-- Generated from warehouse/contract/*.yml by `python -m warehouse.contract`; do not edit.\n\n"
    return head + "\n".join(table.ddl for table in tables().values())


def data_dictionary() -> str:
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
        grain = (_MARTS / f"{name}.sql").read_text("utf-8").split("\n", 1)[0].removeprefix("-- ")
        parts += ["", f"## {name}", "", grain, "", "| column | meaning |", "| --- | --- |"]
        parts += [f"| {column} | {about} |" for column, about in columns.items()]
    return "\n".join(parts) + "\n"


def main() -> None:
    SCHEMA_SQL.write_text(schema_sql(), "utf-8")
    DATA_DICTIONARY.write_text(data_dictionary(), "utf-8")


if __name__ == "__main__":
    main()
