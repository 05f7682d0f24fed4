"""Whole ranks and usual widths, worked by hand."""

import numpy as np

from placedex.index.rank_ranges import usual_width, whole_ranks

NAN = float("nan")


def test_an_interval_of_ranks_is_widened_to_whole_ranks() -> None:
    low, high = whole_ranks(np.array([1.0, 1.95, 4.5]), np.array([1.0, 5.05, 5.5]))

    assert low.tolist() == [1, 1, 4]
    assert high.tolist() == [1, 6, 6]


def test_a_rank_that_is_whole_but_for_the_last_digit_stays_itself() -> None:
    low, high = whole_ranks(np.array([2.9999999999999996]), np.array([5.000000000000001]))

    assert (low.tolist(), high.tolist()) == ([3], [5])


def test_a_missing_end_stays_missing_and_has_no_width() -> None:
    low, high = whole_ranks(np.array([NAN, 2.0]), np.array([3.0, NAN]))

    assert np.isnan(low[0])
    assert np.isnan(high[1])
    assert np.isnan(usual_width(low, high))


def test_half_of_the_intervals_are_no_wider_than_the_usual_width() -> None:
    low, high = np.array([1.0, 2.0, 5.0, NAN]), np.array([1.0, 4.0, 16.0, 9.0])

    assert usual_width(low, high) == 2
    assert usual_width(low[::-1], high[::-1]) == 2
