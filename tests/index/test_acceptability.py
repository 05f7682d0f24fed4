"""Which weights give which rank: exact for two criteria, drawn for more."""

from pathlib import Path

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index.acceptability import (
    acceptability,
    acceptability_of_two,
    even_weights,
    noisy_weights,
)
from tests.golden.case import difference, read_case


def test_shares_for_two_criteria_are_those_of_the_golden_case(shared: Path) -> None:
    case = read_case(shared / "golden" / "methods" / "B08_smaa_2crit.json")

    found = acceptability_of_two(np.array(case.inputs["X"]))

    assert difference(found.of_ranks, case.expected["rank_acceptability"]) <= case.tolerance
    assert difference(found.central, case.expected["central_weight"]) <= case.tolerance


def test_drawn_weights_agree_with_the_exact_shares_within_four_errors() -> None:
    points = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.6], [0.3, 0.3]])

    exact = acceptability_of_two(points)
    weights = even_weights(2, np.random.default_rng(1), draws=40_000)
    found = acceptability(points, weights)

    near = 4 * np.sqrt(exact.of_ranks * (1 - exact.of_ranks) / found.draws)
    assert (np.abs(found.of_ranks - exact.of_ranks) <= near + 1e-12).all()
    np.testing.assert_allclose(found.beats, exact.beats, atol=0.01)
    np.testing.assert_allclose(found.central, exact.central, atol=0.01)


def test_a_place_ahead_on_both_criteria_is_always_first() -> None:
    found = acceptability_of_two(np.array([[2.0, 3.0], [1.0, 1.0]]))

    assert found.of_ranks.tolist() == [[1, 0], [0, 1]]
    assert found.central[0].tolist() == [0.5, 0.5]
    assert np.isnan(found.central[1]).all()
    assert found.beats[0, 1] == 1


def test_places_that_are_alike_share_the_better_rank() -> None:
    exact = acceptability_of_two(np.array([[1.0, 2.0], [1.0, 2.0], [0.0, 0.0]]))
    drawn = acceptability(
        np.array([[1.0, 2.0, 0.1], [1.0, 2.0, 0.1], [0.0, 0.0, 0.0]]),
        even_weights(3, np.random.default_rng(1), draws=100),
    )

    for found in (exact, drawn):
        assert found.top(1).tolist() == [1, 1, 0]
        assert found.beats[0, 1] == 0


def test_weights_are_drawn_evenly_and_near_those_given() -> None:
    even = even_weights(3, np.random.default_rng(1), draws=20_000)
    near = noisy_weights(np.array([0.5, 0.3, 0.2]), np.random.default_rng(1), share=0.25, draws=500)

    np.testing.assert_allclose(even.sum(axis=1), 1)
    np.testing.assert_allclose(even.mean(axis=0), 1 / 3, atol=0.01)
    np.testing.assert_allclose(even.var(axis=0), 1 / 18, atol=0.002)
    np.testing.assert_allclose(near.sum(axis=1), 1)
    assert (near[:, 0] > near[:, 2]).all()


def test_the_order_of_places_is_nothing_and_a_seed_gives_the_same_bytes() -> None:
    points = np.random.default_rng(3).random((7, 4))
    order = np.random.default_rng(4).permutation(7)

    one, other = (
        acceptability(found, even_weights(4, np.random.default_rng(5), draws=500))
        for found in (points, points[order])
    )

    assert one.of_ranks[order].tobytes() == other.of_ranks.tobytes()
    assert one.beats[np.ix_(order, order)].tobytes() == other.beats.tobytes()


def test_a_place_that_lacks_a_criterion_is_left_out() -> None:
    points = np.array([[1.0, 0.0], [np.nan, 1.0], [0.5, 0.4]])

    for found in (
        acceptability_of_two(points),
        acceptability(points, even_weights(2, np.random.default_rng(1), draws=50)),
    ):
        assert np.isnan(found.of_ranks[1]).all()
        np.testing.assert_allclose(found.of_ranks[0].sum(), 1)
        assert found.to_rows(["A", "B", "C"], ["x", "y"])[1]["central_weight_x"] is None


def test_what_cannot_be_weighted_is_refused() -> None:
    with pytest.raises(BadSpec, match="3 criteria"):
        acceptability_of_two(np.ones((2, 3)))
    with pytest.raises(BadSpec, match="each of 2 criteria"):
        acceptability(np.ones((2, 2)), np.ones((5, 3)))
    with pytest.raises(BadSpec, match="from 0 to 1"):
        noisy_weights(np.ones(2), np.random.default_rng(1), share=25, draws=1)
