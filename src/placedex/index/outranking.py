"""Outranking: places compared two by two, without one child making up for another."""

from dataclasses import dataclass

import numpy as np

from placedex.observations.panel import FloatArray

# Sums of weights that differ by less than this share of the whole are the same.
TOLERANCE = 1e-9


def wins(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The weight of the children on which each place is above each other place.

    Shape:  values (..., places, children), weights (children,); returns (..., places, places).
    Gaps:   a child that either place lacks is no win for either.
    """
    columns = np.ascontiguousarray(np.moveaxis(values, -1, 0))
    places = values.shape[-2]
    total = np.zeros((*values.shape[:-1], places))
    weighed = np.empty_like(total)
    above = np.empty(total.shape, dtype=np.bool_)
    for column, weight in zip(columns, weights, strict=True):
        np.greater(column[..., :, np.newaxis], column[..., np.newaxis, :], out=above)
        np.multiply(above, weight, out=weighed)
        total += weighed
    return total


def shared_weights(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The weight of the children that both of two places have.

    Shape:  as in `wins`.
    """
    known = (~np.isnan(values)).astype(np.float64)
    return np.asarray((known * weights) @ np.swapaxes(known, -1, -2))


def outranking(values: FloatArray, weights: FloatArray, *, gaps_even: bool = False) -> FloatArray:
    """How far each place outranks each other: the weight where it is above, and half where equal.

    Shape:  values (..., places, children), weights (children,); returns (..., places, places),
            nought on the diagonal; for any two places the two entries add up to 1.
    Gaps:   two places are compared on the children that both have, whose weights are made up to
            the whole; without one in common the entry is missing. With `gaps_even` a child that
            either lacks counts half for each instead. COINr (outrankMatrix) counts it as lost by
            whichever place stands first in the table, so that its answer hangs on the order of
            rows.
    Source: Munda and Nardo (2009), Applied Economics 41; OECD and JRC (2008), Handbook, step 7.
    """
    won = wins(values, weights)
    whole = np.asarray(np.sum(weights)) if gaps_even else shared_weights(values, weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        result = 0.5 + 0.5 * (won - np.swapaxes(won, -1, -2)) / whole
    diagonal = np.arange(values.shape[-2])
    result[..., diagonal, diagonal] = 0.0
    return np.asarray(result)


def copeland(values: FloatArray, weights: FloatArray) -> FloatArray:
    """How many places each place outranks, less how many outrank it.

    Shape:  values (..., places, children), weights (children,); returns (..., places).
    Gaps:   as in `outranking`, of either kind; two places without a child in common are even, and
            a place without any child has no score.
    Source: Copeland (1951); Saari and Merlin (1996), Economic Theory 8. Compared with a tolerance:
            sums of weights that are equal on paper differ in their last digits, and COINr
            (a_copeland) takes a pair that rounding leaves short of even for a defeat.
    """
    won = wins(values, weights)
    return _copeland(won, np.any(~np.isnan(values) & (weights > 0), axis=-1), float(weights.sum()))


def copeland_of(support: FloatArray) -> FloatArray:
    """The Copeland score of each place in a matrix of support for it against each other.

    Shape:  (..., places, places) in, such as `outranking` gives or a count of votes; (..., places)
            out.
    Gaps:   a missing entry is even.
    """
    known = np.nan_to_num(support)
    return _copeland(known, np.ones(support.shape[:-1], dtype=np.bool_), float(known.max()))


def _copeland(won: FloatArray, there: FloatArray, whole: float) -> FloatArray:
    margins = won - np.swapaxes(won, -1, -2)
    above = (margins > TOLERANCE * whole).sum(axis=-1)
    below = (margins < -TOLERANCE * whole).sum(axis=-1)
    return np.where(there, above - below, np.nan)


def dominance(support: FloatArray) -> tuple[int, float]:
    """How many pairs have one place above the other on every child, and the share of pairs.

    Shape:  (places, places) from `outranking`.
    """
    pairs = support.shape[0] * (support.shape[0] - 1) // 2
    found = int(np.sum(support >= 1 - TOLERANCE))
    return found, found / pairs if pairs else 0.0


def borda(support: FloatArray) -> FloatArray:
    """The support that each place has against all others together.

    Shape:  (..., places, places) in, (..., places) out.
    Source: Borda (1781); Young (1974), Journal of Economic Theory 9.
    """
    places = np.arange(support.shape[-1])
    against = support.copy()
    against[..., places, places] = 0.0
    return np.asarray(np.nansum(against, axis=-1))


def condorcet_winner(support: FloatArray) -> int | None:
    """The row of the place that outranks every other, if there is one.

    Shape:  (places, places) in.
    """
    best = np.flatnonzero(copeland_of(support) == support.shape[-1] - 1)
    return int(best[0]) if best.size else None


@dataclass(frozen=True, slots=True)
class Copeland:
    """The Copeland score: places outranked, less places outranking."""

    words: str = (
        "the Copeland score (the places that a place is above by weight of its parts, less those "
        "that are above it)"
    )

    def of_places(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """A number for each place; values are (..., places, children)."""
        return copeland(values, weights)


def support_from_ballots(ballots: FloatArray, weights: FloatArray) -> FloatArray:
    """The weight of the ballots that set each place before each other.

    Shape:  ballots (ballots, places), the rank that each gives, 1 for the best; weights
            (ballots,); returns (places, places).
    Gaps:   a place that a ballot leaves out is compared with none on it; equal ranks are half each.
    """
    ranks = -ballots.T
    won = wins(ranks, weights)
    both = shared_weights(ranks, weights)
    support = won + 0.5 * (both - won - won.T)
    np.fill_diagonal(support, 0.0)
    return np.asarray(support)
