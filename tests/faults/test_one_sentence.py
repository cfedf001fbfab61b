"""A page without full stops or capitals is one sentence: no stage takes more than linear time for it."""

from __future__ import annotations

import time

import pytest

from warta.chain import STAGES
from warta.model import shipped
from warta.records import Article, Document

# As in test_patterns: four times the text takes four times as long in linear time, sixteen times in quadratic.
LENGTH, LONGER, TOO_LONG, QUICK = 8_000, 4, 8, 0.1
UNITS = [
    "polisi menangkap Budi di Jakarta kemarin dan ", "menurut Budi, menurut dia, ", "Senin (12/11/2026) ",
    "kata Budi Santoso, ", '"Ya," katanya, ', "Badan Usaha Milik Desa (BUMD) ", "menurut dia ia mengatakan ",
    "Rp 1.000.000 ", "Jakarta, Bandung, ", "dua puluh ",
]  # fmt: skip


def seconds(unit: str, length: int) -> dict[str, float]:
    """Of every stage."""
    document = Document(Article("x", unit * (length // len(unit))))
    found: dict[str, float] = {}
    for name, stage in STAGES.items():
        began = time.thread_time()
        stage(document, shipped())
        found[name] = time.thread_time() - began
    return found


@pytest.mark.parametrize("unit", UNITS)
def test_linear_time(unit: str) -> None:
    seconds(unit, LENGTH)  # caches are filled
    for _ in range(3):  # a busy machine is asked again
        short, long = seconds(unit, LENGTH), seconds(unit, LONGER * LENGTH)
        slow = [name for name, took in long.items() if took > QUICK and took > TOO_LONG * short[name]]
        if not slow:
            return
    pytest.fail(f"{slow}: {short} and {long}")
