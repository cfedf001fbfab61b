"""What runs have loaded without showing it is shown."""

from __future__ import annotations

from pipeline.publish import is_published
from pipeline.signals import handle_signals
from pipeline.stages import PLAIN, Stages
from warehouse.home import Home, writer_lock


def publish_loaded(home: Home, *, wait: float = 0.0, stages: Stages = PLAIN) -> bool:
    """Publish what is loaded where readers do not see all of it; was there any? Raises as `publish` does."""
    with writer_lock(home, wait), handle_signals():
        stages.recover(home)
        if is_published(home):
            return False
        stages.publish(home)
        return True
