"""Sums, products and quotients by hand: weights used as they are given, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placedex.errors import BadSpec
from placedex.index import Aggregate, Hierarchy, Node
from placedex.index.sums import (
    Quotient,
    WeightedProduct,
    WeightedSum,
    quotient,
    weighted_product,
    weighted_sum,
)
from tests.index.tables import NAN, state

POSITIVE = st.floats(0.1, 100)


def test_a_weighted_sum_does_not_scale_its_weights_to_one() -> None:
    values = np.array([[10.0, 20.0], [0.0, 100.0]])

    assert weighted_sum(values, np.array([0.5, 0.4])).tolist() == [13, 40]


def test_a_weighted_product_takes_its_weights_as_powers() -> None:
    values = np.array([[4.0, 9.0, 5.0], [0.0, 9.0, 5.0]])

    assert weighted_product(values, np.array([0.5, 2.0, 0.0])).tolist() == [162, 0]


def test_a_quotient_is_the_first_part_over_the_second() -> None:
    assert quotient(np.array([[3.0, 4.0], [-1.0, 2.0]])).tolist() == [0.75, -0.5]


@given(st.lists(st.tuples(POSITIVE, POSITIVE), min_size=1, max_size=5))
def test_the_order_of_children_is_nothing_to_a_sum_or_a_product(
    pairs: list[tuple[float, float]],
) -> None:
    values, weights = np.array(pairs).T
    powers = weights / 100

    for way, with_weights in ((weighted_sum, weights), (weighted_product, powers)):
        turned = way(values[::-1], with_weights[::-1])
        assert float(turned) == pytest.approx(float(way(values, with_weights)))


def test_a_place_that_lacks_a_part_has_no_sum_no_product_and_no_quotient() -> None:
    values = np.array([[1.0, NAN], [2.0, 3.0]])
    ones = np.ones(2)

    for made in (weighted_sum(values, ones), weighted_product(values, ones), quotient(values)):
        assert np.isnan(made).tolist() == [True, False]


def test_a_part_that_does_not_count_may_be_missing() -> None:
    values = np.array([[5.0, NAN]])
    weights = np.array([2.0, 0.0])

    assert weighted_sum(values, weights).tolist() == [10]
    assert weighted_product(values, weights).tolist() == [25]


def test_a_negative_value_has_no_weighted_product() -> None:
    with pytest.raises(BadSpec, match=r"a value is -1. Wanted none below nought"):
        weighted_product(np.array([[-1.0, 2.0]]), np.ones(2))


def test_a_quotient_wants_two_children_and_no_nought_below() -> None:
    with pytest.raises(BadSpec, match="a quotient is asked of 3 children. Wanted two"):
        quotient(np.ones((2, 3)))
    with pytest.raises(BadSpec, match="the lower part of a quotient is 0"):
        quotient(np.array([[1.0, 0.0]]))


def test_the_step_names_the_node_of_which_a_product_is_refused() -> None:
    with pytest.raises(BadSpec, match="Step aggregate, node 'index': a value is -2"):
        Aggregate(WeightedProduct()).apply(state({"a": [1, -2], "b": [3, 4]}))


def test_the_words_of_a_sum_do_not_say_that_weights_are_shared() -> None:
    assert "shared" not in Aggregate(WeightedSum()).words
    assert "A part that is missing is left out" in Aggregate().words
    assert "A part of a mean that is missing" in Aggregate(nodes={"index": Quotient()}).words


def test_each_node_may_be_put_together_in_its_own_way() -> None:
    hierarchy = Hierarchy(
        (
            Node("index", "Index", None),
            Node("above", "Above", "index"),
            Node("below", "Below", "index"),
            Node("a", "A", "above", 0.5),
            Node("b", "B", "above", 0.25),
            Node("c", "C", "below"),
        )
    )
    step = Aggregate(WeightedSum(), {"index": Quotient()})

    made = step.apply(state({"a": [2, 4], "b": [4, 8], "c": [4, 2]}, hierarchy=hierarchy))

    assert made.panel.of("above").tolist() == [2, 4]
    assert made.panel.of("index").tolist() == [0.5, 2]


def test_a_flag_says_which_place_has_no_sum() -> None:
    made = Aggregate(WeightedSum()).apply(state({"a": [1, NAN], "b": [1, 1]}))

    assert [(flag.kind, flag.place) for flag in made.flags] == [("not ranked", "B")]
