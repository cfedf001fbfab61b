"""The environment, read once at the edge."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.outlets import OutletRules
from pipeline.sharing import require_group
from warehouse.db import require_size
from warehouse.errors import WrongUsage

DEFAULT_HOME = "warta-data"
DEFAULT_LANGUAGES = ("id",)
# Validation costs a batch two processor seconds however small it is; an article's annotation costs a twentieth of one.
SMALLEST_BATCH, SMALLEST_OF_A_CLUSTER = 2_500, 500
BATCHES = 20


class Runner(StrEnum):
    """Who annotates: this machine, or a cluster."""

    LOCAL = "local"
    DASK = "dask"
    RAY = "ray"


class UnsafeSetting(WrongUsage):
    """What is asked for would show others what is not theirs."""


@dataclass(frozen=True)
class Settings:
    """What one run is asked to do. `batch_size` None: chosen so that a run stays near a hundred Prefect task runs.

    `wait`: seconds to wait for another run to end. `runner`: who annotates, the processes of this machine or a cluster;
    `cluster`: its address, None for one of our own with `workers` processes. `storage`: where its workers and this
    machine exchange packages, any address that fsspec knows; None for a folder of the home. `retry_rejected`: try
    documents again that this version of warta has rejected; those that another one rejected are always tried again.
    `publish`: whether readers see at once what is loaded; what is not shown, the next run that publishes shows.
    `outlets`: what is known of those of the sources. `languages`: of the articles that are annotated; an article in
    another one is kept as it is. `share`: the group that may read what is published; raises CannotShare where files
    cannot be given to it. `memory`: what the database may take; None: a quarter of the machine's.

    Raises UnsafeSetting where an address has a password or a query in it, which Prefect would keep among the parameters
    of the run, and where Ray would be started here, since it listens on the machine's address, whatever it is told.
    """

    sources: tuple[str, ...]
    home: Path
    workers: int
    batch_size: int | None = None
    dry_run: bool = False
    wait: float = 0.0
    runner: Runner = Runner.LOCAL
    cluster: str | None = None
    storage: str | None = None
    retry_rejected: bool = False
    outlets: OutletRules = OutletRules()  # noqa: RUF009  # frozen
    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    share: str | None = None
    publish: bool = True
    memory: str | None = None

    def __post_init__(self) -> None:
        for name, address in (("storage", self.storage), ("cluster", self.cluster)):
            if address and _may_hold_secrets(address):
                raise UnsafeSetting(
                    f"{name}: credentials belong in the environment, not in the address; it takes no user and no query"
                )
        if self.runner is Runner.RAY and not self.cluster:
            raise UnsafeSetting("ray: name its --cluster; started here, it would be open to the network")
        if self.share is not None:
            require_group(self.share)
        if self.memory is not None:
            require_size(self.memory)

    def batch_size_for(self, documents: int) -> int:
        """Articles a package; on a cluster no fewer than two batches for each worker, where they are worth the way."""
        if self.runner is Runner.LOCAL:
            smallest, batches = SMALLEST_BATCH, BATCHES
        else:
            smallest, batches = SMALLEST_OF_A_CLUSTER, max(BATCHES, 2 * self.workers)
        return self.batch_size or max(smallest, -(-documents // batches))


def _may_hold_secrets(address: str) -> bool:
    """Whether an address has a user or a query: in that stand tokens and signatures under any name.

    Addresses of fsspec may be chained (`simplecache::s3://bucket`). What has no scheme is a folder of any name.
    """
    parts = [urlsplit(part) for part in address.split("::") if "://" in part]
    return any("@" in part.netloc or ((part.query or part.fragment) and part.scheme != "file") for part in parts)


def home_from_environment() -> Path:
    return Path(os.environ.get("WARTA_HOME", DEFAULT_HOME))


def cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0))
