"""Probabilities of ranks: reckoned, simulated, and worked by hand."""

from pathlib import Path

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index.rank_probabilities import (
    expected_ranks,
    poisson_binomial,
    probability_beats,
    rank_probabilities,
    simulated_rank_probabilities,
)
from tests.golden.case import difference, read_case


def test_probabilities_are_those_of_the_golden_case(shared: Path) -> None:
    case = read_case(shared / "golden" / "methods" / "B04_rank_probabilities.json")
    means, errors = (np.array(case.inputs[name]) for name in ("mu", "se"))

    found = rank_probabilities(means, errors)

    assert difference(found.beats, case.expected["p_beats"]) <= 1e-12
    assert difference(found.of_ranks, case.expected["rank_prob"]) <= 1e-12
    assert difference(found.top(2), case.expected["p_top2"]) <= 1e-12
    assert difference(found.expected, case.expected["expected_rank"]) <= 1e-12


def test_simulation_agrees_within_four_of_its_errors() -> None:
    means, errors = np.array([52.1, 50.0, 49.2, 45.0]), np.array([1.5, 2.0, 1.0, 2.5])

    exact = rank_probabilities(means, errors)
    found = simulated_rank_probabilities(
        means, np.diag(errors**2), rng=np.random.default_rng(1), draws=50_000
    )

    near = 4 * np.sqrt(exact.of_ranks * (1 - exact.of_ranks) / found.draws)
    assert (np.abs(found.of_ranks - exact.of_ranks) <= near).all()
    np.testing.assert_allclose(found.expected, exact.expected, atol=1e-12)
    assert (exact.simulation_errors == 0).all()


def test_two_dice_of_unlike_weight_fall_by_the_poisson_binomial() -> None:
    """0.2 and 0.5: none 0.8 * 0.5, both 0.2 * 0.5, one the rest."""
    np.testing.assert_allclose(poisson_binomial(np.array([0.2, 0.5])), [0.4, 0.5, 0.1], atol=1e-15)


def test_ranks_add_up_whether_read_by_place_or_by_rank() -> None:
    rng = np.random.default_rng(2)

    found = rank_probabilities(rng.normal(0, 1, 15), rng.uniform(0.01, 2, 15))

    np.testing.assert_allclose(found.of_ranks.sum(axis=0), 1, atol=1e-10)
    np.testing.assert_allclose(found.of_ranks.sum(axis=1), 1, atol=1e-12)
    np.testing.assert_allclose(found.of_ranks @ np.arange(1, 16), found.expected, atol=1e-10)


def test_rivals_that_are_known_for_certain_are_steps() -> None:
    """A normal place is below one certain rival, or above the other, with Phi(-1) each."""
    found = rank_probabilities(np.array([0.0, 1.0, -1.0]), np.array([1.0, 0.0, 0.0]))

    tail = 0.15865525393145707
    np.testing.assert_allclose(found.of_ranks[0], [tail, 1 - 2 * tail, tail], atol=1e-12)
    np.testing.assert_allclose(found.of_ranks[1], [1 - tail, tail, 0], atol=1e-12)


def test_errors_that_hang_together_change_who_beats_whom() -> None:
    means = np.array([1.0, 0.0])

    apart = probability_beats(means, np.ones(2))
    together = probability_beats(means, np.array([[1.0, 0.995], [0.995, 1.0]]))

    assert apart[0, 1] == pytest.approx(0.7602499389065233, abs=1e-14)
    assert together[0, 1] == pytest.approx(1, abs=1e-12)
    assert probability_beats(np.array([2.0, 2.0]), np.zeros(2))[0, 1] == 0.5


def test_many_sets_of_estimates_are_compared_at_once() -> None:
    means = np.random.default_rng(1).normal(size=(5, 4))

    together = expected_ranks(probability_beats(means, np.ones((5, 4))))

    one_by_one = [expected_ranks(probability_beats(row, np.ones(4))) for row in means]
    np.testing.assert_allclose(together, one_by_one, atol=1e-14)


def test_an_interval_of_ranks_leaves_no_more_than_its_tails() -> None:
    found = rank_probabilities(np.array([10.0, 5.0, 5.0]), np.array([0.1, 1.0, 1.0]))

    low, high = found.interval(0.9)

    assert (low.tolist(), high.tolist()) == ([1, 2, 2], [1, 3, 3])


def test_a_missing_place_has_no_ranks_and_the_order_of_rows_is_nothing() -> None:
    means, errors = np.array([1.0, np.nan, 0.0, 2.0]), np.array([1.0, 1.0, 0.5, 0.7])
    order = np.array([2, 3, 1, 0])

    one, other = rank_probabilities(means, errors), rank_probabilities(means[order], errors[order])
    draws = [
        simulated_rank_probabilities(means[rows], errors[rows], rng=np.random.default_rng(3))
        for rows in (np.arange(4), order)
    ]

    assert np.isnan(one.of_ranks[1]).all()
    assert np.isnan(one.expected[1])
    np.testing.assert_allclose(one.of_ranks[0, :3].sum(), 1)
    np.testing.assert_array_equal(one.of_ranks[order], other.of_ranks)
    np.testing.assert_array_equal(draws[0].of_ranks[order], draws[1].of_ranks)
    assert one.to_rows()[4]["probability"] is None


def test_covariances_are_refused_where_independence_is_wanted() -> None:
    with pytest.raises(BadSpec, match="simulated_rank_probabilities"):
        rank_probabilities(np.zeros(2), np.eye(2))
