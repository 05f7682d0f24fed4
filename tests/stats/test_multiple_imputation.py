"""Rubin's rules by hand, and against what is published of them."""

import numpy as np
import pytest

from placedex.stats import pool_imputations

NAN = float("nan")


def test_three_imputations_by_hand() -> None:
    """Estimates 1, 2, 3 have the variance 1 between; 2 within and 4/3 of 1 make 10/3."""
    pooled = pool_imputations(np.array([1.0, 2, 3]), np.array([1.0, 2, 3]))

    assert pooled.estimate == 2
    assert pooled.within == 2
    assert pooled.between == 1
    assert pooled.variance == pytest.approx(10 / 3)
    assert pooled.increase == pytest.approx(2 / 3)
    assert pooled.degrees == pytest.approx(2 * (1 + 1.5) ** 2)
    assert pooled.missing_information == pytest.approx((2 / 3 + 2 / 15.5) / (5 / 3))


def test_five_imputations_that_add_a_tenth_have_484_degrees() -> None:
    """As the manual of SAS/STAT (MIANALYZE) has it: m = 5 and r = 10 % give 484."""
    estimates = np.array([-2.0, -1, 0, 1, 2]) * np.sqrt(0.1 / 3)

    pooled = pool_imputations(estimates, np.ones(5))

    assert pooled.increase == pytest.approx(0.1)
    assert pooled.degrees == pytest.approx(484)


def test_degrees_never_exceed_those_of_the_complete_figures() -> None:
    """With 30 of them and r = 0.1: 30 (31 / 33) / 1.1 = 25.62; with 484 together 24.33."""
    estimates = np.array([-2.0, -1, 0, 1, 2]) * np.sqrt(0.1 / 3)

    pooled = pool_imputations(estimates, np.ones(5), complete_degrees=30)

    assert pooled.degrees == pytest.approx(1 / (1 / 484 + 1 / (30 * 31 / 33 / 1.1)))
    assert pooled.degrees == pytest.approx(24.33, abs=0.01)


def test_imputations_that_all_agree_add_nothing() -> None:
    pooled = pool_imputations(np.full((4, 2), 7.0), np.array([[1.0, 0.0]] * 4))

    assert pooled.variance.tolist() == [1, 0]
    assert np.isinf(pooled.degrees).all()
    assert pooled.missing_information.tolist() == [0, 0]


def test_the_order_of_imputations_is_nothing() -> None:
    rng = np.random.default_rng(3)
    estimates, variances = rng.normal(size=(6, 3)), rng.random((6, 3))
    order = rng.permutation(6)

    one = pool_imputations(estimates, variances)
    other = pool_imputations(estimates[order], variances[order])

    np.testing.assert_allclose(one.variance, other.variance, rtol=1e-14)
    np.testing.assert_allclose(one.degrees, other.degrees, rtol=1e-12)


def test_an_estimate_that_is_missing_once_is_missing() -> None:
    pooled = pool_imputations(np.array([[1.0, 2], [NAN, 4]]), np.ones((2, 2)))

    assert np.isnan([pooled.estimate[0], pooled.variance[0], pooled.degrees[0]]).all()
    assert pooled.estimate[1] == 3


@pytest.mark.parametrize(
    ("estimates", "variances", "words"),
    [
        ([1.0], [1.0], "of two imputations or more"),
        ([1.0, 2], [1.0, 2, 3], "Wanted both alike"),
        ([1.0, 2], [1.0, -2], "A variance is -2. Wanted none below nought"),
    ],
)
def test_what_is_no_set_of_imputations_is_refused(
    estimates: list[float], variances: list[float], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        pool_imputations(np.array(estimates), np.array(variances))
