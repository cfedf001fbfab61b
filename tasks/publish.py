"""Stage 9: what is loaded becomes what readers see."""

from __future__ import annotations

from prefect import task
from prefect.cache_policies import NO_CACHE

from warehouse import publish as publisher
from warehouse.home import Home


@task(name="publish", tags={"publish"}, cache_policy=NO_CACHE, retries=2)
def publish(home: Home) -> None:
    """Swap in a new snapshot."""
    publisher.publish(home)
