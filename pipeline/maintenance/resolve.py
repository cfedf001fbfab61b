"""Entities and stories joined anew, with the corrections as they are now."""

from __future__ import annotations

from pipeline.signals import handle_signals
from pipeline.stages import PLAIN, Stages
from warehouse.home import Home, writer_lock


def resolve(home: Home, *, wait: float = 0.0, stages: Stages = PLAIN) -> None:
    """Publish what is loaded once more. Raises WarehouseBusy, BadCorrection, PublicationStopped."""
    with writer_lock(home, wait), handle_signals():
        stages.recover(home)
        stages.publish(home)
