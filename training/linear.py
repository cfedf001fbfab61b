"""Fit the linear models of `warta/model/logistic.py`: L2-regularised logistic regression over named features."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from warta.model.logistic import JointWeights, Weights


def fit(
    rows: Sequence[Sequence[str]], labels: Sequence[bool], l2: float = 1.0, weights: Sequence[float] | None = None
) -> Weights:
    """Feature weights that make `labels` most probable; `weights` say how much each row counts. No randomness."""
    index = {feature: i for i, feature in enumerate(sorted({feature for row in rows for feature in row}))}
    places = [(i, index[feature]) for i, row in enumerate(rows) for feature in set(row)]
    at, features = np.array(places, dtype=np.int64).reshape(-1, 2).T
    matrix = csr_matrix((np.ones(len(places)), (at, features)), shape=(len(rows), len(index)))
    target = np.asarray(labels, dtype=float)
    counts = np.ones(len(rows)) if weights is None else np.asarray(weights, dtype=float)

    def loss(solution: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ solution
        missed = np.sum(counts * (np.logaddexp(0, scores) - target * scores))
        gradient = matrix.T @ (counts * (1 / (1 + np.exp(-np.clip(scores, -30, 30))) - target))
        return missed + l2 / 2 * solution @ solution, gradient + l2 * solution

    solved = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {feature: round(float(solved[i]), 3) for feature, i in index.items() if abs(solved[i]) >= 0.0005}


def joint(models: Sequence[Weights]) -> JointWeights:
    """Models over the same features as one, in their order."""
    return {name: [model.get(name, 0.0) for model in models] for name in sorted({n for model in models for n in model})}
