"""Sampling and method: how far errors in the figures and choices of method each move a score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from placedex.errors import BadSpec
from placedex.index.rows import Row, cell, label
from placedex.observations.panel import FloatArray
from placedex.stats.intervals import mixture_quantiles


@dataclass(frozen=True, slots=True, eq=False)
class SamplingAndMethod:
    """The variance of a score split in two: that of sampling within a method, that of method.

    Shape:  all (...), one for each place.
    """

    mean: FloatArray
    sampling: FloatArray
    method: FloatArray

    @property
    def total(self) -> FloatArray:
        """The whole variance."""
        return self.sampling + self.method

    @property
    def share_of_method(self) -> FloatArray:
        """The share of the variance that choices of method explain; missing if there is none."""
        total = self.total
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(total > 0, self.method / total, np.nan)

    def to_rows(self, names: Sequence[str] = ()) -> tuple[Row, ...]:
        """A row for each place."""
        parts = (self.mean, self.sampling, self.method, self.total, self.share_of_method)
        columns = np.stack([np.ravel(part) for part in parts], axis=1)
        return tuple(
            {
                "place": label(names, number),
                "mean": cell(row[0]),
                "variance_of_sampling": cell(row[1]),
                "variance_of_method": cell(row[2]),
                "variance": cell(row[3]),
                "share_of_method": cell(row[4]),
            }
            for number, row in enumerate(columns)
        )


def sampling_and_method(
    means: ArrayLike, errors: ArrayLike, *, shares: ArrayLike
) -> SamplingAndMethod:
    """The law of total variance: the mean variance within methods, and the variance of means.

    Shape:  means and errors (..., methods); shares (methods,), how likely each method is.
    Gaps:   a place without a score under some method has none of these.
    Errors: BadSpec if the shares do not add to 1.
    Source: Draper (1995), JRSS B 57, 45; Saisana, Saltelli and Tarantola (2005), JRSS A 168, 307.
    """
    scores, spread = np.asarray(means, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    weights = _checked(shares)
    mean = (scores * weights).sum(-1)
    within = (spread**2 * weights).sum(-1)
    between = ((scores - mean[..., np.newaxis]) ** 2 * weights).sum(-1)
    return SamplingAndMethod(mean, within, between)


def sampling_and_method_of_draws(draws: ArrayLike, *, shares: ArrayLike) -> SamplingAndMethod:
    """The same from simulated scores: errors drawn once for each replicate, under every method.

    Shape:  draws (methods, replicates, places), of which every method has the same replicates.
    Gaps:   a replicate in which any method gave a place no score is left out for that place.
    """
    scores = np.asarray(draws, dtype=np.float64)
    there = ~np.isnan(scores).any(axis=0)
    kept = np.where(there, scores, np.nan)
    enough = there.any(axis=0)
    filled = np.where(enough, kept, 0.0)
    means, errors = np.nanmean(filled, axis=1), np.nanstd(filled, axis=1)
    gap = np.where(enough, 0.0, np.nan)
    return sampling_and_method((means + gap).T, (errors + gap).T, shares=shares)


def quantiles_of_methods(
    means: ArrayLike, errors: ArrayLike, *, shares: ArrayLike, levels: Sequence[float]
) -> FloatArray:
    """The scores below which a place lies with given probabilities, over methods and errors.

    Shape:  means and errors (..., methods); shares (methods,); gives (..., levels).
    """
    return mixture_quantiles(
        np.asarray(means, dtype=np.float64),
        np.asarray(errors, dtype=np.float64),
        shares=_checked(shares),
        levels=np.asarray(levels, dtype=np.float64),
    )


def _checked(shares: ArrayLike) -> FloatArray:
    weights = np.asarray(shares, dtype=np.float64)
    if np.any(weights < 0) or not abs(weights.sum() - 1) <= 1e-9:
        raise BadSpec(
            f"Step sampling and method: the shares of the methods add to {weights.sum():g}. Wanted "
            "shares of nought or more that add to 1. Divide each by their sum."
        )
    return weights
