"""Parts rounded so that they add up as they are printed."""

import numpy as np
import pytest

from placedex.stats.rounding import rounded_to_total


def test_three_thirds_make_a_whole() -> None:
    found = rounded_to_total(np.array([1 / 3, 1 / 3, 1 / 3]), 1.0, decimals=1)

    np.testing.assert_allclose(found, [0.4, 0.3, 0.3])


def test_parts_below_nought_are_rounded_to_the_total_too() -> None:
    found = rounded_to_total(np.array([2.47, -1.44, 0.0]), 1.03, decimals=1)

    np.testing.assert_allclose(found, [2.5, -1.5, 0.0])


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_no_part_moves_by_more_than_a_digit(decimals: int) -> None:
    parts = np.random.default_rng(4).normal(size=40)
    total = round(float(parts.sum()), decimals)

    found = rounded_to_total(parts, total, decimals=decimals)

    assert found.sum() == pytest.approx(total, abs=1e-9)
    assert np.abs(found - parts).max() <= 10.0**-decimals


def test_nothing_adds_up_to_nothing() -> None:
    assert rounded_to_total(np.array([]), 0.0).size == 0
