"""Forecasts of short series, with the intervals that go with them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

LEAST_ALPHA, MOST_ALPHA = 1e-4, 0.9999


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """A forecast for each step ahead: its middle, its standard error, and the ends of intervals.

    Attributes:
        degrees: of freedom of Student's t; infinite where the interval is a normal one.
    """

    method: str
    mean: FloatArray
    error: FloatArray
    degrees: float = float("inf")

    def interval(self, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
        """The ends between which the future value lies with a probability, if the method holds."""
        from scipy import special

        tail = 0.5 + level / 2
        far = special.ndtri(tail) if np.isinf(self.degrees) else special.stdtrit(self.degrees, tail)
        return self.mean - far * self.error, self.mean + far * self.error


def naive(series: ArrayLike, *, steps: int) -> Forecast:
    """The last value goes on; the error grows with the root of the steps.

    Source: Hyndman and Athanasopoulos (2021), Forecasting, 5.2 and 5.5; as in R's forecast 8.20.
    """
    values = _checked(series, least=2, steps=steps)
    spread = float(np.sqrt(np.mean(np.diff(values) ** 2)))
    ahead = _ahead(steps)
    return Forecast("naive", np.full(steps, values[-1]), spread * np.sqrt(ahead))


def drift(series: ArrayLike, *, steps: int) -> Forecast:
    """The last value goes on by the mean change a step, whose own error counts too.

    Source: as for `naive`; the variance is s^2 h (1 + h / (n - 1)), with s from the n - 1 changes.
    """
    values = _checked(series, least=3, steps=steps)
    changes = np.diff(values)
    slope = float(changes.mean())
    spread = float(np.sqrt(((changes - slope) ** 2).sum() / (changes.size - 1)))
    ahead = _ahead(steps)
    error = spread * np.sqrt(ahead * (1 + ahead / changes.size))
    return Forecast("drift", values[-1] + slope * ahead, error)


def mean(series: ArrayLike, *, steps: int) -> Forecast:
    """The mean of all values, with an interval by Student's t."""
    values = _checked(series, least=2, steps=steps)
    error = float(values.std(ddof=1) * np.sqrt(1 + 1 / values.size))
    return Forecast(
        "mean", np.full(steps, values.mean()), np.full(steps, error), float(values.size - 1)
    )


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Simple exponential smoothing as it was fitted: its weight of news and its first level."""

    alpha: float
    first: float
    last: float
    variance: float


def smooth(series: ArrayLike) -> Smoothed:
    """ETS(A,N,N): the level that follows the values by the weight with the least squared errors.

    For each weight the first level is found exactly, since the errors are linear in it.
    Source: Hyndman, Koehler, Ord and Snyder (2008), Forecasting with exponential smoothing; the
            weight is held between 0.0001 and 0.9999 and the variance has n - 2, as in R's ets.
    """
    from scipy.optimize import minimize_scalar

    values = _checked(series, least=3, steps=1)

    def squares(alpha: float) -> float:
        return _fit(values, alpha)[1]

    # The sum of squares can have several hollows: look at many weights, then about the best.
    grid = np.linspace(LEAST_ALPHA, MOST_ALPHA, 201)
    best = int(np.argmin([squares(float(alpha)) for alpha in grid]))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, grid.size - 1)]
    found = minimize_scalar(squares, bounds=(low, high), method="bounded", options={"xatol": 1e-10})
    ends = (float(found.x), float(grid[best]), LEAST_ALPHA, MOST_ALPHA)
    alpha = min(ends, key=squares)
    first, least, last = _fit(values, alpha)
    return Smoothed(alpha, first, last, least / (values.size - 2))


def ets(series: ArrayLike, *, steps: int) -> Forecast:
    """The level of simple exponential smoothing goes on, ETS(A,N,N).

    A weight at a bound means that it is a plain mean (0.0001) or the last value (0.9999).
    """
    _checked(series, least=3, steps=steps)
    found = smooth(series)
    error = np.sqrt(found.variance * (1 + (_ahead(steps) - 1) * found.alpha**2))
    return Forecast("ETS(A,N,N)", np.full(steps, found.last), error)


def theta(series: ArrayLike, *, steps: int) -> Forecast:
    """Theta: exponential smoothing, with half the slope of the straight line through all values.

    Source: Assimakopoulos and Nikolopoulos (2000), IJF 16, 521; Hyndman and Billah (2003), IJF 19,
            287, whose form R's thetaf has.
    """
    values = _checked(series, least=3, steps=steps)
    found = smooth(values)
    place = np.arange(values.size) - (values.size - 1) / 2
    half = float((place @ values) / (place @ place)) / 2
    before = _ahead(steps) - 1
    carried = (1 - (1 - found.alpha) ** values.size) / found.alpha
    error = np.sqrt(found.variance * (1 + before * found.alpha**2))
    return Forecast("theta", found.last + half * (before + carried), error)


METHODS = (naive, drift, ets, theta)


def forecasts(series: ArrayLike, *, steps: int) -> tuple[Forecast, ...]:
    """The forecasts of a short series by four simple methods, which no clever one beats."""
    return tuple(method(series, steps=steps) for method in METHODS)


def _fit(values: FloatArray, alpha: float) -> tuple[float, float, float]:
    """The first level with the least squares, that sum of squares, and the last level."""
    # Errors are those from a first level of nought, less the level that is left of the true one.
    level, apart = 0.0, np.empty(values.size)
    for number, value in enumerate(values):
        apart[number] = value - level
        level += alpha * apart[number]
    left = (1 - alpha) ** np.arange(values.size)
    first = float((left @ apart) / (left @ left))
    errors = apart - left * first
    return first, float(errors @ errors), level + (1 - alpha) ** values.size * first


def _ahead(steps: int) -> FloatArray:
    return np.arange(1, steps + 1, dtype=np.float64)


def _checked(series: ArrayLike | Sequence[float], *, least: int, steps: int) -> FloatArray:
    values = np.asarray(series, dtype=np.float64)
    if values.ndim != 1 or values.size < least or not np.isfinite(values).all():
        raise ValueError(
            f"A forecast was asked for from {values.size} values, {int(np.isnan(values).sum())} of "
            f"them missing. Wanted {least} or more, one after the other and none missing. Leave "
            "out what comes before a gap."
        )
    if steps < 1:
        raise ValueError(f"A forecast {steps} steps ahead was asked for. Wanted 1 or more.")
    return values
