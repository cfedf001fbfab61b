"""Write docs/events.md from the word lists, so that the page never says anything else than the program does.

python -m training.document_events            write it
python -m training.document_events --check    exit with 1 if the page is out of date
"""

from __future__ import annotations

import sys
from pathlib import Path

from warta.events.types import EventType, event_types
from warta.lang import load

PAGE = Path(__file__).resolve().parents[1] / "docs" / "events.md"
INTRODUCTION = """\
# Event types

Generated from `warta/lang/id/event_types.yml` and `event_triggers.yml` by `python -m training.document_events`.

An event is something that happened, is planned, is denied or is possible, named by one word of a sentence. `warta`
tells 34 types: the 16 of PLOVER and 18 civil ones that PLOVER and CAMEO lack. The columns `plover_type` and
`cameo_root` join them with POLECAT and GDELT; they are empty where those systems have nothing of the kind.

Verbs stand here by their stem: `tangkap` means *menangkap, ditangkap, tertangkap, tangkap, penangkapan*, and
`salur+kan` *menyalurkan, disalurkan, tersalurkan, salurkan, penyaluran*. The words after "only in context" mean
something else more often than an event of the type.
"""


def _section(name: str, kind: EventType) -> str:
    lists = load("id", "event_triggers")[name]
    mode = f" ({kind.plover_mode})" if kind.plover_mode else ""
    mapping = f"PLOVER {kind.plover_type}{mode}" if kind.plover_type else "PLOVER: none"
    cameo = f"CAMEO root {kind.cameo_root}" if kind.cameo_root else "CAMEO: none"
    entries = [*lists["stems"], *lists["words"]]
    firm = ", ".join(e for e in entries if not e.endswith("~"))
    weak = ", ".join(e.rstrip("~") for e in entries if e.endswith("~"))
    example = kind.example.replace("[", "**").replace("]", "**")
    lines = [
        f"## {name}",
        "",
        f"{kind.definition[0].upper()}{kind.definition[1:]}. {mapping}; {cameo}.",
        "",
        f"> {example}",
        "",
        f"Words: {firm}.",
    ]
    if weak:
        lines += ["", f"Only in context: {weak}."]
    return "\n".join(lines)


def page() -> str:
    """The text of docs/events.md."""
    return "\n\n".join([INTRODUCTION.rstrip(), *(_section(name, kind) for name, kind in event_types().items())]) + "\n"


def main() -> int:
    if "--check" in sys.argv:
        return 0 if PAGE.read_text("utf-8") == page() else 1
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
