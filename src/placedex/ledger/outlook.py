"""Outlook: how a target stands, and how likely a short series is to reach it in time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from placedex.stats.arrival import Arrival, arrival, chance_beyond
from placedex.stats.forecasts import Forecast, forecasts

FloatArray = NDArray[np.float64]

LEAST_FIGURES = 5
LIKELY, UNLIKELY = 0.67, 0.33


class State(StrEnum):
    """How a target stands."""

    REACHED = "reached"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"
    UNMEASURED = "cannot be measured"


def class_of(chance: float) -> State:
    """On track from a chance of 0.67 up, off track below 0.33, at risk between."""
    if chance >= LIKELY:
        return State.ON_TRACK
    return State.AT_RISK if chance >= UNLIKELY else State.OFF_TRACK


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """What one method says of every step up to the target's date.

    Attributes:
        low, high: the ends between which the value lies with a probability of 0.95, if the method
            holds and the error of the last figure is as published.
        chance: of being at the target or past it at its date.
    """

    method: str
    middle: FloatArray
    low: FloatArray
    high: FloatArray
    chance: float


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """Where a series may be at the target's date.

    Attributes:
        steps: how many figures are still to come by then, at the spacing so far.
        levels, logs: by the mean change so far, which adds or which compounds; no logs if a value
            is not above nought.
        ahead: of each of four methods.
    """

    steps: int
    levels: Arrival
    logs: Arrival | None
    ahead: tuple[Ahead, ...]

    @property
    def agree(self) -> bool:
        """Whether levels and logs give the same class."""
        return self.logs is None or class_of(self.levels.chance) == class_of(self.logs.chance)


def look_ahead(
    values: Sequence[float], level: float, *, steps: int, rising: bool = True, sampling: float = 0.0
) -> Outlook | None:
    """Where a series may be after some steps; nothing if it has fewer than five values.

    sampling: the standard error of the last value, which is added in quadrature.
    """
    if len(values) < LEAST_FIGURES:
        return None
    levels = arrival(values, level, steps=steps, rising=rising, sampling=sampling)
    logs = None
    if min(values) > 0 and level > 0:
        logs = arrival(values, level, steps=steps, rising=rising, sampling=sampling, logs=True)
    ahead = tuple(
        _ahead(one, level, rising=rising, sampling=sampling)
        for one in forecasts(values, steps=steps)
    )
    return Outlook(steps, levels, logs, ahead)


def _ahead(found: Forecast, level: float, *, rising: bool, sampling: float) -> Ahead:
    wider = replace(found, error=np.hypot(found.error, sampling))
    low, high = wider.interval()
    middle, error = float(found.mean[-1]), float(wider.error[-1])
    chance = chance_beyond(level, mean=middle, error=error, rising=rising)
    return Ahead(found.method, found.mean, low, high, chance)
