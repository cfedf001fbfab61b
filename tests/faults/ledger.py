"""What the fault matrix has shown so far: a line a case in `.faults/results.jsonl`, so that a run of it can go on."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

RESULTS = Path(__file__).parents[2] / ".faults" / "results.jsonl"


def done() -> list[dict]:
    """All cases that were shown, the oldest first."""
    return [json.loads(line) for line in RESULTS.read_text().splitlines()] if RESULTS.exists() else []


def skip_if_done(case: str) -> None:
    """Pass over a case of the whole matrix that an earlier `make faults` has shown."""
    if any(row["case"] == case for row in done()):
        pytest.skip("shown before; remove .faults/ to begin anew")


def shown(case: str, row: str, counts: dict[str, int]) -> None:
    """Keep that `case` held; `row` is its line in the table of docs/reliability.md, `counts` what is added up there."""
    RESULTS.parent.mkdir(exist_ok=True)
    with RESULTS.open("a") as file:
        file.write(json.dumps({"case": case, "row": row, "counts": counts}) + "\n")


def totals() -> dict[str, Counter[str]]:
    """The counts of every row of the table."""
    found: dict[str, Counter[str]] = {}
    for case in {row["case"]: row for row in done()}.values():
        found.setdefault(case["row"], Counter()).update(case["counts"])
    return found
