"""Arrival: how likely a short series is to reach a level, if it goes on as it did."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from placedex.stats.forecasts import drift


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where a series with drift is after some steps, and the chance that it is at a level or past.

    Attributes:
        mean, error: of the normal distribution of the value then, or of its logarithm.
        chance: from 0 to 1.
    """

    mean: float
    error: float
    chance: float


def arrival(
    series: ArrayLike,
    level: float,
    *,
    steps: int,
    rising: bool = True,
    sampling: float = 0.0,
    logs: bool = False,
) -> Arrival:
    """The chance that a series is at a level or past it after some steps, by its mean change.

    The error of the forecast is that of `forecasts.drift`; `sampling`, the standard error of the
    last value, is added in quadrature. In logarithms growth compounds, in levels it adds: the two
    can differ much, and neither is the truth, so both are told.

    rising: whether to be at the level is to be at or above it; below it otherwise.
    Errors: ValueError for fewer than three values, one that is missing, or one that is not above
            nought in logarithms.
    """
    values = np.asarray(series, dtype=np.float64)
    if logs:
        if not (np.min(values, initial=np.inf) > 0 and level > 0):
            raise ValueError(
                "A value that is not above 0 has no logarithm. Wanted values and a level above 0. "
                "Reckon in levels."
            )
        sampling, level, values = sampling / float(values[-1]), math.log(level), np.log(values)
    found = drift(values, steps=steps)
    mean = float(found.mean[-1])
    error = math.hypot(float(found.error[-1]), sampling)
    return Arrival(mean, error, chance_beyond(level, mean=mean, error=error, rising=rising))


def chance_beyond(level: float, *, mean: float, error: float, rising: bool = True) -> float:
    """The chance that a normal value is at a level or past it; certain one way without an error."""
    way = 1.0 if rising else -1.0
    if error == 0:
        return 1.0 if way * (mean - level) >= 0 else 0.0
    return 0.5 * math.erfc(-way * (mean - level) / error / math.sqrt(2))
