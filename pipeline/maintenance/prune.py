"""What killed runs left behind."""

from __future__ import annotations

from pipeline.shared_storage import SharedStorage
from pipeline.signals import handle_signals
from pipeline.stages import PLAIN, Stages
from warehouse.home import Home, writer_lock


def prune(home: Home, *, storage: str | None = None, wait: float = 0.0, stages: Stages = PLAIN) -> list[str]:
    """Remove what killed runs of this home left in its work folder and under `storage`; returns its names.

    What they had packaged is loaded first. No run of this home is on its way while its lock is held.
    """
    with writer_lock(home, wait), handle_signals():
        left = [path.name for path in home.work.iterdir() if not path.name.startswith(home.loading.name)]
        stages.recover(home)
        shared = SharedStorage.of(home, storage)
        left += shared.packages()
        shared.remove()
    return sorted(left)
