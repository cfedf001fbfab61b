"""The Prefect flow that writes the report of the last days, so that it lies there when people come to work."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_link_artifact

from explorer.reports import report as write_report
from pipeline.settings import DEFAULT_HOME
from warehouse.home import Home


@flow(
    name="report",
    flow_run_name="report {home}",
    description="What the last seven days brought, as a page to be mailed and as Markdown.",
)
def report(
    home: str = DEFAULT_HOME, since: date | None = None, until: date | None = None, language: str = "id"
) -> None:
    """Write the report into `reports/` of the home.

    Args:
        home: The folder that holds the packages and the published warehouse.
        since: The first day; six days before the last one if empty.
        until: The last day; that of the newest article if empty.
        language: Language of headings and labels: id or en.
    """
    folder = Home(Path(home).resolve())
    for path in write_report(folder.published, folder.root / "reports", since, until, language):
        key = f"report-{path.suffix[1:]}"
        create_link_artifact(path.as_uri(), key=key, link_text=path.name, description="What the period brought")
