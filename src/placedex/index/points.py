"""Points: the formulas that make figures in unlike units comparable.

Every formula takes figures of which higher is better: a figure of which lower is better is turned
round before (times -1). `among` holds the figures in which extremes, means and ranks are found:
those of a base edition, or of several editions together; without it, the values themselves. What
cannot be reckoned is missing, never infinite; the step refuses it.
"""

import numpy as np

from placedex.errors import BadSpec
from placedex.observations.panel import FloatArray
from placedex.stats import Ties, rank_with_ties

DEPRIVATION_CONSTANT = 23.0


def lowest(values: FloatArray) -> FloatArray:
    """The lowest known value along the last axis, which is kept; missing if none is known."""
    found = np.min(np.where(np.isnan(values), np.inf, values), axis=-1, keepdims=True)
    return np.where(np.isinf(found), np.nan, found)


def highest(values: FloatArray) -> FloatArray:
    """The highest known value along the last axis, which is kept; missing if none is known."""
    return np.asarray(-lowest(-values))


def over(above: FloatArray, below: FloatArray) -> FloatArray:
    """A ratio; missing where it would be divided by nought."""
    there = below != 0
    return np.where(there, above / np.where(there, below, 1.0), np.nan)


def between(
    values: FloatArray,
    low: FloatArray,
    high: FloatArray,
    *,
    scale: tuple[float, float] = (0.0, 1.0),
) -> FloatArray:
    """Where values lie between two ends, on a scale; missing where the ends are one.

    Shape:  values (..., places), the ends broadcast to it; returns values' shape.
    Source: OECD and JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    """
    bottom, top = scale
    return np.asarray(over(values - low, high - low) * (top - bottom) + bottom)


def distance_to_maximum(values: FloatArray, among: FloatArray | None = None) -> FloatArray:
    """How far along each value is from the lowest, 0, to the highest, 1.

    Shape:  (..., places) in and out; among (..., any).
    Gaps:   missing stays missing; so are all if they are alike.
    Source: Becker et al. (2022), COINr, n_dist2max.
    """
    figures = values if among is None else among
    return between(values, lowest(figures), highest(figures))


def share_of_maximum(values: FloatArray, among: FloatArray | None = None) -> FloatArray:
    """Each value over the highest; for figures on a ratio scale, with a true nought.

    Shape:  (..., places) in and out; among (..., any).
    Gaps:   missing stays missing; so are all if the highest is nought or below.
    Source: OECD and JRC (2008), step 5, distance to a reference.
    """
    top = highest(values if among is None else among)
    return over(values, np.where(top > 0, top, np.nan))


def distance_to_reference(
    values: FloatArray, reference: FloatArray, among: FloatArray | None = None
) -> FloatArray:
    """How far along each value is from the lowest, 0, to a reference, 1; beyond it above 1.

    Shape:  values (..., places), reference broadcasts to it; among (..., any).
    Gaps:   missing stays missing; so are all if the reference is missing or not above the lowest.
    Source: Becker et al. (2022), COINr, n_dist2ref, which gives infinity where the reference is
            the lowest.
    """
    low = lowest(values if among is None else among)
    return between(values, low, np.where(reference > low, reference, np.nan))


def distance_to_target(
    values: FloatArray, target: FloatArray, *, cap: bool = False, among: FloatArray | None = None
) -> FloatArray:
    """How far along each value is from the lowest, 0, to a target, 1; held there if `cap`.

    Shape:  values (..., places), target broadcasts to it; among (..., any).
    Gaps:   missing stays missing; so are all if the target is not above the lowest.
    Source: Becker et al. (2022), COINr, n_dist2targ.
    """
    reached = distance_to_reference(values, target, among)
    return np.minimum(reached, 1.0) if cap else reached


def z_score(
    values: FloatArray, among: FloatArray | None = None, *, mean: float = 0.0, spread: float = 1.0
) -> FloatArray:
    """How many standard deviations (of a sample, n - 1) above the mean, on a stated scale.

    Shape:  (..., places) in and out; among (..., any).
    Gaps:   missing stays missing; so are all if fewer than two are known or all are alike.
    Errors: BadSpec for a scale whose standard deviation is not above nought.
    Source: OECD and JRC (2008), step 5.
    """
    if not 0 < spread < np.inf or not np.isfinite(mean):
        raise BadSpec(
            f"Step normalise: z-scores are to have the mean {mean:g} and the standard deviation "
            f"{spread:g}. Wanted numbers, the second above nought."
        )
    figures = values if among is None else among
    # Sums run over sorted figures, so that the order of places is nothing to the last digit.
    figures = np.sort(figures, axis=-1)
    known = ~np.isnan(figures)
    count = known.sum(axis=-1, keepdims=True).astype(np.float64)
    centre = over(np.where(known, figures, 0.0).sum(axis=-1, keepdims=True), count)
    squares = np.where(known, (figures - centre) ** 2, 0.0).sum(axis=-1, keepdims=True)
    deviation = np.sqrt(over(squares, np.maximum(count - 1, 0.0)))
    deviation = np.where(lowest(figures) == highest(figures), np.nan, deviation)
    return np.asarray(over(values - centre, deviation) * spread + mean)


