"""Events that several articles tell, as one cluster: a story."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from warehouse.resolve.union_find import UnionFind

_FOLDER = Path(__file__).parent


def make_event_clusters(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table `event_clusters` (event_id, cluster_id); an event that stands alone has no row.

    Needs `current`, the resolved `entity_links`, and `article_entities`, `entity_mentions` and `event_participants` as
    they are published. Keeps `kept.common_entities` for the next time.
    """
    _run(connection, "dated_events")
    connection.execute("CREATE OR REPLACE TEMP TABLE asked_events AS FROM dated_events")
    _cluster(connection)


def make_event_clusters_again(connection: duckdb.DuckDBPyConnection) -> None:
    """The same, but only of events whose cluster can be another one since the articles of `touched_now` changed.

    Needs the published `events` and `articles` as they were; `asked_events` is left for the caller.
    """
    _run(connection, "dated_events")
    _run(connection, "events_near")
    _cluster(connection)


def _run(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute((_FOLDER / f"{name}.sql").read_text("utf-8"))


def _cluster(connection: duckdb.DuckDBPyConnection) -> None:
    clusters = UnionFind()
    events = set()
    for (together,) in connection.execute((_FOLDER / "event_clusters.sql").read_text("utf-8")).fetchall():
        events.update(together)
        for event in together[1:]:
            clusters.join(together[0], event)
    rows = [(event, clusters.of(event)) for event in sorted(events)]
    frame = pl.DataFrame(rows, schema={"event_id": pl.String, "cluster_id": pl.String}, orient="row")
    connection.register("given", frame.to_arrow())
    connection.execute("CREATE OR REPLACE TEMP TABLE event_clusters AS FROM given")
    connection.unregister("given")
    connection.execute("CREATE SCHEMA IF NOT EXISTS kept")
    connection.execute("CREATE OR REPLACE TABLE kept.common_entities AS FROM common_entities")
