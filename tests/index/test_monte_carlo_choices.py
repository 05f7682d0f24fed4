"""What may be left open in a Monte Carlo: methods, weights, inclusion and figures, and failures."""

import dataclasses

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index import Aggregate, Equal, Given, Impute, Mean, MinMax, Spec, Treat, build
from placedex.index.errors_from_intervals import Log, Logit
from placedex.observations import Panel
from tests.index.test_plan import made, panel_of

pytest.importorskip("numba")

from placedex.index.choices import (
    Alternative,
    Choice,
    Choices,
    DropOne,
    Experts,
    IncludeEach,
    NoisyWeights,
    Sampling,
)
from placedex.index.draws import NOISE, Engine, Runs, make_engine
from placedex.index.monte_carlo import shares_of_variance, simulate
from tests.index.test_monte_carlo import (
    MEANS,
    SCALES,
    WINMAX,
    all_open,
    random_figures,
    scores_of,
    uncertain,
)

NAN = float("nan")
FloatArray = np.typing.NDArray[np.float64]


def by_build(engine: Engine, spec: Spec, panel: Panel) -> FloatArray:
    """The scores of replicates 0 to 19 made one by one by `build`, from the same numbers."""
    replicates = np.arange(20)
    methods, weights = engine.settle(engine.numbers(replicates))
    specs = list(engine.choices.specs(spec))
    noise = np.empty((20, len(engine.figures.cells)))
    engine.streams.fill_normals(replicates, NOISE, noise)
    rows = []
    for method, weight, moved in zip(methods, weights, noise, strict=True):
        given = dict(zip(engine.frame.nodes, weight.tolist(), strict=True))
        there = [code for code in given if np.isnan(given[code])]
        hierarchy = spec.hierarchy.replace(
            {
                node.code: dataclasses.replace(node, weight=given[node.code])
                for node in spec.hierarchy
                if not np.isnan(given[node.code])
            }
        )
        hierarchy = hierarchy.without(there) if there else hierarchy
        values = panel.values.copy()
        for (leaf, place), draw in zip(engine.figures.cells, moved, strict=True):
            values[place, leaf] += draw * panel.errors[place, leaf]
        one = dataclasses.replace(specs[method], hierarchy=hierarchy)
        index = build(one, dataclasses.replace(panel, values=values))
        rows.append(index.scores.of(index.hierarchy.root.code))
    return np.array(rows)


def test_a_replicate_is_what_build_makes_of_the_same_draw() -> None:
    """One draw of the figures runs through the whole chain under one draw of the method."""
    values = random_figures()
    values[3, 1] = values[7, 4] = NAN
    spec = made(values, Impute(Mean()), Treat(2))
    panel = uncertain(values, values * 0.05)
    engine = make_engine(
        spec,
        panel,
        Choices(
            (WINMAX, Choice("scale", (Alternative("0", (MinMax(),)), SCALES.alternatives[1]))),
            weights=NoisyWeights(levels={1: 0.25, 2: 0.5}),
            inclusion=DropOne(),
            sampling=Sampling(imputed=False),
        ),
        seed=3,
    )
    replicates = np.arange(20)

    ours = engine.run(Runs(engine.numbers(replicates), replicates, NOISE)).scores

    np.testing.assert_allclose(ours, by_build(engine, spec, panel), rtol=1e-11, atol=1e-11)


def test_weights_alone_are_one_product_and_still_what_build_makes() -> None:
    values = random_figures()
    spec, panel = made(values), panel_of(values)
    choices = Choices(weights=NoisyWeights(0.25), inclusion=IncludeEach(0.7, ("i0", "i2")))
    engine = make_engine(spec, panel, choices, seed=3)
    replicates = np.arange(20)

    ours = engine.run(Runs(engine.numbers(replicates), replicates, NOISE)).scores

    assert engine.figures.multiplies
    np.testing.assert_allclose(ours, by_build(engine, spec, panel), rtol=1e-11)


def test_figures_without_a_standard_error_stay_as_they_are() -> None:
    values = random_figures()
    engine = make_engine(made(values), panel_of(values), Choices(sampling=Sampling()), seed=3)

    simulation = simulate(engine, 50)

    assert np.array_equal(simulation.median, simulation.ranks)
    assert simulation.mean_shift == 0