def ascending_rank(
    values: FloatArray, among: FloatArray | None = None, *, ties: Ties = Ties.WORSE
) -> FloatArray:
    """The rank of each value counted from the lowest, 1, so that more is better.

    Equal values share the worse rank, the average or the better one. A value that `among` lacks
    takes the rank that it would have there.
    Shape:  (..., places) in and out; among (any,) or (..., any).
    Gaps:   missing stays missing and is nobody's rival.
    Errors: BadSpec for dense ties, which leave no comparable number of ranks.
    """
    if ties is Ties.DENSE:
        raise BadSpec(
            "Step normalise: dense ranks make no points, since their number hangs on how many tie. "
            "Wanted the worse, the average or the better rank for equal values."
        )
    if among is None:
        count = np.sum(~np.isnan(values), axis=-1, keepdims=True)
        return np.asarray(count + 1.0 - rank_with_ties(values, ties))
    below, within = _counts(values, among)
    worse, better = below + 1.0, np.maximum(within, below + 1.0)
    shared = {Ties.WORSE: worse, Ties.BETTER: better, Ties.AVERAGE: (worse + better) / 2}
    return np.where(np.isnan(values), np.nan, shared[ties])


def _counts(values: FloatArray, among: FloatArray) -> tuple[FloatArray, FloatArray]:
    """How many of `among` are below each value, and how many are below it or equal to it."""
    rows = values.reshape(-1, values.shape[-1])
    shape = (*values.shape[:-1], among.shape[-1])
    figures = np.broadcast_to(among, shape).reshape(-1, among.shape[-1])
    below, within = np.empty(rows.shape), np.empty(rows.shape)
    for number, (row, figure) in enumerate(zip(rows, figures, strict=True)):
        ordered = np.sort(figure[~np.isnan(figure)])
        below[number] = np.searchsorted(ordered, row, side="left")
        within[number] = np.searchsorted(ordered, row, side="right")
    return below.reshape(values.shape), within.reshape(values.shape)


def borda(
    values: FloatArray, among: FloatArray | None = None, *, ties: Ties = Ties.WORSE
) -> FloatArray:
    """How many others each value beats: its ascending rank less one.

    Shape, gaps and errors as in `ascending_rank`.
    """
    return np.asarray(ascending_rank(values, among, ties=ties) - 1.0)


def percentile_rank(
    values: FloatArray, among: FloatArray | None = None, *, ties: Ties = Ties.WORSE
) -> FloatArray:
    """The share of the others that each value beats: (rank - 1) / (n - 1).

    Shape:  (..., places) in and out; among (..., any).
    Gaps:   missing stays missing; a single known value has no others and is missing too.
    Source: Becker et al. (2022), COINr, n_prank.
    """
    figures = values if among is None else among
    count = np.sum(~np.isnan(figures), axis=-1, keepdims=True).astype(np.float64)
    return over(borda(values, among, ties=ties), np.maximum(count - 1.0, 0.0))


def exponential_of_ranks(
    ranks: FloatArray,
    *,
    count: FloatArray | float | None = None,
    constant: float = DEPRIVATION_CONSTANT,
    counts_itself: bool = True,
) -> FloatArray:
    """Ranks (1 the highest) turned into points of which the top tenth spreads over a half: 0-100.

    With R the share of places that a place is not below, X = -c ln(1 - R (1 - exp(-100/c))), where
    R is (N - rank + 1) / N if a place counts itself, as England and Wales have it, or
    (N - rank) / N, as Scotland has it. England ranks ties by their average though it publishes the
    better rank; Wales uses the better one.
    Shape:  (..., places) in and out; N is the number of known ranks, or `count`.
    Gaps:   a missing rank stays missing.
    Errors: BadSpec for a constant that is not above nought.
    Source: Noble et al. (2006), Environment and Planning A 38, 169-185.
    """
    if not 0 < constant < np.inf:
        raise BadSpec(
            f"Step normalise: the constant of the exponential is {constant:g}. Wanted a number "
            f"above nought, such as {DEPRIVATION_CONSTANT:g}."
        )
    known = np.sum(~np.isnan(ranks), axis=-1, keepdims=True).astype(np.float64)
    places = known if count is None else np.asarray(count, dtype=np.float64)
    shares = over(places - ranks + (1.0 if counts_itself else 0.0), places)
    rest = 1.0 - shares * (1.0 - np.exp(-100.0 / constant))
    return np.asarray(0.0 - constant * np.log(np.where(rest > 0, rest, np.nan)))
