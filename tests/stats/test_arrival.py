"""The chance of arriving at a level, in levels and in logarithms."""

import math

import pytest

from placedex.stats.arrival import arrival, chance_beyond

SHORT = [100, 104, 103, 109, 115, 118, 126]


def test_a_level_where_the_drift_leads_is_as_likely_as_not() -> None:
    # Changes 1 and 3: two steps on it is at 8.
    assert arrival([0, 1, 4], 8, steps=2).chance == pytest.approx(0.5)


def test_one_standard_error_short_is_one_in_six() -> None:
    # The variance two steps on is 2 * 2 * 2 = 8.
    found = arrival([0, 1, 4], 8 + 8**0.5, steps=2)

    assert found.error == pytest.approx(8**0.5)
    assert found.chance == pytest.approx(0.15865525393145707)


def test_levels_and_logs_can_differ_by_a_factor_of_two() -> None:
    # The golden case F04: 160 by six years on.
    assert arrival(SHORT, 160, steps=6).chance == pytest.approx(0.23110439762105184)
    assert arrival(SHORT, 160, steps=6, logs=True).chance == pytest.approx(0.46741738150564305)


def test_the_sampling_error_of_the_last_value_is_added_in_quadrature() -> None:
    plain, wider = arrival([0, 1, 4], 9, steps=2), arrival([0, 1, 4], 9, steps=2, sampling=1.0)

    assert wider.mean == plain.mean
    assert wider.error == pytest.approx(3)


def test_in_logs_the_sampling_error_is_a_share_of_the_last_value() -> None:
    plain = arrival(SHORT, 160, steps=6, logs=True)
    wider = arrival(SHORT, 160, steps=6, logs=True, sampling=6.3)

    assert wider.error == pytest.approx(math.hypot(plain.error, 0.05))


def test_a_falling_target_is_reached_from_above() -> None:
    up, down = (arrival(SHORT, 160, steps=6, rising=way).chance for way in (True, False))

    assert up + down == pytest.approx(1)


def test_without_an_error_the_chance_is_none_or_all() -> None:
    assert chance_beyond(5, mean=5, error=0) == 1
    assert chance_beyond(5, mean=4, error=0) == 0
    assert chance_beyond(5, mean=4, error=0, rising=False) == 1


@pytest.mark.parametrize("series", [[0, 1, 2], [-1, 1, 2]])
def test_nought_and_below_have_no_logarithm(series: list[float]) -> None:
    with pytest.raises(ValueError, match="no logarithm"):
        arrival(series, 5, steps=1, logs=True)
