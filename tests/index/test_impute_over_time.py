"""Figures carried over time, on bare arrays with any number of leading axes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from placedex.index.carry import NONE, carry_forward, fill_linearly
from tests.index.tables import NAN

SERIES = arrays(
    np.float64,
    st.tuples(st.integers(1, 2), st.integers(1, 6), st.integers(1, 4)),
    elements=st.one_of(st.just(NAN), st.integers(-9, 9).map(float)),
)
ONE = np.array([[NAN, 1.0, NAN, NAN, 7.0, NAN]]).T


def test_a_series_by_hand() -> None:
    """The change is 6 over three years: 12 a year. At the third year a b / (a + b) is 2 / 3."""
    carried, inside = carry_forward(ONE), fill_linearly(ONE)

    np.testing.assert_equal(carried.values[:, 0], [NAN, 1, 1, 1, 7, 7])
    np.testing.assert_equal(carried.variances[:, 0], [NAN, NAN, 12, 24, NAN, 12])
    assert carried.sources[:, 0].tolist() == [NONE, 1, 1, 1, 4, 4]
    np.testing.assert_equal(inside.values[:, 0], [NAN, 1, 3, 5, 7, NAN])
    np.testing.assert_allclose(inside.variances[:, 0], [NAN, NAN, 8, 8, NAN, NAN])


def test_ends_are_held_and_first_figures_carried_back_only_if_asked() -> None:
    held, back = fill_linearly(ONE, hold_ends=True), carry_forward(ONE, backward=True)

    assert held.values[:, 0].tolist() == [1, 1, 3, 5, 7, 7]
    assert back.values[:, 0].tolist() == [1, 1, 1, 1, 7, 7]
    assert back.sources[0, 0] == 1


def test_times_need_not_be_a_year_apart() -> None:
    values = np.array([[0.0, NAN, 10.0]]).T

    inside = fill_linearly(values, np.array([2010.0, 2018, 2020]))

    assert inside.values[1, 0] == pytest.approx(8)


def test_a_figure_is_carried_so_many_times_and_no_more() -> None:
    assert np.isnan(carry_forward(ONE, most=1).values[3, 0])
    assert carry_forward(ONE, most=2).values[3, 0] == 1


def test_one_figure_alone_tells_nothing_of_how_sure_it_is() -> None:
    carried = carry_forward(np.array([[3.0, NAN]]).T)

    assert carried.values[1, 0] == 3
    assert np.isnan(carried.variances).all()


@pytest.mark.parametrize("times", [[1.0, 1.0], [2.0, 1.0], [1.0]])
def test_times_that_do_not_rise_are_refused(times: list[float]) -> None:
    with pytest.raises(ValueError, match="Wanted a time for each, each after the one before"):
        fill_linearly(np.zeros((2, 1)), np.array(times))


@given(SERIES)
def test_nothing_from_the_future_is_carried_and_order_of_places_is_nothing(
    values: np.ndarray,
) -> None:
    carried, inside = carry_forward(values), fill_linearly(values)

    cut = values.shape[-2] - 1
    early = carry_forward(values[:, :cut]).values if cut else values[:, :0]
    np.testing.assert_array_equal(carried.values[:, :cut], early)
    numbers = np.arange(values.shape[-2])[:, np.newaxis]
    assert (carried.sources <= numbers).all()
    turned = fill_linearly(values[..., ::-1])
    np.testing.assert_allclose(turned.values, inside.values[..., ::-1])
    np.testing.assert_allclose(turned.variances, inside.variances[..., ::-1])
    known = ~np.isnan(values)
    np.testing.assert_array_equal(inside.values[known], values[known])
