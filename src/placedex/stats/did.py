"""Difference in differences: how much more one group changed than another."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


def two_by_two(treated: tuple[float, float], control: tuple[float, float]) -> float:
    """By how much more the treated changed, from before to after, than the others.

    Source: Card and Krueger (1994), AER 84, 772, table 3.
    """
    return (treated[1] - treated[0]) - (control[1] - control[0])


@dataclass(frozen=True, slots=True)
class TwoWay:
    """The effect by two-way fixed effects, with a standard error clustered by place.

    Attributes:
        error: missing if fewer than two places are treated: it would say too little by far.
        degrees: of freedom of Student's t: the places less one.
    """

    effect: float
    error: float
    degrees: int

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The ends of an interval for the effect; missing without a standard error."""
        from scipy import special

        far = float(special.stdtrit(self.degrees, 0.5 + level / 2)) * self.error
        return self.effect - far, self.effect + far


def two_way(outcomes: ArrayLike, treated: ArrayLike) -> TwoWay:
    """The effect of a treatment, with an effect of each place and of each period taken out.

    The standard error is CR1: clustered by place, times G/(G-1) (N-1)/(N-K), where K counts the
    slope, the intercept and the periods less one; effects of places lie within the clusters.
    Shape:  (places, periods) both; `treated` is whether the place is treated in the period.
    Errors: ValueError for gaps, or if no place is treated in some periods and not in others.
    Source: Cameron and Miller (2015), Journal of Human Resources 50, 317. If effects differ and
            treatment begins at several times it is no mean of effects: Goodman-Bacon (2021).
    """
    values, dose = (np.asarray(one, dtype=np.float64) for one in (outcomes, treated))
    if values.ndim != 2 or values.shape != dose.shape or not np.isfinite(values).all():
        raise ValueError(
            f"Outcomes of shape {values.shape} and treatment of shape {dose.shape} were given. "
            "Wanted (places, periods) for both, without a gap. Leave out places that have gaps."
        )
    places, periods = values.shape
    own = _within(dose)
    weight = float((own**2).sum())
    if weight < 1e-12 * max(1.0, float((dose**2).sum())) or places < 3:
        raise ValueError(
            f"Of {places} places none is treated later than others are. Wanted at least three, one "
            "of which is treated from some period on. Choose other places or another period."
        )
    effect = float((own * _within(values)).sum()) / weight
    left = _within(values) - effect * own
    scores = (own * left).sum(axis=1)
    count, parameters = values.size, periods + 1
    factor = places / (places - 1) * (count - 1) / max(count - parameters, 1)
    several = int((dose.max(axis=1) > 0).sum()) > 1
    error = math.sqrt(factor * float(scores @ scores)) / weight if several else math.nan
    return TwoWay(effect, error, places - 1)


def _within(table: FloatArray) -> FloatArray:
    """A table less the mean of each row and of each column."""
    rows, columns = table.mean(axis=1, keepdims=True), table.mean(axis=0, keepdims=True)
    return np.asarray(table - rows - columns + table.mean())
