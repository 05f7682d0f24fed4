"""Sobol: how much of the spread of a result is owed to each choice, alone and with the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from placedex.errors import BadSpec
from placedex.index.refusals import refuse_infinite, refuse_number, refuse_share
from placedex.index.rows import Row, cell, label
from placedex.observations.panel import FloatArray
from placedex.stats.resampling import BoolArray, IntArray, resampled_rows


class Points(Protocol):
    """A sequence of points in the unit cube, such as scipy.stats.qmc.Sobol."""

    def random(self, n: int) -> FloatArray:
        """The next points, a row each."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Points at which to try choices: A, B, and A with one factor (or group) taken from B.

    Shape:  a and b (points, columns); mixed (factors, points, columns).
    """

    a: FloatArray
    b: FloatArray
    mixed: FloatArray

    @property
    def stacked(self) -> FloatArray:
        """All points below one another: A, B, then A with each factor from B."""
        return np.concatenate([self.a, self.b, self.mixed.reshape(-1, self.a.shape[1])])


@dataclass(frozen=True, slots=True, eq=False)
class Outputs:
    """What a result was at each point of a design.

    Shape:  a and b (points, ...); mixed (factors, points, ...); further axes are further results.
    """

    a: FloatArray
    b: FloatArray
    mixed: FloatArray

    @classmethod
    def of_stacked(cls, results: ArrayLike, *, factors: int) -> "Outputs":
        """Results in the order of `Design.stacked`.

        Errors: BadSpec if their number is not a multiple of the factors and two.
        """
        stacked = np.asarray(results, dtype=np.float64)
        points, over = divmod(len(stacked), factors + 2)
        if over or points == 0:
            raise BadSpec(
                f"Step Sobol: there are {len(stacked)} results for {factors} factors. Wanted a "
                f"multiple of {factors + 2}: A, B and one part for each factor."
            )
        parts = stacked.reshape(factors + 2, points, *stacked.shape[1:])
        return cls(parts[0], parts[1], parts[2:])


def design(
    factors: int,
    points: int,
    *,
    source: np.random.Generator | Points,
    groups: Sequence[Sequence[int]] | None = None,
) -> Design:
    """A design for Sobol indices from random or quasi-random points.

    `groups` are numbers of columns that are exchanged together, such as all that stand for
    sampling error; each column by itself if none are given.
    Errors: BadSpec if a quasi-random source has not twice as many columns as there are factors.
    Source: Saltelli and others (2010), Computer Physics Communications 181, 259.
    """
    refuse_number(factors, step="Sobol", what="factors")
    refuse_number(points, step="Sobol", what="points")
    if isinstance(source, np.random.Generator):
        drawn = source.random((points, 2 * factors))
    else:
        drawn = np.asarray(source.random(points), dtype=np.float64)
    if drawn.shape != (points, 2 * factors):
        raise BadSpec(
            f"Step Sobol: the source of points has {drawn.shape[-1]} columns. Wanted "
            f"{2 * factors}, two for each factor."
        )
    a, b = drawn[:, :factors], drawn[:, factors:]
    taken = [[one] for one in range(factors)] if groups is None else [list(one) for one in groups]
    mixed = np.repeat(a[np.newaxis], len(taken), axis=0)
    for number, columns in enumerate(taken):
        if not all(0 <= column < factors for column in columns):
            raise BadSpec(
                f"Step Sobol: group {number + 1} has the columns {columns}. Wanted numbers from 0 "
                f"to {factors - 1}, one for each factor."
            )
        mixed[number][:, columns] = b[:, columns]
    return Design(a, b, mixed)


def choices(numbers: FloatArray, count: int) -> IntArray:
    """Which of a number of choices each number from 0 up to 1 stands for, all equally likely."""
    return np.asarray(np.minimum(np.floor(numbers * count), count - 1).astype(np.intp))


class Estimator(Protocol):
    """A formula for Sobol indices; leading axes are kept."""

    @property
    def words(self) -> str:
        """The formula's name."""
        ...

    def parts(self, a: FloatArray, b: FloatArray, mixed: FloatArray) -> FloatArray:
        """What each point adds: its mean over points is an index times the variance."""
        ...


