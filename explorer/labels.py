"""What things are called on pages, in `labels/<language>.yml`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from warehouse.contract import value_lists
from warehouse.errors import WartaError

_FOLDER = Path(__file__).parent / "labels"
LANGUAGES = ("id", "en")


class MissingLabel(WartaError):
    """A value that the contract lists for all pages has no label in a language."""


class Labels:
    """Raises KeyError for text that the language lacks; values and columns without a label stand for themselves.

    Raises MissingLabel at once where a type of entity or event has none: it was added to the contract alone.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._labels: dict[str, dict[str, str]] = yaml.safe_load((_FOLDER / f"{language}.yml").read_text("utf-8"))
        expected = (*value_lists()["entity_type"], *value_lists()["event_type"])
        if missing := [value for value in expected if value not in self._labels["values"]]:
            raise MissingLabel(f"explorer/labels/{language}.yml needs labels, under `values`, for {', '.join(missing)}")

    def text(self, name: str) -> str:
        return self._labels["texts"][name]

    def page(self, name: str) -> str:
        return self._labels["pages"][name]

    def listing(self, page: str, question: str) -> str:
        return self._labels["listings"][f"{page}.{question}"]

    def column(self, name: str) -> str:
        return self._labels["columns"].get(name, name.replace("_", " "))

    def value(self, value: Any) -> str:
        """A code such as `ARREST` or `direct` in words."""
        return self._labels["values"].get(str(value), str(value))

    def query(self, name: str, question: str) -> str:
        """The question of a query in this language, else as its file puts it."""
        return self._labels.get("queries", {}).get(name, question)


@lru_cache(maxsize=len(LANGUAGES))
def labels(language: str) -> Labels:
    return Labels(language)


def preferred(accept_language: str) -> str:
    """The first language of a browser's list that we have; Indonesian if there is none."""
    wanted = (part.split(";")[0].strip()[:2].lower() for part in accept_language.split(","))
    return next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])
