"""The Kemeny-Young order, proved against every order that there is."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from placedex.errors import BadSpec
from placedex.index import Aggregate
from placedex.index.kemeny import (
    KemenyYoung,
    best_by_programme,
    best_over_subsets,
    kemeny,
    order_score,
)
from placedex.index.kemeny_programme import Programme
from placedex.index.outranking import copeland, outranking, support_from_ballots
from placedex.observations.panel import FloatArray
from tests.index.tables import state
from tests.index.test_aggregate_golden import case, numbers, rows

NAN = float("nan")


def by_every_order(support: FloatArray) -> tuple[float, list[tuple[int, ...]]]:
    """The highest score and the orders that have it, by trying all."""
    orders = list(itertools.permutations(range(len(support))))
    scores = np.array([order_score(support, order) for order in orders])
    best = scores.max()
    return best, [orders[number] for number in np.flatnonzero(scores > best - 1e-9)]


def test_tennessee_votes_for_nashville(shared: Path) -> None:
    given_case = case(shared, "A16_kemeny_tennessee")
    ballots, wanted = given_case["inputs"]["ballots"], given_case["expected"]
    names = ballots[0]["order"]
    ranks = np.array([[one["order"].index(name) + 1.0 for name in names] for one in ballots])
    weights = np.array([float(one["weight"]) for one in ballots])

    support = support_from_ballots(ranks, weights)
    found = kemeny(support)

    assert support.tolist() == wanted["pairwise"]
    assert [names[row] for row in found.order] == wanted["kemeny"]
    assert found.score == wanted["kemeny_score"] == 393
    assert not found.tied


def test_a_circle_of_three_is_a_tie_of_three_orders_and_says_so() -> None:
    support = np.array([[0.0, 2, 1], [1, 0, 2], [2, 1, 0]])

    found = kemeny(support)

    assert found.orders == ((0, 1, 2), (1, 2, 0), (2, 0, 1))
    assert (found.tied, found.all_orders, found.score) == (True, True, 5)
    assert (found.best.tolist(), found.worst.tolist()) == ([1, 1, 1], [3, 3, 3])


tables = st.integers(2, 6).flatmap(
    lambda count: arrays(np.float64, (count, 3), elements=st.sampled_from([0.0, 1, 2, 3, NAN]))
)


@settings(deadline=None, max_examples=60)
@given(values=tables)
def test_no_order_is_better_and_all_that_are_as_good_are_told(values: FloatArray) -> None:
    support = outranking(values, np.array([1.0, 2.0, 2.0]))
    even = np.where(np.isnan(support), 0.5 - 0.5 * np.eye(len(values)), support)
    score, orders = by_every_order(even)

    found = kemeny(support)

    assert found.score == pytest.approx(score)
    assert found.all_orders
    assert list(found.orders) == orders
    positions = np.argsort(np.array(orders), axis=1) + 1
    assert found.best.tolist() == positions.min(axis=0).tolist()
    assert found.worst.tolist() == positions.max(axis=0).tolist()


@settings(deadline=None, max_examples=30)
@given(values=arrays(np.float64, (6, 4), elements=st.sampled_from([0.0, 1, 2, 3])))
def test_the_integer_programme_finds_what_trying_all_finds(values: FloatArray) -> None:
    support = outranking(values, np.array([1.0, 2.0, 2.0, 3.0]))

    every, programme = kemeny(support), best_by_programme(support)

    assert programme.score == pytest.approx(every.score)
    assert programme.order in every.orders
    assert programme.best.tolist() == every.best.tolist()
    assert programme.worst.tolist() == every.worst.tolist()


def test_twenty_places_in_circles_are_solved_by_programme() -> None:
    """The same through the programme's own ranges as through blocks solved over subsets."""
    values = np.random.default_rng(2).random((17, 5))
    support = outranking(values, np.array([1.0, 1.1, 1.3, 1.7, 1.9]))

    found = kemeny(support)

    assert found.score == pytest.approx(order_score(support, found.order))
    swapped = [
        order_score(support, (*found.order[:row], found.order[row + 1], found.order[row],
                              *found.order[row + 2 :]))
        for row in range(16)
    ]  # fmt: skip
    assert max(swapped) <= found.score
    again = kemeny(support[::-1, ::-1])
    assert again.score == pytest.approx(found.score)
    assert again.best[::-1].tolist() == found.best.tolist()
    assert again.worst[::-1].tolist() == found.worst.tolist()


def test_the_ranges_of_a_great_tie_are_those_of_every_subset() -> None:
    """Fifteen places that many orders suit, too many for a block of subsets."""
    values = np.random.default_rng(11).integers(0, 6, (15, 4)).astype(float)
    support = outranking(values, np.ones(4))

    subsets = best_over_subsets(support)
    programme = Programme(support)
    best, worst = programme.ranges(*programme.best(), np.arange(15))

    assert subsets.tied
    assert best.tolist() == subsets.best.tolist()
    assert worst.tolist() == subsets.worst.tolist()


def test_too_many_places_in_circles_are_refused() -> None:
    circle = np.array([[0.0, 2, 1], [1, 0, 2], [2, 1, 0]])

    with pytest.raises(BadSpec, match="3 places beat each other in circles. Wanted at most 2"):
        kemeny(circle, largest=2)


def test_places_that_nothing_tells_apart_share_a_score_and_a_gap_has_none() -> None:
    values = np.array([[5.0, 5.0], [1.0, 2.0], [2.0, 1.0], [NAN, NAN]])

    found = KemenyYoung().of_places(values, np.ones(2))

    np.testing.assert_array_equal(found, [2, 0.5, 0.5, NAN])


def test_pillars_of_51_countries_are_put_in_the_best_order(shared: Path) -> None:
    folder = shared / "golden" / "methods"
    pillars = numbers(rows(folder / "A06_outranking_copeland__in_pillars.csv"))
    support = outranking(pillars, np.ones(8))

    found = kemeny(support)

    by_copeland = tuple(np.argsort(-copeland(pillars, np.ones(8)), kind="stable").tolist())
    assert found.score >= order_score(support, by_copeland)
    assert found.score == pytest.approx(order_score(support, found.order))


def test_an_index_says_which_places_its_best_orders_put_in_several_positions() -> None:
    """B and C beat each other once: A is first and D last in both of the best orders."""
    made = Aggregate(KemenyYoung()).apply(state({"a": [3, 2, 1, 0], "b": [3, 1, 2, 0]}))

    said = {flag.place: flag.words for flag in made.flags if flag.kind == "tied orders"}
    assert set(said) == {None, "B", "C"}
    assert said[None].startswith("Index: several orders of places have the same highest support; 2")
    assert said["B"] == "B is from position 2 to 3 in the best orders of Index."


def test_an_index_with_one_best_order_says_nothing_of_ties() -> None:
    made = Aggregate(KemenyYoung()).apply(state({"a": [3, 2, 1], "b": [3, 2, 1]}))

    assert not [flag for flag in made.flags if flag.kind == "tied orders"]
