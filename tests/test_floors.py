"""Quality on the annotated development articles, as read from a warehouse. The floors only go up."""

from __future__ import annotations

from typing import Any

import pytest

from flows.pipeline import RunSummary
from training.gold import SHARED, scorer

FLOORS = {
    "ner_f1": 0.65,
    "coref_b3": 0.95,
    "direct_f1": 0.97,
    "indirect_f1": 0.55,
    "speaker_acc": 0.80,
    "attributed_f1": 0.60,
    "trigger_f1": 0.40,
    "event_f1": 0.35,
    "participant_f1": 0.35,
    "date_acc": 0.60,
    "place_acc": 0.55,
    "status_acc": 0.80,
}


@pytest.fixture(scope="module")
def figures(detik_run: RunSummary) -> dict[str, float]:
    module = scorer()
    found: dict[str, Any] = module.score(
        SHARED / "gold" / "dev", module.load_predictions(str(detik_run.home.published))
    )
    assert found["articles_missing"] == 0
    return {
        name: value.get("f1", value.get("acc")) if isinstance(value, dict) else value for name, value in found.items()
    }


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_floor(figures: dict[str, float], name: str, floor: float) -> None:
    assert figures[name] >= floor
