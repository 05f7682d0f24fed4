"""Multiple imputation: one answer from several, each of which filled the gaps in another way."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """An estimate over several imputations, and how sure it is.

    `within` is the variance that the estimate would have without a gap, `between` that of the
    estimates among the imputations, `variance` the whole. `degrees` are those of Student's t with
    which an interval is made; infinite where nothing is missing.
    Shape:  each (...).
    """

    estimate: FloatArray
    variance: FloatArray
    within: FloatArray
    between: FloatArray
    degrees: FloatArray
    increase: FloatArray

    @property
    def missing_information(self) -> FloatArray:
        """The share of what the figures would tell that the gaps have taken."""
        lost = np.where(np.isinf(self.degrees), 0.0, 2.0 / (self.degrees + 3.0))
        with np.errstate(invalid="ignore"):
            found = np.asarray((self.increase + lost) / (self.increase + 1.0))
        return np.where(np.isinf(self.increase), 1.0, found)


def pool_imputations(
    estimates: FloatArray, variances: FloatArray, *, complete_degrees: float | None = None
) -> Pooled:
    """The mean of the estimates of several imputations, with a variance that carries the gaps.

    The whole variance is within + (1 + 1 / m) between. `complete_degrees` are the degrees of
    freedom that the estimate would have without a gap; with few of them, those of Barnard and Rubin
    hold, which never exceed them.
    Shape:  (imputations, ...) in, (...) out.
    Gaps:   an estimate that is missing under one imputation is missing.
    Errors: ValueError for fewer than two imputations, another number of variances, or a variance
            below nought.
    Source: Rubin (1987), Multiple Imputation for Nonresponse in Surveys, ch. 3; Barnard and Rubin
            (1999), Biometrika 86, 948-955.
    """
    found = np.asarray(estimates, dtype=np.float64)
    own = np.asarray(variances, dtype=np.float64)
    if found.shape != own.shape or len(found) < 2:
        raise ValueError(
            f"There are estimates of the shape {found.shape} and variances of {own.shape}. Wanted "
            "both alike, of two imputations or more."
        )
    if np.any(own < 0):
        raise ValueError(f"A variance is {np.nanmin(own):g}. Wanted none below nought.")
    count = len(found)
    within, between = own.mean(axis=0), found.var(axis=0, ddof=1)
    added = (1 + 1 / count) * between
    with np.errstate(divide="ignore", invalid="ignore"):
        increase = np.where((within == 0) & (added == 0), 0.0, added / within)
    return Pooled(
        found.mean(axis=0),
        np.asarray(within + added),
        np.asarray(within),
        np.asarray(between),
        _degrees(increase, count - 1, complete_degrees),
        increase,
    )


def _degrees(increase: FloatArray, among: int, complete: float | None) -> FloatArray:
    """The degrees of freedom, for how much the gaps add to the variance; missing where it is."""
    with np.errstate(divide="ignore"):
        degrees = np.asarray(among * (1 + 1 / increase) ** 2)
        if complete is None:
            return degrees
        observed = (complete + 1) / (complete + 3) * complete / (1 + increase)
        return np.asarray(1 / (1 / degrees + 1 / observed))
