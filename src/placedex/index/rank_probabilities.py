"""Rank probabilities: how likely each place is to beat another, and to have each rank."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.rank_sets import difference_errors
from placedex.index.rows import Row, cell, label
from placedex.observations.panel import FloatArray
from placedex.stats.resampling import normal_draws
from placedex.stats.ties import rank_with_ties

REACH = 8.5
SHARP = 0.05
CERTAIN = 1e-16
GAUSS = 12


@dataclass(frozen=True, slots=True, eq=False)
class RankProbabilities:
    """How likely each place is to have each rank, and to beat each other place.

    Shape:  of_ranks (places, ranks), row by row adding to 1; beats (places, places), missing on
            the diagonal; expected (places,). `draws` is nought where nothing was simulated.
    """

    of_ranks: FloatArray
    beats: FloatArray
    expected: FloatArray
    draws: int = 0

    @property
    def simulation_errors(self) -> FloatArray:
        """The standard error that simulation leaves in each probability of a rank."""
        if self.draws == 0:
            return np.where(np.isnan(self.of_ranks), np.nan, 0.0)
        return np.asarray(np.sqrt(self.of_ranks * (1 - self.of_ranks) / self.draws))

    def top(self, count: int) -> FloatArray:
        """How likely each place is to be among the best few."""
        return np.asarray(self.of_ranks[:, :count].sum(axis=1))

    def interval(self, coverage: float = 0.9) -> tuple[FloatArray, FloatArray]:
        """The ranks between which a place lies with a probability, an equal tail left each side."""
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
    Errors: BadSpec if the errors are not one for each place; covariances need simulation.
    Source: Lin, Louis, Paddock and Ridgeway (2006), Bayesian Analysis 1, 915.
    """
    values, spread = _paired(estimates, errors, square=False)
    count = len(values)
    known = np.flatnonzero(~np.isnan(values) & ~np.isnan(spread))
    of_ranks = np.full((count, count), np.nan)
    for place in known:
        rivals = known[known != place]
        rivals = rivals[np.lexsort((spread[rivals], values[rivals]))]
        of_ranks[place] = 0.0
        of_ranks[place, : len(known)] = _ranks_of_one(
            values[place], spread[place], values[rivals], spread[rivals]
        )
    return _result(values, spread, of_ranks, 0)


def simulated_rank_probabilities(
    estimates: FloatArray, errors: FloatArray, *, rng: np.random.Generator, draws: int = 20_000
) -> RankProbabilities:
    """How likely each place is to have each rank, if the errors are normal and may hang together.

    Shape:  estimates (n,); errors (n,) standard errors or (n, n) covariances.
    Gaps:   a place without an estimate or an error has no ranks and is nobody's rival.
    Errors: BadSpec if errors and estimates do not fit.
    """
    values, spread = _paired(estimates, errors, square=True)
    own = spread if spread.ndim == 1 else np.sqrt(spread.diagonal())
    known = np.flatnonzero(~np.isnan(values) & ~np.isnan(own))
    # In an order of their own, so that the order of rows changes nothing.
    known = known[np.lexsort((own[known], values[known]))]
    inner = spread[known] if spread.ndim == 1 else spread[np.ix_(known, known)]
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
    expected = np.where(np.isnan(of_ranks[:, 0]), np.nan, expected_ranks(beats))
    return RankProbabilities(of_ranks, beats, expected, draws)


def _ranks_of_one(value: float, error: float, rivals: FloatArray, errors: FloatArray) -> FloatArray:
    """How likely one place is to have each rank among its rivals."""
    from scipy.special import ndtr

    points, weights = _quadrature(value, error, rivals, errors)
    differences = rivals - points[:, np.newaxis]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(errors == 0, np.sign(differences) * np.inf, differences / errors)
    above = ndtr(np.where((errors == 0) & (differences == 0), 0.0, ratios))
    always, never = np.all(above > 1 - CERTAIN, axis=0), np.all(above < CERTAIN, axis=0)
    chances = weights @ poisson_binomial(above[:, ~always & ~never])
    ranks = np.zeros(len(rivals) + 1)
    first = int(always.sum())
    ranks[first : first + len(chances)] = chances
    return np.asarray(ranks / ranks.sum())


def _quadrature(
    value: float, error: float, rivals: FloatArray, errors: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Points and weights for a mean over a normal distribution.

    Gauss-Legendre rules between breaks at most one standard error apart, and at most two of any
    rival's; a rival that is nearly certain gets breaks of its own. Exact to about 1e-12.
    """
    if error == 0:
        return np.array([value]), np.ones(1)
    ends = (value - REACH * error, value + REACH * error)
    sharp = errors < SHARP * error
    width = min(error, float(2 * errors[~sharp].min(initial=np.inf)))
    even = np.linspace(*ends, int(np.ceil(2 * REACH * error / width)) + 1)
    steps = np.arange(-8.0, 9.0, 2.0)
    close = (rivals[sharp, np.newaxis] + errors[sharp, np.newaxis] * steps).ravel()
    breaks = np.unique(np.concatenate([even, close[(close > ends[0]) & (close < ends[1])]]))
    nodes, shares = np.polynomial.legendre.leggauss(GAUSS)
    half, middle = np.diff(breaks) / 2, (breaks[1:] + breaks[:-1]) / 2
    points = (middle[:, np.newaxis] + half[:, np.newaxis] * nodes).ravel()
    density = np.exp(-(((points - value) / error) ** 2) / 2) / (error * np.sqrt(2 * np.pi))
    return points, (half[:, np.newaxis] * shares).ravel() * density


def _paired(
    estimates: FloatArray, errors: FloatArray, *, square: bool
) -> tuple[FloatArray, FloatArray]:
    values, spread = np.asarray(estimates, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    shapes = {values.shape, values.shape * 2} if square else {values.shape}
    if values.ndim != 1 or spread.shape not in shapes:
        raise BadSpec(
            f"Step rank probabilities: the estimates have the shape {values.shape} and the errors "
            f"{spread.shape}. Wanted one of each for every place. For covariances use "
            "simulated_rank_probabilities."
        )
    if np.any((spread if spread.ndim == 1 else spread.diagonal()) < 0):
        raise BadSpec("Step rank probabilities: an error is below nought. Wanted nought or more.")
    return values, spread
