"""Fit the linear models of `warta/logistic.py`: L2-regularised logistic regression over named features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from warta.logistic import Weights


def fit(rows: Sequence[Sequence[str]], labels: Sequence[float], l2: float = 1.0, rare: int = 1) -> Weights:
    """Weights for `rows` of features (seen at least `rare` times) that make `labels` (0..1) most probable. No randomness."""
    counts = Counter(feature for row in rows for feature in set(row))
    index = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= rare))}
    places = [(i, index[f]) for i, row in enumerate(rows) for f in set(row) if f in index]
    at, features = np.array(places, dtype=np.int64).reshape(-1, 2).T
    matrix = csr_matrix((np.ones(len(places)), (at, features)), shape=(len(rows), len(index)))
    target = np.asarray(labels, dtype=float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        fit_loss = np.sum(np.logaddexp(0, scores) - target * scores)
        gradient = matrix.T @ (1 / (1 + np.exp(-np.clip(scores, -30, 30))) - target)
        return fit_loss + l2 / 2 * weights @ weights, gradient + l2 * weights

    solved = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {feature: round(float(solved[i]), 3) for feature, i in index.items() if abs(solved[i]) >= 0.0005}
