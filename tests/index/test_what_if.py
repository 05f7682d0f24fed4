"""Which figures would have to become what: single moves, and the smallest plan."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from placedex.errors import BadSpec
from placedex.index.edition import WeightedMean
from placedex.index.what_if import Standing, plan, what_if

FloatArray = NDArray[np.float64]


def standing(figures: object, weights: object, *, top: float = 100.0) -> Standing:
    values = np.array(figures, dtype=float)
    count = values.shape[1]
    method = WeightedMean(np.zeros(count), np.full(count, top), clip=True)
    return Standing(values, np.array(weights, dtype=float), method)


THREE = standing([[40, 50], [60, 50], [90, 80]], [1, 1])


def test_the_least_move_draws_level_with_each_rival() -> None:
    """A has 45 and wants 55 for rank 2: 20 points on either; 85 for rank 1: beyond any one."""
    found = what_if(THREE, 0)

    assert (found.score, found.rank) == (45, 3)
    assert [(one.indicator, one.new_figure, one.gained) for one in found.moves] == [
        (0, 60, 1),
        (1, 70, 1),
    ]
    assert found.to_rows(["gigabit", "5G"])[0]["indicator"] == "gigabit"


def test_a_move_is_bounded_by_the_goalpost_and_weighed() -> None:
    """With weights 3 and 1, 20 points on the first are worth 15."""
    found = what_if(standing([[40, 50], [60, 50], [95, 80]], [3, 1]), 0)

    assert [(one.indicator, one.new_figure, one.rank) for one in found.moves] == [(0, 60, 2)]
    assert what_if(THREE, 2).moves == ()


def test_where_lower_is_better_the_figure_goes_down() -> None:
    method = WeightedMean(np.array([10.0]), np.array([0.0]), clip=True)
    figures = np.array([[8.0], [5.0], [12.0]])

    first = what_if(Standing(figures, np.ones(1), method), 0)
    beyond = what_if(Standing(figures, np.ones(1), method), 2)

    assert [(one.figure, one.new_figure, one.points) for one in first.moves] == [(8, 5, 30)]
    assert [one.new_figure for one in beyond.moves] == [5, 8]


def test_every_move_reaches_the_rank_it_says_when_the_index_is_made_again() -> None:
    rng = np.random.default_rng(1)
    given_ = standing(rng.random((12, 4)) * 100, rng.random(4))

    for move in what_if(given_, 5).moves:
        changed = given_.figures.copy()
        changed[5, move.indicator] = move.new_figure
        scores = Standing(changed, given_.weights, given_.method).scores
        assert 1 + np.sum(scores > scores[5] + 1e-9) == move.rank
        assert scores[5] == pytest.approx(move.score, abs=1e-9)
        changed[5, move.indicator] -= 0.01
        less = Standing(changed, given_.weights, given_.method).scores
        assert 1 + np.sum(less > less[5]) > move.rank


def test_one_heavy_move_is_chosen_over_two_light_ones() -> None:
    """45 to 85: at most 30 on the first and 25 on the second, so both; the first alone to 75."""
    both, one = plan(THREE, 0, rank=1), plan(THREE, 0, rank=2)

    assert both is not None
    assert one is not None
    assert len(both.moves) == 2
    assert both.points == pytest.approx(80)
    assert both.moves[-1].rank == 1
    assert both.moves[-1].score == pytest.approx(85)
    assert len(one.moves) == 1
    assert one.points == pytest.approx(20)
    assert one.to_rows()[0]["rank"] == 2


def test_a_rank_that_is_held_or_out_of_reach_needs_no_moves_or_has_none() -> None:
    held = plan(THREE, 2, rank=2)
    missing = standing([[10, np.nan], [20, 100], [100, 100]], [0, 1])

    assert held is not None
    assert held.moves == ()
    assert plan(standing([[0, 0], [50, 100]], [1, 1]), 0, rank=1) is not None
    with pytest.raises(BadSpec, match="no score"):
        plan(missing, 0, rank=1)


def brute(given_: Standing, place: int, rank: int) -> tuple[int, float] | None:
    """The number of moves and the points of the best of all sets, one by one."""
    shares, room = given_.shares(place), given_.room(place)
    gap = given_.rivals(place)[rank - 1] - given_.scores[place]
    for number in range(1, len(shares) + 1):
        points = []
        for chosen in combinations(range(len(shares)), number):
            left, spent = gap, 0.0
            for one in sorted(chosen, key=lambda k: -shares[k]):
                if shares[one] > 0 and left > 0:
                    rise = min(room[one], left / shares[one])
                    spent, left = spent + rise, left - rise * shares[one]
            if left <= 1e-9 * max(gap, 1):
                points.append(spent)
        if points:
            return number, min(points)
    return None


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 6), st.booleans())
def test_no_set_of_moves_is_smaller_than_the_plan(seed: int, count: int, whole: bool) -> None:
    rng = np.random.default_rng(seed)
    figures = rng.integers(0, 11, (6, count)) * 10.0 if whole else rng.random((6, count)) * 100
    weights = rng.integers(1, 4, count) * 1.0 if whole else rng.random(count) + 0.05
    given_ = standing(figures, weights)
    place = int(np.argmin(given_.scores))

    for rank in (1, 3):
        found, wanted = plan(given_, place, rank=rank), brute(given_, place, rank)
        if found is None or not found.moves:
            assert wanted is None or found is not None
            continue
        assert wanted is not None
        assert len(found.moves) == wanted[0]
        assert found.points == pytest.approx(wanted[1], rel=1e-6)
        changed = given_.figures.copy()
        for move in found.moves:
            changed[place, move.indicator] = move.new_figure
        scores = Standing(changed, given_.weights, given_.method).scores
        assert 1 + np.sum(scores > scores[place] + 1e-9) <= rank


def test_a_missing_figure_is_not_moved_and_its_weight_is_shared() -> None:
    given_ = standing([[40, np.nan], [60, 60]], [1, 1])

    found = what_if(given_, 0)

    assert found.score == 40
    assert [(one.indicator, one.new_figure) for one in found.moves] == [(0, 60)]


def test_the_order_of_rows_is_nothing() -> None:
    rng = np.random.default_rng(3)
    figures, weights = rng.random((8, 3)) * 100, rng.random(3)
    order = rng.permutation(8)

    one = what_if(standing(figures, weights), int(order[0]))
    other = what_if(standing(figures[order], weights), 0)

    assert one == other


def test_points_beyond_goalposts_and_ranks_that_are_not_there_are_refused() -> None:
    with pytest.raises(BadSpec, match="clip"):
        Standing(np.ones((2, 1)), np.ones(1), WeightedMean(np.zeros(1), np.ones(1)))
    with pytest.raises(BadSpec, match="rank 4 was asked for among 3"):
        plan(THREE, 0, rank=4)
