"""The published warehouse as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

import duckdb
import polars as pl

from warehouse.contract import mart_columns, tables
from warehouse.db import reader
from warehouse.errors import WrongUsage
from warehouse.export_folder import Exported, put, remove, set_aside
from warehouse.row_writers import write_csv, write_jsonl
from warehouse.workbook import Sheet, write_workbook

_FOLDER = Path(__file__).parent / "export"
_ROWS_AT_ONCE = 10_000

Rows = Iterable[Sequence[Any]]
_TEXT_WRITERS: dict[str, Callable[[Sequence[str], Rows, TextIO], None]] = {"csv": write_csv, "jsonl": write_jsonl}
FORMATS = ("parquet", *_TEXT_WRITERS, "xlsx")


class UnknownTables(WrongUsage):
    """Names that no table and no mart has."""


def export(database: Path, directory: Path, format: str, names: Sequence[str] = ()) -> Iterator[Exported]:
    """Write tables and marts into `directory` (made where it is missing); without names all of them.

    Parquet files of tables that hang on articles are partitioned by the month of publication, in the layout that
    readers of Parquet know (`quotes/month=2025-10/quotes.parquet`), undated rows in `month=unknown`; partitions that
    have no rows any more are removed. An `.xlsx` is one workbook, with a sheet a table. All else is one file a table.

    Rows are sorted, so equal rows make an equal file (but for an `.xlsx`, which says when it was made), and only whole
    files get their name. Raises UnknownTables, ExportBusy.
    """
    if unknown := sorted(set(names) - {*tables(), *mart_columns()}):
        known = ", ".join([*tables(), *mart_columns()])
        raise UnknownTables(f"there is no table {', '.join(unknown)}; there are {known}")
    with set_aside(directory) as aside, reader(database, folder=aside) as connection:
        chosen = _chosen(connection, names)
        if format == "xlsx":
            made = aside / "warta.xlsx"
            notes = write_workbook(made, (_sheet(connection, name) for name in chosen))
            yield put(made, directory / made.name, notes)
            return
        for name in chosen:
            if format == "parquet":
                yield from _export_parquet(connection, name, aside, directory)
            else:
                made = _write_text(_sheet(connection, name), aside, format)
                yield put(made, directory / made.name)


def _chosen(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> list[str]:
    """What is asked for, or what there is: an older version of warta may have published without some tables."""
    there = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}
    return [name for name in (*tables(), *mart_columns()) if name in (names or there)]


def _order(name: str) -> str:
    """Columns that tell each row from all others, so that equal rows always come in one order."""
    columns = tables()[name].key if name in tables() else mart_columns()[name]
    return ", ".join(f'"{column}"' for column in columns)


def _sheet(connection: duckdb.DuckDBPyConnection, name: str) -> Sheet:
    found = connection.sql(f"FROM {name} ORDER BY {_order(name)}").to_arrow_reader(_ROWS_AT_ONCE)
    return Sheet(name, found.schema.names, (row for batch in found for row in pl.DataFrame(batch).iter_rows()))


def _write_text(sheet: Sheet, aside: Path, format: str) -> Path:
    made = aside / f"{sheet.name}.{format}"
    with made.open("w", newline="", encoding="utf-8") as text:
        _TEXT_WRITERS[format](sheet.columns, sheet.rows, text)
    return made


def _export_parquet(
    connection: duckdb.DuckDBPyConnection, name: str, aside: Path, directory: Path
) -> Iterator[Exported]:
    query = _by_month(connection, name)
    if query is None:
        made = _copy(connection, f"FROM {name} ORDER BY {_order(name)}", [], aside / f"{name}.parquet")
        yield put(made, directory / made.name)
        return
    connection.execute(f"CREATE OR REPLACE TEMP TABLE exported AS {query} ORDER BY month, {_order(name)}", [name])
    written = set()
    for (month,) in connection.execute("SELECT DISTINCT month FROM exported ORDER BY month").fetchall():
        rows = "SELECT * EXCLUDE (month) FROM exported WHERE month = $1"
        path = directory / name / f"month={month}" / f"{name}.parquet"
        yield put(_copy(connection, rows, [month], aside / path.name), path)
        written.add(path)
    for path in sorted(set((directory / name).glob(f"month=*/{name}.parquet")) - written):
        yield remove(path)


def _by_month(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """The query that gives a table a column `month`, where it has days or articles."""
    columns = connection.table(name).columns
    if "published_date" in columns:
        return (_FOLDER / "month_of_row.sql").read_text("utf-8")
    if "article_id" in columns:
        return (_FOLDER / "month_of_article.sql").read_text("utf-8")
    return None


def _copy(connection: duckdb.DuckDBPyConnection, rows: str, parameters: list[str], made: Path) -> Path:
    to = f"${len(parameters) + 1}"
    connection.execute(f"COPY ({rows}) TO {to} (FORMAT parquet, COMPRESSION zstd)", [*parameters, str(made)])
    return made
