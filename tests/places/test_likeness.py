"""Places like a place: distances that can be reckoned by hand, and gaps that are said."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from placedex.errors import BadUsage, UnknownPlace
from placedex.places import Profiles, similar

NAN = float("nan")


def profiles(*rows: tuple[float, ...], indicators: str = "xyz") -> Profiles:
    values = np.array(rows, dtype=float)
    return Profiles(tuple("ABCDEFGH"[: len(rows)]), tuple(indicators[: values.shape[1]]), values)


def test_distance_is_measured_in_standard_deviations() -> None:
    """x is 0, 1, 2: its standard deviation is 1. y is 0, 20, 10: it is 10."""
    found = similar("A", profiles((0, 0), (1, 20), (2, 10)))

    assert {one.code: one.distance for one in found.nearest} == pytest.approx(
        {"B": sqrt(1 + 4), "C": sqrt(4 + 1)}
    )
    assert found.indicators == ("x", "y")


def test_a_reason_says_what_sets_both_apart_and_where_they_differ() -> None:
    """A and B are the two that are low in x; of y B has 2, which is 2 below D and 0 above A."""
    found = similar("A", profiles((0, 0), (0, 2), (9, 0), (9, 4), (9, 4)))
    [b] = [one for one in found.nearest if one.code == "B"]

    assert b.apart == pytest.approx((0.0, 1.0))
    assert found.standing[0] < -1
    assert found.reason(b, {"x": "jobs", "y": "pay"}) == "both low in jobs and low in pay"


def test_a_reason_names_the_indicator_in_which_they_differ_most() -> None:
    found = similar("A", profiles((0, 0, 0), (0, 0, 2), (9, 9, 4), (9, 9, 2)))
    [b] = [one for one in found.nearest if one.code == "B"]

    assert found.reason(b) == "both low in x and low in y; 1.2 above in z"


def test_a_missing_indicator_is_made_up_for_by_the_others() -> None:
    """C is known on two of three: what it differs on them, 1 + 1, is raised by 3 over 2."""
    table = profiles((0, 0, 0), (1, 1, 1), (-1, -1, NAN), (0, 0, -1))
    spread = [table.values[:, at][np.isfinite(table.values[:, at])].std(ddof=1) for at in range(3)]

    found = similar("A", table, least_share=0.6)

    [c] = [one for one in found.nearest if one.code == "C"]
    assert c.distance == pytest.approx(sqrt((1 / spread[0] ** 2 + 1 / spread[1] ** 2) * 3 / 2))
    assert c.indicators == ("x", "y")


def test_a_place_that_lacks_too_much_is_not_compared_and_said_to_be() -> None:
    found = similar("A", profiles((0, 0), (1, NAN), (2, 1)), least_share=0.75)

    assert found.too_few == ("B",)
    assert [one.code for one in found.nearest] == ["C"]


def test_a_place_that_has_none_of_the_indicators_is_never_the_nearest() -> None:
    found = similar("A", profiles((0, 0), (NAN, NAN), (2, 1), (1, 0)), least_share=0)

    assert [one.code for one in found.nearest] == ["D", "C"]


def test_what_the_place_lacks_and_what_is_the_same_everywhere_is_left_out() -> None:
    found = similar("A", profiles((0, NAN, 5), (1, 3, 5), (3, 4, 5)))

    assert found.indicators == ("x",)
    assert found.left_out == ("y", "z")


def test_a_weight_counts_as_so_many_copies_of_an_indicator() -> None:
    rows = ((0.0, 0.0), (1.0, 20.0), (2.0, 10.0))
    doubled = tuple((x, y, y) for x, y in rows)

    once = similar("A", profiles(*rows), weights=[1, 2])
    twice = similar("A", profiles(*doubled))

    assert [one.distance for one in once.nearest] == pytest.approx(
        [one.distance for one in twice.nearest]
    )


@given(st.permutations(range(5)), st.floats(0.1, 100), st.floats(-50, 50))
def test_order_of_rows_units_and_origin_are_nothing(
    order: list[int], unit: float, origin: float
) -> None:
    values: NDArray[np.float64] = np.array(
        [[0, 3, 1], [1, 1, 2], [5, 2, 2], [2, 2, 9], [4, 7, 3]], dtype=float
    )
    codes = tuple("ABCDE")
    plain = similar("A", Profiles(codes, ("x", "y", "z"), values))
    turned = similar(
        "A",
        Profiles(tuple(codes[at] for at in order), ("x", "y", "z"), values[order] * unit + origin),
    )

    assert [one.code for one in turned.nearest] == [one.code for one in plain.nearest]
    assert [one.distance for one in turned.nearest] == pytest.approx(
        [one.distance for one in plain.nearest]
    )


def test_a_place_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownPlace, match="Z is not among the 2 places"):
        similar("Z", profiles((0,), (1,)))


def test_nothing_to_compare_on_is_refused() -> None:
    with pytest.raises(BadUsage, match="A has no indicator"):
        similar("A", profiles((NAN, 1), (1, 1)))


def test_a_table_of_another_shape_is_refused() -> None:
    with pytest.raises(BadUsage, match="a row for each place"):
        Profiles(("A",), ("x", "y"), np.zeros((2, 1)))


@pytest.mark.parametrize("weights", [[1], [1, -1]])
def test_weights_that_do_not_fit_are_refused(weights: list[float]) -> None:
    with pytest.raises(BadUsage, match="Wanted a weight from 0 up for each"):
        similar("A", profiles((0, 1), (1, 2)), weights=weights)
