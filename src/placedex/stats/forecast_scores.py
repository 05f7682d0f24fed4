"""How good forecasts were: scores of intervals, of distributions, of points and of quantiles."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike


def interval_score(value: float, low: float, high: float, *, miss: float) -> float:
    """How wide an interval is, and how far the value lies outside it; smaller is better.

    miss: how often the value may lie outside, such as 0.05.
    Source: Winkler (1972), JASA 67, 187; Gneiting and Raftery (2007), JASA 102, 359.
    """
    outside = max(low - value, 0.0) + max(value - high, 0.0)
    return (high - low) + 2 / miss * outside


def crps_normal(value: float, *, mean: float, error: float) -> float:
    """How far a normal distribution lies from what came; in the unit of the value.

    Source: Gneiting and Raftery (2007), JASA 102, 359.
    """
    if error <= 0:
        return abs(value - mean)
    far = (value - mean) / error
    below = 0.5 * (1 + math.erf(far / math.sqrt(2)))
    density = math.exp(-(far**2) / 2) / math.sqrt(2 * math.pi)
    return error * (far * (2 * below - 1) + 2 * density - 1 / math.sqrt(math.pi))


def mase(actual: ArrayLike, forecast: ArrayLike, *, known: Sequence[float]) -> float:
    """The mean error of forecasts, as a share of that of saying "no change" within what was known.

    Errors: ValueError if what was known never changed.
    Source: Hyndman and Koehler (2006), IJF 22, 679.
    """
    apart = np.abs(np.asarray(actual, dtype=np.float64) - np.asarray(forecast, dtype=np.float64))
    steps = np.abs(np.diff(np.asarray(known, dtype=np.float64)))
    if steps.size == 0 or steps.mean() == 0:
        raise ValueError("A series that never changed scales no error. Wanted one that did.")
    return float(apart.mean() / steps.mean())


def pinball(value: float, quantile: float, *, level: float) -> float:
    """The loss of saying a quantile: the further off, and on the unlikelier side, the larger."""
    apart = value - quantile
    return level * apart if apart >= 0 else (level - 1) * apart
