"""Penalty: a mean from which uneven places lose, after Mazziotta and Pareto."""

from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.means import arithmetic
from placedex.observations.panel import FloatArray

POPULATION, SAMPLE = 0, 1
DOWNWARDS, UPWARDS = -1, 1
CENTRE, SPREAD = 100.0, 10.0
LOWEST, WIDTH = 70.0, 60.0


def standardised(
    values: FloatArray, *, polarity: FloatArray | int = 1, divisor: int = POPULATION
) -> FloatArray:
    """Each indicator with the mean 100 and the standard deviation 10 over the places.

    Shape:  (..., places, indicators) in and out; polarity is 1 or -1, one or (indicators,).
    Gaps:   the mean and the deviation are of the places that have the indicator.
    Errors: BadSpec for an indicator that is the same in every place.
    Source: De Muro, Mazziotta and Pareto (2011), Social Indicators Research 104, who divide by
            the number of places; Compind 3.4 divides by one less (divisor=SAMPLE).
    """
    known = ~np.isnan(values)
    count = known.sum(axis=-2, keepdims=True)
    # Sums run over sorted values, so that the order of the places is nothing to the last digit.
    ordered = np.nan_to_num(np.sort(values, axis=-2))
    mean = ordered.sum(axis=-2, keepdims=True) / np.maximum(count, 1)
    apart = np.where(known, values - mean, 0.0)
    squares = np.sort(apart**2, axis=-2).sum(axis=-2, keepdims=True)
    deviation = np.sqrt(squares / np.maximum(count - divisor, 1))
    level = np.sqrt(squares / np.maximum(count, 1)) <= 1e-12 * np.abs(mean)
    if np.any(level & (count > 0)):
        column = int(np.argwhere(level & (count > 0))[0][-1])
        raise BadSpec(
            f"child {column + 1} is the same in every place, or known in one alone. Wanted two "
            "places that differ. Take it out, or use the adjusted index, which has goalposts."
        )
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(CENTRE + SPREAD * polarity * (values - mean) / deviation)


def penalised(
    values: FloatArray, weights: FloatArray, *, penalty: int = DOWNWARDS, divisor: int = POPULATION
) -> FloatArray:
    """The mean of the children, less (or plus) their standard deviation times its share of it.

    Shape:  values (..., children), weights broadcast to it; returns (...).
    Gaps:   a missing child's weight is shared by the rest; one child alone has no penalty.
    Errors: BadSpec if a mean is nought or below, since a share of it then means nothing.
    Source: De Muro, Mazziotta and Pareto (2011): M - S cv for what is good, M + S cv for what is
            bad, with as many as there are children for divisor; Compind 3.4 ci_mpi has one less.
    """
    mean = arithmetic(values, weights)
    if np.any(mean <= 0):
        raise BadSpec(
            f"the mean of the children is {np.nanmin(mean):g}. Wanted one above nought for a "
            "penalty in proportion to it. Normalise to a scale above nought, such as 70 to 130."
        )
    squares = arithmetic((values - mean[..., np.newaxis]) ** 2, weights)
    count = np.sum(~np.isnan(values) & (weights > 0), axis=-1)
    lost = squares * count / np.maximum(count - divisor, 1) / mean
    return np.asarray(mean + penalty * lost)


def adjusted_goalposts(values: FloatArray, reference: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The two goalposts of each indicator: half its whole range below and above a reference.

    Freeze them: a score of one year then stays as it is when a later year goes beyond them.
    Shape:  values (..., indicators), all places and years at once; reference (indicators,).
    Gaps:   missing values are left out.
    Errors: BadSpec for an indicator without two values that differ.
    Source: Mazziotta and Pareto (2016), Social Indicators Research 127.
    """
    flat = values.reshape(-1, values.shape[-1])
    low, high = np.fmin.reduce(flat, axis=0), np.fmax.reduce(flat, axis=0)
    if not np.all(high > low):
        column = int(np.argmin(high > low))
        raise BadSpec(
            f"indicator {column + 1} has no two values that differ, so it has no range. Wanted "
            "two places or years that differ. Take it out, or give it goalposts."
        )
    half = (high - low) / 2
    return reference - half, reference + half


def adjusted_scale(
    values: FloatArray, low: FloatArray, high: FloatArray, *, polarity: FloatArray | int = 1
) -> FloatArray:
    """Each indicator on a scale from 70 to 130 between its goalposts, 100 at the reference.

    Shape:  values (..., indicators), the rest broadcast to it; returns values' shape.
    Units:  any in, points out; a value beyond a goalpost falls outside 70 to 130.
    Gaps:   a missing value stays missing.
    Source: Mazziotta and Pareto (2016).
    """
    rising = LOWEST + WIDTH * (values - low) / (high - low)
    falling = LOWEST + WIDTH * (high - values) / (high - low)
    return np.where(np.asarray(polarity) > 0, rising, falling)


@dataclass(frozen=True, slots=True)
class MazziottaPareto:
    """The Mazziotta-Pareto index: children standardised over the places, uneven ones losing."""

    penalty: int = DOWNWARDS
    divisor: int = POPULATION

    def __post_init__(self) -> None:
        _refuse_others(self.penalty, self.divisor)

    @property
    def words(self) -> str:
        """The name of the method."""
        return f"the Mazziotta-Pareto index ({_words(self.penalty, self.divisor)})"

    def of_places(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """A number for each place; values are (..., places, children)."""
        scores = standardised(values[..., weights > 0], divisor=self.divisor)
        return penalised(scores, weights[weights > 0], penalty=self.penalty, divisor=self.divisor)


@dataclass(frozen=True, slots=True)
class AdjustedMazziottaPareto:
    """The adjusted Mazziotta-Pareto index, which can be compared from year to year.

    The children should be between fixed goalposts on a scale from 70 to 130, not held at its ends:
    the step normalise with `MinMax(scale=(70, 130), clip=False)` and `adjusted_goalposts`. Compind
    3.4 ci_ampi gives the same numbers whichever penalty is asked for; here they differ.
    """

    penalty: int = DOWNWARDS
    divisor: int = POPULATION

    def __post_init__(self) -> None:
        _refuse_others(self.penalty, self.divisor)

    @property
    def words(self) -> str:
        """The name of the method."""
        return f"the adjusted Mazziotta-Pareto index ({_words(self.penalty, self.divisor)})"

    def of(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The mean along the last axis."""
        return penalised(values, weights, penalty=self.penalty, divisor=self.divisor)


def _refuse_others(penalty: int, divisor: int) -> None:
    """Refuse a direction or a divisor that the authors do not know."""
    if penalty not in {DOWNWARDS, UPWARDS} or divisor not in {POPULATION, SAMPLE}:
        raise BadSpec(
            f"Step aggregate: a penalty of {penalty} with the divisor {divisor} is asked for. "
            "Wanted the penalty -1 (taken from the mean) or 1 (added to it), and the divisor 0 "
            "(the number of parts) or 1 (one less)."
        )


def _words(penalty: int, divisor: int) -> str:
    act = "taken from" if penalty < 0 else "added to"
    over = "their number" if divisor == POPULATION else "their number less one"
    return f"a penalty for uneven parts {act} their mean, the variance divided by {over}"
