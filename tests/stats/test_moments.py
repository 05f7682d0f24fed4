"""Skewness, kurtosis and ranks, worked out by hand or published."""

import numpy as np
import pytest

from placedex.stats import kurtosis, rank_descending, skewness


def test_skewness_of_a_small_sample_by_hand() -> None:
    """For 1, 2, 6: mean 3, m2 = 14/3, m3 = 6, so G1 = sqrt(6) / 1 * 6 / (14/3)^1.5."""
    wanted = np.sqrt(6) * 6 / (14 / 3) ** 1.5

    assert skewness(np.array([1.0, 2.0, 6.0])) == pytest.approx(wanted)


def test_kurtosis_of_an_even_sample_by_hand() -> None:
    """For 1 to 4: m2 = 1.25, m4 = 2.5625, g2 = -1.36, so G2 = 3/2 * (5 * -1.36 + 6) = -1.2."""
    assert kurtosis(np.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx(-1.2)


def test_a_missing_value_is_left_out() -> None:
    with_gap = np.array([1.0, np.nan, 2.0, 6.0])

    assert skewness(with_gap) == skewness(np.array([1.0, 2.0, 6.0]))


def test_too_few_values_have_no_moments() -> None:
    assert np.isnan(skewness(np.array([1.0, 2.0])))
    assert np.isnan(kurtosis(np.array([1.0, 2.0, 3.0])))


def test_the_highest_is_first_ties_share_the_better_rank_and_gaps_have_none() -> None:
    ranks = rank_descending(np.array([3.0, 9.0, 3.0, np.nan, 1.0]))

    np.testing.assert_equal(ranks, [2, 1, 2, np.nan, 4])


def test_ranks_run_along_the_last_axis() -> None:
    ranks = rank_descending(np.array([[1.0, 2.0], [5.0, 4.0]]))

    assert ranks.tolist() == [[2, 1], [1, 2]]
