"""Events that are told in several articles, as one story."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from warehouse.resolve.groups import Groups

_SIGNS = Path(__file__).with_name("events.sql")


def find(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table `event_stories` (event_id, cluster_id); an event that stands alone has no row.

    Needs `loaded` and the resolved `entity_links`, `entity_mentions` and `event_participants`.
    """
    shared = f"""
        SELECT list(event_id ORDER BY event_id) FROM ({_SIGNS.read_text("utf-8")})
        GROUP BY sign HAVING count(DISTINCT event_id) > 1
    """
    groups = Groups()
    events = set()
    for (together,) in connection.execute(shared).fetchall():
        events.update(together)
        for event in together[1:]:
            groups.join(together[0], event)
    rows = [(event, groups.of(event)) for event in sorted(events)]
    frame = pl.DataFrame(rows, schema={"event_id": pl.String, "cluster_id": pl.String}, orient="row")
    connection.register("given", frame.to_arrow())
    connection.execute("CREATE OR REPLACE TEMP TABLE event_stories AS FROM given")
    connection.unregister("given")
