"""Articles that nearly repeat an earlier one, by MinHash over word shingles."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import duckdb
import numpy as np
import polars as pl

if TYPE_CHECKING:
    from datasketch import MinHash

_FOLDER = Path(__file__).parent
_WORD = re.compile(r"\w+")
_SHINGLE = 4  # words: an agency's text with another lead keeps most of its shingles, two texts on one topic share few
# Odd, so that no bit of a word is lost; without order between them, so that the order of words counts.
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)
_SIGNATURE = 128
_AT_ONCE = 10_000


def sign_articles(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the signatures of articles that have none, and the bands of these.

    They depend on the text alone and are kept beside the articles.
    """
    _run(connection, "signatures")
    missing = "SELECT article_id FROM articles ANTI JOIN minhashes USING (article_id) LIMIT ?"
    while ids := [article for (article,) in connection.execute(missing, [_AT_ONCE]).fetchall()]:
        texts = connection.execute(
            "SELECT article_id, text FROM articles WHERE article_id IN (SELECT unnest(?))", [ids]
        )
        rows = [(article, _signature(text)) for article, text in texts.fetchall()]
        frame = pl.DataFrame(rows, schema={"article_id": pl.String, "signature": pl.List(pl.Int64)}, orient="row")
        connection.register("signed", frame.to_arrow())
        _run(connection, "sign")
        connection.unregister("signed")


def _run(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute((_FOLDER / f"{name}.sql").read_text("utf-8"))


@lru_cache(maxsize=1)
def _unsigned() -> MinHash:
    """To be copied: making its permutations takes longer than signing an article."""
    from datasketch import MinHash

    return MinHash(num_perm=_SIGNATURE, seed=1, hashfunc=int)  # it is given numbers


def _signature(text: str) -> list[int]:
    minhash = _unsigned().copy()
    minhash.update_batch(_shingles(_WORD.findall(text.casefold())))
    signature: list[int] = minhash.hashvalues.tolist()
    return signature


def _shingles(words: list[str]) -> list[int]:
    """A number of 32 bits for every run of words; one for a text that is shorter than that."""
    hashes = np.array([crc32(word.encode("utf-8", "surrogatepass")) for word in words] or [0], dtype=np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(hashes, min(_SHINGLE, len(hashes)))
    mixed = (runs * _FACTORS[: runs.shape[1]]).sum(axis=1) >> np.uint64(32)
    shingles: list[int] = mixed.tolist()
    return shingles


def make_near_duplicates(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table `near_duplicates` (article_id, near_duplicate_of); needs `loaded` and `versions`."""
    _compare(connection, "SELECT article_id FROM versions")


def make_near_duplicates_again(connection: duckdb.DuckDBPyConnection, articles: str) -> None:
    """The same, but only of articles that the ones which the query `articles` gives can change, these included.

    Temporary table `asked_articles`: which ones.
    """
    values = f"SELECT value FROM loaded.bands SEMI JOIN ({articles}) USING (article_id)"
    _compare(connection, f"SELECT DISTINCT article_id FROM loaded.bands SEMI JOIN ({values}) USING (value)")


def _compare(connection: duckdb.DuckDBPyConnection, articles: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE asked_articles AS {articles}")
    _run(connection, "near_duplicates")