@dataclass(frozen=True, slots=True)
class Saltelli2010:
    """First-order: B times the difference that a factor of B makes (table 2, formula b).

    The outputs are first centred on their mean. Without it the same outputs shifted by a constant
    give another estimate, and the further the mean is from nought the wilder: COINr does not
    centre (`centred=False`).
    """

    centred: bool = True
    words: str = "Saltelli 2010"

    def parts(self, a: FloatArray, b: FloatArray, mixed: FloatArray) -> FloatArray:
        """B times the difference between mixed and A."""
        centre = (_mean(a) + _mean(b)) / 2 if self.centred else 0.0
        return np.asarray((b - centre) * (mixed - a))


@dataclass(frozen=True, slots=True)
class JansenFirst:
    """First-order: the variance less half the squared difference between B and mixed."""

    words: str = "Jansen 1999, first order"

    def parts(self, a: FloatArray, b: FloatArray, mixed: FloatArray) -> FloatArray:
        """Minus half the squared difference; the variance itself is added by `indices`."""
        return np.asarray(-((b - mixed) ** 2) / 2)


@dataclass(frozen=True, slots=True)
class JansenTotal:
    """Total: half the squared difference between A and mixed (table 2, formula f)."""

    words: str = "Jansen 1999, total"

    def parts(self, a: FloatArray, b: FloatArray, mixed: FloatArray) -> FloatArray:
        """Half the squared difference."""
        return np.asarray((a - mixed) ** 2 / 2)


@dataclass(frozen=True, slots=True)
class SobolTotal:
    """Total: A times the difference between A and mixed (table 2, formula e), centred or not."""

    centred: bool = True
    words: str = "Sobol 2007, total"

    def parts(self, a: FloatArray, b: FloatArray, mixed: FloatArray) -> FloatArray:
        """A times the difference."""
        centre = (_mean(a) + _mean(b)) / 2 if self.centred else 0.0
        return np.asarray((a - centre) * (a - mixed))


@dataclass(frozen=True, slots=True)
class SobolMethod:
    """The formulas for first-order and total indices, and the divisor of the variance.

    The variance is of A and B together, over their number less `ddof`; 0 is the plain mean of
    squares as in Saltelli 2010 and SALib, 1 the sample variance as in COINr.
    """

    first: Estimator = Saltelli2010()
    total: Estimator = JansenTotal()
    ddof: int = 0

    @property
    def words(self) -> str:
        """The method in a sentence."""
        return (
            f"First-order index by {self.first.words}, total by {self.total.words}, over the "
            f"variance of A and B together with divisor n{f' - {self.ddof}' if self.ddof else ''}."
        )


COINR = SobolMethod(Saltelli2010(centred=False), JansenTotal(), 1)


