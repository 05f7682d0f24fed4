"""Forecasts of short series: published answers, and the arithmetic worked by hand."""

import numpy as np
import pytest

from placedex.stats.forecasts import drift, ets, forecasts, mean, naive, smooth, theta

# Of R's forecast 8.20: a made-up series of seven, three steps ahead.
SHORT = [100, 104, 103, 109, 115, 118, 126]


def test_the_naive_forecast_of_a_line_errs_by_its_steps() -> None:
    # Changes 2, 2, 2: the error is 2 a step, and grows with the root of the steps.
    found = naive([1, 3, 5, 7], steps=4)

    assert found.mean.tolist() == [7, 7, 7, 7]
    assert found.error == pytest.approx([2, 2 * 2**0.5, 2 * 3**0.5, 4])


def test_drift_goes_on_by_the_mean_change() -> None:
    # Changes 1 and 3: mean 2, variance ((1-2)^2 + (3-2)^2) / 1 = 2.
    found = drift([0, 1, 4], steps=2)

    assert found.mean.tolist() == [6, 8]
    assert found.error == pytest.approx([(2 * 1 * 1.5) ** 0.5, (2 * 2 * 2) ** 0.5])


def test_the_mean_has_students_interval() -> None:
    # Mean 2, deviation 1, three values; t of 2 degrees at 0.975 is 4.302653.
    low, high = mean([1, 2, 3], steps=1).interval()

    far = 4.302652729911275 * (4 / 3) ** 0.5
    assert (low[0], high[0]) == pytest.approx((2 - far, 2 + far))


@pytest.mark.parametrize(
    ("method", "middle", "low", "high"),
    [
        (naive, 126, 108.36032413914, 143.63967586086),
        (drift, 139, 125.940108283802, 152.059891716198),
        (ets, 125.999199404268, 106.676379910911, 145.322018897626),
        (theta, 132.320838860083, 112.998019366725, 151.64365835344),
    ],
)
def test_r_has_the_same_forecasts_of_a_series_of_seven(
    method: object, middle: float, low: float, high: float
) -> None:
    """Source: R, forecast 8.20: naive, rwf(drift=TRUE), ets(model="ANN"), thetaf; three ahead."""
    found = method(SHORT, steps=3)  # type: ignore[operator]
    ends = found.interval()

    assert [found.mean[2], ends[0][2], ends[1][2]] == pytest.approx([middle, low, high], rel=1e-8)


def test_smoothing_a_series_that_never_moves_leaves_no_error() -> None:
    found = smooth([5, 5, 5, 5])

    assert found.last == pytest.approx(5)
    assert found.variance == pytest.approx(0, abs=1e-20)


def test_smoothing_fits_no_worse_than_any_weight_on_a_grid() -> None:
    series = np.array([3.0, 9, 4, 8, 5, 7, 6])
    found = smooth(series)

    def squares(alpha: float, level: float) -> float:
        total = 0.0
        for value in series:
            total += (value - level) ** 2
            level += alpha * (value - level)
        return total

    least = min(
        squares(alpha, first)
        for alpha in np.linspace(0.0001, 0.9999, 60)
        for first in np.linspace(3, 9, 61)
    )
    assert found.variance * 5 <= least + 1e-9


def test_four_methods_are_asked() -> None:
    assert [one.method for one in forecasts(SHORT, steps=1)] == [
        "naive", "drift", "ETS(A,N,N)", "theta",
    ]  # fmt: skip


@pytest.mark.parametrize("series", [[1, 2], [1, np.nan, 3, 4], [[1, 2, 3], [4, 5, 6]]])
def test_a_series_with_a_gap_or_too_short_is_refused(series: object) -> None:
    with pytest.raises(ValueError, match="Leave out what comes before a gap"):
        drift(series, steps=1)  # type: ignore[arg-type]


def test_no_step_ahead_is_refused() -> None:
    with pytest.raises(ValueError, match="Wanted 1 or more"):
        naive([1, 2, 3], steps=0)
