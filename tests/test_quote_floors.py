"""What the quote stage reaches on the annotated dev articles. Floors only go up."""

from __future__ import annotations

from typing import Any

import pytest

from training.evaluate import evaluate, use_gold_names
from training.gold import SHARED, load_gold
from warta.annotate import STAGES
from warta.records import Document

pytestmark = pytest.mark.skipif(not (SHARED / "gold" / "dev").is_dir(), reason="the annotated articles are not here")


def figures(annotated_names: bool) -> dict[str, float]:
    items = load_gold("dev")
    documents = [Document(item.article) for item in items]
    for item, document in zip(items, documents, strict=True):
        STAGES["sentences"](document)
        if annotated_names:
            use_gold_names(document, item)
        else:
            STAGES["names"](document)
        STAGES["quotes"](document)
    found: dict[str, Any] = evaluate(items, documents)[0]
    return {key: found[key]["f1"] for key in ("direct_f1", "indirect_f1", "attributed_f1")} | {
        "speaker_acc": found["speaker_acc"]["acc"]
    }


@pytest.mark.parametrize(
    "annotated_names, floors",
    [
        (True, {"direct_f1": 0.99, "indirect_f1": 0.87, "speaker_acc": 0.95, "attributed_f1": 0.89}),
        (False, {"direct_f1": 0.99, "indirect_f1": 0.87, "speaker_acc": 0.90, "attributed_f1": 0.85}),
    ],
    ids=["annotated names", "found names"],
)
def test_quotes_and_speakers_reach_their_floors(annotated_names: bool, floors: dict[str, float]) -> None:
    reached = figures(annotated_names)
    assert {key: value for key, value in reached.items() if value < floors[key]} == {}
