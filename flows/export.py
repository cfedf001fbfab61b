"""The published warehouse as files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import orjson
import polars as pl

from flows.tables import spreadsheet_safe
from warehouse.db import reader

FORMATS = ("parquet", "csv", "jsonl")


def export_all(database: Path, directory: Path, format: str) -> Iterator[Path]:
    """Write one file a table or mart into `directory` (made where it is missing) and yield its path."""
    directory.mkdir(parents=True, exist_ok=True)
    with reader(database) as connection:
        names = [
            row[0]
            for row in connection.execute("SELECT table_name FROM information_schema.tables ORDER BY 1").fetchall()
        ]
        for name in names:
            frame = connection.sql(f'SELECT * FROM "{name}"').pl()
            path = directory / f"{name}.{format}"
            _write(frame, path, format)
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
