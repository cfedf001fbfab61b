"""A run's end on one screen, for the terminal, for the Prefect UI and for programs."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.settings import DEFAULT_HOME, DEFAULT_LANGUAGES
from pipeline.sources import Missing
from warehouse.home import Home
from warta.readers import formats

_QUESTIONS = (
    "SELECT speaker_name, count(*) AS quotes FROM quotes GROUP BY ALL ORDER BY quotes DESC LIMIT 10",
    "SELECT type, status, count(*) AS events FROM events GROUP BY ALL ORDER BY events DESC LIMIT 10",
    "SELECT name, type, article_count FROM entities ORDER BY article_count DESC LIMIT 10",
)


@dataclass
class RunSummary:
    """What a run did: documents by state, rows added by table, seconds by stage, what was wrong with its input.

    `languages` are those whose articles it annotated, `not_annotated` counts the articles in others.
    """

    run_id: str
    home: Home
    documents: int = 0
    accepted: int = 0
    duplicates: int = 0
    rejected: int = 0
    known: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    missing: list[Missing] = field(default_factory=list)
    rejections: list[dict[str, Any]] = field(default_factory=list)
    dry_run: bool = False
    unchanged: bool = False
    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    not_annotated: Counter[str] = field(default_factory=Counter)

    @property
    def clean(self) -> bool:
        """Whether all input was accepted."""
        return not (self.rejected or self.rows["rejects"] or any(missing.is_wrong for missing in self.missing))

    def count(self, by_status: dict[str, int]) -> None:
        self.accepted = by_status.get("accepted", 0)
        self.duplicates = by_status.get("duplicate", 0)
        self.rejected = by_status.get("rejected", 0)
        self.documents = self.accepted + self.duplicates + self.rejected

    def count_languages(self, frames: Mapping[str, pl.DataFrame]) -> None:
        """Count the articles of a package that are kept without annotation."""
        if "articles" in frames:
            self.not_annotated.update(frames["articles"].filter(~pl.col("annotated"))["language"])

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the seconds of the block to those of the stage."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds[stage] += time.monotonic() - began


def nothing_read(home: Home, missing: list[Missing], *, dry_run: bool) -> RunSummary:
    """What there is to say where none of the sources exists: no run took place."""
    return RunSummary("", home, missing=missing, dry_run=dry_run)


def as_dict(summary: RunSummary) -> dict[str, Any]:
    return {
        "run_id": summary.run_id,
        "warehouse": str(summary.home.published),
        "dry_run": summary.dry_run,
        "documents": summary.documents,
        "accepted": summary.accepted,
        "duplicates": summary.duplicates,
        "rejected": summary.rejected,
        "known": summary.known,
        "rows": dict(summary.rows),
        "not_annotated": dict(summary.not_annotated),
        "seconds": {stage: round(seconds, 3) for stage, seconds in summary.seconds.items()},
        "problems": problems(summary),
    }


def as_json(summary: RunSummary) -> str:
    return json.dumps(as_dict(summary), indent=1)


def problems(summary: RunSummary) -> list[str]:
    """What was not accepted, a sentence each."""
    return [missing.detail for missing in summary.missing] + [problem(r) for r in summary.rejections]


def first_problems(summary: RunSummary, most: int = 50) -> list[str]:
    """Of many problems the first, and how to see the others; once, what is read, where something was not."""
    found = problems(summary)
    more = [f"... and {len(found) - most:,} more: `warta query rejected` lists them"] if len(found) > most else []
    is_unknown = any(rejection["reason"].startswith("unknown_file_type") for rejection in summary.rejections)
    return found[:most] + more + ([formats.LIST] if is_unknown else [])


def problem(rejection: dict[str, Any]) -> str:
    """One sentence: where, and what was wrong."""
    at = f", {rejection['locator']}" if rejection["locator"] else ""
    return f"{rejection['source_uri']}{at}: {rejection['reason']}"


def counts(summary: RunSummary) -> str:
    """Documents by state."""
    return (
        f"{summary.documents:,} = {summary.accepted:,} accepted + {summary.duplicates:,} duplicate"
        f" + {summary.rejected:,} rejected; {summary.known:,} of them known before"
    )


def other_languages(summary: RunSummary) -> str:
    """How many articles are in languages that were not asked for."""
    found = summary.not_annotated
    number, verb = ("1 article", "is") if found.total() == 1 else (f"{found.total():,} articles", "are")
    asked = "Indonesian" if summary.languages == DEFAULT_LANGUAGES else " or ".join(summary.languages)
    each = ", ".join(f"{count:,} {code}" for code, count in sorted(found.items(), key=lambda one: (-one[1], one[0])))
    told = f"{number} {verb} not in {asked} ({each}) and {verb} kept without annotation"
    return f"{told}; `warta query languages` lists them"


def _facts(summary: RunSummary) -> list[tuple[str, str]]:
    rows = ", ".join(f"{name} {count:,}" for name, count in sorted(summary.rows.items()) if count)
    seconds = ", ".join(f"{name} {value:.1f} s" for name, value in summary.seconds.items() if value >= 0.05)
    planned = " (dry run: nothing was written)" if summary.dry_run else ""
    return [
        ("documents", counts(summary) + planned),
        *([("languages", other_languages(summary))] if summary.not_annotated else []),
        ("rows added", rows or "none"),
        ("time", seconds),
        ("warehouse", f"{summary.home.published}{', which stays as it was' if summary.unchanged else ''}"),
    ]


def as_text(summary: RunSummary) -> str:
    lines = [f"{name:<11} {value}" for name, value in _facts(summary)]
    if not summary.dry_run:
        lines += ["", "Try:"] + [f'  {_ask(summary.home.root)} "{question}"' for question in _QUESTIONS]
    return "\n".join(lines)


def _ask(home: Path) -> str:
    """`warta sql` as the user can type it here."""
    program = "warta" if shutil.which("warta") else os.path.relpath(sys.argv[0])
    option = "" if home == Path(DEFAULT_HOME).resolve() else f" --home {shlex.quote(str(home))}"
    return f"{program} sql{option}"


def as_markdown(summary: RunSummary, most: int = 50) -> str:
    """File names are untrusted: they stand in code blocks, where nothing is interpreted."""
    lines = [f"# Run {summary.run_id}", "", "| | |", "| --- | --- |"]
    lines += [f"| {name} | {value} |" for name, value in _facts(summary)]
    if found := problems(summary):
        shown = "\n".join(text.replace("`", "'").replace("\n", " ") for text in found[:most])
        lines += ["", f"## Not accepted: {len(found)}", "", "```", shown, "```"]
    return "\n".join(lines) + "\n"
