"""Bad input of what is said of ranks: how sure they are, what hangs on weights, what would change.

One place, ties and nothing at all are answered; what cannot be is refused in words.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index.acceptability import (
    acceptability,
    acceptability_of_two,
    even_weights,
    noisy_weights,
)
from placedex.index.attainable import Search, WeightRegion, attainable_ranks
from placedex.index.count_sets import CountSets, count_sets
from placedex.index.edition import WeightedMean
from placedex.index.errors_from_intervals import errors_from_intervals
from placedex.index.kemeny import kemeny
from placedex.index.rank_probabilities import rank_probabilities, simulated_rank_probabilities
from placedex.index.rank_sets import (
    BootstrapSets,
    JointIntervals,
    joint_interval_sets,
    rank_sets,
)
from placedex.index.robustness import (
    leave_one_out,
    leave_one_out_of_tree,
    pair_robustness,
    rank_shift,
)
from placedex.index.sampling_and_method import sampling_and_method
from placedex.index.sobol import Bootstrap, Outputs, design, sobol_indices
from placedex.index.what_if import Standing, plan, what_if
from placedex.observations.panel import FloatArray
from placedex.stats.intervals import Correction
from tests.index.tables import nodes

NAN, INF = float("nan"), float("inf")
THREE = (np.array([1.0, 2.0, 3.0]), np.ones(3))
POINTS = np.array([[1.0, 2.0], [2.0, 1.0]])


def chance() -> np.random.Generator:
    return np.random.default_rng(1)


def standing(figures: FloatArray, **goalposts: FloatArray) -> Standing:
    ends = {"worst": np.zeros(2), "best": np.ones(2)} | goalposts
    return Standing(figures, np.ones(2), WeightedMean(ends["worst"], ends["best"], clip=True))


def interval(low: float, high: float, **choices: Any) -> object:
    bounds = (np.array([4.0, low]), np.array([6.0, high]))
    return errors_from_intervals(np.array([5.0, 5.0]), bounds, **choices)


def test_one_place_has_the_first_rank_for_certain() -> None:
    one = (np.array([5.0]), np.array([2.0]))
    points, weights = np.array([[1.0, 2.0]]), np.full((3, 2), 0.5)

    for sets in (rank_sets(*one, rng=chance()), joint_interval_sets(*one)):
        assert (sets.best.tolist(), sets.worst.tolist()) == ([1], [1])
    for found in (rank_probabilities(*one), simulated_rank_probabilities(*one, rng=chance())):
        assert found.of_ranks.tolist() == [[1]]
        assert found.expected.tolist() == [1]
    assert attainable_ranks(points).worst_of_ties.tolist() == [1]
    assert acceptability(points, weights).of_ranks.tolist() == [[1]]
    assert acceptability_of_two(points).of_ranks.tolist() == [[1]]
    assert np.isnan(pair_robustness(points, np.ones(2)).robustness).all()
    assert leave_one_out(points, np.ones(2)).shift.tolist() == [0, 0]
    assert count_sets(np.array([7.0])).worst.tolist() == [1]
    assert kemeny(np.zeros((1, 1))).orders == ((0,),)
    assert what_if(standing(np.array([[0.5, 0.5]])), 0).moves == ()
    assert plan(standing(np.array([[0.5, 0.5]])), 0, rank=1) is not None


def test_level_places_can_have_every_rank_and_are_above_nobody() -> None:
    level, errors, alike = np.ones(3), np.ones(3), np.ones((3, 2))

    sets, found = rank_sets(level, errors, rng=chance()), rank_probabilities(level, errors)
    reached = attainable_ranks(alike)

    assert (sets.best.tolist(), sets.worst.tolist()) == ([1] * 3, [3] * 3)
    np.testing.assert_allclose(found.of_ranks, 1 / 3, atol=1e-12)
    assert (reached.worst.tolist(), reached.worst_of_ties.tolist()) == ([1] * 3, [3] * 3)
    assert acceptability(alike, np.full((2, 2), 0.5)).of_ranks[:, 0].tolist() == [1] * 3
    assert np.isnan(pair_robustness(alike, np.ones(2)).robustness).all()
    assert what_if(standing(np.full((3, 2), 0.5)), 0).rank == 1
    assert len(kemeny(np.full((3, 3), 0.5)).orders) == 6


def test_nobody_has_no_ranks() -> None:
    none = np.zeros(0)

    assert rank_sets(none, none, rng=chance()).best.size == 0
    assert joint_interval_sets(none, none).best.size == 0
    assert rank_probabilities(none, none).of_ranks.size == 0
    assert simulated_rank_probabilities(none, none, rng=chance()).expected.size == 0
    assert count_sets(none).best.size == 0


def test_places_without_any_point_are_left_out_of_all() -> None:
    gone = np.full((2, 2), NAN)

    assert np.isnan(attainable_ranks(gone).best).all()
    assert np.isnan(acceptability(gone, np.full((2, 2), 0.5)).of_ranks).all()
    assert np.isnan(acceptability_of_two(gone).of_ranks).all()


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: interval(4.0, NAN), "row 2 has the lower bound 4 and no upper one"),
        (lambda: interval(NAN, 6.0), "row 2 has no lower bound and the upper one 6"),
        (lambda: interval(-INF, 6.0), "a bound of row 2 is infinite"),
        (lambda: interval(4.0, 6.0, level=95), "the level is 95"),
        (lambda: interval(4.0, 6.0, multiple=0.0), "0 standard errors wide"),
        (
            lambda: errors_from_intervals(np.ones(2), (np.zeros(1), np.ones(1))),
            r"estimates of the shape \(2,\)",
        ),
    ],
)
def test_an_interval_that_cannot_be_is_refused(ask: Callable[[], object], words: str) -> None:
    with pytest.raises(BadSpec, match=f"Step errors from intervals: .*{words}"):
        ask()


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: BootstrapSets(draws=0), "0 draws were asked for. Wanted 1 or more"),
        (lambda: BootstrapSets(draws=-5), "-5 draws"),
        (lambda: BootstrapSets(coverage=95), "the coverage is 95"),
        (lambda: BootstrapSets(coverage=NAN), "the coverage is nan"),
        (lambda: BootstrapSets(width=-1), "the width is -1"),
        (lambda: JointIntervals(1.0), "the coverage is 1"),
        (lambda: JointIntervals(correction=Correction.HOLM), "Holm's correction"),
        (lambda: rank_sets(*THREE, rng=chance(), rows=[3]), "row 3 was asked for"),
        (lambda: rank_sets(np.array([1, INF]), np.ones(2), rng=chance()), "row 2 is infinite"),
        (lambda: joint_interval_sets(np.ones(2), np.array([1, INF])), "error of row 2 is infinite"),
        (lambda: joint_interval_sets(*THREE).may_be_among(4), "4 best places .* Wanted 1 to 3"),
        (lambda: joint_interval_sets(*THREE).may_be_among(0), "0 best places"),
        (lambda: joint_interval_sets(*THREE).may_be_among_last(4), "4 last places"),
        (lambda: rank_probabilities(np.array([1, INF]), np.ones(2)), "row 2 is infinite"),
        (lambda: rank_probabilities(*THREE).top(4), "4 best places .* Wanted 1 to 3"),
        (lambda: rank_probabilities(*THREE).top(-1), "-1 best places"),
        (lambda: rank_probabilities(*THREE).interval(2), "the coverage is 2"),
        (
            lambda: simulated_rank_probabilities(*THREE, rng=chance(), draws=0),
            "Step rank probabilities: 0 draws",
        ),
        (
            lambda: simulated_rank_probabilities(
                np.ones(2), np.array([[1, 2], [2, 1.0]]), rng=chance()
            ),
            "Step rank probabilities: the covariances cannot be",
        ),
        (lambda: count_sets(np.array([1, INF])), "the count of row 2 is infinite"),
        (lambda: count_sets(np.ones(2), method=CountSets(coverage=3)), "the coverage is 3"),
        (lambda: count_sets(np.ones(2), rows=[2]), "row 2 was asked for"),
    ],
)
def test_sets_and_chances_of_ranks_refuse_what_means_nothing(
    ask: Callable[[], object], words: str
) -> None:
    with pytest.raises(BadSpec, match=words):
        ask()


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: WeightRegion.around([0, 0], share=0.2), "attainable ranks: the weights are 0, 0"),
        (lambda: WeightRegion.around([1, NAN], share=0.2), "the weights are 1, nan"),
        (lambda: WeightRegion.around([1, 1], share=-0.2), "weights are to vary by -0.2"),
        (lambda: attainable_ranks(POINTS, rows=[2]), "attainable ranks: row 2 was asked for"),
        (lambda: attainable_ranks(np.ones(2)), r"points have the shape \(2,\)"),
        (lambda: attainable_ranks(np.zeros((0, 2))), r"points have the shape \(0, 2\)"),
        (lambda: attainable_ranks(POINTS * INF), "a number of row 1 is infinite"),
        (lambda: Search(nodes=0), "0 branches were asked for"),
        (lambda: Search(tolerance=0), "the tolerance is 0"),
        (
            lambda: attainable_ranks(POINTS, WeightRegion(np.array([NAN, 0]), np.ones(2))),
            "lower bounds add to nan",
        ),
        (lambda: acceptability(POINTS, np.zeros((0, 2))), r"the weights have the shape \(0, 2\)"),
        (lambda: acceptability(POINTS, np.full((3, 2), NAN)), "weights are nan, nan"),
        (lambda: acceptability(POINTS, -np.ones((3, 2))), "weights are -1, -1"),
        (lambda: acceptability(POINTS, np.zeros((3, 2))), "weights are 0, 0"),
        (lambda: even_weights(2, chance(), draws=0), "acceptability: 0 draws"),
        (lambda: even_weights(0, chance(), draws=1), "acceptability: 0 criteria"),
        (lambda: noisy_weights(np.zeros(2), chance(), share=0.2, draws=1), "weights are 0, 0"),
        (lambda: pair_robustness(POINTS, np.array([NAN, 1])), "robustness: the weights are nan, 1"),
        (lambda: pair_robustness(POINTS, np.ones(3)), r"weights have the shape \(3,\)"),
        (lambda: leave_one_out(POINTS, np.zeros(2)), "the weights are 0, 0"),
        (lambda: leave_one_out_of_tree(POINTS, nodes(("a", "b")), codes=["index"]), "'index' is"),
        (lambda: rank_shift(np.ones(2), np.zeros((0, 2))), r"runs of \(0, 2\)"),
        (lambda: rank_shift(np.ones(2), np.ones((3, 3))), r"runs of \(3, 3\)"),
        (lambda: sampling_and_method([1], [1], shares=[NAN]), "the shares .* add to nan"),
        (lambda: design(2, 0, source=chance()), "Sobol: 0 points"),
        (lambda: design(2, 3, source=chance(), groups=[[5]]), "group 1 has the columns"),
        (lambda: Bootstrap(0), "0 draws of a bootstrap"),
        (
            lambda: sobol_indices(Outputs(np.array([1, INF]), np.ones(2), np.ones((2, 2)))),
            "Sobol: a result of row 2 is infinite",
        ),
        (lambda: kemeny(np.zeros((0, 0))), r"the support has the shape \(0, 0\)"),
        (lambda: kemeny(np.array([[0, INF], [1, 0]])), "support for a place is infinite"),
        (lambda: what_if(standing(POINTS), 7), "what if: row 7 was asked for"),
        (lambda: what_if(standing(POINTS), 0, most=0), "0 ranks to gain"),
        (lambda: what_if(standing(POINTS * INF), 0), "a figure of row 1 is infinite"),
        (
            lambda: what_if(standing(POINTS, worst=np.ones(2)), 0),
            "goalposts of indicator 1 are one",
        ),
        (lambda: plan(standing(POINTS), 0, rank=3), "rank 3 was asked for among 2 places"),
    ],
)
def test_what_is_asked_of_weights_and_moves_must_mean_something(
    ask: Callable[[], object], words: str
) -> None:
    with pytest.raises(BadSpec, match=words):
        ask()


def test_choices_without_any_effect_have_no_shares_of_it() -> None:
    found = sobol_indices(Outputs(np.ones(4), np.ones(4), np.ones((2, 4))))

    assert np.isnan(found.first).all()
    assert found.variance == 0
