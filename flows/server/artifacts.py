"""What a run leaves in the Prefect UI: a summary to read, the validation results as a table, a plot of its days."""

from __future__ import annotations

import logging

from prefect.artifacts import create_image_artifact, create_markdown_artifact, create_table_artifact

from explorer.charts import bars_svg, data_url
from pipeline.summary import RunSummary, as_markdown
from warehouse.db import reader

_VALIDATIONS = """
    SELECT table_name AS "table", rule, severity, holds, unexpected_rows AS broken_by, detail
    FROM mart_data_quality
    WHERE run_id = ?
    ORDER BY holds, broken_by DESC NULLS LAST, table_name, rule
"""

_DAYS = """
    SELECT published_date, coalesce(quotes, 0), coalesce(events, 0)
    FROM (SELECT DISTINCT published_date FROM articles WHERE published_date IS NOT NULL)
    LEFT JOIN (SELECT published_date, count(*) AS quotes FROM quotes JOIN articles USING (article_id) GROUP BY ALL)
        USING (published_date)
    LEFT JOIN (SELECT published_date, count(*) AS events FROM events JOIN articles USING (article_id) GROUP BY ALL)
        USING (published_date)
    ORDER BY published_date DESC
    LIMIT 60
"""

log = logging.getLogger("warta")


def publish_artifacts(summary: RunSummary) -> None:
    """Make the artifacts of this flow run. Article text is not put into them.

    The work is done and published by now: a server that does not take them is only worth a warning.
    """
    try:
        _publish(summary)
    except Exception as error:
        log.warning("the run's artifacts could not be made: %s", error)


def _publish(summary: RunSummary) -> None:
    create_markdown_artifact(as_markdown(summary), key="run-summary", description="What this run did")
    if not summary.home.published.exists():
        return  # the run was not to publish
    with reader(summary.home.published) as connection:
        results = connection.sql(_VALIDATIONS, params=[summary.run_id]).pl()
        days = connection.sql(_DAYS).fetchall()[::-1]
    if results.height:
        create_table_artifact(
            results.to_dicts(), key="validation", description="What the expectations observed, and the run as a whole"
        )
    if days:
        picture = data_url(bars_svg(days, ("quotes a day", "events a day")))
        create_image_artifact(
            picture, key="days", description="Quotes and events by day of publication, the last 60 days"
        )
