"""Normalisations by stated numbers, scores normalised anew, ranks of rounded scores: by hand."""

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index import Aggregate, Hierarchy, MinMax, Node, Normalise, Rank, Spec, build
from placedex.index.normalisations import ExponentialRanks, Figures, Scaled, ZScore
from placedex.index.points import exponential_of_ranks
from placedex.index.scale import Scale
from placedex.index.stated_normalisations import (
    ExponentialOfGivenRanks,
    RatioToBest,
    StatedZScore,
)
from placedex.index.sums import WeightedSum
from placedex.observations import Indicator
from placedex.stats import Ties
from tests.index.tables import NAN, nodes, state


def figures(values: list[float], *, direction: int = 1) -> Figures:
    return Figures(np.array(values, dtype=float), Node("x", "x", "index", direction=direction))


def test_a_stated_z_score_does_not_hang_on_the_places() -> None:
    assert StatedZScore(10, 4).points(figures([10, 18, NAN])).tolist()[:2] == [0, 2]
    assert StatedZScore(10, 4).points(figures([10, 18], direction=-1)).tolist() == [0, -2]


def test_a_stated_standard_deviation_is_above_nought() -> None:
    with pytest.raises(BadSpec, match="the standard deviation 0 is stated. Wanted a number above"):
        StatedZScore(1, 0)


def test_a_ratio_to_the_best_turns_round_where_less_is_better() -> None:
    assert RatioToBest(10).points(figures([5, 10, 20])).tolist() == [0.5, 1, 2]
    assert RatioToBest(10).points(figures([5, 10, 20], direction=-1)).tolist() == [2, 1, 0.5]


def test_a_figure_beyond_the_best_or_the_worst_is_held_there() -> None:
    method = RatioToBest(10, 1000)

    made = method.points(figures([3, 10, 100, 4000, NAN], direction=-1))

    np.testing.assert_allclose(made, [1, 1, 0.1, 0.01, NAN])


def test_a_ratio_to_the_best_refuses_figures_that_are_nought() -> None:
    step = Normalise(RatioToBest(10))

    with pytest.raises(BadSpec, match="Step normalise, indicator 'a'.*Wanted figures above nought"):
        step.apply(state({"a": [0, 1]}, directions=[-1]))
    with pytest.raises(BadSpec, match="the best figure 0 and the worst None are stated"):
        RatioToBest(0)


def test_given_ranks_are_used_as_they_are_published() -> None:
    ranks = np.array([1.0, 2, 2, 4])

    made = ExponentialOfGivenRanks(counts_itself=False).points(
        figures(ranks.tolist(), direction=-1)
    )

    np.testing.assert_allclose(made, exponential_of_ranks(ranks, counts_itself=False))
    assert made[3] == 0
    tied = ExponentialRanks(counts_itself=False, ties=Ties.BETTER)
    np.testing.assert_allclose(made, tied.points(figures(ranks.tolist(), direction=-1)))


def test_a_better_given_rank_scores_higher_and_a_missing_one_stays_missing() -> None:
    made = ExponentialOfGivenRanks().points(figures([3, 1, NAN, 2], direction=-1))
    turned = ExponentialOfGivenRanks().points(figures([1, 3, NAN, 2]))

    assert made[1] == pytest.approx(100)
    assert made[1] > made[3] > made[0]
    np.testing.assert_allclose(made, turned)


def test_a_given_rank_beyond_the_number_of_places_is_refused() -> None:
    step = Normalise(ExponentialOfGivenRanks())

    with pytest.raises(BadSpec, match="Wanted ranks from 1 to the number of places"):
        step.apply(state({"a": [1, 2, 5]}, directions=[-1]))


def test_figures_that_are_alike_score_what_the_step_says() -> None:
    step = MinMax((0, 10), alike=0)

    made = step.apply(state({"a": [3, 3, NAN], "b": [1, 2, 3]}))

    np.testing.assert_array_equal(made.panel.of("a"), [0, 0, NAN])
    assert made.panel.of("b").tolist() == [0, 5, 10]
    assert made.hierarchy["a"].goalposts is None
    assert step.points(figures([3, 3])).tolist() == [0, 0]
    assert "all score 0" in step.words


