"""Compiled counts of rivals and differences of draws, against the same reckoned plainly."""

import numpy as np
import pytest
from scipy.special import ndtr

from placedex.index.attainable import WeightRegion, attainable_ranks
from placedex.index.rank_probabilities import poisson_binomial, rank_probabilities
from placedex.index.rank_sets import BootstrapSets, Side, rank_sets
from placedex.observations.panel import FloatArray
from placedex.stats.resampling import normal_draws, quantile_and_bounds

pytest.importorskip("numba")

from placedex.index.rank_kernels import add_ranks, largest_differences


def test_a_place_is_divided_out_of_the_count_of_all() -> None:
    """Of the others alone the Poisson-binomial distribution says the same."""
    rng = np.random.default_rng(3)
    above = rng.uniform(0, 1, (4, 9))
    above[0, :3] = 0.0, 1.0, 0.5
    weights = rng.uniform(0, 1, (4, 9))
    found = np.zeros((9, 9))

    add_ranks(above, weights, 1e-16, found)

    for place in range(9):
        others = poisson_binomial(np.delete(above, place, axis=1))
        np.testing.assert_allclose(found[place], weights[:, place] @ others, atol=1e-14)


def test_largest_differences_are_those_of_numpy() -> None:
    rng = np.random.default_rng(4)
    draws, pairs = rng.normal(size=(7, 1100)), np.argwhere(np.triu(np.ones((7, 7)), 1))
    scales = rng.uniform(0.5, 2, len(pairs))
    apart = (draws[pairs[:, 0]] - draws[pairs[:, 1]]) / scales[:, np.newaxis]

    signed = largest_differences(draws, pairs, scales, False)
    either = largest_differences(draws, pairs, scales, True)

    np.testing.assert_allclose(signed, apart.max(axis=0), rtol=1e-14)
    np.testing.assert_allclose(either, np.abs(apart).max(axis=0), rtol=1e-14)


def plain_bounds(
    estimates: FloatArray, errors: FloatArray, method: BootstrapSets
) -> tuple[FloatArray, FloatArray, float]:
    """Best and worst ranks by testing again on every draw and pair, and the last critical value."""
    count = len(estimates)
    draws = normal_draws(errors, np.random.default_rng(6), draws=method.draws)
    scales = np.sqrt(errors[:, np.newaxis] ** 2 + errors**2)
    apart = draws[:, np.newaxis] - draws
    statistics = (estimates[:, np.newaxis] - estimates) / scales
    left = ~np.eye(count, dtype=bool)
    while True:
        sample = (apart[left] / scales[left][:, np.newaxis]).max(axis=0)
        critical = float(quantile_and_bounds(sample, method.coverage, width=method.width)[0])
        passed = left & (statistics > critical)
        left &= ~passed
        if not passed.any():
            break
    rejected = ~left & ~np.eye(count, dtype=bool)
    return 1.0 + rejected.sum(axis=0), count - rejected.sum(axis=1), critical


def test_draws_that_cannot_be_among_the_largest_are_not_needed() -> None:
    """Of 70 places there are pairs enough for the short way, and rounds enough to go it."""
    rng = np.random.default_rng(5)
    estimates, errors = np.sort(rng.normal(0, 3, 70)), rng.uniform(0.5, 1.5, 70)
    method = BootstrapSets(draws=1500, side=Side.BOTH)

    found = rank_sets(estimates, errors, rng=np.random.default_rng(6), method=method)
    best, worst, critical = plain_bounds(estimates, errors, method)

    np.testing.assert_array_equal(found.best, best)
    np.testing.assert_array_equal(found.worst, worst)
    np.testing.assert_allclose(found.critical, critical, rtol=1e-12)


def test_a_rank_of_many_places_is_certain_to_be_somebodys() -> None:
    """Errors from a thousandth to six, and some of nought, so that steps and slopes mix."""
    rng = np.random.default_rng(7)
    means = np.round(rng.normal(0, 2, 120), 2)
    errors = rng.choice([0.0, 0.001, 0.05, 0.5, 6.0], 120)

    found = rank_probabilities(means, errors)

    np.testing.assert_allclose(found.of_ranks.sum(axis=0), 1, atol=1e-12)
    np.testing.assert_allclose(found.of_ranks @ np.arange(1, 121), found.expected, atol=1e-10)


def test_of_two_places_the_first_rank_has_the_chance_of_a_normal_difference() -> None:
    found = rank_probabilities(np.array([1.0, 0.0]), np.array([0.3, 0.4]))

    assert found.of_ranks[0, 0] == pytest.approx(float(ndtr(2.0)), abs=1e-14)


def test_no_drawn_weights_go_beyond_attainable_ranks_of_many_places() -> None:
    rng = np.random.default_rng(8)
    points = rng.normal(size=(40, 6)) + rng.normal(size=(40, 1))
    region = WeightRegion.around(np.ones(6), share=0.4)
    rows = [0, 7, 21]

    found = attainable_ranks(points, region, rows=rows)

    drawn = rng.uniform(0.6, 1.4, (20_000, 6)) / 6
    shares = drawn / drawn.sum(axis=1, keepdims=True)
    scores = shares[((shares >= region.low) & (shares <= region.high)).all(axis=1)] @ points.T
    for row in rows:
        ranks = 1 + (scores > scores[:, [row]] + 1e-9).sum(axis=1)
        assert found.best[row] <= ranks.min()
        assert ranks.max() <= found.worst[row]
        for weights, rank in (
            (found.best_weights[row], found.best[row]),
            (found.worst_weights[row], found.worst[row]),
        ):
            ahead = points @ weights - points[row] @ weights
            assert 1 + np.sum(ahead > 1e-6) == rank
    assert found.exact[rows].all()
