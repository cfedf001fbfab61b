"""Stages 2 and 3, read and clean: files into staged documents and articles, in worker processes."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.encodable import readable_name
from pipeline.pool import Failure, Pool
from pipeline.progress import progress
from pipeline.rows import rejected_rows
from pipeline.sources import SourceFile
from warehouse import faults
from warehouse.contract import tables
from warta.records import Rejection

log = logging.getLogger("warta.read")

_ROWS_PER_PART = 2_000
_STAGED = ("documents", "articles", "publications")
# Where a document was found: the part that holds its article, its file's place and its own place in the file.
_FOUND_AT = {"part": pl.Int64, "file": pl.Int64, "position": pl.Int64}


class Staging:
    """Parquet files under `folder`, each for some documents: `documents-N`, `articles-N`, `publications-N`.

    `count` is the number of documents.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.parts, self.count = folder, 0, 0
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _STAGED}

    def add(self, row: Mapping[str, Any], file: int, position: int) -> None:
        """Stage what `read_file` gives for a document: at `position` of the file of this number."""
        self.count += 1
        found_at = {"part": self.parts, "file": file, "position": position}
        article = row["article"]
        self._rows["documents"].append({**row["document"], **found_at, "article_id": article and article["article_id"]})
        if article:
            self._rows["articles"].append({**article, **found_at})
            self._rows["publications"].append({**row["publication"], **found_at})
        if len(self._rows["documents"]) >= _ROWS_PER_PART:
            self.flush()

    def flush(self) -> None:
        if not self._rows["documents"]:
            return
        for name, rows in self._rows.items():
            frame = pl.DataFrame(rows, schema=_schema(name))
            frame.write_parquet(self._file(name, self.parts))
        self.parts += 1
        self._rows = {name: [] for name in _STAGED}

    def documents(self) -> pl.DataFrame:
        """All staged documents in the order of the files and of their places in them."""
        return self._all("documents")

    def publications(self) -> pl.DataFrame:
        """All staged publications, in the order of their documents."""
        return self._all("publications")

    def articles(self, part: int) -> pl.DataFrame:
        """The articles of a part, each with the position of its document."""
        return pl.read_parquet(self._file("articles", part), glob=False)

    def _all(self, name: str) -> pl.DataFrame:
        parts = (pl.read_parquet(self._file(name, part), glob=False) for part in range(self.parts))
        return pl.concat([pl.DataFrame(schema=_schema(name)), *parts]).sort("file", "position")

    def _file(self, name: str, part: int) -> Path:
        return self.folder / f"{name}-{part}.parquet"


def _schema(name: str) -> dict[str, Any]:
    return tables()[name].polars_schema | _FOUND_AT


def read(found: list[SourceFile | Rejection], pool: Pool, folder: Path) -> Staging:
    """Stage every document of the files; those that cannot be read are staged as rejected, with the reason."""
    staging = Staging(folder)
    files = {number: item for number, item in enumerate(found) if isinstance(item, SourceFile)}
    for number, item in enumerate(found):
        if isinstance(item, Rejection):
            staging.add(rejected_rows(item), number, 0)
    if not files:
        staging.flush()
        return staging
    from pipeline.worker import read_file  # brings all readers; a run that finds nothing new does without

    numbers, places = list(files), Counter[int]()
    progress().start("read")
    for index, result in pool.map(read_file, files.values()):
        number = numbers[index]
        row = _failed(files[number], result) if isinstance(result, Failure) else result
        staging.add(row, number, places[number])
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
    return rejected_rows(rejection)
