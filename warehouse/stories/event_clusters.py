"""Events that several articles tell, as one cluster: a story."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from warehouse.resolve.union_find import UnionFind

_SHARED_SIGNS = Path(__file__).with_name("event_clusters.sql")


def make_event_clusters(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table `event_clusters` (event_id, cluster_id); an event that stands alone has no row.

    Needs `current` and the resolved `entity_links`, `entity_mentions` and `event_participants`.
    """
    clusters = UnionFind()
    events = set()
    for (together,) in connection.execute(_SHARED_SIGNS.read_text("utf-8")).fetchall():
        events.update(together)
        for event in together[1:]:
            clusters.join(together[0], event)
    rows = [(event, clusters.of(event)) for event in sorted(events)]
    frame = pl.DataFrame(rows, schema={"event_id": pl.String, "cluster_id": pl.String}, orient="row")
    connection.register("given", frame.to_arrow())
    connection.execute("CREATE OR REPLACE TEMP TABLE event_clusters AS FROM given")
    connection.unregister("given")