def test_figures_drawn_on_log_odds_stay_within_the_whole() -> None:
    values = np.array([[1.0, 5], [50, 6], [99, 9]])
    panel = uncertain(values, np.array([[5.0, NAN], [5, NAN], [5, NAN]]))
    spec = made(values, MinMax((0, 1), clip=False), goalposts=(0, 100))
    alone = dataclasses.replace(spec, hierarchy=spec.hierarchy.without(["b"]))
    engine = make_engine(alone, panel, Choices(sampling=Sampling({"i0": Logit(100.0)})), seed=3)

    scores = engine.run(Runs(np.empty((200, 0)), np.arange(200), NOISE)).scores

    assert scores.min() > 0
    assert scores.max() < 1
    assert np.median(scores[:, 1]) == pytest.approx(0.5, abs=0.02)


def test_a_draw_that_fails_is_counted_with_its_reason_and_left_out() -> None:
    values = random_figures()
    means = Choice("mean", MEANS.alternatives, (0.75, 0.25))
    engine = make_engine(made(values), panel_of(values), Choices((means,)), seed=3)

    simulation = simulate(engine, 400)

    assert 60 < simulation.failed_draws < 140
    assert list(simulation.failed) == [
        "a value is not above nought where a logarithm or such a mean wants it"
    ]
    assert (simulation.counts.sum(axis=1) == 400 - simulation.failed_draws).all()
    assert np.array_equal(simulation.median, simulation.ranks)
    assert f"{simulation.failed_draws} could not be worked out" in simulation.words


def test_draws_in_which_a_place_has_no_rank_are_counted() -> None:
    values = random_figures(columns=4)
    values[0, [0, 2]] = NAN
    inclusion = IncludeEach(0.5, ("i1",))
    spec = made(values, Aggregate(at_least=0.5))
    engine = make_engine(spec, panel_of(values), Choices(inclusion=inclusion), seed=3)

    simulation = simulate(engine, 200)

    assert simulation.unranked[1:].sum() == 0
    assert simulation.failed_draws == 0
    assert simulation.counts[0].sum() == 200 - simulation.unranked[0]


def test_dropping_one_drops_each_alike_and_never_two() -> None:
    values = random_figures(columns=4)
    engine = make_engine(
        made(values), panel_of(values), Choices(inclusion=DropOne(("i0", "i3"))), seed=3
    )

    gone = np.isnan(engine.settle(engine.numbers(np.arange(1000)))[1])

    leaves = [engine.frame.leaves.index(code) for code in ("i0", "i3")]
    assert (gone.sum(axis=1) == 1).all()
    assert gone[:, leaves].sum() == 1000
    assert gone[:, leaves[0]].mean() == pytest.approx(0.5, abs=0.06)


def test_leaving_every_indicator_out_is_a_draw_that_failed() -> None:
    values = random_figures()
    engine = make_engine(
        made(values), panel_of(values), Choices(inclusion=IncludeEach(0.0)), seed=3
    )

    simulation = simulate(engine, 10)

    assert simulation.failed == {"no place has a score": 10}
    assert np.isnan(simulation.median).all()


def test_the_share_of_draws_in_the_top_is_that_of_the_counts() -> None:
    simulation = simulate(all_open(random_figures()), 300, top=3)

    ranked = simulation.counts.sum(axis=1)
    np.testing.assert_allclose(simulation.top, simulation.counts[:, :3].sum(axis=1) / ranked)
    ranks = np.arange(1, simulation.counts.shape[1] + 1)
    np.testing.assert_allclose(simulation.mean_rank, simulation.counts @ ranks / ranked)
    assert simulation.to_rows()[0]["share_in_top_3"] == simulation.top[0]


def test_a_choice_that_changes_nothing_has_no_share_of_the_variance() -> None:
    values = random_figures()
    same = Choice("weights step", (Alternative("given", (Given(),)), Alternative("same", ())))
    weights = Choice("equal", (Alternative("given", (Given(),)), Alternative("equal", (Equal(),))))
    engine = make_engine(
        made(values),
        uncertain(values, values * 0.1),
        Choices((same, dataclasses.replace(weights, name="equal")), sampling=Sampling()),
        seed=3,
    )

    shares = shares_of_variance(engine, 400)

    assert shares.groups == ("weights step", "equal", "sampling")
    assert shares.overall.total[0] == 0
    assert shares.overall.first[0] == 0
    assert shares.overall.total[1] > 0.01
    assert shares.overall.total[2] > 0.01
    assert shares.by_place is not None
    assert shares.by_place.total[0].max() == 0


