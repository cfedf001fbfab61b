"""Writes what the fault matrix has shown into docs/reliability.md: `python tests/faults/table.py`."""

from __future__ import annotations

from pathlib import Path

import ledger

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- made by tests/faults/table.py -->\n", "<!-- end -->\n"


def table() -> str:
    lines = ["| fault | times | what came of it |", "| --- | ---: | --- |"]
    for row, counts in sorted(ledger.totals().items()):
        shown = ", ".join(f"{what} {count}" for what, count in sorted(counts.items()))
        lines.append(f"| {row} | {counts.total()} | {shown} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(before + BEGIN + table() + END + after, "utf-8")


if __name__ == "__main__":
    main()