@dataclass(frozen=True, slots=True, eq=False)
class SobolIndices:
    """How much of the variance each factor explains alone (first) and with others (total).

    Shape:  first, total and their bounds (factors, ...); variance, points_used and points_failed
            (...). Bounds are missing without a bootstrap.
    """

    first: FloatArray
    total: FloatArray
    variance: FloatArray
    points_used: IntArray
    points_failed: IntArray
    first_bounds: FloatArray
    total_bounds: FloatArray
    method: SobolMethod

    @property
    def words(self) -> str:
        """What was done, and how many runs failed."""
        failed = int(np.max(self.points_failed))
        left = (
            f" {failed} of {failed + int(np.min(self.points_used))} points were left out, with all "
            "that belongs to them, because a run at them gave no result."
            if failed
            else ""
        )
        return f"{self.method.words}{left}"

    def to_rows(self, names: Sequence[str] = ()) -> tuple[Row, ...]:
        """A row for each factor, and for each result where there are several."""
        factors = len(self.first)
        first, total = self.first.reshape(factors, -1), self.total.reshape(factors, -1)
        low_high = np.stack([self.first_bounds, self.total_bounds]).reshape(2, 2, factors, -1)
        return tuple(
            {
                "factor": label(names, factor),
                "result": result + 1,
                "first": cell(first[factor, result]),
                "first_low": cell(low_high[0, 0, factor, result]),
                "first_high": cell(low_high[0, 1, factor, result]),
                "total": cell(total[factor, result]),
                "total_low": cell(low_high[1, 0, factor, result]),
                "total_high": cell(low_high[1, 1, factor, result]),
                "points_used": int(self.points_used.ravel()[result]),
                "points_failed": int(self.points_failed.ravel()[result]),
            }
            for factor in range(factors)
            for result in range(first.shape[1])
        )


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Intervals by drawing the points of a design again, each with all that belongs to it."""

    draws: int = 1000
    coverage: float = 0.9

    def __post_init__(self) -> None:
        refuse_number(self.draws, step="Sobol", what="draws of a bootstrap")
        refuse_share(self.coverage, step="Sobol", what="coverage")


def sobol_indices(
    outputs: Outputs,
    *,
    method: SobolMethod | None = None,
    bootstrap: Bootstrap | None = None,
    rng: np.random.Generator | None = None,
) -> SobolIndices:
    """Sobol indices of each factor, from the results at the points of a design.

    Gaps:   where a run at a point of A, B or mixed gave nothing, that point is left out in all of
            them and counted as failed; the rest stays balanced.
    Errors: BadSpec if fewer than two points are left, or a bootstrap lacks a generator.
    Source: Saltelli and others (2010), CPC 181, 259; Jansen (1999), CPC 117, 35.
    """
    chosen = SobolMethod() if method is None else method
    for part in (outputs.a, outputs.b, outputs.mixed):
        refuse_infinite(part, step="Sobol", what="a result")
    there = ~(np.isnan(outputs.a) | np.isnan(outputs.b) | np.isnan(outputs.mixed).any(axis=0))
    used = np.asarray(there.sum(axis=0))
    if np.any(used < 2):
        raise BadSpec(
            f"Step Sobol: {int(used.min())} of {len(there)} points have a result in every run. "
            "Wanted two or more. Look at why the runs fail."
        )
    balanced = _balanced(outputs, there)
    first, total, variance = _indices(balanced, chosen)
    bounds = np.full((2, 2, *first.shape), np.nan)
    if bootstrap is not None:
        if rng is None:
            raise BadSpec("Step Sobol: a bootstrap was asked for without a generator. Give rng.")
        bounds = _bootstrap(balanced, chosen, bootstrap, rng)
    failed = np.asarray(len(there) - used)
    return SobolIndices(first, total, variance, used, failed, bounds[0], bounds[1], chosen)


def _balanced(outputs: Outputs, there: BoolArray) -> Outputs:
    def kept(values: FloatArray) -> FloatArray:
        return np.where(there, values, np.nan)

    return Outputs(kept(outputs.a), kept(outputs.b), kept(outputs.mixed))


def _mean(values: FloatArray, axis: int = 0) -> FloatArray:
    """The mean over points of what is there; missing if nothing is."""
    there = ~np.isnan(values)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(there, values, 0.0).sum(axis=axis) / there.sum(axis=axis))


def _variance(values: FloatArray, ddof: int) -> FloatArray:
    count = np.sum(~np.isnan(values), axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(_mean((values - _mean(values)) ** 2) * count / (count - ddof))


def _indices(outputs: Outputs, method: SobolMethod) -> tuple[FloatArray, FloatArray, FloatArray]:
    both = np.concatenate([outputs.a, outputs.b])
    variance = _variance(both, method.ddof)
    sums = [
        _mean(estimator.parts(outputs.a, outputs.b, outputs.mixed), axis=1)
        for estimator in (method.first, method.total)
    ]
    with np.errstate(divide="ignore", invalid="ignore"):
        first, total = (np.where(variance > 0, part / variance, np.nan) for part in sums)
    if isinstance(method.first, JansenFirst):
        first = 1 + first
    return first, total, variance


def _bootstrap(
    outputs: Outputs, method: SobolMethod, bootstrap: Bootstrap, rng: np.random.Generator
) -> FloatArray:
    """Bounds of (first, total), (low, high), for each factor and result."""
    rows = resampled_rows(len(outputs.a), rng, draws=bootstrap.draws)
    found = []
    for chosen in rows:
        again = Outputs(outputs.a[chosen], outputs.b[chosen], outputs.mixed[:, chosen])
        first, total, _ = _indices(again, method)
        found.append(np.stack([first, total]))
    tail = (1 - bootstrap.coverage) / 2
    bounds = np.nanquantile(np.stack(found), [tail, 1 - tail], axis=0, method="linear")
    return np.asarray(np.swapaxes(bounds, 0, 1))