def test_variance_within_and_between_methods_adds_to_the_whole() -> None:
    engine = all_open(random_figures(), methods=(WINMAX, SCALES))
    points = np.arange(256)

    split = shares_of_variance(engine, 256).scores

    pair = [
        np.concatenate(
            [
                engine.run(Runs(engine.numbers(part), part, purpose)).scores
                for part in np.array_split(points, 4)
            ]
        )
        for purpose in (1, 3)
    ]
    assert split is not None
    np.testing.assert_allclose(split.total, np.concatenate(pair).var(axis=0), rtol=1e-9)


def test_sampling_alone_explains_everything_where_nothing_else_is_open() -> None:
    values = random_figures()
    panel = uncertain(values, values * 0.1)
    engine = make_engine(made(values), panel, Choices(sampling=Sampling()), seed=3)

    shares = shares_of_variance(engine, 500)

    assert shares.overall.total[0] == pytest.approx(1, abs=0.1)
    assert shares.scores is not None
    assert np.abs(shares.scores.share_of_method).max() < 0.3
    assert abs(shares.scores.share_of_method.mean()) < 0.05


def test_points_at_which_a_run_fails_are_taken_out_of_the_design_and_counted() -> None:
    values = random_figures()
    engine = make_engine(
        made(values), panel_of(values), Choices((MEANS,), weights=NoisyWeights()), seed=3
    )

    shares = shares_of_variance(engine, 200)

    assert 0 < shares.overall.points_failed < 200
    assert shares.overall.points_failed + shares.overall.points_used == 200
    assert shares.overall.total[0] == 0


def test_the_order_of_steps_can_be_a_choice() -> None:
    values = random_figures()
    values[2, 0], values[5, 0] = NAN, 900.0
    spec = made(values, Impute(Mean()), Treat(1))
    order = Choice(
        "order",
        (
            Alternative("impute first", order=("impute", "treat")),
            Alternative("treat first", order=("treat", "impute")),
            Alternative("no treatment", without=("treat",)),
        ),
    )
    engine = make_engine(spec, panel_of(values), Choices((order,)), seed=3)

    scores = scores_of(engine, np.array([[0.1], [0.5], [0.9]]))

    for specs, found in zip(engine.choices.specs(spec), scores, strict=True):
        wanted = build(specs, panel_of(values)).scores.of("index")
        np.testing.assert_allclose(found, wanted, rtol=1e-12)
    assert len(np.unique(scores, axis=0)) == 3


def test_ranks_of_thousands_of_places_are_counted_in_classes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A full table would have a thousand million cells for every small area of a country."""
    values = random_figures(places=200)
    engine = make_engine(made(values), panel_of(values), Choices(weights=NoisyWeights()), seed=3)
    exact = simulate(engine, 300)
    monkeypatch.setattr("placedex.index.monte_carlo.MOST_CELLS", 10_000)

    coarse = simulate(engine, 300)

    assert coarse.width == 4
    assert coarse.counts.size <= 10_000
    assert np.abs(coarse.median - exact.median).max() <= 2
    assert np.array_equal(coarse.mean_rank, exact.mean_rank)
    assert np.array_equal(coarse.top, exact.top)


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (Choices((Choice("a", (Alternative("x", (Treat(),)),)),)), "'treat', which the spec"),
        (Choices(weights=Experts(({"nobody": 1.0},))), "name nobody"),
        (Choices(inclusion=DropOne(("nobody",))), "name nobody"),
        (Choices(sampling=Sampling({"nobody": Log()})), "name nobody"),
        (Choices((Choice("sampling", (Alternative("x"),)),), sampling=Sampling()), "name of its"),
        (Choices(weights=NoisyWeights(2.0)), "from 0 to 1"),
    ],
    ids=str,
)
def test_choices_that_do_not_fit_are_refused_with_words(choices: Choices, words: str) -> None:
    values = random_figures()

    with pytest.raises(BadSpec, match=words):
        make_engine(made(values), panel_of(values), choices, seed=3)


def test_shares_that_do_not_add_to_one_are_refused() -> None:
    with pytest.raises(BadSpec, match="add to 1"):
        Choice("mean", MEANS.alternatives, (0.5, 0.4))
    with pytest.raises(BadSpec, match="no alternative"):
        Experts(())
    with pytest.raises(BadSpec, match="from 0 to 1"):
        IncludeEach(1.5)
    with pytest.raises(BadSpec, match="Nothing is left open"):
        shares_of_variance(
            make_engine(made(random_figures()), panel_of(random_figures()), Choices(), seed=1), 9
        )
