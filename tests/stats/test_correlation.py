"""Correlations: worked by hand, printed by R, and against scipy's own."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from placedex.stats.correlation import FloatArray, Related, kendall, pearson, spearman
from placedex.stats.rank_distances import share_at_least, spearman_p

Measure = Callable[[FloatArray], Related]
NAN = float("nan")
# The worked example of R's own page on cor.test: Hunter's L and the score of a panel, nine tins.
LIGHT = (44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1)
PANEL = (2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8)
TINS = np.array([LIGHT, PANEL]).T


def test_pearson_of_five_points_is_as_worked_by_hand() -> None:
    """Deviations -2 to 2 and -2, 0, -1, 2, 1: products add up to 8, squares to 10 each."""
    found = pearson(np.array([[1, 1], [2, 3], [3, 2], [4, 5], [5, 4]], dtype=float))

    assert found.coefficients[0, 1] == pytest.approx(0.8)
    assert found.counts[0, 1] == 5
    # t = 0.8 sqrt(3 / 0.36) = 2.3094 with three degrees of freedom.
    assert found.p_values[0, 1] == pytest.approx(0.1041, abs=1e-4)


def test_kendall_and_spearman_are_as_r_prints_them() -> None:
    """`cor.test(x, y, method = "kendall")` says T = 26, p-value = 0.1194, tau 0.4444444."""
    orders, ranks = kendall(TINS), spearman(TINS)

    assert orders.coefficients[0, 1] == pytest.approx(0.4444444, abs=1e-7)
    assert orders.p_values[0, 1] == pytest.approx(0.1194, abs=5e-5)
    assert ranks.coefficients[0, 1] == pytest.approx(0.6)
    assert ranks.p_values[0, 1] == pytest.approx(0.0968, abs=5e-5)


def test_three_orders_out_of_six_are_counted_by_hand() -> None:
    """Orders of three have squared distances 0, 2, 2, 6, 6 and 8."""
    assert share_at_least(3, 0) == 1
    assert share_at_least(3, 2) == pytest.approx(5 / 6)
    assert share_at_least(3, 8) == pytest.approx(1 / 6)
    assert share_at_least(3, 9) == 0
    assert spearman_p(3, 0.0) == pytest.approx(1 / 3)


def test_the_series_goes_on_where_counting_ends() -> None:
    """At ten places the exact share of orders as alike as 0.6 is known: 0.0739, both tails."""
    distance = round((1 - 0.6) * (10**3 - 10) / 6)

    assert spearman_p(10, distance) == pytest.approx(0.0739, abs=2e-3)


@pytest.mark.parametrize("digits", [1, 6])
@pytest.mark.parametrize("rows", [12, 80])
def test_coefficients_and_p_values_are_those_of_scipy(rows: int, digits: int) -> None:
    values = np.random.default_rng(rows).normal(size=(rows, 2))
    values[:, 1] += values[:, 0]
    values = np.round(values, digits)
    for measure, oracle in ((pearson, stats.pearsonr), (kendall, stats.kendalltau)):
        found, wanted = measure(values), oracle(values[:, 0], values[:, 1])

        assert found.coefficients[0, 1] == pytest.approx(wanted[0])
        assert found.p_values[0, 1] == pytest.approx(wanted[1])
    ranks = stats.spearmanr(values[:, 0], values[:, 1])
    assert spearman(values).coefficients[0, 1] == pytest.approx(ranks[0])


@pytest.mark.parametrize("measure", [pearson, spearman, kendall])
def test_a_gap_leaves_the_row_out_of_its_pairs_alone(measure: Measure) -> None:
    values = np.array([[1, 2, 9], [2, 9, NAN], [3, 4, 7], [4, 3, 8], [5, 6, 1]], dtype=float)

    found, without = measure(values), measure(np.delete(values, 1, axis=0))

    assert found.counts.tolist() == [[5, 5, 4], [5, 5, 4], [4, 4, 4]]
    assert found.coefficients[0, 2] == pytest.approx(without.coefficients[0, 2])
    assert found.coefficients[0, 1] != pytest.approx(without.coefficients[0, 1])


@pytest.mark.parametrize("measure", [pearson, spearman, kendall])
def test_what_is_the_same_everywhere_has_no_correlation(measure: Measure) -> None:
    found = measure(np.array([[1, 5], [2, 5], [3, 5], [4, 5]], dtype=float))

    assert np.isnan(found.coefficients[0, 1])
    assert np.isnan(found.p_values[0, 1])


def test_two_rows_have_no_correlation() -> None:
    found = pearson(np.array([[1, 5], [2, 6]], dtype=float))

    assert np.isnan(found.coefficients).all()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_rows_is_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = np.round(rng.normal(size=(11, 3)), 1)
    for measure in (pearson, spearman, kendall):
        one, other = measure(values), measure(values[rng.permutation(11)])

        np.testing.assert_allclose(one.coefficients, other.coefficients, atol=1e-12)
        np.testing.assert_allclose(one.p_values, other.p_values, atol=1e-10)
