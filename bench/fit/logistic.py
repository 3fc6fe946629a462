"""Logistic regression with a ridge, for a few dozen features."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

RIDGE = 1e-3


def logistic(
    features: NDArray[np.float32],
    truth: NDArray[np.bool_],
    weight: NDArray[np.float64],
    ridge: float = RIDGE,
) -> NDArray[np.float64]:
    """Weights, one a column; rows count as much as `weight` says."""
    size = len(truth)

    def loss(beta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = features @ beta
        value = (weight * (np.logaddexp(0, odds) - truth * odds)).sum() / size
        slope = features.T @ (weight * (1 / (1 + np.exp(-odds)) - truth)) / size
        return value + ridge * (beta**2).sum(), slope + 2 * ridge * beta

    start = np.zeros(features.shape[1])
    result: NDArray[np.float64] = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return result
