"""Which of the found files hold what they held when they were read: those need no reading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.sources import SourceFile
from warehouse import faults
from warehouse.file_ledger import known_files, remember_files
from warehouse.home import Home
from warta.records import Rejection
from warta.version import extractor_version


@dataclass(frozen=True)
class Recognised:
    """`unread` are to be read, `contents` is what they hold, a SHA-256 by address; `documents` has the ids of
    those in the other files.

    A file without a content cannot be opened; reading it says why.
    """

    unread: list[SourceFile | Rejection]
    contents: dict[str, str]
    documents: pl.DataFrame


def recognise(found: list[SourceFile | Rejection], home: Home, retry_rejected: bool = False) -> Recognised:
    """Tell the files that are to be read from those that this version of warta has read as they are now.

    With `retry_rejected` those of which a document was rejected are to be read.
    """
    contents = _contents(item for item in found if isinstance(item, SourceFile))
    asked = pl.DataFrame(
        list(contents.items()), schema=dict.fromkeys(("source_uri", "content_sha256"), pl.String), orient="row"
    )
    known = known_files(home, asked, version=extractor_version(), retry_rejected=retry_rejected)
    uris = set(known["source_uri"])
    unread = [item for item in found if isinstance(item, Rejection) or item.uri not in uris]
    documents = known.select(pl.col("documents").cast(pl.List(pl.String)).explode().drop_nulls().alias("document_id"))
    return Recognised(unread, {uri: held for uri, held in contents.items() if uri not in uris}, documents)


def remember(recognised: Recognised, seen: pl.DataFrame, home: Home) -> None:
    """Remember the files that were read: `seen` has the id and the `file` (its number) of each document in them.

    A file that has changed since it was found is not remembered: which of its contents was read, nobody knows.
    """
    files = {number: item for number, item in enumerate(recognised.unread) if isinstance(item, SourceFile)}
    now = _contents(files.values())
    kept = {
        number: item.uri
        for number, item in files.items()
        if item.uri in now and now[item.uri] == recognised.contents.get(item.uri)
    }
    if not kept:
        return
    of_files = seen.group_by("file").agg(documents="document_id")
    entries = pl.DataFrame({
        "file": pl.Series(list(kept), dtype=pl.Int64),
        "source_uri": list(kept.values()),
        "content_sha256": [now[uri] for uri in kept.values()],
    }).join(of_files, on="file", how="left").with_columns(
        pl.col("documents").fill_null([]), extractor_version=pl.lit(extractor_version())
    )  # fmt: skip
    faults.point("remember")
    remember_files(home, entries)


def _contents(files: Iterable[SourceFile]) -> dict[str, str]:
    """The SHA-256 of what each file holds, by its address; without those that cannot be opened."""
    return {file.uri: held for file in files if (held := _sha256(file.path)) is not None}


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
