"""Stage 8: a package into the loader's database, in one transaction."""

from __future__ import annotations

from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from warehouse import load as loader
from warehouse.home import Home


@task(name="load", tags={"load"}, cache_policy=NO_CACHE, retries=2, task_run_name="load {folder.name}")
def load(home: Home, folder: Path) -> dict[str, int]:
    """Rows added by table; none where the package was loaded before."""
    return loader.load(home, folder)
