"""Acceptability: which weights give a place which rank, if the weights are not agreed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.rank_shares import RankShares
from placedex.index.refusals import (
    checked_points,
    checked_weights,
    refuse_number,
)
from placedex.index.rows import Row, cell, label
from placedex.observations.panel import FloatArray
from placedex.stats.resampling import IntArray
from placedex.stats.ties import rank_with_ties

BLOCK_CELLS = 2_000_000
STEP = "acceptability"


@dataclass(frozen=True, slots=True, eq=False)
class Acceptability(RankShares):
    """For each place the share of weights that give it each rank, and those that put it first.

    Shape:  of_ranks (places, ranks); central (places, criteria), the mean of the weights that put
            a place first, missing if none does; beats (places, places), the share of weights that
            put the row above the column, missing on the diagonal. `draws` is nought where exact.
    """

    central: FloatArray
    beats: FloatArray

    def to_rows(self, names: Sequence[str] = (), criteria: Sequence[str] = ()) -> tuple[Row, ...]:
        """A row for each place."""
        rows = []
        for place, (shares, central) in enumerate(zip(self.of_ranks, self.central, strict=True)):
            row: Row = {"place": label(names, place)}
            row |= {f"rank_{rank + 1}": cell(share) for rank, share in enumerate(shares)}
            row |= {
                f"central_weight_{label(criteria, one)}": cell(weight)
                for one, weight in enumerate(central)
            }
            rows.append(row)
        return tuple(rows)


def even_weights(criteria: int, rng: np.random.Generator, *, draws: int) -> FloatArray:
    """Weights drawn evenly from all that are nought or more and add to 1.

    Shape:  (draws, criteria).
    Source: Tervonen and Lahdelma (2007), European Journal of Operational Research 178, 500.
    """
    refuse_number(criteria, step=STEP, what="criteria")
    refuse_number(draws, step=STEP, what="draws")
    spaces = rng.standard_exponential((draws, criteria))
    return np.asarray(spaces / spaces.sum(axis=1, keepdims=True))


def noisy_weights(
    weights: FloatArray, rng: np.random.Generator, *, share: float, draws: int
) -> FloatArray:
    """Weights drawn evenly up to a share above and below those given, made to add to 1.

    Shape:  weights (criteria,); gives (draws, criteria).
    Errors: BadSpec if the share is not from 0 to 1, or for weights below nought or all nought.
    """
    refuse_number(draws, step=STEP, what="draws")
    checked_weights(weights, len(weights), step=STEP)
    if not 0 <= share <= 1:
        raise BadSpec(
            f"Step acceptability: weights are to vary by {share:g}. Wanted a share from 0 to 1, "
            "such as 0.25 for a quarter up and down."
        )
    varied = weights * (1 + share * (2 * rng.random((draws, len(weights))) - 1))
    return np.asarray(varied / varied.sum(axis=1, keepdims=True))


def acceptability(points: FloatArray, weights: FloatArray) -> Acceptability:
    """How many of some drawn weights give each place each rank; equal scores share the better.

    Shape:  points (places, criteria), higher is better; weights (draws, criteria).
    Gaps:   a place that lacks a criterion is left out: its score would not compare.
    Source: Lahdelma, Hokkanen and Salminen (1998), EJOR 106, 137; Leskinen and others (2006).
    """
    values = checked_points(points, step=STEP)
    drawn = checked_weights(weights, values.shape[1], step=STEP)
    if drawn.ndim != 2 or not len(drawn):
        raise BadSpec(
            f"Step acceptability: the weights have the shape {drawn.shape}. Wanted a row for each "
            f"draw and a column for each of {values.shape[1]} criteria."
        )
    known = np.flatnonzero(~np.isnan(values).any(axis=1))
    count = len(known)
    counts, central, beats = np.zeros((count, count)), np.zeros((count, values.shape[1])), 0.0
    block = max(1, BLOCK_CELLS // max(1, count * count))
    offsets = np.arange(count) * count
    for start in range(0, len(drawn), block):
        part = drawn[start : start + block]
        scores = _level(part @ values[known].T)
        ranks = rank_with_ties(scores).astype(np.intp)
        cells = np.bincount((ranks - 1 + offsets).ravel(), minlength=count * count)
        counts += cells.reshape(count, count)
        central += (ranks == 1).T.astype(np.float64) @ part
        beats = beats + (scores[:, :, np.newaxis] > scores[:, np.newaxis, :]).sum(axis=0)
    return _result(
        values, known, (counts, central, np.asarray(beats, dtype=np.float64)), len(drawn)
    )


def acceptability_of_two(points: FloatArray) -> Acceptability:
    """The exact shares of all weights of two criteria that give each place each rank.

    Between the weights at which two places draw level no rank changes, so that lengths are enough.
    Shape:  points (places, 2), higher is better.
    Gaps:   a place that lacks a criterion is left out.
    Errors: BadSpec if there are not two criteria.
    """
    values = checked_points(points, step=STEP)
    if values.shape[1] != 2:
        raise BadSpec(
            f"Step acceptability: there are {values.shape[1]} criteria. Wanted two for the exact "
            "answer. Use `acceptability` with drawn weights."
        )
    known = np.flatnonzero(~np.isnan(values).any(axis=1))
    inner = values[known]
    breaks = _level_weights(inner)
    middles, lengths = (breaks[1:] + breaks[:-1]) / 2, np.diff(breaks)
    weights = np.stack([middles, 1 - middles], axis=1)
    scores = _level(weights @ inner.T)
    ranks = rank_with_ties(scores)
    found = ranks[:, :, np.newaxis] == np.arange(1, len(known) + 1)
    shares = (found * lengths[:, np.newaxis, np.newaxis]).sum(axis=0)
    first = (ranks == 1).T * lengths
    above = scores[:, :, np.newaxis] > scores[:, np.newaxis, :]
    beats = (above * lengths[:, np.newaxis, np.newaxis]).sum(axis=0)
    return _result(values, known, (shares, first @ weights, beats), 0)


def _level_weights(values: FloatArray) -> FloatArray:
    """The weights of the first criterion at which two places draw level, with 0 and 1."""
    ahead = values[:, np.newaxis, :] - values[np.newaxis, :, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = ahead[..., 1] / (ahead[..., 1] - ahead[..., 0])
    inside = crossing[np.isfinite(crossing) & (crossing > 0) & (crossing < 1)]
    return np.unique(np.concatenate([[0.0, 1.0], inside]))


def _level(scores: FloatArray) -> FloatArray:
    """Scores without the last digits, so that places that are alike are not told apart."""
    largest = np.abs(scores).max(initial=0.0)
    return np.asarray(np.round(scores / (largest or 1.0), 12))


def _result(
    values: FloatArray,
    known: IntArray,
    sums: tuple[FloatArray, FloatArray, FloatArray],
    draws: int,
) -> Acceptability:
    counts, central, beats = sums
    whole = draws or 1
    places, criteria = values.shape
    firsts = counts[:, :1] if len(known) else np.zeros((0, 1))
    of_ranks, pairs = np.full((2, places, places), np.nan)
    centres = np.full((places, criteria), np.nan)
    of_ranks[known] = 0.0
    of_ranks[known, : len(known)] = counts / whole
    pairs[np.ix_(known, known)] = beats / whole
    np.fill_diagonal(pairs, np.nan)
    centres[known] = np.where(firsts > 0, central / np.where(firsts > 0, firsts, 1.0), np.nan)
    return Acceptability(of_ranks, centres, pairs, draws=draws)
