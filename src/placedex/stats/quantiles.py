"""Quantiles: the value below which a stated share of a sample lies, by a stated convention."""

from enum import Enum

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


class Quantiles(Enum):
    """Where a share falls between two of n ordered values, by its number in Hyndman and Fan.

    `SEVEN` puts it at (n - 1) share + 1, as numpy, R and Excel do; `SIX` at (n + 1) share, as SPSS
    and Minitab do.
    """

    SEVEN = 7
    SIX = 6


def quantile(
    values: FloatArray, share: float, convention: Quantiles = Quantiles.SEVEN
) -> FloatArray:
    """The value below which a share (0 to 1) of the sample lies, between two values where need be.

    Shape:  (..., n) in, (...) out.
    Gaps:   missing values are left out; a sample without values has no quantile.
    Errors: ValueError if the share is not between 0 and 1.
    Source: Hyndman and Fan (1996), The American Statistician 50, definitions 6 and 7.
    """
    if not 0 <= share <= 1:
        raise ValueError(
            f"The share {share:g} is no share of a sample. Wanted 0 to 1. Divide per cent by 100."
        )
    ordered = np.sort(np.asarray(values, dtype=np.float64), axis=-1)
    count = np.sum(~np.isnan(ordered), axis=-1, keepdims=True)
    last = np.maximum(count - 1, 0)
    place = share * (count - 1) if convention is Quantiles.SEVEN else share * (count + 1) - 1
    place = np.clip(place, 0, last)
    below = np.floor(place).astype(np.intp)
    above = np.minimum(below + 1, last)
    low = np.take_along_axis(ordered, below, axis=-1)
    high = np.take_along_axis(ordered, above, axis=-1)
    return np.asarray((low + (place - below) * (high - low))[..., 0])


def percentile(
    values: FloatArray, per_cent: float, convention: Quantiles = Quantiles.SEVEN
) -> FloatArray:
    """The quantile at a share given in per cent: 50 is the median.

    Shape:  (..., n) in, (...) out.
    Gaps:   as in `quantile`.
    """
    return quantile(values, per_cent / 100, convention)
