"""Ranks: the place that each value takes in an order."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def rank_descending(values: FloatArray) -> FloatArray:
    """The rank of each value, 1 for the highest; equal values share the better rank.

    Shape:  (..., n) in and out; ranks run along the last axis.
    Gaps:   a missing value has no rank and counts as nobody's rival.
    """
    flat = values.reshape(-1, values.shape[-1])
    ranks = np.full(flat.shape, np.nan)
    for row, ranked in zip(flat, ranks, strict=True):
        known = ~np.isnan(row)
        descending = -row[known]
        ranked[known] = 1 + np.searchsorted(np.sort(descending), descending, side="left")
    return ranks.reshape(values.shape)
