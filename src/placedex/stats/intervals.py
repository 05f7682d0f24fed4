"""Intervals: normal quantiles, and the levels at which many intervals hold together."""

from enum import Enum

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


class Correction(Enum):
    """How the level of each of many statements is set so that all hold together."""

    SIDAK = "Sidak"
    BONFERRONI = "Bonferroni"
    HOLM = "Holm"


def normal_quantile(level: FloatArray | float) -> FloatArray:
    """How many standard errors a two-sided interval of some level reaches: 1.959964 at 0.95."""
    from scipy.special import ndtri

    return np.asarray(ndtri(0.5 + np.asarray(level, dtype=np.float64) / 2))


def joint_level(coverage: float, count: int, correction: Correction) -> float:
    """The level of each of `count` intervals at which all of them hold with a given coverage.

    Sidak's is exact where the intervals are independent; Bonferroni's holds whatever they are.
    Source: Klein, Wright and Wieczorek (2020), JRSS C 69, 589, equations 5 and 6.
    """
    if correction is Correction.SIDAK:
        return float(coverage ** (1 / count))
    return 1 - (1 - coverage) / count


def mixture_quantiles(
    means: FloatArray, errors: FloatArray, *, shares: FloatArray, levels: FloatArray
) -> FloatArray:
    """The values below which a mixture of normal distributions lies with given probabilities.

    Shape:  means and errors (..., parts), shares (parts,), levels (levels,); gives (..., levels).
    """
    from scipy.special import ndtr

    centre, spread = means[..., np.newaxis], errors[..., np.newaxis]
    low = np.repeat((means - 40 * errors).min(-1)[..., np.newaxis], len(levels), axis=-1)
    high = np.repeat((means + 40 * errors).max(-1)[..., np.newaxis], len(levels), axis=-1)
    for _ in range(120):
        middle = (low + high) / 2
        reached = middle[..., np.newaxis, :] - centre
        with np.errstate(divide="ignore", invalid="ignore"):
            below = np.where(spread > 0, ndtr(reached / spread), reached >= 0)
        enough = (below * shares[:, np.newaxis]).sum(-2) >= levels
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.asarray((low + high) / 2)