def test_figures_that_are_alike_are_refused_if_the_step_says_nothing() -> None:
    with pytest.raises(BadSpec, match="'a': it is 3 in every place"):
        MinMax().apply(state({"a": [3, 3]}))
    with pytest.raises(BadSpec, match="'a': it has no value"):
        MinMax(alike=0).apply(state({"a": [NAN, NAN]}))


def two_levels() -> Hierarchy:
    return Hierarchy(
        (
            Node("index", "Index", None),
            Node("part", "Part", "index", 0.5),
            Node("a", "A", "part", 0.5),
            Node("b", "B", "part", 0.5),
            Node("c", "C", "index", 0.5),
        )
    )


def test_a_component_may_be_normalised_anew_before_it_counts_above() -> None:
    """A sub-index of z-scores put between its extremes, as the E-Government index has it."""
    step = Aggregate(then={"part": MinMax((0, 1))})
    given = state({"a": [-1, 0, 3], "b": [-1, 0, 1], "c": [0, 1, 1]}, hierarchy=two_levels())

    made = step.apply(given)

    np.testing.assert_allclose(made.panel.of("part"), [0, 1 / 3, 1])
    np.testing.assert_allclose(made.panel.of("index"), [0, 2 / 3, 1])
    assert "'part' is then put anew: Each figure is put on a scale from 0 to 1" in step.words


def test_a_missing_component_stays_missing_when_it_is_normalised_anew() -> None:
    step = Aggregate(WeightedSum(), then={"part": Scaled(1, 0, 1)})
    given = state({"a": [1, NAN], "b": [0, 1], "c": [1, 1]}, hierarchy=two_levels())

    made = step.apply(given)

    np.testing.assert_array_equal(made.panel.of("part"), [0.5, NAN])
    np.testing.assert_array_equal(made.panel.of("index"), [0.75, NAN])


def test_scores_that_cannot_be_normalised_anew_are_refused_with_the_node() -> None:
    step = Aggregate(then={"part": ZScore()})

    with pytest.raises(BadSpec, match="node 'part': its scores run from 1 to 1. Wanted two places"):
        step.apply(state({"a": [1, 1], "b": [1, 1], "c": [0, 1]}, hierarchy=two_levels()))


def test_only_a_component_is_normalised_anew() -> None:
    step = Aggregate(then={"a": ZScore(), "part": ZScore()})

    with pytest.raises(BadSpec, match="'a' is an indicator and has nothing to aggregate"):
        step.check(two_levels())
    assert step.within(nodes(["a"])).then == {"a": ZScore()}


def test_places_with_the_same_rounded_score_share_a_rank() -> None:
    scores = np.array([0.4561, 0.4562, 0.4549, NAN])

    np.testing.assert_array_equal(Rank(decimals=3).ranks(scores), [1, 1, 3, NAN])
    np.testing.assert_array_equal(Rank().ranks(scores), [2, 1, 3, NAN])
    assert "rounded to 3 decimals first" in Rank(decimals=3).words
    with pytest.raises(BadSpec, match="rounded to -1 decimals. Wanted a whole number from 0"):
        Rank(decimals=-1)


@pytest.mark.parametrize(
    "replaced",
    [
        Rank(decimals=1),
        Aggregate(then={"index": ZScore()}),
        Aggregate(WeightedSum()),
        MinMax(alike=0.0),
        Normalise(MinMax(alike=0.0)),
        Normalise(StatedZScore(0, 1)),
    ],
    ids=str,
)
def test_a_compiled_plan_does_what_a_build_does(
    replaced: Rank | Aggregate | MinMax | Normalise,
) -> None:
    pytest.importorskip("numba")
    from placedex.index.plan import compile_plan

    given = state({"a": [1, 2, 3], "b": [3, 1, 2.02]})
    steps = (Scale((Indicator("a", "a", ""), Indicator("b", "b", ""))), MinMax(), Aggregate())
    chosen = tuple(replaced if step.verb == replaced.verb else step for step in (*steps, Rank()))
    spec = Spec("test", "Test", given.hierarchy, chosen)

    made, plain = compile_plan(spec, given.panel).run(), build(spec, given.panel)

    columns = [plain.scores.codes.index(node) for node in made.nodes]
    np.testing.assert_allclose(made.scores, plain.scores.values[:, columns], rtol=1e-12)
    np.testing.assert_array_equal(made.ranks, plain.ranks.values[:, columns])
