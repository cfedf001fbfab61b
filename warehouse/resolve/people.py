"""People, article by article: a first name alone needs an office beside it, and two people may share a full name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import duckdb
import polars as pl

from warehouse.ids import stable_id
from warehouse.resolve.scripts import run, sql, temp_table
from warehouse.resolve.union_find import UnionFind

_FETCHED = 10_000
_BY_PERSON = dict.fromkeys(("article_id", "local_id", "key", "rule", "because"), pl.String)
_APART = dict.fromkeys(("root", "node", "key", "because"), pl.String)


class Node(NamedTuple):
    """Articles of one name (`root`) that are of one person: those with an office, or a single one without.

    `node`: the office, or the article after a `/`; `tied_to`: another node of the same person; `articles`: how many;
    `first`: the smallest id of them.
    """

    root: str
    node: str
    tied_to: str
    articles: int = 0
    first: str = ""


class Apart(NamedTuple):
    """The articles of a node are not of the one who has the name's entity, but of `key`."""

    root: str
    node: str
    key: str
    because: str


def gather_people(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring into the temporary tables `people` and `held` what articles say of the names in `wanted`, each once."""
    run(connection, "wanted")
    if connection.execute("SELECT count(*) FROM fresh").fetchall() != [(0,)]:
        run(connection, "people")


def link_people(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table `by_person`: what an article says of a person beside what the name says."""
    temp_table(connection, "by_person", pl.DataFrame(schema=_BY_PERSON))
    run(connection, "short_names", "namesakes")
    by_root = groupby(_nodes(connection), attrgetter("root"))
    apart = [link for _, nodes in by_root for link in separate_namesakes(list(nodes))]
    temp_table(connection, "apart", pl.DataFrame(apart, schema=_APART, orient="row"))
    run(connection, "apart")


def _nodes(connection: duckdb.DuckDBPyConnection) -> Iterator[Node]:
    found = connection.execute(sql("nodes"))
    while rows := found.fetchmany(_FETCHED):
        yield from map(Node._make, rows)


def separate_namesakes(nodes: list[Node]) -> Iterator[Apart]:
    """Two people with one full name: groups of articles that share neither an office nor co-mentions.

    The group with the most articles keeps the name's entity; another one leaves it only where both hold offices
    that have no word in common.
    """
    largest, *others = _groups(nodes)
    offices_of_largest = _words(largest)
    for group in others:
        words = _words(group)
        if words and offices_of_largest and not words & offices_of_largest:
            key = stable_id(group[0].root, "apart", _first(group))
            because = f"other office and company: {', '.join(sorted(_offices(group)))}"
            yield from (Apart(node.root, node.node, key, because) for node in group if node.articles)


def _groups(nodes: list[Node]) -> list[list[Node]]:
    """Nodes of one person each; those with the most articles first."""
    joined = UnionFind()
    for node in nodes:
        joined.join(node.node, node.tied_to)
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        groups[joined.of(node.node)].append(node)
    return sorted(groups.values(), key=lambda group: (-sum(node.articles for node in group), _first(group)))


def _first(group: Iterable[Node]) -> str:
    return min(node.first for node in group if node.articles)


def _offices(group: Iterable[Node]) -> set[str]:
    return {node.node for node in group if not node.node.startswith("/")}


def _words(group: Iterable[Node]) -> set[str]:
    return {word for office in _offices(group) for word in office.split()}
