"""The worked questions of docs/sql.md, asked again: writes the answers that a warehouse gives now.

python -m benchmarks.answers HOME
"""

from __future__ import annotations

import argparse
import io
import re
import shlex
from pathlib import Path

import duckdb

from cli.row_formats import render
from warehouse.db import reader
from warehouse.home import Home
from warehouse.queries import load_queries

PAGE = Path(__file__).parent.parent / "docs" / "sql.md"
_SQL = re.compile(r"```sql\n(.+?)\n```", re.DOTALL)
_NAMED = re.compile(r"`warta query (\S+)([^`]*)`")
_ANSWER = re.compile(r"^\|.+\Z", re.DOTALL | re.MULTILINE)


def answered(section: str, connection: duckdb.DuckDBPyConnection) -> str:
    """The section with the table at its end as the warehouse gives it."""
    if written := _SQL.search(section):
        cursor = connection.execute(written[1])
    else:
        name, options = _NAMED.search(section).groups()  # type: ignore[union-attr]
        query = load_queries()[name]
        cursor = connection.execute(query.sql, query.parameters_from(shlex.split(options)))
    table = io.StringIO()
    render([column[0] for column in cursor.description or []], cursor.fetchall(), "md", table)
    return _ANSWER.sub(lambda _: table.getvalue(), section.rstrip() + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    head, *sections = PAGE.read_text("utf-8").split("\n## ")
    with reader(Home(parser.parse_args().home).published) as connection:
        PAGE.write_text("\n## ".join([head, *(answered(section, connection) for section in sections)]), "utf-8")


if __name__ == "__main__":
    main()
