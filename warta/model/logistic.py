"""Small linear models over named features."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

Weights = dict[str, float]
JointWeights = dict[str, list[float]]  # one weight for each of several answers to the same question


def score(model: Weights, features: Iterable[str]) -> float:
    """The sum of the weights of `features`; those that the model has never seen weigh nothing."""
    return math.fsum(filter(None, map(model.get, features)))


def scores(model: JointWeights, features: Iterable[str]) -> list[float]:
    """The sums of the weights of `features`, one for each answer."""
    return list(map(math.fsum, zip(*filter(None, map(model.get, features)), strict=True)))


def sigmoid(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def probability(model: Weights, features: Iterable[str]) -> float:
    """How probable the model finds what has these features, 0..1."""
    return sigmoid(score(model, features))


def shares(scores: Sequence[float]) -> list[float]:
    """The softmax of `scores`: probabilities that sum to 1."""
    top = max(scores)
    raised = [math.exp(s - top) for s in scores]
    total = sum(raised)
    return [r / total for r in raised]
