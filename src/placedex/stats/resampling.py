"""Resampling: draws, the quantiles of draws, and how far those quantiles are from certain."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.intp]


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


def quantile_and_bounds(sample: FloatArray, share: float, *, width: float) -> FloatArray:
    """A quantile of draws (type 7), then one that is surely below and one surely above it.

    `width` is how many standard errors of the number of draws below the quantile are allowed for.
    """
    reach = width * np.sqrt(share * (1 - share) / len(sample))
    shares = np.clip([share, share - reach, share + reach], 0.0, 1.0)
    return np.asarray(np.quantile(sample, shares, method="linear"))


def draws_that_decide(share: float, *, draws: int, width: float) -> int:
    """How many of the largest draws `quantile_and_bounds` hangs on."""
    lowest = max(0.0, share - width * float(np.sqrt(share * (1 - share) / draws)))
    return draws - int(np.floor((draws - 1) * lowest))


def resampled_rows(rows: int, rng: np.random.Generator, *, draws: int) -> IntArray:
    """Numbers of rows drawn with replacement: as many as there are, for each draw."""
    return rng.integers(0, rows, size=(draws, rows), dtype=np.intp)
