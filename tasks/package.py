"""Stage 7: an immutable package of the validated rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
from prefect import task
from prefect.cache_policies import NO_CACHE

from warehouse import package as packages
from warehouse.home import Home


@task(name="package", tags={"package"}, cache_policy=NO_CACHE, retries=2, task_run_name="package {package_id}")
def package(home: Home, package_id: str, run_id: str, frames: dict[str, pl.DataFrame], about: dict[str, Any]) -> Path:
    """Write the package and return its folder."""
    return packages.write(home, package_id, run_id, frames, about)
