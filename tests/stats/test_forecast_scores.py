"""Scores of forecasts, each worked by hand."""

import math

import pytest

from placedex.stats.forecast_scores import crps_normal, interval_score, mase, pinball


def test_a_value_inside_an_interval_costs_its_width_alone() -> None:
    assert interval_score(5, 4, 7, miss=0.1) == 3


def test_a_value_outside_costs_what_it_lies_outside_over_half_the_miss() -> None:
    assert interval_score(8, 4, 7, miss=0.1) == pytest.approx(3 + 1 / 0.05)
    assert interval_score(2, 4, 7, miss=0.1) == pytest.approx(3 + 2 / 0.05)


def test_a_normal_forecast_that_hits_its_middle_still_pays_for_its_width() -> None:
    # At the middle the score is error (2 phi(0) - 1/sqrt(pi)) = error (sqrt 2 - 1) / sqrt(pi).
    assert crps_normal(3, mean=3, error=2) == pytest.approx(2 * (2**0.5 - 1) / math.pi**0.5)


def test_a_forecast_without_an_error_costs_its_distance() -> None:
    assert crps_normal(3, mean=1, error=0) == 2


def test_errors_are_told_as_a_share_of_those_of_no_change() -> None:
    # Steps 2 and 4, mean 3; errors 1 and 2, mean 1.5.
    assert mase([10, 10], [9, 12], known=[1, 3, 7]) == pytest.approx(0.5)


def test_a_series_that_never_changed_scales_nothing() -> None:
    with pytest.raises(ValueError, match="never changed"):
        mase([1], [1], known=[2, 2, 2])


def test_a_high_quantile_pays_more_for_being_too_low() -> None:
    assert pinball(10, 8, level=0.9) == pytest.approx(1.8)
    assert pinball(8, 10, level=0.9) == pytest.approx(0.2)
