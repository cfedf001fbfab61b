"""The published warehouse as files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import orjson
import polars as pl

from warehouse.db import reader
from warehouse.files_of_rows import spreadsheet_safe

FORMATS = ("parquet", "csv", "jsonl")


def export_all(database: Path, directory: Path, format: str) -> Iterator[Path]:
    """Write every table and mart into `directory` (made where it is missing) and yield the paths.

    Parquet files of tables that hang on articles are partitioned by the month of publication, in the layout that
    readers of Parquet know (`quotes/month=2025-10/quotes.parquet`); all others are one file.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with reader(database) as connection:
        names = [
            row[0]
            for row in connection.execute("SELECT table_name FROM information_schema.tables ORDER BY 1").fetchall()
        ]
        for name in names:
            columns = [row[0] for row in connection.execute(f'DESCRIBE "{name}"').fetchall()]
            if format == "parquet" and (by_month := _by_month(name, columns)):
                yield from _write_months(connection.sql(by_month).pl(), directory / name)
            else:
                path = directory / f"{name}.{format}"
                _write(connection.sql(f'FROM "{name}"').pl(), path, format)
                yield path


def _by_month(name: str, columns: list[str]) -> str | None:
    """The table with a column `month`, where it has days or articles."""
    month = "coalesce(strftime({}.published_date, '%Y-%m'), 'unknown') AS month"
    if "published_date" in columns:
        return f'SELECT t.*, {month.format("t")} FROM "{name}" t'
    if "article_id" in columns:
        return f'SELECT t.*, {month.format("a")} FROM "{name}" t LEFT JOIN articles a USING (article_id)'
    return None


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
            writer = csv.writer(text)
            writer.writerow(frame.columns)
            writer.writerows([spreadsheet_safe(value) for value in row] for row in frame.iter_rows())
