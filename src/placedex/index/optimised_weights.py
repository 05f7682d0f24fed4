"""Optimised weights: those under which each component matters as much as was meant."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from placedex.errors import BadSpec
from placedex.index.means import ARITHMETIC, AnyMean, Arithmetic, combine
from placedex.index.parameters import FOUND_BY_STEP
from placedex.observations.panel import FloatArray

Measure = Callable[[FloatArray], FloatArray]


class Importance(Protocol):
    """A way to measure how much a component matters to the whole."""

    @property
    def words(self) -> str:
        """The name of the measure."""
        ...

    @property
    def power(self) -> int | None:
        """The power of Pearson's correlation that the measure is; None if it is none."""
        ...

    def of(self, parts: FloatArray) -> Measure:
        """How to measure the parts, (places, parts), against a whole: (places,) to (parts,)."""
        ...


@dataclass(frozen=True, slots=True)
class Correlation:
    """Pearson's correlation of a component with the whole."""

    words: str = "correlation with the whole"
    power: int | None = field(default=1, metadata=FOUND_BY_STEP)

    def of(self, parts: FloatArray) -> Measure:
        """The correlation of each part with a whole; 0 if the whole is the same everywhere."""
        centred = _centred(parts)
        units = centred / np.sqrt((centred**2).sum(axis=0))

        def against(whole: FloatArray) -> FloatArray:
            total = whole - whole.mean()
            size = float(np.sqrt(total @ total))
            return np.asarray(total @ units / size if size > 0 else np.zeros(parts.shape[1]))

        return against


CORRELATION = Correlation()


@dataclass(frozen=True, slots=True)
class SquaredCorrelation:
    """The share of the whole's variance that a component explains along a straight line."""

    words: str = "squared correlation with the whole"
    power: int | None = field(default=2, metadata=FOUND_BY_STEP)

    def of(self, parts: FloatArray) -> Measure:
        """The squared correlation of each part with a whole."""
        against = Correlation().of(parts)
        return lambda whole: np.asarray(against(whole) ** 2)


@dataclass(frozen=True, slots=True)
class CorrelationRatio:
    """The share of the whole's variance that a component explains along a smooth curve.

    The curve is a natural cubic spline through `knots` quantiles of the component.
    Source: Paruolo, Saisana and Saltelli (2013), Journal of the Royal Statistical Society A 176;
            the basis: Hastie, Tibshirani and Friedman (2009), section 5.2.1.
    """

    knots: int = 4
    power: int | None = field(default=None, metadata=FOUND_BY_STEP)

    @property
    def words(self) -> str:
        """The name of the measure."""
        return f"correlation ratio with the whole (a natural spline with {self.knots} knots)"

    def of(self, parts: FloatArray) -> Measure:
        """The correlation ratio of each part with a whole."""
        bases = [_directions(_spline(part, self.knots)) for part in parts.T]

        def against(whole: FloatArray) -> FloatArray:
            total = whole - whole.mean()
            size = float(total @ total)
            fitted = np.array([float(((total @ basis) ** 2).sum()) for basis in bases])
            return np.asarray(fitted / size if size > 0 else 0 * fitted)

        return against


IMPORTANCES: Mapping[str, type[Importance]] = {
    "correlation": Correlation,
    "squared correlation": SquaredCorrelation,
    "correlation ratio": CorrelationRatio,
}


def _centred(values: FloatArray) -> FloatArray:
    return np.asarray(values - values.mean(axis=0))


def _directions(basis: FloatArray) -> FloatArray:
    """The directions in which a basis varies, at right angles and of unit length."""
    found, sizes, _ = np.linalg.svd(_centred(basis), full_matrices=False)
    return np.asarray(found[:, sizes > 1e-10 * sizes[0]])


def _spline(values: FloatArray, knots: int) -> FloatArray:
    """The natural cubic spline basis of some values, without the constant."""
    places = np.unique(np.quantile(values, np.linspace(0.05, 0.95, knots)))
    width = float(places[-1] - places[0]) or 1.0
    units, places = (values - places[0]) / width, (places - places[0]) / width
    if places.size < 3:
        return np.asarray(units[:, np.newaxis])
    cubes = np.maximum(units[:, np.newaxis] - places, 0.0) ** 3
    slopes = (cubes[:, :-1] - cubes[:, -1:]) / (places[-1] - places[:-1])
    return np.column_stack([units, slopes[:, :-1] - slopes[:, -1:]])


@dataclass(frozen=True, slots=True, eq=False)
class Optimised:
    """Weights with the importance that was wanted and the one that they give, both as shares.

    `exact` says that they come from the closed form; else `apart` is what the optimiser left: the
    mean squared distance between wanted and given shares.
    """

    weights: FloatArray
    wanted: FloatArray
    given: FloatArray
    exact: bool
    apart: float


