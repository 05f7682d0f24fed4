"""Ties: the rank that equal values share, by each convention."""

from enum import Enum

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


class Ties(Enum):
    """Which rank equal values get: the better, the worse, the middle, or the next without gaps."""

    BETTER = "better"
    WORSE = "worse"
    AVERAGE = "average"
    DENSE = "dense"


def rank_with_ties(values: FloatArray, ties: Ties = Ties.BETTER) -> FloatArray:
    """The rank of each value, 1 for the highest, with equal values by a convention.

    Shape:  (..., n) in and out; ranks run along the last axis.
    Gaps:   a missing value has no rank and counts as nobody's rival.
    """
    given = np.asarray(values, dtype=np.float64)
    order = np.argsort(-given, axis=-1, kind="stable")
    ordered = np.take_along_axis(given, order, axis=-1)
    positions = np.broadcast_to(np.arange(given.shape[-1]), given.shape)
    starts = np.ones(given.shape, dtype=bool)
    starts[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    ranked = _shared(starts, positions, ties)
    ranked = np.where(np.isnan(ordered), np.nan, ranked)
    ranks = np.empty_like(given)
    np.put_along_axis(ranks, order, ranked, axis=-1)
    return ranks


def _shared(starts: NDArray[np.bool_], positions: NDArray[np.intp], ties: Ties) -> FloatArray:
    """The rank of each place in descending order; `starts` marks the first of equal values."""
    if ties is Ties.DENSE:
        return np.cumsum(starts, axis=-1).astype(np.float64)
    better = np.maximum.accumulate(np.where(starts, positions, 0), axis=-1) + 1.0
    if ties is Ties.BETTER:
        return better
    count = starts.shape[-1]
    ends = np.concatenate([starts[..., 1:], np.ones_like(starts[..., :1])], axis=-1)
    last = np.where(ends, positions, count)[..., ::-1]
    worse = np.minimum.accumulate(last, axis=-1)[..., ::-1] + 1.0
    return worse if ties is Ties.WORSE else (better + worse) / 2
