"""Rank probabilities: how likely each place is to beat another, and to have each rank."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.estimates import (
    among,
    checked_estimates,
    difference_errors,
    known_in_order,
)
from placedex.index.rank_shares import RankShares
from placedex.index.refusals import refuse_number, refuse_share
from placedex.index.rows import Row, cell, label
from placedex.observations.panel import FloatArray
from placedex.stats.resampling import normal_draws
from placedex.stats.ties import rank_with_ties

STEP = "rank probabilities"
REACH = 8.5
CERTAIN = 1e-16
SUREST = 1e-12
GAUSS = 12
CELLS = 400_000


@dataclass(frozen=True, slots=True, eq=False)
class RankProbabilities(RankShares):
    """How likely each place is to have each rank, and to beat each other place.

    Shape:  of_ranks (places, ranks), row by row adding to 1; beats (places, places), missing on
            the diagonal; expected (places,). `draws` is nought where nothing was simulated.
    """

    beats: FloatArray
    expected: FloatArray

    def interval(self, coverage: float = 0.9) -> tuple[FloatArray, FloatArray]:
        """The ranks between which a place lies with a probability, an equal tail left each side."""
        refuse_share(coverage, step=STEP, what="coverage")
        reached = np.cumsum(self.of_ranks, axis=1)
        tail = (1 - coverage) / 2
        low = 1.0 + np.sum(reached < tail - 1e-12, axis=1)
        high = 1.0 + np.sum(reached < 1 - tail - 1e-12, axis=1)
        missing = np.isnan(self.expected)
        return np.where(missing, np.nan, low), np.where(missing, np.nan, high)

    def to_rows(self, names: Sequence[str] = ()) -> tuple[Row, ...]:
        """A row for each place and rank."""
        return tuple(
            {
                "place": label(names, place),
                "rank": rank + 1,
                "probability": cell(self.of_ranks[place, rank]),
                "expected_rank": cell(self.expected[place]),
            }
            for place in range(self.of_ranks.shape[0])
            for rank in range(self.of_ranks.shape[1])
        )


def probability_beats(estimates: FloatArray, errors: FloatArray) -> FloatArray:
    """How likely the place of a row is truly above that of a column.

    Shape:  estimates (..., n); errors alike, or covariances (n, n); gives (..., n, n), missing on
            the diagonal. Places alike without any error have 1/2.
    Source: Goldstein and Spiegelhalter (1996), JRSS A 159, 385.
    """
    from scipy.special import ndtr

    values = np.asarray(estimates, dtype=np.float64)
    spread = difference_errors(np.asarray(errors, dtype=np.float64), matrix=values.ndim == 1)
    differences = values[..., :, np.newaxis] - values[..., np.newaxis, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(spread == 0, np.sign(differences) * np.inf, differences / spread)
    ratios = np.where((spread == 0) & (differences == 0), 0.0, ratios)
    chances = np.where(np.isnan(spread), np.nan, ndtr(ratios))
    own = np.arange(values.shape[-1])
    chances[..., own, own] = np.nan
    return np.asarray(chances)


def expected_ranks(beats: FloatArray) -> FloatArray:
    """The rank to be expected of each place: 1 and the chances of all others to be above it.

    Shape:  (..., n, n) as `probability_beats` gives; returns (..., n).
    Gaps:   a place without an estimate has none and counts as nobody's rival.
    """
    missing = np.all(np.isnan(beats), axis=-1) & (beats.shape[-1] > 1)
    above = np.where(np.isnan(beats), 0.0, beats).sum(axis=-2)
    return np.where(missing, np.nan, 1.0 + above)


def poisson_binomial(probabilities: FloatArray) -> FloatArray:
    """How likely 0, 1, 2 ... of independent events with unlike probabilities are to happen.

    Shape:  (..., n) in, (..., n + 1) out.
    """
    events = np.moveaxis(probabilities, -1, 0)
    chances = np.zeros((len(events) + 1, *events.shape[1:]))
    chances[0] = 1.0
    for number, chance in enumerate(events):
        moved = chances[: number + 1] * chance
        chances[: number + 1] -= moved
        chances[1 : number + 2] += moved
    return np.moveaxis(chances, 0, -1)


def rank_probabilities(estimates: FloatArray, errors: FloatArray) -> RankProbabilities:
    """How likely each place is to have each rank, if the errors are normal and independent.

    Reckoned, not simulated: for each value that a place may have, its rivals above it are counted
    by the Poisson-binomial distribution, and the values are weighed by quadrature.
    Shape:  estimates and standard errors (n,). Rank 1 is the highest.
    Gaps:   a place without an estimate or an error has no ranks and is nobody's rival.
    Errors: BadSpec as in `checked_estimates`; covariances need simulation.
    Source: Lin, Louis, Paddock and Ridgeway (2006), Bayesian Analysis 1, 915.
    """
    values, spread = checked_estimates(estimates, errors, step=STEP)
    if spread.ndim == 2:
        raise BadSpec(
            f"Step {STEP}: covariances were given. Wanted a standard error for each place. For "
            "covariances use simulated_rank_probabilities."
        )
    count, known = len(values), known_in_order(values, spread)
    of_ranks = np.full((count, count), np.nan)
    of_ranks[known] = 0.0
    of_ranks[known, : len(known)] = _ranks_together(values[known], spread[known])
    return _result(values, spread, of_ranks, 0)


def simulated_rank_probabilities(
    estimates: FloatArray, errors: FloatArray, *, rng: np.random.Generator, draws: int = 20_000
) -> RankProbabilities:
    """How likely each place is to have each rank, if the errors are normal and may hang together.

    Shape:  estimates (n,); errors (n,) standard errors or (n, n) covariances.
    Gaps:   a place without an estimate or an error has no ranks and is nobody's rival.
    Errors: BadSpec as in `checked_estimates`, or without a draw.
    """
    refuse_number(draws, step=STEP, what="draws")
    values, spread = checked_estimates(estimates, errors, step=STEP)
    known = known_in_order(values, spread)
    inner = among(spread, known)
    drawn = values[known, np.newaxis] + normal_draws(inner, rng, draws=draws)
    ranks = rank_with_ties(drawn.T).astype(np.intp) - 1
    count, size = len(known), len(values)
    cells = np.bincount((ranks + np.arange(count) * count).ravel(), minlength=count * count)
    of_ranks = np.full((size, size), np.nan)
    of_ranks[known] = 0.0
    of_ranks[known, :count] = cells.reshape(count, count) / draws
    return _result(values, spread, of_ranks, draws)


def _result(
    values: FloatArray, spread: FloatArray, of_ranks: FloatArray, draws: int
) -> RankProbabilities:
    beats = probability_beats(values, spread)
    ranked = ~np.isnan(of_ranks).all(axis=1)
    expected = np.where(ranked, expected_ranks(beats), np.nan)
    return RankProbabilities(of_ranks, beats, expected, draws=draws)


def _ranks_together(values: FloatArray, errors: FloatArray) -> FloatArray:
    """How likely each of some places is to have each rank.

    At each value the rivals above it are counted once, for all places; the place itself is then
    divided out of the count.
    """
    from scipy.special import ndtr

    from placedex.index.rank_kernels import add_ranks

    spread = np.where(errors > SUREST * np.abs(values).max(initial=0.0), errors, 0.0)
    points, shares = _quadrature(values, spread)
    sure, wide = spread == 0, np.where(spread == 0, 1.0, spread)
    ranks = np.zeros((len(values), len(values)))
    block = max(1, CELLS // max(1, len(values)))
    for start in range(0, len(points), block):
        near = points[start : start + block, np.newaxis]
        apart = values - near
        share = shares[start : start + block, np.newaxis]
        ratios = np.where(sure, np.where(apart == 0, 0.0, np.copysign(np.inf, apart)), apart / wide)
        density = np.exp(-(ratios**2) / 2) / (wide * np.sqrt(2 * np.pi)) * share
        at_once = np.where((apart == 0) & (share == 0), 1.0, 0.0)
        weights = np.where(sure, at_once, np.where(np.abs(ratios) > REACH, 0.0, density))
        add_ranks(ndtr(ratios), weights, CERTAIN, ranks)
    ranks = np.maximum(ranks, 0.0)
    return np.asarray(ranks / ranks.sum(axis=1, keepdims=True))


def _quadrature(values: FloatArray, errors: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Points and weights for means over the normal distributions of all places.

    Gauss-Legendre rules between breaks that lie, near each place, at most one of its standard
    errors apart; exact to about 1e-12. Places without error come last, as points of no weight.
    """
    unsure, certain = errors > 0, np.unique(values[errors == 0])
    low, high = values - REACH * errors, values + REACH * errors
    starts, widths = [], []
    at, last = low[unsure].min(initial=np.inf), high[unsure].max(initial=-np.inf)
    while at < last:
        at = max(at, float(low[unsure & (high > at)].min()))
        ahead = high > at
        # No break is passed: neither where a place begins nor one that is known for certain.
        width = float(np.maximum(errors, low - at)[ahead].min())
        starts.append(at)
        widths.append(width)
        at += width
    nodes, shares = np.polynomial.legendre.leggauss(GAUSS)
    half = np.array(widths)[:, np.newaxis] / 2
    points = np.array(starts)[:, np.newaxis] + half + half * nodes
    return (
        np.concatenate([points.ravel(), certain]),
        np.concatenate([(half * shares).ravel(), np.zeros(len(certain))]),
    )
