"""Prints, as JSON, every regular expression that our own code compiles while it is imported and annotates the samples.

To be run in a process of its own, before anything is compiled and cached.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
OWN = ("warta", "warehouse", "expectations")

_compile = re._compile  # type: ignore[attr-defined]
found: dict[str, list] = {}


def _recording(pattern: str | bytes | re.Pattern, flags: int = 0) -> re.Pattern:
    compiled: re.Pattern = _compile(pattern, flags)
    frame = sys._getframe(1)
    while frame.f_back and frame.f_code.co_filename == re.__file__:
        frame = frame.f_back
    path = Path(frame.f_code.co_filename)
    if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in OWN:
        text = compiled.pattern if isinstance(compiled.pattern, str) else compiled.pattern.decode("latin-1")
        found[text] = [str(path.relative_to(ROOT)), text, compiled.flags & ~re.UNICODE, isinstance(pattern, bytes)]
    return compiled


def main() -> None:
    sys.path.insert(0, str(ROOT))
    re._compile = _recording  # type: ignore[attr-defined]
    for name in OWN:
        for module in pkgutil.walk_packages([str(ROOT / name)], f"{name}."):
            importlib.import_module(module.name)
    import warta

    for path in sorted((ROOT / "samples").iterdir()):
        for article in warta.read(path):
            if isinstance(article, warta.Article):
                warta.annotate(article)
    print(json.dumps(list(found.values())))


if __name__ == "__main__":
    main()
