"""Language knowledge as data. `load("id", "abbreviations")` reads `warta/lang/id/abbreviations.yml` once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def load(language: str, name: str) -> Any:
    """The parsed YAML file `warta/lang/<language>/<name>.yml`; raises FileNotFoundError where there is none."""
    text = resources.files("warta.lang").joinpath(language, f"{name}.yml").read_text("utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def alternatives(words: Iterable[str]) -> str:
    """What stands between the brackets of a pattern that matches one of these words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
