"""Every registered method in the compiled engine: the answer of `build`, or refused by name."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from placedex.index import (
    AGGREGATIONS,
    IMPUTATIONS,
    NORMALISATIONS,
    TREATMENTS,
    WEIGHTINGS,
    Aggregate,
    Impute,
    Limits,
    MinMax,
    Normalise,
    Rank,
    Screen,
    Spec,
    Step,
    Treat,
    build,
)
from placedex.index import normalisations as n
from placedex.index import stated_normalisations as stated
from placedex.index import treatments as t
from placedex.index.fillings import GroupMean, GroupMedian, Mean, Median, NoFilling, RowMean
from placedex.index.frontier import BenefitOfTheDoubt
from placedex.index.kemeny import KemenyYoung
from placedex.index.means import (
    Arithmetic,
    BestOf,
    Geometric,
    Harmonic,
    Owa,
    Power,
    WorstOf,
)
from placedex.index.model_fillings import JointNormal, Regression
from placedex.index.outranking import Copeland
from placedex.index.penalty import AdjustedMazziottaPareto, MazziottaPareto
from placedex.index.sums import Quotient, WeightedProduct, WeightedSum
from placedex.index.time_fillings import CarriedForward, LinearInside
from placedex.index.weight import Equal, Given, Weights
from placedex.index.weighting import Ahp, Budget, Critic, Entropy, PrincipalComponent, ToTarget
from placedex.observations import Panel
from placedex.stats import Quantiles, Ties
from tests.index.asem import Golden, asem
from tests.index.test_plan import made, panel_of

pytest.importorskip("numba")

from placedex.index.plan import compile_plan

NAN = float("nan")
FloatArray = np.typing.NDArray[np.float64]
GROUPS = {f"P{row}": "abc"[row % 3] for row in range(20)}
LIMITS = Limits(0.3, -1.5)
LATER = ((2026.0, panel_of(np.full((24, 6), 3.0))),)
EARLIER = ((2023.0, panel_of(np.full((24, 6), 2.0))), (2024.0, panel_of(np.full((24, 6), 4.0))))


def figures(gaps: float = 0.0, seed: int = 3) -> FloatArray:
    """24 places and 6 indicators above nought, with outliers and ties."""
    rng = np.random.default_rng(seed)
    flat = np.exp(rng.normal(size=(24, 1)) + 0.7 * rng.normal(size=(24, 6))) + 1
    values: FloatArray = np.round(flat, 2)
    values[:, 2] = np.round(values[:, 2])
    values[4, 0], values[9, 3] = 90, 300
    values[rng.random(values.shape) < gaps] = NAN
    return values


def both(spec: Spec, panel: Panel, *, near: float = 1e-12) -> None:
    """The compiled engine has the places, scores and ranks of `build`."""
    wanted = build(spec, panel)

    ours = compile_plan(spec, panel).run()

    assert ours.places == tuple(place.code for place in wanted.scores.places)
    np.testing.assert_allclose(ours.scores, wanted.scores.values, rtol=near, atol=near)
    rounded = np.round(wanted.scores.values, 9)
    tied = [len(np.unique(column)) < len(column) for column in rounded.T]
    same = (ours.ranks == wanted.ranks.values) | np.isnan(wanted.ranks.values)
    assert same[:, ~np.array(tied)].all()


def named(method: Any) -> str:
    """A short name for a test of one method or of several steps."""
    several = method if isinstance(method, tuple) else (method,)
    return " ".join(type(one).__name__ for one in several)


FILLINGS = (
    NoFilling(),
    Mean(),
    Median(),
    GroupMean(GROUPS),
    GroupMean({}),
    GroupMean({"elsewhere": "a"}),
    GroupMedian(GROUPS),
    GroupMedian({}),
    RowMean(),
    RowMean(by_component=False),
    Regression(),
    Regression(("i1", "i4")),
    JointNormal(),
    JointNormal(by_component=True),
    CarriedForward(2025.0, EARLIER),
    LinearInside(2025.0, (*EARLIER, *LATER)),
)
NORMALISED = (
    MinMax((1, 100)),
    MinMax((5, 10), clip=False, floating=True),
    n.ZScore(10, 2),
    n.AscendingRank(),
    n.AscendingRank(Ties.AVERAGE),
    n.AscendingRank(Ties.BETTER),
    n.PercentileRank(),
    n.PercentileRank(Ties.AVERAGE),
    n.Borda(),
    n.Borda(Ties.BETTER),
    n.ShareOfMaximum(),
    n.DistanceToMaximum(),
    n.DistanceToReference("P4"),
    n.DistanceToTarget({f"i{column}": 2.0 + (column % 3 != 1) * 40 for column in range(6)}),
    n.DistanceToTarget({f"i{column}": 1.9 for column in range(6)}, cap=True),
    n.FixedGoalposts(2, 9),
    n.FixedGoalposts(2, 9, (10, 20), clip=False),
    n.Scaled(2, 9),
    n.Scaled(9, 2, 10),
    n.ExponentialRanks(),
    n.ExponentialRanks(20, counts_itself=False, ties=Ties.BETTER),
    stated.ExponentialOfGivenRanks(),
    stated.StatedZScore(3, 2),
    stated.RatioToBest(2),
    stated.RatioToBest(3, 9),
    n.ZThenMinMax((0, 10)),
    n.Unchanged(),
)
TREATED = (
    t.Winsorise(1, LIMITS),
    t.Winsorise(None, LIMITS),
    t.AtPercentiles(),
    t.AtPercentiles(None, 90, Quantiles.SIX),
    t.AtPercentiles(10, None),
    t.ShiftedLog(),
    t.LogAboveLowest(),
    t.LogBySkew(),
    t.LogGII(),
    t.BoxCox(),
    t.BoxCox(0),
    t.BoxCox(-1, shift=False),
    t.InTurn(limits=LIMITS),
    t.InTurn(t.Winsorise(1, LIMITS), t.BoxCox(0.2), limits=LIMITS),
    t.InTurn(t.Winsorise(1, LIMITS), t.LogGII(), limits=LIMITS, combined=True),
    t.InTurn(t.AtPercentiles(5, 95), None, limits=LIMITS),
    t.InTurn(t.LogBySkew(), t.Winsorise(), limits=LIMITS),
)
COMBINED = (
    Arithmetic(),
    Geometric(),
    Harmonic(),
    Power(2),
    Power(0.3),
    Power(-1.5),
    Power(1),
    Power(0),
    Power(np.inf),
    Power(-np.inf),
    BestOf(2),
    WorstOf(1),
    WeightedSum(),
    WeightedProduct(),
    MazziottaPareto(),
    MazziottaPareto(1, 1),
    AdjustedMazziottaPareto(),
    AdjustedMazziottaPareto(1, 1),
    Copeland(),
)
JUDGED = Budget(("a", "b"), ((30.0, 70), (60, 40)))
WEIGHED = (Given(), Equal(), Ahp(("a", "b"), ((1.0, 2), (0.5, 1))), JUDGED)
ORDERS = {"index": Owa((3, 1)), "a": Owa((0.5, 0.3, 0.2)), "b": Owa((0, 0, 1))}
REFUSED: Mapping[str, tuple[Any, ...]] = {
    "aggregate": (KemenyYoung(), BenefitOfTheDoubt()),
    "weight": (PrincipalComponent(), Entropy(), Critic(), ToTarget()),
}


@pytest.mark.parametrize("filling", FILLINGS, ids=named)
def test_gaps_are_filled_as_by_build(filling: Any) -> None:
    values = figures(0.1)
    values[:, [1, 4]] = figures()[:, [1, 4]]

    # EM stops where a round moves nothing by 1e-12; how far that is from the end is the machine's.
    near = 1e-10 if isinstance(filling, JointNormal) else 1e-12
    both(made(values, Impute(filling)), panel_of(values), near=near)


@pytest.mark.parametrize("filling", FILLINGS, ids=named)
def test_figures_without_a_gap_are_left_by_every_filling(filling: Any) -> None:
    both(made(figures(), Impute(filling)), panel_of(figures()))


@pytest.mark.parametrize("filling", [RowMean(), JointNormal(), Regression(), GroupMedian(GROUPS)])
def test_a_place_that_a_screen_drops_serves_no_more_to_fill_gaps(filling: Any) -> None:
    values = figures(0.1)
    values[:, [1, 4]] = figures()[:, [1, 4]]
    values[7, :4] = NAN
    spec = made(values, Impute(GroupMean({"P1": "x", "P2": "x"})), Screen(places=0.6))
    steps = (*spec.steps[:3], Impute(filling), *spec.steps[3:])

    both(dataclasses.replace(spec, steps=steps), panel_of(values))


@pytest.mark.parametrize("way", NORMALISED, ids=named)
@pytest.mark.parametrize("gaps", [0.0, 0.1])
def test_figures_are_made_into_points_as_by_build(way: Any, gaps: float) -> None:
    values = figures(gaps)
    if isinstance(way, stated.ExponentialOfGivenRanks):
        values = np.argsort(np.argsort(values, axis=0), axis=0).astype(np.float64) + 1

    both(made(values, Normalise(way)), panel_of(values))


@pytest.mark.parametrize(
    "way",
    [
        MinMax(floating=True),
        n.ZScore(),
        n.ShareOfMaximum(),
        n.DistanceToMaximum(),
        n.DistanceToReference("P4"),
        n.ZThenMinMax(),
        n.DistanceToTarget({f"i{column}": 2.5 + (column % 3 != 1) * 40 for column in range(6)}),
    ],
    ids=named,
)
def test_extremes_and_means_are_those_of_a_base_edition_as_by_build(way: Any) -> None:
    base = panel_of(figures(seed=8))

    both(made(figures(0.1), Normalise(way, reference=base)), panel_of(figures(0.1)))


@pytest.mark.parametrize("way", TREATED, ids=named)
@pytest.mark.parametrize("gaps", [0.0, 0.1])
def test_outliers_are_treated_as_by_build(way: Any, gaps: float) -> None:
    values = figures(gaps)
    each = {f"i{column}": way for column in range(6)}

    both(made(values, Treat(individually=each)), panel_of(values))


@pytest.mark.parametrize("mean", COMBINED, ids=named)
@pytest.mark.parametrize("gaps", [0.0, 0.15])
def test_children_are_made_into_one_as_by_build(mean: Any, gaps: float) -> None:
    values, points = figures(gaps), MinMax((50, 150))
    step = Aggregate(mean, {"index": Arithmetic()}, at_least=0.4)

    both(made(values, points, step), panel_of(values))


@pytest.mark.parametrize("weights", [(0.0, 2.0, 1.0), (1.0, 0.0, 0.0)])
@pytest.mark.parametrize("mean", COMBINED, ids=named)
def test_a_child_of_no_weight_counts_as_by_build(mean: Any, weights: tuple[float, ...]) -> None:
    values = figures(0.15)
    spec = made(values, MinMax((50, 150)), Aggregate(mean, {"index": Arithmetic()}))
    nodes = {
        code: dataclasses.replace(spec.hierarchy[code], weight=weight)
        for code, weight in zip(("i0", "i2", "i4"), weights, strict=True)
    }
    changed = dataclasses.replace(spec, hierarchy=spec.hierarchy.replace(nodes))

    both(changed, panel_of(values))


def test_each_node_may_have_an_order_and_a_quotient_of_its_own() -> None:
    values = figures(0.1)

    both(made(values, Aggregate(nodes=ORDERS)), panel_of(values))
    both(made(values, MinMax((1, 9)), Aggregate(nodes={"index": Quotient()})), panel_of(values))


@pytest.mark.parametrize("way", [MinMax((0, 7)), n.ZScore(), n.AscendingRank(), n.Scaled(1, 90)])
def test_a_component_is_normalised_anew_as_by_build(way: Any) -> None:
    values = figures(0.1)

    both(made(values, Aggregate(then={"a": way, "index": n.Unchanged()})), panel_of(values))


def test_scores_are_rounded_before_they_are_ranked_as_by_build() -> None:
    values = figures()
    spec = made(values, MinMax((0, 1)), Rank(decimals=1))

    both(spec, panel_of(values))
    assert len(np.unique(compile_plan(spec, panel_of(values)).run().ranks[:, -1])) < 10


def test_figures_that_are_all_alike_score_what_the_step_says() -> None:
    values = figures()
    values[:, 3] = 5

    both(made(values, MinMax(alike=40)), panel_of(values))


@pytest.mark.parametrize("way", WEIGHED, ids=named)
def test_weights_that_look_at_no_figure_are_those_of_build(way: Any) -> None:
    values = figures()
    step = way if isinstance(way, Given | Equal) else Weights(nodes={"index": way})

    both(made(values, step), panel_of(values))


def test_two_sets_of_groups_fill_one_after_the_other() -> None:
    values = figures(0.2)
    spec = made(values, Impute(GroupMean({"P1": "x", "P2": "x", "P3": "x"})))
    steps = (*spec.steps[:2], Impute(GroupMedian(GROUPS)), Impute(Mean()), *spec.steps[2:])

    both(dataclasses.replace(spec, steps=steps), panel_of(values))


@pytest.fixture(scope="module")
def golden(shared: Path) -> Golden:
    return Golden(shared / "golden" / "coinr")


@pytest.mark.parametrize(
    "steps",
    [
        (Impute(RowMean()),),
        (Impute(JointNormal(by_component=True)),),
        (Impute(GroupMedian({})),),
        (Normalise(n.ExponentialRanks()), Aggregate(Power(-2))),
        (Normalise(n.Borda()), Aggregate(Copeland())),
        (MinMax((70, 130)), Aggregate(MazziottaPareto())),
    ],
    ids=named,
)
def test_a_plan_of_asem_by_other_methods_gives_what_build_gives(
    golden: Golden, steps: tuple[Step, ...]
) -> None:
    both(*asem(golden, *steps))


def covered(samples: tuple[Any, ...]) -> set[type]:
    return {type(sample) for sample in samples}


def test_no_registered_method_is_left_out_of_these_tests() -> None:
    """A method that comes later is run here or refused by name; it is never ignored."""
    assert covered(FILLINGS) == set(IMPUTATIONS.values())
    assert covered(NORMALISED) == set(NORMALISATIONS.values())
    assert covered(TREATED) == set(TREATMENTS.values())
    means = (*COMBINED, *REFUSED["aggregate"], *ORDERS.values(), Quotient())
    assert covered(means) == set(AGGREGATIONS.values())
    assert covered((*WEIGHED, *REFUSED["weight"])) == set(WEIGHTINGS.values())


def called(method: Any, registered: Mapping[str, type]) -> str:
    """The name by which a spec asks for a method."""
    return next(name for name, kind in registered.items() if kind is type(method))


@pytest.mark.parametrize("mean", REFUSED["aggregate"], ids=named)
def test_a_mean_without_a_kernel_is_refused_by_name(mean: Any) -> None:
    spec = made(figures(), Aggregate(nodes={"a": mean}))

    with pytest.raises(
        NotImplementedError, match=f"Step aggregate, node 'a': '{called(mean, AGGREGATIONS)}'"
    ):
        compile_plan(spec, panel_of(figures()))


@pytest.mark.parametrize("way", REFUSED["weight"], ids=named)
def test_weights_that_look_at_figures_are_refused_by_name(way: Any) -> None:
    spec = made(figures(), Weights(nodes={"a": way}))

    with pytest.raises(
        NotImplementedError, match=f"Step weight, node 'a': '{called(way, WEIGHTINGS)}'"
    ):
        compile_plan(spec, panel_of(figures()))
