"""Language knowledge as data. `load("id", "abbreviations")` reads `warta/lang/id/abbreviations.yml` once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def load(language: str, name: str) -> Any:
    """The parsed YAML file `warta/lang/<language>/<name>.yml`; raises FileNotFoundError where there is none."""
    text = resources.files("warta.lang").joinpath(language, f"{name}.yml").read_text("utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
