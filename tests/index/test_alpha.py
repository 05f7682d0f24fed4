"""Cronbach's alpha: worked by hand, and what it refuses."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placedex.errors import BadSpec
from placedex.index.alpha import Gaps, covariances, cronbach_alpha

NAN = float("nan")


def test_two_parts_are_as_worked_by_hand() -> None:
    """Variances 1 and 4, covariance 1: 4 x 1 / 7; and r = 0.5 gives 2 x 0.5 / 1.5."""
    values = np.array([[1, 0], [2, 4], [3, 2]], dtype=float)

    found = cronbach_alpha(values)

    assert covariances(values).tolist() == [[1.0, 1.0], [1.0, 4.0]]
    assert found.raw == pytest.approx(4 / 7)
    assert found.standardised == pytest.approx(2 / 3)
    assert (found.parts, found.places) == (2, 3)


def test_parts_that_say_the_same_have_an_alpha_of_one() -> None:
    found = cronbach_alpha(np.array([[1, 1], [2, 2], [5, 5]], dtype=float))

    assert found.raw == pytest.approx(1)
    assert found.standardised == pytest.approx(1)


def test_a_gap_counts_by_pairs_or_leaves_the_place_out() -> None:
    values = np.array([[1, 0], [2, 4], [3, 2], [NAN, 9]], dtype=float)

    complete = cronbach_alpha(values, gaps=Gaps.COMPLETE)
    by_pairs = cronbach_alpha(values)

    assert complete.raw == pytest.approx(4 / 7)
    # The second part has the variance 14.91666 of all four places, and the covariance stays 1.
    assert by_pairs.raw == pytest.approx(4 * 1 / (1 + 179 / 12 + 2))
    assert by_pairs.places == complete.places == 3


def test_parts_of_very_different_units_are_no_fault() -> None:
    values = np.array([[1e-9, 1e9], [2e-9, 3e9], [3e-9, 2e9]], dtype=float)

    assert cronbach_alpha(values).standardised == pytest.approx(2 * 0.5 / 1.5)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([[1.0], [2.0]], "asked of 1 part"),
        ([[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]], "part 2 is the same in every place"),
        ([[1.0, NAN], [2.0, NAN], [NAN, 3.0], [NAN, 4.0]], "fewer than two places"),
        ([[1.0, 3.0], [2.0, 2.0], [3.0, 1.0]], "add up to the same in every place"),
    ],
)
def test_what_has_no_alpha_is_refused(values: list[list[float]], words: str) -> None:
    with pytest.raises(BadSpec, match=words):
        cronbach_alpha(np.array(values))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_orders_of_places_and_parts_are_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(9, 4))
    moved = values[rng.permutation(9)][:, rng.permutation(4)]

    assert cronbach_alpha(values).raw == pytest.approx(cronbach_alpha(moved).raw)
