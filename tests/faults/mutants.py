"""Samples with damage done to them, each known by a number, read and annotated as worker processes do it."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import orjson

from pipeline.sources import SourceFile
from pipeline.worker import annotate_row, read_file
from warehouse.contract import tables

SAMPLES = Path(__file__).parents[2] / "samples"
SPANS = [(table.name, span) for table in tables().values() for span in table.spans]
SPLICES = (b'"', b"\xff", b"\0", b"<div>", b"\\ud83d", b"\n", b"[" * 50, b"\x1f\x8b", b"&amp;", b"\xef\xbb\xbf", b",,")


@lru_cache(maxsize=1)
def _samples() -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(SAMPLES.iterdir())]


def mutant(number: int) -> tuple[str, bytes]:
    """The name and the content of a damaged sample."""
    dice = random.Random(number)
    name, content = dice.choice(_samples())
    data = bytearray(content)
    for _ in range(dice.randint(1, 8)):
        at, length = dice.randrange(len(data) + 1), dice.choice((1, 3, 50, 1000))
        match dice.randrange(5):
            case 0:
                data[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = dice.choice(SPLICES) * dice.choice((1, 1, 40))
            case 3:
                data[at:at] = data[at : at + length] * dice.choice((1, 5))
            case 4:
                del data[max(at, 10) :]
    return (name if dice.random() < 0.9 else dice.choice(_samples())[0]), bytes(data)


def ingest(number: int) -> Iterator[int]:
    """How many documents the mutant has; raises where a row of an article is not where it says."""
    name, data = mutant(number)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        found = list(read_file(SourceFile(path, "uri", len(data))))
    assert found, "nothing said about the file"
    for article in filter(None, (row["article"] for row in found)):
        for rows in annotate_row(article):
            for table, span in SPANS:
                for row in map(orjson.loads, rows.get(table, b"").splitlines()):
                    start, end = row[span.start], row[span.end]
                    assert 0 <= start < end <= len(article["text"]), (table, row)
                    assert span.text is None or article["text"][start:end] == row[span.text], (table, row)
    yield len(found)
