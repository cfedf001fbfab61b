"""The models of the chain as values: `shipped()` reads those that come with warta, training makes others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from warta.model.logistic import JointWeights, Weights

if TYPE_CHECKING:
    from warta.names.labeller import Labeller


@dataclass(frozen=True, slots=True)
class QuoteModels:
    """`report`: does a clause report words? `speaker`: who speaks? `right`: are a quote and its speaker right?"""

    report: Weights
    speaker: Weights
    right: Weights


@dataclass(frozen=True, slots=True)
class EventModels:
    """A model for each choice about an event.

    `status` and `role` have a weight for each answer. `thresholds` holds the least probability of a "trigger", "date",
    "place", "actor" and "target".
    """

    trigger: Weights
    type: Weights
    status: JointWeights
    date: Weights
    place: Weights
    role: JointWeights
    thresholds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Models:
    """What the stages of the chain learnt."""

    names: Labeller
    quotes: QuoteModels
    events: EventModels


@lru_cache(maxsize=1)
def shipped() -> Models:
    """The models in `warta/model`, read once."""
    from warta.names.labeller import Labeller  # with NumPy, which whoever only reads files does without

    with resources.as_file(resources.files("warta.model")) as folder:
        labeller = Labeller.read(folder)
    return Models(labeller, QuoteModels(**_read("quotes")), EventModels(**_read("events")))


def _read(name: str) -> dict[str, Any]:
    weights: dict[str, Any] = json.loads(resources.files("warta.model").joinpath(f"{name}.json").read_text("utf-8"))
    return weights
