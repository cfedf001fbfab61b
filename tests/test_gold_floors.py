"""What the names and coreference stages reach on the annotated dev articles. Floors only go up."""

from __future__ import annotations

import pytest

from training.evaluate import evaluate
from training.gold import SHARED, load_gold
from warta.annotate import STAGES
from warta.records import Document

pytestmark = pytest.mark.skipif(not (SHARED / "gold" / "dev").is_dir(), reason="the annotated articles are not here")


def test_floors() -> None:
    items = load_gold("dev")
    documents = [Document(item.article) for item in items]
    for document in documents:
        STAGES["sentences"](document)
        STAGES["names"](document)
    figures, _ = evaluate(items, documents)
    assert figures["ner_f1"]["f1"] >= 0.80
    assert figures["coref_b3"] >= 0.97