def optimised_weights(
    values: FloatArray,
    targets: FloatArray | None = None,
    *,
    importance: Importance | None = None,
    mean: AnyMean | None = None,
) -> Optimised:
    """The weights under which the components' importance is in proportion to the targets.

    The weights of an arithmetic mean come from a closed form where importance is a correlation:
    with r the components' correlations and s their deviations, w s = r^-1 t; for two components
    that count alike, w is in proportion to 1/s. Where that would need a weight below nought, and
    for other means and measures, a search without chance finds the nearest.
    Shape:  values (places, components), targets (components,), equal if not given.
    Gaps:   a place that lacks any component is left out.
    Errors: BadSpec for targets that are not above nought, a component that is the same in every
            place, or fewer than three places.
    Source: Becker, Saisana, Paruolo and Vandecasteele (2017), Ecological Indicators 80. COINr
            (get_opt_weights) searches by Nelder and Mead from the weights given.
    """
    importance, mean = importance or CORRELATION, mean or ARITHMETIC
    parts = _complete(values)
    wanted = _shares_wanted(targets, parts.shape[1])
    deviations = parts.std(axis=0, ddof=1)
    measure = importance.of(parts)

    def shares(weights: FloatArray) -> FloatArray:
        found = measure(combine(mean, parts, weights))
        return np.asarray(found / total if (total := found.sum()) > 0 else 0 * found)

    def apart(weights: FloatArray) -> float:
        return float(np.mean((shares(weights) - wanted) ** 2))

    if importance.power is not None and isinstance(mean, Arithmetic):
        weights = _closed(parts, deviations, wanted ** (1 / importance.power))
        if np.all(weights > 0):
            return Optimised(weights, wanted, shares(weights), True, apart(weights))
    weights = _search(apart, deviations)
    return Optimised(weights, wanted, shares(weights), False, apart(weights))


def _shares_wanted(targets: FloatArray | None, count: int) -> FloatArray:
    wanted = np.ones(count) if targets is None else np.asarray(targets, dtype=np.float64)
    if wanted.shape != (count,) or not np.all(wanted > 0) or not np.all(np.isfinite(wanted)):
        raise BadSpec(
            f"the targets are {wanted.tolist()} for {count} components. Wanted a number above "
            "nought for each. Leave a component out rather than aim at nought."
        )
    return np.asarray(wanted / wanted.sum())


def _complete(values: FloatArray) -> FloatArray:
    """The places that have every component, in an order of their own."""
    parts = values[~np.isnan(values).any(axis=1)]
    parts = parts[np.lexsort(parts.T)]
    if len(parts) < 3:
        raise BadSpec(
            f"{len(parts)} places have every component. Wanted at least three to optimise "
            "weights. Fill the gaps first."
        )
    same = np.ptp(parts, axis=0) == 0
    if same.any():
        raise BadSpec(
            f"component {int(np.argmax(same)) + 1} is the same in every place, so no weight makes "
            "it matter. Take it out."
        )
    return parts


def _closed(parts: FloatArray, deviations: FloatArray, wanted: FloatArray) -> FloatArray:
    """Weights whose correlations with the weighted sum are in proportion; they may be negative."""
    matrix = np.corrcoef(parts.T)
    if np.linalg.cond(matrix) > 1e12:
        return -np.ones(wanted.size)
    found = np.linalg.solve(matrix, wanted) / deviations
    total = found.sum()
    return np.asarray(found / total if total > 0 else -np.abs(found))


def _search(apart: Callable[[FloatArray], float], deviations: FloatArray) -> FloatArray:
    """The weights that leave least apart, from a few fixed starts."""
    from scipy.optimize import LinearConstraint, minimize

    count = deviations.size
    even, inverse = np.full(count, 1 / count), 1 / deviations
    starts = [even, inverse / inverse.sum(), *(0.5 * even + 0.5 * np.eye(count))]

    def off(trial: FloatArray) -> float:
        # In hundredths of a share, so that the search does not stop at small numbers.
        return 1e4 * apart(np.maximum(trial, 0.0))

    found = [
        minimize(
            off,
            start,
            method="SLSQP",
            bounds=[(0.0, 1.0)] * count,
            constraints=LinearConstraint(np.ones((1, count)), 1.0, 1.0),
            options={"ftol": 1e-15, "maxiter": 500},
        )
        for start in starts
    ]
    nearest = min(found, key=lambda one: float(one.fun))
    best = np.maximum(np.asarray(nearest.x), 0.0)
    best[best < 1e-9] = 0.0
    return np.asarray(best / best.sum())
