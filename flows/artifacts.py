"""What a run leaves in the Prefect UI: a summary to read and the validation results as a table."""

from __future__ import annotations

import logging

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.pipeline import RunSummary
from flows.summary import as_markdown
from warehouse.db import reader

_VALIDATIONS = """
    SELECT suite AS "table", rule, severity, bool_and(success) AS holds, sum(unexpected_count)::BIGINT AS broken_by
    FROM validation_results
    WHERE run_id = ?
    GROUP BY ALL
    ORDER BY holds, broken_by DESC NULLS LAST, suite, rule
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
    with reader(summary.home.published) as connection:
        results = connection.sql(_VALIDATIONS, params=[summary.run_id]).pl()
    if results.height:
        create_table_artifact(results.to_dicts(), key="validation", description="What the expectations observed")
