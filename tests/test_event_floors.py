"""What the event stage reaches on the annotated dev articles. Floors only go up."""

from __future__ import annotations

from typing import Any

import pytest

from training.evaluate import annotate, evaluate
from training.gold import SHARED, load_gold

pytestmark = pytest.mark.skipif(not (SHARED / "gold" / "dev").is_dir(), reason="the annotated articles are not here")

FLOORS = {  # with found names, with the annotated names
    "trigger_f1": (0.59, 0.60),
    "event_f1": (0.54, 0.55),
    "participant_f1": (0.59, 0.60),
    "date_acc": (0.82, 0.83),
    "place_acc": (0.80, 0.86),
    "status_acc": (0.88, 0.88),
}


@pytest.mark.parametrize("annotated_names", [False, True], ids=["found names", "annotated names"])
def test_events_reach_their_floors(annotated_names: bool) -> None:
    items = load_gold("dev")
    found: dict[str, Any] = evaluate(items, [annotate(item, annotated_names) for item in items])[0]
    reached = {name: found[name].get("f1", found[name].get("acc")) for name in FLOORS}
    assert {name: value for name, value in reached.items() if value < FLOORS[name][annotated_names]} == {}
