"""The published warehouse as files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import orjson
import polars as pl

from warehouse.db import reader
from warehouse.row_writers import write_csv

_FOLDER = Path(__file__).parent / "export"
FORMATS = ("parquet", "csv", "jsonl")


def export_all(database: Path, directory: Path, format: str) -> Iterator[Path]:
    """Write every table and mart into `directory` (made where it is missing) and yield the paths.

    Parquet files of tables that hang on articles are partitioned by the month of publication, in the layout that
    readers of Parquet know (`quotes/month=2025-10/quotes.parquet`); all others are one file.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with reader(database) as connection:
        for (name,) in connection.execute("SHOW TABLES").fetchall():
            if format == "parquet" and (by_month := _by_month(connection, name)) is not None:
                yield from _write_months(by_month, directory / name)
            else:
                path = directory / f"{name}.{format}"
                _write(connection.table(name).pl(), path, format)
                yield path


def _by_month(connection: duckdb.DuckDBPyConnection, name: str) -> pl.DataFrame | None:
    """The table with a column `month`, where it has days or articles."""
    columns = connection.table(name).columns
    if "published_date" in columns:
        query = "month_of_row.sql"
    elif "article_id" in columns:
        query = "month_of_article.sql"
    else:
        return None
    rows: pl.DataFrame = connection.sql((_FOLDER / query).read_text("utf-8"), params=[name]).pl()
    return rows


def _write_months(frame: pl.DataFrame, folder: Path) -> Iterator[Path]:
    for (month,), rows in frame.group_by("month", maintain_order=True):
        path = folder / f"month={month}" / f"{folder.name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        rows.drop("month").write_parquet(path)
        yield path


def _write(frame: pl.DataFrame, path: Path, format: str) -> None:
    if format == "parquet":
        frame.write_parquet(path)
    elif format == "jsonl":
        with path.open("wb") as file:
            file.writelines(orjson.dumps(row, default=str) + b"\n" for row in frame.iter_rows(named=True))
    else:
        with path.open("w", newline="", encoding="utf-8") as text:
            write_csv(frame.columns, frame.iter_rows(), text)
