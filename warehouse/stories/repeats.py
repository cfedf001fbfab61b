"""Articles that nearly repeat an earlier one, by MinHash over word shingles."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl

if TYPE_CHECKING:
    from datasketch import MinHash

_REPEATS = Path(__file__).with_name("repeats.sql")
_WORD = re.compile(r"\w+")
_SHINGLE = 4  # words: an agency's text with another lead keeps most of its shingles, two texts on one topic share few
_SIGNATURE = 128
_AT_ONCE = 10_000


def sign(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the signatures of articles that have none. They depend on the text alone and are kept beside the articles."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS article_signatures (article_id VARCHAR PRIMARY KEY, signature BIGINT[] NOT NULL)"
    )
    missing = f"SELECT article_id, text FROM articles ANTI JOIN article_signatures USING (article_id) LIMIT {_AT_ONCE}"
    while rows := connection.execute(missing).fetchall():
        frame = pl.DataFrame(
            {"article_id": [article for article, _ in rows], "signature": [_signature(text) for _, text in rows]},
            schema={"article_id": pl.String, "signature": pl.List(pl.Int64)},
        )
        connection.register("signed", frame.to_arrow())
        connection.execute("INSERT INTO article_signatures FROM signed")
        connection.unregister("signed")


@lru_cache(maxsize=1)
def _unsigned() -> MinHash:
    """To be copied: making its permutations takes longer than signing an article."""
    from datasketch import MinHash

    return MinHash(num_perm=_SIGNATURE, seed=1)


def _signature(text: str) -> list[int]:
    words = _WORD.findall(text.casefold())
    shingles = {" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))}
    minhash = _unsigned().copy()
    minhash.update_batch([shingle.encode("utf-8", "surrogatepass") for shingle in shingles])
    return [int(value) for value in minhash.hashvalues]


def find(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table `near_duplicates` (article_id, near_duplicate_of); `loaded` must be attached."""
    connection.execute(_REPEATS.read_text("utf-8"))
