"""What the event stage reaches on the annotated dev articles. Floors only go up."""

from __future__ import annotations

from typing import Any

import pytest

from training.evaluate import annotate, evaluate
from training.gold import SHARED, load_gold

pytestmark = pytest.mark.skipif(not (SHARED / "gold" / "dev").is_dir(), reason="the annotated articles are not here")

NAMES_FOUND = {
    "trigger_f1": 0.58, "event_f1": 0.53, "participant_f1": 0.57, "date_acc": 0.84, "place_acc": 0.75, "status_acc": 0.87,
}  # fmt: skip
NAMES_GIVEN = {
    "trigger_f1": 0.58, "event_f1": 0.53, "participant_f1": 0.59, "date_acc": 0.80, "place_acc": 0.82, "status_acc": 0.87,
}  # fmt: skip


@pytest.mark.parametrize(
    "annotated_names, floors", [(False, NAMES_FOUND), (True, NAMES_GIVEN)], ids=["found names", "annotated names"]
)
def test_events_reach_their_floors(annotated_names: bool, floors: dict[str, float]) -> None:
    items = load_gold("dev")
    found: dict[str, Any] = evaluate(items, [annotate(item, annotated_names) for item in items])[0]
    reached = {name: found[name].get("f1", found[name].get("acc")) for name in floors}
    assert {name: value for name, value in reached.items() if value < floors[name]} == {}
