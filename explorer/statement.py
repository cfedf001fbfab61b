"""The process that asks one statement (`python -m explorer.statement`): JSON comes in, JSON goes out."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any

import duckdb

from warehouse.db import reader
from warehouse.errors import WartaError

# For what DuckDB counts; addresses for all, of which threads and libraries take about one GiB without using it.
MEMORY = "1GiB"
ADDRESSES = 3 * 2**30
# Of an answer. 100,000 quotes take about 30 MB.
BYTES = 64 * 2**20

_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
# Values of these types have few bytes; all others are cut as text.
_SHORT = {
    "boolean", "tinyint", "smallint", "integer", "bigint", "hugeint", "utinyint", "usmallint", "uinteger", "ubigint",
    "uhugeint", "float", "double", "decimal", "date", "time", "time with time zone", "timestamp", "timestamp_s",
    "timestamp_ms", "timestamp_ns", "timestamp with time zone", "interval", "uuid",
}  # fmt: skip


class NotAQuestion(WartaError):
    """Something else than a single SELECT."""


class TooLarge(WartaError):
    """The answer has more than BYTES."""


def main() -> None:
    """Read `[database, statement, rows, longest, seconds]`; write `{columns, rows}`, `{refused}` or `{stopped}`."""
    out = _only_output()
    duckdb.connect().execute("SELECT 1").fetchall()  # what is slow the first time
    out.write(b"\n")  # ready
    out.flush()
    given = sys.stdin.buffer.read()
    if not given:
        return
    database, statement, rows, longest, seconds = json.loads(given)
    _limit(seconds)
    out.write(_answered(Path(database), statement, rows, longest))
    out.close()
    os._exit(0)  # no time for taking down what ends with the process


def _only_output() -> Any:
    """The standard output, for the answer alone: DuckDB draws the progress of a statement there."""
    out = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), 1)
    return out


def _limit(seconds: float) -> None:
    """Limits that hold without the parent, which may be gone: the alarm ends the process inside a statement too."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(ceil(seconds) + 1)


def _answered(database: Path, statement: str, rows: int, longest: int | None) -> bytes:
    try:
        with reader(database, MEMORY) as connection:
            columns, found = ask(connection, single_select(statement), rows, longest)
            return b'{"columns": %b, "rows": [%b]}' % (_json(columns), b",".join(_lines(found)))
    except (duckdb.OutOfMemoryException, MemoryError, TooLarge):
        return _json({"stopped": "too_large"})
    except (duckdb.Error, WartaError) as error:
        return _json({"refused": str(error)})


def single_select(statement: str) -> duckdb.Statement:
    """The statement itself; raises NotAQuestion where it is not one SELECT (or EXPLAIN)."""
    found = duckdb.extract_statements(statement)
    if len(found) != 1 or found[0].type not in _READING:
        raise NotAQuestion("one SELECT at a time")
    return found[0]


def ask(
    connection: duckdb.DuckDBPyConnection, statement: duckdb.Statement, rows: int, longest: int | None
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns and at most so many rows; DuckDB cuts the text, so that what is cut never becomes a Python object."""
    if statement.type is duckdb.StatementType.EXPLAIN:
        answered = connection.execute(statement)
        return [column[0] for column in answered.description or []], answered.fetchmany(rows)
    asked = connection.sql(_without_end(statement.query))
    shown = [_cell(number, kind.id, longest) for number, kind in enumerate(asked.types, 1)]
    return asked.columns, asked.project(", ".join(shown)).limit(rows).fetchall()


def _without_end(statement: str) -> str:
    """The statement up to its semicolon: it becomes a subquery."""
    written = statement.encode()
    tokens = duckdb.tokenize(statement)
    ends = [at for at, kind in tokens if kind is duckdb.token_type.operator and written[at : at + 1] == b";"]
    return written[: ends[0]].decode() if ends else statement


def _cell(number: int, kind: str, longest: int | None) -> str:
    whole = longest is None or kind in _SHORT
    return f"#{number}" if whole else f"left(CAST(#{number} AS VARCHAR), {longest} + 1)"


def _lines(rows: list[tuple[Any, ...]]) -> Iterator[bytes]:
    size = 0
    for row in rows:
        line = _json([_written(value) for value in row])
        size += len(line)
        if size > BYTES:
            raise TooLarge(f"more than {BYTES} bytes")
        yield line


def _written(value: Any) -> Any:
    """A value of JSON as it is; days, moments, exact numbers and nested ones as a pair of kind and value."""
    if isinstance(value, (date, datetime, Decimal)):
        return [type(value).__name__, str(value)]
    if isinstance(value, (list, tuple, dict)):
        return ["nested", _plain(value)]
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


if __name__ == "__main__":
    main()
