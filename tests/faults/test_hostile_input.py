"""Collections of hostile files beside good articles in one run: each ends as expected, and no good one is lost."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

import articles
import ledger
from disturbed import can_fail, disturbed_run, whatever_happens, wrong
from pipeline.sources import file_uri
from warehouse.db import reader
from warehouse.home import Home

# A file may be sound and hold no article.
NO_ARTICLE = {"no_text", "no_text_column", "empty", "unknown_file_type", "binary_content"}
OUR_FAULT = {"internal_error", "worker_died", "timeout", "out_of_memory"}


def taken(home: Home, *sources: Path, said: Path) -> tuple[int, float]:
    """Exit code and seconds of a run."""
    began = time.monotonic()
    with whatever_happens(disturbed_run(home.root, *sources, said=said, batch_size=1000)) as run:
        code = run.ended(within=3600)
        assert run.orphans() == []
    return code, time.monotonic() - began


def outcomes(home: Home) -> dict[str, set[str]]:
    """What became of the documents of each file: their states, or the reasons of those that were rejected."""
    found: dict[str, set[str]] = {}
    with reader(home.published) as connection:
        rows = connection.execute(
            "SELECT source_uri, coalesce(split_part(reason, ':', 1), status) FROM documents"
        ).fetchall()
    for uri, outcome in rows:
        found.setdefault(uri, set()).add(outcome)
    return found


def as_expected(expected: str, found: set[str]) -> bool:
    if not found or found & OUR_FAULT:
        return False
    match expected:
        case "reject":
            return not found & {"accepted", "duplicate"}
        case "accept":
            return found <= NO_ARTICLE | {"accepted", "duplicate"}
    return True


@pytest.mark.whole
def test_hostile_files_beside_good_ones(tmp_path: Path, shared: Path) -> None:
    ledger.skip_if_done("hostile files")
    can_fail()
    hostile, said = shared / "badinputs", tmp_path / "said"
    good = articles.write(tmp_path / "good.jsonl", 500)
    code, alone = taken(Home(tmp_path / "alone"), good, said=said)
    assert code == 0
    home = Home(tmp_path / "home")
    code, beside = taken(home, good, hostile, said=said)
    assert code == 1 and "Traceback" not in said.read_text() and wrong(home) == []
    found = outcomes(home)
    assert found[file_uri(good)] == {"accepted"}
    rows = [line.split("\t") for line in (hostile / "MANIFEST.tsv").read_text().splitlines()[1:]]
    wrongly = {
        name: found.get(file_uri(hostile / name), set())
        for name, _, _, expected, *_ in rows
        if not as_expected(expected, found.get(file_uri(hostile / name), set()))
    }
    assert wrongly == {}
    per_percent = (beside / alone - 1) / (100 * len(rows) / 500)
    assert per_percent < 0.1, "a hundredth of hostile files costs more than a tenth of the time"
    ledger.shown("hostile files", "hostile files", Counter({"as expected": len(rows), "good articles lost": 0}))
