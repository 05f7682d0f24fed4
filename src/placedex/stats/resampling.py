"""Resampling: draws, the quantiles of draws, and how far those quantiles are from certain."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.intp]

CELLS = 2_000_000


def normal_draws(spread: FloatArray, rng: np.random.Generator, *, draws: int) -> FloatArray:
    """Draws about nought of joint normal distributions.

    Shape:  spread is standard errors (n,) for independent ones, or covariances (n, n); gives
            (n, draws).
    """
    standard = rng.standard_normal((len(spread), draws))
    if spread.ndim == 1:
        return standard * spread[:, np.newaxis]
    values, vectors = np.linalg.eigh(spread)
    return np.asarray(vectors @ (np.sqrt(np.clip(values, 0, None))[:, np.newaxis] * standard))


def largest_differences(draws: FloatArray, pairs: BoolArray, spread: FloatArray) -> FloatArray:
    """For each draw, the largest difference of any marked pair in units of its standard error.

    Shape:  draws (n, draws), pairs and spread (n, n), a pair is row less column; gives (draws,).
    """
    either = np.array_equal(pairs, pairs.T)
    first, second = np.nonzero(np.triu(pairs) if either else pairs)
    scales = spread[first, second][:, np.newaxis]
    largest = np.empty(draws.shape[1])
    block = max(1, CELLS // max(1, len(first)))
    for start in range(0, draws.shape[1], block):
        part = draws[:, start : start + block]
        differences = (part[first] - part[second]) / scales
        if either:
            np.abs(differences, out=differences)
        largest[start : start + block] = differences.max(axis=0)
    return largest


def quantile_and_bounds(sample: FloatArray, share: float, *, width: float) -> FloatArray:
    """A quantile of draws (type 7), then one that is surely below and one surely above it.

    `width` is how many standard errors of the number of draws below the quantile are allowed for.
    """
    reach = width * np.sqrt(share * (1 - share) / len(sample))
    shares = np.clip([share, share - reach, share + reach], 0.0, 1.0)
    return np.asarray(np.quantile(sample, shares, method="linear"))


def resampled_rows(rows: int, rng: np.random.Generator, *, draws: int) -> IntArray:
    """Numbers of rows drawn with replacement: as many as there are, for each draw."""
    return rng.integers(0, rows, size=(draws, rows), dtype=np.intp)
