"""Stages 2 and 3, read and clean: files into staged documents and articles, in worker processes."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.encodable import readable_name
from pipeline.pool import Failure, Pool
from pipeline.progress import progress
from pipeline.rows import document_row
from pipeline.sources import SourceFile
from pipeline.worker import read_file
from warehouse import faults
from warehouse.contract import tables
from warta.records import Rejection

log = logging.getLogger("warta.read")

_ROWS_PER_PART = 2_000
# Where a document was found: the part that holds its article, its file's place and its own place in the file.
_FOUND_AT = {"part": pl.Int64, "file": pl.Int64, "place": pl.Int64}


class Staging:
    """Parquet files under `folder`: `documents-N`, and `articles-N` with the articles of these documents.

    `count` is the number of documents.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.parts, self.count = folder, 0, 0
        self._documents: list[dict[str, Any]] = []
        self._articles: list[dict[str, Any]] = []

    def add(self, document: dict[str, Any], article: dict[str, Any] | None, file: int, place: int) -> None:
        self.count += 1
        found_at = {"part": self.parts, "file": file, "place": place}
        self._documents.append({**document, **found_at, "article_id": article and article["article_id"]})
        if article:
            self._articles.append(article)
        if len(self._documents) >= _ROWS_PER_PART:
            self.flush()

    def flush(self) -> None:
        if not self._documents:
            return
        documents = pl.DataFrame(self._documents, schema=tables()["documents"].polars_schema | _FOUND_AT)
        articles = pl.DataFrame(self._articles, schema=tables()["articles"].polars_schema)
        documents.write_parquet(self.folder / f"documents-{self.parts}.parquet")
        articles.write_parquet(self.folder / f"articles-{self.parts}.parquet")
        self.parts += 1
        self._documents, self._articles = [], []

    def documents(self) -> pl.DataFrame:
        """All staged documents in the order of the files and of their places in them."""
        empty = pl.DataFrame(schema=tables()["documents"].polars_schema | _FOUND_AT)
        parts = (self.folder / f"documents-{part}.parquet" for part in range(self.parts))
        return pl.concat([empty, *(pl.read_parquet(part, glob=False) for part in parts)]).sort("file", "place")

    def articles(self, part: int) -> pl.DataFrame:
        return pl.read_parquet(self.folder / f"articles-{part}.parquet", glob=False)


def read(found: list[SourceFile | Rejection], pool: Pool, folder: Path) -> Staging:
    """Stage every document of the files; those that cannot be read are staged as rejected, with the reason."""
    staging = Staging(folder)
    files = {number: item for number, item in enumerate(found) if isinstance(item, SourceFile)}
    for number, item in enumerate(found):
        if isinstance(item, Rejection):
            staging.add(document_row(item), None, number, 0)
    numbers, places = list(files), Counter[int]()
    progress().start("read")
    for index, result in pool.map(read_file, files.values()):
        number = numbers[index]
        row = _failed(files[number], result) if isinstance(result, Failure) else result
        staging.add(row["document"], row["article"], number, places[number])
        places[number] += 1
        faults.point("read")
        progress().advance("read")
    staging.flush()
    return staging


def _failed(source: SourceFile, failure: Failure) -> dict[str, Any]:
    """The row of a file that a worker could not read to its end; what came before stays."""
    log.error("%s: reading stopped: %s (%s)", source.uri, failure.detail, failure.reason)
    sha256 = hashlib.sha256(f"{failure.reason}:{source.size}".encode()).hexdigest()
    detail = f"reading {readable_name(source.path)} stopped: it {failure.detail}"
    rejection = Rejection(source.uri, "the rest", "unknown", sha256, source.size, failure.reason, detail)
    return {"document": document_row(rejection), "article": None}
