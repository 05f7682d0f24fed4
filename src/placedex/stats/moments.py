"""Skewness and kurtosis of a sample, corrected for its size."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def _central_moment(values: FloatArray, order: int) -> FloatArray:
    known = ~np.isnan(values)
    count = known.sum(axis=-1)
    mean = np.where(known, values, 0.0).sum(axis=-1) / count
    powers = (values - mean[..., np.newaxis]) ** order
    return np.asarray(np.where(known, powers, 0.0).sum(axis=-1) / count)


def skewness(values: FloatArray) -> FloatArray:
    """How far a sample leans: G1, 0 for an even one; positive has a long tail of high values.

    Shape:  (..., n) in, (...) out.
    Gaps:   missing values are left out; fewer than three, or all alike, give no number.
    Source: Joanes and Gill (1998), The Statistician 47, G1.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        count = np.sum(~np.isnan(values), axis=-1).astype(np.float64)
        ratio = _central_moment(values, 3) / _central_moment(values, 2) ** 1.5
        result = np.sqrt(count * (count - 1)) / (count - 2) * ratio
    return np.where(count < 3, np.nan, result)


def kurtosis(values: FloatArray) -> FloatArray:
    """How heavy the tails of a sample are: G2, the excess over a normal distribution.

    Shape:  (..., n) in, (...) out.
    Gaps:   missing values are left out; fewer than four, or all alike, give no number.
    Source: Joanes and Gill (1998), The Statistician 47, G2.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        count = np.sum(~np.isnan(values), axis=-1).astype(np.float64)
        excess = _central_moment(values, 4) / _central_moment(values, 2) ** 2 - 3
        result = (count - 1) / ((count - 2) * (count - 3)) * ((count + 1) * excess + 6)
    return np.where(count < 4, np.nan, result)
