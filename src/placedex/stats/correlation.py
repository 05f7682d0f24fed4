"""Correlation: how closely each two columns go together, and how likely that is by chance."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from placedex.stats.ties import Ties, rank_with_ties

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

# Above so many places Kendall's distribution is taken as normal, as R's cor.test does.
EXACT_BELOW = 50
# Up to so many places Spearman's distribution is taken from its series, as R's cor.test does.
SERIES_UP_TO = 1290
FEWEST = 3


@dataclass(frozen=True, slots=True, eq=False)
class Related:
    """The correlation of each two columns, on how many rows it stands, and its p-value.

    Shape:  each part is (columns, columns). The p-value is two-sided, against no correlation.
    """

    coefficients: FloatArray
    counts: IntArray
    p_values: FloatArray


def correlations(values: FloatArray, *, complete: bool = True) -> FloatArray:
    """Pearson's correlation of each two columns.

    Shape:  (..., rows, columns) in, (..., columns, columns) out.
    Gaps:   a row that lacks any column is left out, or only where it lacks one of the two if
            not `complete`. A column that is everywhere the same has no correlation.
    """
    if complete:
        there = ~np.isnan(values).any(axis=-1, keepdims=True)
        values = np.where(there, values, np.nan)
    known = (~np.isnan(values)).astype(np.float64)
    count = known.sum(axis=-2, keepdims=True)
    centre = np.nan_to_num(values).sum(axis=-2, keepdims=True) / np.maximum(count, 1)
    apart = np.where(known > 0, values - centre, 0.0)
    turned, turned_known = np.swapaxes(apart, -1, -2), np.swapaxes(known, -1, -2)
    both = np.maximum(turned_known @ known, 1)
    sums, others = turned @ known, turned_known @ apart
    squares, other_squares = np.swapaxes(apart**2, -1, -2) @ known, turned_known @ apart**2
    across = turned @ apart - sums * others / both
    own, other = squares - sums**2 / both, other_squares - others**2 / both
    flat = (own <= 1e-14 * squares) | (other <= 1e-14 * other_squares)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(flat, np.nan, across / np.sqrt(own * other))
    return np.asarray(np.clip(found, -1.0, 1.0))


def pearson(values: FloatArray) -> Related:
    """Pearson's correlation of each two columns: how closely they follow a straight line.

    Shape:  (rows, columns) in.
    Gaps:   each two columns are compared on the rows that have both; fewer than three rows, or a
            column that is everywhere the same there, have no correlation.
    Source: the p-value is that of Student's t with n - 2 degrees of freedom (R's cor.test).
    """
    known = ~np.isnan(values)
    counts = (known.T.astype(np.int64)) @ known.astype(np.int64)
    found = np.where(counts < FEWEST, np.nan, correlations(values, complete=False))
    return Related(found, counts, student_p(found, counts))


def spearman(values: FloatArray) -> Related:
    """Spearman's correlation of each two columns: how closely their orders agree.

    It is Pearson's on the ranks, tied values sharing the middle one.
    Gaps:   as in `pearson`; the ranks are those among the rows that have both.
    Source: the p-value is R's (cor.test): without ties exact up to 9 rows and by Edgeworth's series
            up to 1,290 (Best and Roberts, 1975, algorithm AS 89), else by Student's t.
    """
    return _by_pair(values, _spearman_of)


def kendall(values: FloatArray) -> Related:
    """Kendall's tau-b of each two columns: pairs of rows in one order less those in the other.

    Gaps:   as in `pearson`.
    Source: Kendall (1945), Biometrika 33. The p-value is exact below 50 rows without ties, else
            normal with the variance for ties, without a correction for continuity (R's cor.test).
    """
    return _by_pair(values, _kendall_of)


def student_p(coefficients: FloatArray, counts: IntArray) -> FloatArray:
    """How likely a correlation at least so far from nought is by chance, by Student's t.

    Gaps:   missing for fewer than three rows or without a correlation.
    """
    from scipy.special import betainc

    free = np.maximum(counts - 2, 1).astype(np.float64)
    p_values = betainc(free / 2, 0.5, 1 - coefficients**2)
    return np.asarray(np.where(counts < FEWEST, np.nan, p_values))


def _by_pair(
    values: FloatArray, measure: Callable[[FloatArray, FloatArray], tuple[float, float]]
) -> Related:
    columns = values.shape[1]
    found, p_values = np.full((2, columns, columns), np.nan)
    counts = np.zeros((columns, columns), dtype=np.int64)
    for one in range(columns):
        for other in range(one, columns):
            both = ~np.isnan(values[:, one]) & ~np.isnan(values[:, other])
            counts[one, other] = counts[other, one] = both.sum()
            if counts[one, other] < FEWEST:
                continue
            told = measure(values[both, one], values[both, other])
            found[one, other], p_values[one, other] = told
            found[other, one], p_values[other, one] = told
    return Related(found, counts, p_values)


def _spearman_of(one: FloatArray, other: FloatArray) -> tuple[float, float]:
    from placedex.stats.rank_distances import spearman_p

    ranks = rank_with_ties(np.stack([one, other]), Ties.AVERAGE)
    found = pearson(ranks.T)
    r, count = float(found.coefficients[0, 1]), one.size
    if count > SERIES_UP_TO or any(np.unique(rank).size < count for rank in ranks):
        return r, float(found.p_values[0, 1])
    return r, spearman_p(count, float(((ranks[0] - ranks[1]) ** 2).sum()))


def _kendall_of(one: FloatArray, other: FloatArray) -> tuple[float, float]:
    count = one.size
    concord = 0.0
    for row in range(count - 1):
        signs = np.sign(one[row + 1 :] - one[row]) * np.sign(other[row + 1 :] - other[row])
        concord += float(signs.sum())
    first, second = (np.unique(column, return_counts=True)[1] for column in (one, other))
    pairs = count * (count - 1) / 2
    open_pairs = (pairs - _falling(first, 2) / 2) * (pairs - _falling(second, 2) / 2)
    if open_pairs <= 0:
        return np.nan, np.nan
    tau = concord / float(np.sqrt(open_pairs))
    if count < EXACT_BELOW and first.max() == 1 and second.max() == 1:
        return tau, _exact_kendall_p(count, concord)
    return tau, _normal_kendall_p(count, concord, ties=(first, second))


def _falling(ties: IntArray, order: int) -> float:
    """The sum over groups of equal values of t (t - 1) ..., with so many factors."""
    product = np.ones(ties.size)
    for step in range(order):
        product = product * (ties - step)
    return float(product.sum())


def _exact_kendall_p(count: int, concord: float) -> float:
    """The share of all orders that are at least so far from even, both tails."""
    ways = np.ones(1)
    for size in range(2, count + 1):
        ways = np.convolve(ways, np.full(size, 1 / size))
    agreeing = round((concord + count * (count - 1) / 2) / 2)
    low, high = float(ways[: agreeing + 1].sum()), float(ways[agreeing:].sum())
    return min(1.0, 2 * min(low, high))


def _normal_kendall_p(count: int, concord: float, *, ties: tuple[IntArray, IntArray]) -> float:
    from scipy.special import ndtr

    one, other = ties

    def spread(groups: IntArray) -> float:
        return float((groups * (groups - 1) * (2 * groups + 5)).sum())

    variance = (count * (count - 1) * (2 * count + 5) - spread(one) - spread(other)) / 18
    variance += _falling(one, 2) * _falling(other, 2) / (2 * count * (count - 1))
    variance += _falling(one, 3) * _falling(other, 3) / (9 * count * (count - 1) * (count - 2))
    return 2 * float(ndtr(-abs(concord) / np.sqrt(variance)))
