"""Versions of warta and of the libraries that shape its rows."""

from __future__ import annotations

import importlib.metadata

_LIBRARIES = ("warta", "duckdb", "polars", "great-expectations", "prefect", "trafilatura", "ftfy")


def versions() -> dict[str, str]:
    """Installed version by name; kept with every package and every run."""
    return {name: importlib.metadata.version(name) for name in _LIBRARIES}
