"""Small linear models over named features, their weights in `warta/model/<name>.json`."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

Weights = dict[str, float]


@cache
def weights(name: str) -> dict[str, Weights]:
    """The models of one file, by their names."""
    models: dict[str, Weights] = json.loads(resources.files("warta.model").joinpath(f"{name}.json").read_text("utf-8"))
    return models


def score(model: Weights, features: Iterable[str]) -> float:
    """The sum of the weights of `features`; those that the model has never seen weigh nothing."""
    return math.fsum(filter(None, map(model.get, features)))


def probability(model: Weights, features: Iterable[str]) -> float:
    """How probable the model finds what has these features, 0..1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score(model, features)))))


def shares(scores: Sequence[float]) -> list[float]:
    """The softmax of `scores`: probabilities that sum to 1."""
    top = max(scores)
    raised = [math.exp(s - top) for s in scores]
    total = sum(raised)
    return [r / total for r in raised]
