"""Difference in differences: published, by hand, and by another way of reckoning."""

import numpy as np
import pytest

from placedex.stats.did import two_by_two, two_way


def test_new_jersey_against_pennsylvania() -> None:
    """Source: Card and Krueger (1994), table 3; they print 2.76, from unrounded means."""
    assert two_by_two((20.44, 21.03), (23.33, 21.17)) == pytest.approx(2.75)


# Two places that rise by 5 and 7, and two that rise by 1 and 3: the effect is 6 - 2.
OUTCOMES = [[0, 5], [10, 17], [3, 4], [8, 11]]
TREATED = [[0, 1], [0, 1], [0, 0], [0, 0]]


def test_two_way_effects_of_two_periods_are_the_difference_of_mean_changes() -> None:
    assert two_way(OUTCOMES, TREATED).effect == pytest.approx(4)


def test_the_clustered_error_by_hand() -> None:
    """Left of each place's change are -1, 1, -1, 1; each score is half of it times 0.5.

    Dose within is 1/4 in size in all 8 cells, so the weight is 8/16 = 0.5. The residual of a cell
    is 0.5 in size and of the dose's sign or not, so each place's score is 2 (1/4)(1/2) = 1/4 in
    size. Four squares are 1/4; times 4/3 times 7/5 it is 7/15; over 0.25.
    """
    assert two_way(OUTCOMES, TREATED).error == pytest.approx((7 / 15) ** 0.5 / 0.5)


def test_two_way_effects_are_those_of_a_regression_with_dummies() -> None:
    chance = np.random.default_rng(5)
    values = chance.normal(size=(7, 5)) + np.arange(7)[:, None]
    dose = np.zeros((7, 5))
    dose[:2, 2:] = 1
    dose[2, 4:] = 1
    found = two_way(values, dose)

    places, periods = np.indices(values.shape)
    columns = [dose.ravel()]
    columns += [(places == place).ravel() * 1.0 for place in range(7)]
    columns += [(periods == period).ravel() * 1.0 for period in range(1, 5)]
    design = np.column_stack(columns)
    fitted, *_ = np.linalg.lstsq(design, values.ravel(), rcond=None)
    left = (values.ravel() - design @ fitted).reshape(values.shape)
    bread = np.linalg.inv(design.T @ design)
    scores = [design.reshape(7, 5, -1)[at].T @ left[at] for at in range(7)]
    meat = sum(np.outer(one, one) for one in scores)
    error = (bread @ meat @ bread)[0, 0] * 7 / 6 * 34 / (35 - 6)

    assert found.effect == pytest.approx(fitted[0])
    assert found.error == pytest.approx(error**0.5)
    assert found.interval() == pytest.approx(
        (fitted[0] - 2.4469118511 * error**0.5, fitted[0] + 2.4469118511 * error**0.5)
    )


def test_one_treated_place_has_no_standard_error() -> None:
    found = two_way([[0, 5], [3, 4], [8, 11]], [[0, 1], [0, 0], [0, 0]])

    assert found.effect == pytest.approx(3)
    assert np.isnan(found.error)


@pytest.mark.parametrize(
    "treated", [[[0, 0]] * 4, [[1, 1]] * 4, [[0, 1]] * 4, [[1, 1], [1, 1], [0, 0], [0, 0]]]
)
def test_a_treatment_that_tells_nothing_apart_is_refused(treated: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="none is treated later"):
        two_way(OUTCOMES, treated)


def test_a_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="without a gap"):
        two_way(np.array([[0, np.nan], [1, 2], [3, 4]]), [[0, 1], [0, 0], [0, 0]])
