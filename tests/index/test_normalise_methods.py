"""Normalisation by hand: each method, its direction, its gaps and what it refuses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placedex.errors import BadSpec
from placedex.index.hierarchy import Node
from placedex.index.normalisations import (
    AscendingRank,
    Borda,
    DistanceToMaximum,
    DistanceToReference,
    DistanceToTarget,
    ExponentialRanks,
    Figures,
    FixedGoalposts,
    Normalisation,
    PercentileRank,
    Scaled,
    ShareOfMaximum,
    Unchanged,
    ZScore,
    ZThenMinMax,
)
from placedex.index.normalise import (
    NORMALISATIONS,
    MinMax,
    Normalise,
    Policy,
    normalise_editions,
)
from placedex.index.points import ascending_rank, exponential_of_ranks
from placedex.index.stated_normalisations import (
    ExponentialOfGivenRanks,
    RatioToBest,
    StatedZScore,
)
from placedex.stats import Ties
from tests.index.tables import NAN, difference, nodes, state

METHODS: tuple[Normalisation, ...] = (
    MinMax(),
    ZScore(),
    AscendingRank(),
    AscendingRank(Ties.AVERAGE),
    PercentileRank(),
    Borda(),
    ShareOfMaximum(),
    DistanceToMaximum(),
    DistanceToReference("C"),
    DistanceToTarget({"x": 6.0}),
    FixedGoalposts(0, 10),
    Scaled(0, 10),
    ExponentialRanks(),
    ZThenMinMax(),
    Unchanged(),
    StatedZScore(3, 2),
    RatioToBest(2),
)
LETTERS = "ABCDEFGH"
NAMES = [type(method).__name__ for method in METHODS]


def figures(values: list[float], *, direction: int = 1) -> Figures:
    leaf = Node("x", "x", "index", direction=direction)
    return Figures(np.array(values, dtype=float), leaf, None, tuple(LETTERS[: len(values)]))


@pytest.mark.parametrize(
    ("method", "higher", "lower"),
    [
        (ZScore(10, 2), [8, 10, 12], [12, 10, 8]),
        (AscendingRank(), [1, 2, 3], [3, 2, 1]),
        (Borda(), [0, 1, 2], [2, 1, 0]),
        (PercentileRank(), [0, 0.5, 1], [1, 0.5, 0]),
        (ShareOfMaximum(), [1 / 3, 2 / 3, 1], [2 / 3, 1 / 3, 0]),
        (DistanceToMaximum(), [0, 0.5, 1], [1, 0.5, 0]),
        (DistanceToReference("B"), [0, 1, 2], [2, 1, 0]),
        (DistanceToTarget({"x": 5}), [0, 2 / 3, 4 / 3], [4, 2, 0]),
        (DistanceToTarget({"x": 5}, cap=True), [0, 2 / 3, 1], [1, 1, 0]),
        (FixedGoalposts(0, 4), [50, 100, 100], [50, 0, 0]),
        (FixedGoalposts(0, 4, clip=False), [50, 100, 150], [50, 0, -50]),
        (Scaled(0, 4, 10), [5, 10, 15], [5, 0, -5]),
        (ZThenMinMax((0, 10)), [0, 5, 10], [10, 5, 0]),
        (Unchanged(), [2, 4, 6], [-2, -4, -6]),
        (MinMax((1, 3)), [1, 2, 3], [3, 2, 1]),
    ],
)
def test_points_by_hand_both_ways(
    method: Normalisation, higher: list[float], lower: list[float]
) -> None:
    """The figures are 2, 4 and 6: the mean 4, the standard deviation 2."""
    assert method.points(figures([2, 4, 6])).tolist() == pytest.approx(higher)
    assert method.points(figures([2, 4, 6], direction=-1)).tolist() == pytest.approx(lower)


def test_exponential_ranks_by_hand_as_england_wales_and_scotland_have_them() -> None:
    """With four places the second has R = 3/4 in England and 2/4 in Scotland."""
    rest = 1 - np.exp(-100 / 23)
    england = [-23 * np.log(1 - share * rest) for share in (0.25, 0.5, 0.75, 1)]
    scotland = [-23 * np.log(1 - share * rest) for share in (0, 0.25, 0.5, 0.75)]

    ours = ExponentialRanks().points(figures([1, 2, 3, 4]))
    theirs = ExponentialRanks(counts_itself=False).points(figures([1, 2, 3, 4]))

    assert ours.tolist() == pytest.approx(england)
    assert ours[-1] == pytest.approx(100)
    assert theirs.tolist() == pytest.approx(scotland)


def test_ties_of_exponential_ranks_are_averages_or_the_better_rank() -> None:
    average = ExponentialRanks().points(figures([1, 5, 5]))
    better = ExponentialRanks(ties=Ties.BETTER).points(figures([1, 5, 5]))

    assert average[1] == average[2] == exponential_of_ranks(np.array([1.5]), count=3)[0]
    assert better[1] == better[2] == pytest.approx(100)


def test_a_rank_among_other_figures_is_the_one_it_would_have_there() -> None:
    base = np.array([1.0, 2.0, 2.0, 4.0, NAN])
    values = np.array([0.0, 2.0, 3.0, NAN])

    for ties, wanted in (
        (Ties.WORSE, [1, 2, 4, NAN]),
        (Ties.AVERAGE, [1, 2.5, 4, NAN]),
        (Ties.BETTER, [1, 3, 4, NAN]),
    ):
        np.testing.assert_equal(ascending_rank(values, base, ties=ties), wanted)


def test_dense_ties_make_no_points() -> None:
    with pytest.raises(BadSpec, match="dense ranks make no points"):
        ascending_rank(np.array([1.0]), ties=Ties.DENSE)


@pytest.mark.parametrize("method", METHODS, ids=NAMES)
def test_a_missing_figure_stays_missing_and_is_nobodys_rival(method: Normalisation) -> None:
    whole = method.points(figures([1, 3, 5, 7]))
    gapped = method.points(figures([1, 3, 5, 7, NAN]))

    np.testing.assert_allclose(gapped, [*whole, NAN])


@pytest.mark.parametrize("method", METHODS, ids=NAMES)
@given(
    values=st.lists(st.integers(1, 9), min_size=3, max_size=8).filter(lambda one: one[2] > min(one))
)
def test_the_order_of_places_is_nothing_and_editions_are_alike(
    method: Normalisation, values: list[int]
) -> None:
    there = figures([float(value) for value in values])
    order = list(range(len(values)))[::-1]
    turned = Figures(
        there.values[order], there.leaf, None, tuple(there.places[row] for row in order)
    )
    twice = Figures(np.stack([there.values, there.values]), there.leaf, None, there.places)

    points = method.points(there)

    assert difference(method.points(turned), points[order]) < 1e-12
    assert difference(method.points(twice)[1], points) < 1e-12


@pytest.mark.parametrize("method", METHODS, ids=NAMES)
def test_a_better_figure_never_scores_lower(method: Normalisation) -> None:
    for direction in (1, -1):
        points = method.points(figures([2, 5, 4, 7, 5, 3], direction=direction)) * 1.0
        order = np.argsort(np.array([2, 5, 4, 7, 5, 3]) * direction, kind="stable")
        assert (np.diff(points[order]) >= -1e-12).all()


@pytest.mark.parametrize(
    ("method", "values", "words"),
    [
        (ZScore(), [7, 7, 7], "it is 7 in every place that has it. Wanted two places that differ"),
        (MinMax(), [7, 7, 7], "it is 7 in every place"),
        (DistanceToMaximum(), [7, 7], "Wanted two places that differ"),
        (ZThenMinMax(), [7, 7], "Wanted two places that differ"),
        (ZScore(), [NAN, NAN], "it has no value"),
        (AscendingRank(), [NAN, NAN], "it has no value. Wanted one figure"),
        (PercentileRank(), [NAN, 4], "it is 4 in every place that has it. Wanted two figures"),
        (ShareOfMaximum(), [-2, -1, 0], "runs from -2 to 0 in 3 places. Wanted a highest figure"),
        (DistanceToReference("A"), [NAN, 1, 2], "Wanted the figure of A, better than the worst"),
        (DistanceToReference("A"), [1, 1, 2], "Wanted the figure of A, better than the worst"),
        (DistanceToReference("Q"), [1, 2], "the reference Q is not among the places"),
        (DistanceToTarget({"x": 1}), [1, 2], "Wanted a target better than the worst figure"),
        (DistanceToTarget({"y": 1}), [1, 2], "it has no target"),
        (FixedGoalposts(4, 4), [1, 2], "the goalposts are 4 and 4"),
        (Scaled(4, 4), [1, 2], "Wanted two ends that differ"),
    ],
)
def test_what_would_be_no_number_is_refused_by_name(
    method: Normalisation, values: list[float], words: str
) -> None:
    """COINr 1.1.14 returns NaN or infinity, with a warning or without."""
    with pytest.raises(BadSpec, match=f"Step normalise, indicator 'x': .*{words}"):
        Normalise(method).apply(state({"x": values}))


def test_a_step_keeps_the_goalposts_that_it_used_and_flags_what_is_beyond() -> None:
    step = Normalise(ZScore(), {"a": MinMax(), "b": FixedGoalposts(0, 10)})

    made = step.apply(state({"a": [1, 2, 3], "b": [5, 10, 15], "c": [1, 2, 3]}))

    assert made.panel.of("b").tolist() == [50, 100, 100]
    assert made.panel.of("c").tolist() == [-1, 0, 1]
    assert made.hierarchy["a"].goalposts == (1, 3)
    assert made.hierarchy["b"].goalposts == (0, 10)
    assert made.hierarchy["c"].goalposts is None
    assert {flag.place for flag in made.flags if flag.kind == "at a goalpost"} == {"B", "C"}


def test_a_reference_edition_holds_extremes_means_and_ranks() -> None:
    base = state({"a": [0, 10], "b": [2, 4], "c": [1, 2]}).panel
    step = Normalise(
        MinMax(clip=False, floating=True), {"b": ZScore(), "c": AscendingRank()}, reference=base
    )

    made = step.apply(state({"a": [5, 20], "b": [3, 5], "c": [2, 3]}))

    assert made.panel.of("a").tolist() == [50, 200]
    assert made.panel.of("b").tolist() == pytest.approx([0, 2 / np.sqrt(2)])
    assert made.panel.of("c").tolist() == [2, 3]
    assert "those of the reference edition" in step.words


def test_a_reference_edition_that_lacks_an_indicator_is_refused() -> None:
    step = Normalise(ZScore(), reference=state({"a": [0, 10]}).panel)

    with pytest.raises(BadSpec, match="'b': the reference edition has no such figures"):
        step.apply(state({"a": [1, 2], "b": [1, 2]}))


def test_a_frozen_score_stays_when_a_new_edition_comes() -> None:
    leaf = Node("x", "x", "index")
    two = np.array([[1.0, 2, 3], [1, 2, 9]])
    three = np.concatenate([two, [[0, 30, NAN]]])
    for method in (MinMax(), ZScore(), ShareOfMaximum(), PercentileRank()):
        frozen = normalise_editions(three, method, leaf, policy=Policy.FROZEN)
        assert difference(normalise_editions(two, method, leaf), frozen[:2]) == 0
        pooled = normalise_editions(three, method, leaf, policy=Policy.POOLED)
        before = normalise_editions(two, method, leaf, policy=Policy.POOLED)
        assert difference(before, pooled[:2]) > 0


def test_a_method_of_its_own_for_what_is_no_indicator_is_refused() -> None:
    with pytest.raises(BadSpec, match="'b' has a method of its own and is no indicator"):
        Normalise(individually={"b": Borda()}).check(nodes(["a"]))


def test_every_method_of_the_registry_says_what_it_does() -> None:
    words = [*(method.words for method in METHODS), Normalise(ZScore(), {"a": Borda()}).words]

    # Ranks that were published have tests of their own: these figures are none.
    named = {ExponentialOfGivenRanks, *map(type, METHODS)}
    assert named == set(NORMALISATIONS.values())
    assert all(one.endswith(".") for one in words)
