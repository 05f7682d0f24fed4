"""Synthetic control: the mix of other places that was most like a place before something began."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Predictors:
    """What places are likened by, beside or instead of the outcome itself.

    Shape:  treated (predictors,) and donors (predictors, donors).
    """

    treated: FloatArray
    donors: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Synthetic:
    """A synthetic control: the donors' weights, and how far the place is from their mix.

    Attributes:
        weights: of the donors, none below nought, one in all.
        gap: the place less its mix, in each period.
        before, after: the mean squared gap before the beginning and from it on.
        importance: of the predictors, one in all; empty if none were given.
    """

    weights: FloatArray
    gap: FloatArray
    before: float
    after: float
    importance: FloatArray

    @property
    def ratio(self) -> float:
        """How many times the mean squared gap before that after is; infinite if it fitted fully."""
        return self.after / self.before if self.before > 0 else float("inf")


def nearest_mix(treated: ArrayLike, donors: ArrayLike) -> FloatArray:
    """The weights, none below nought and one in all, whose mix of donors is nearest to a place.

    This is the point of a polytope nearest to nought, solved exactly by non-negative least squares
    with one row more: the sum of squares |Au|^2 + (1'u - 1)^2 is least along the best weights.
    Where several mixes are as near, one of them comes back.
    Shape:  treated (rows,) and donors (rows, donors).
    Source: Lawson and Hanson (1974), Solving least squares problems, chapter 23.
    """
    from scipy.optimize import nnls

    apart = np.asarray(donors, dtype=np.float64) - np.asarray(treated, dtype=np.float64)[:, None]
    reach = float(np.abs(apart).max()) or 1.0
    rows = np.vstack([apart / reach, np.ones(apart.shape[1])])
    wanted = np.zeros(rows.shape[0])
    wanted[-1] = 1.0
    found, _ = nnls(rows, wanted, maxiter=100 * rows.shape[1])
    return np.asarray(found / found.sum())


def synthetic_control(
    treated: ArrayLike,
    donors: ArrayLike,
    *,
    begins: int,
    predictors: Predictors | None = None,
    fitted: Sequence[int] | None = None,
) -> Synthetic:
    """The mix of donors most like a place before a period, and the gap to it ever after.

    Without predictors the outcome before is itself what places are likened by: one convex problem
    with one answer. With them, weights of predictors are sought under which the mix fits the
    outcome best, from two starts.

    begins: the number of the first period that is after.
    fitted: the numbers of the periods in which the outcome is to fit; all before if not given.
    Shape:  treated (periods,) and donors (periods, donors).
    Errors: ValueError for gaps, fewer than two periods before or none after, or fewer than two
            donors.
    Source: Abadie and Gardeazabal (2003), AER 93, 113; Abadie, Diamond and Hainmueller (2010),
            JASA 105, 493; Abadie (2021), JEL 59, 391.
    """
    own, others = (np.asarray(one, dtype=np.float64) for one in (treated, donors))
    _check(own, others, begins)
    rows = np.arange(begins) if fitted is None else np.asarray(fitted, dtype=np.intp)
    if predictors is None:
        weights, importance = nearest_mix(own[rows], others[rows]), np.zeros(0)
    else:
        weights, importance = _nested(own[rows], others[rows], predictors)
    gap = own - others @ weights
    before, after = float(np.mean(gap[:begins] ** 2)), float(np.mean(gap[begins:] ** 2))
    return Synthetic(weights, gap, before, after, importance)


def _nested(
    treated: FloatArray, donors: FloatArray, predictors: Predictors
) -> tuple[FloatArray, FloatArray]:
    """Weights of donors and of predictors, these such that those fit the outcome best.

    As in R's Synth, predictors are divided by their standard deviation over all places, and the
    search begins with equal weights and with those of a regression. The problem has several local
    answers, and other starts can find mixes that fit better, with all weight on one predictor:
    then many mixes fit that predictor alike, and which one comes out is chance.
    """
    from scipy.optimize import minimize

    both = np.column_stack([predictors.treated, predictors.donors])
    spread = both.std(axis=1, ddof=1, keepdims=True)
    scaled = both / np.where(spread > 0, spread, 1.0)

    def mix(free: FloatArray) -> FloatArray:
        root = np.sqrt(_shares(free))[:, None]
        return nearest_mix((root * scaled[:, :1])[:, 0], root * scaled[:, 1:])

    def loss(free: FloatArray) -> float:
        return float(np.mean((treated - donors @ mix(free)) ** 2))

    count = scaled.shape[0]
    starts = [np.full(count, 1 / count), _telling(treated, donors, scaled)]
    found = [minimize(loss, start, method="BFGS") for start in starts]
    found += [
        minimize(loss, start, method="Nelder-Mead", options={"maxiter": 1000}) for start in starts
    ]
    best = min(found, key=lambda one: float(one.fun)).x
    return mix(best), _shares(best)


def _shares(free: FloatArray) -> FloatArray:
    """Any numbers as shares that sum to one, whatever their signs."""
    size = np.abs(free)
    return np.asarray(size / size.sum() if size.sum() > 0 else np.full(size.size, 1 / size.size))


def _telling(treated: FloatArray, donors: FloatArray, scaled: FloatArray) -> FloatArray:
    """How much predictors tell of outcomes: the squared coefficients of a regression, as shares."""
    outcomes = np.column_stack([treated, donors]).T
    design = np.column_stack([np.ones(scaled.shape[1]), scaled.T])
    found = np.linalg.lstsq(design, outcomes, rcond=None)[0][1:]
    return _shares((found**2).sum(axis=1))


def _check(treated: FloatArray, donors: FloatArray, begins: int) -> None:
    whole = treated.ndim == 1 and donors.ndim == 2 and donors.shape[0] == treated.size
    if not whole or not (np.isfinite(treated).all() and np.isfinite(donors).all()):
        raise ValueError(
            f"Outcomes of shape {treated.shape} and donors of shape {donors.shape} were given, or "
            "some are missing. Wanted (periods,) and (periods, donors). Leave out donors with gaps."
        )
    if donors.shape[1] < 2 or not 2 <= begins < treated.size:
        raise ValueError(
            f"There are {donors.shape[1]} donors, {begins} periods before and "
            f"{treated.size - begins} after. Wanted two donors and two periods before, or more, "
            "and one after. Choose another beginning, or more donors."
        )
