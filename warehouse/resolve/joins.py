"""Names that are one thing, in the order of the rules: same but for form, short forms, shorter names."""

from __future__ import annotations

import duckdb
import polars as pl

from warehouse.resolve.people import gather_people
from warehouse.resolve.scripts import run, sql, temp_table
from warehouse.resolve.union_find import UnionFind

_JOINED = dict.fromkeys(("key", "root", "rule", "because"), pl.String)


class Joins:
    """Keys that are one thing, and why. The temporary table `joined` says it to the rules that come after."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._sets = UnionFind()
        self._reasons: dict[str, tuple[str, str]] = {}

    def of(self, key: str) -> str:
        """The key that stands for this one and all that it was joined with."""
        return self._sets.of(key)

    def apply(self, rule: str) -> None:
        """Join what the query of a rule finds: rows of key, other key and reason. The first reason of a key counts."""
        for key, other, because in self._connection.execute(sql(rule)).fetchall():
            self._reasons.setdefault(key, (rule, because))
            self._sets.join(key, other)
        joined = sorted({*self._reasons, *self._sets.moved()})
        rows = [(key, self.of(key), *self._reasons.get(key, (None, None))) for key in joined]
        temp_table(self._connection, "joined", pl.DataFrame(rows, schema=_JOINED, orient="row"))


def join_names(connection: duckdb.DuckDBPyConnection) -> Joins:
    """Make `kept.joined` of the kept names; the temporary table `former_joined` tells what is another than before."""
    joins = Joins(connection)
    joins.apply("form")
    joins.apply("short_form")
    run(connection, "parts", "asked_pairs")
    gather_people(connection)
    run(connection, "signs")
    joins.apply("shorter_name")
    run(connection, "joined")
    return joins
