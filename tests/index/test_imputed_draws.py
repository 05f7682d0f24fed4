"""Filled figures in Monte Carlo: drawn about what they are filled with, by their own variance."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from placedex.index import Impute, Treat, build
from placedex.index.errors_from_intervals import IntervalScale, Log, Logit
from placedex.index.fillings import GroupMean, GroupMedian, Mean, Median, NoFilling, RowMean
from placedex.index.hierarchy import Hierarchy
from placedex.index.model_fillings import JointNormal, Regression
from placedex.index.normalisations import Unchanged
from placedex.index.normalise import Normalise
from placedex.index.spec import Spec
from placedex.index.time_fillings import CarriedForward
from placedex.observations import Panel
from tests.index.test_monte_carlo import random_figures, uncertain
from tests.index.test_plan import made, panel_of

pytest.importorskip("numba")

from placedex.index.choices import Choices, DropOne, NoisyWeights, Sampling
from placedex.index.draws import NOISE, Engine, Runs, make_engine
from placedex.index.monte_carlo import shares_of_variance, simulate

NAN = float("nan")
FloatArray = np.typing.NDArray[np.float64]
GROUPS = {f"P{row}": "ab"[row % 2] for row in range(30)}
EARLIER = ((2024.0, panel_of(np.full((30, 5), 4.0))), (2023.0, panel_of(random_figures(30, 5))))
SAMPLED = Choices(sampling=Sampling())


@dataclass(frozen=True)
class Drawn:
    """A filling that adds given numbers of its own standard errors, by place, for `build`."""

    filling: Any
    noise: Mapping[str, FloatArray]
    words: str = "a draw"

    def within(self, hierarchy: Hierarchy, codes: tuple[str, ...]) -> "Drawn":
        filling = self.filling
        known = hasattr(filling, "within")
        return Drawn(filling.within(hierarchy, codes) if known else filling, self.noise)

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        filled, variances = self.filling.fill_with_variance(values, places)
        noise = np.array([self.noise[place] for place in places])
        return np.asarray(filled + np.nan_to_num(np.sqrt(variances)) * noise)


def gappy(one_a_row: bool = True) -> FloatArray:
    """30 places and 5 indicators, of which the first two are complete."""
    values = random_figures()
    rng = np.random.default_rng(6)
    for row in range(0, 30, 2):
        columns = rng.choice([2, 3, 4], size=1 if one_a_row else 2, replace=False)
        values[row, columns] = NAN
    return values


def drawn(engine: Engine, count: int) -> FloatArray:
    """The scores of replicates 0 up to a number."""
    found = []
    for first in range(0, count, engine.block):
        numbers = np.arange(first, min(first + engine.block, count))
        found.append(engine.run(Runs(engine.numbers(numbers), numbers, NOISE)).scores)
    return np.concatenate(found)


def weighed(values: FloatArray, weights: tuple[float, ...], *steps: Any) -> tuple[Spec, Panel]:
    """A spec under which a score is a weighted sum of the figures themselves."""
    spec = made(values, *steps, Normalise(Unchanged()))
    nodes = {
        f"i{column}": dataclasses.replace(
            spec.hierarchy[f"i{column}"], weight=weight, direction=1, parent="index"
        )
        for column, weight in enumerate(weights)
    }
    flat = [node for node in spec.hierarchy.replace(nodes) if node.code not in ("a", "b")]
    return dataclasses.replace(spec, hierarchy=Hierarchy(tuple(flat))), panel_of(values)


@pytest.mark.parametrize(
    "filling",
    [
        Mean(),
        Median(),
        GroupMean(GROUPS),
        GroupMedian(GROUPS),
        GroupMean({}),
        RowMean(),
        RowMean(by_component=False),
        Regression(),
        Regression(("i1",)),
        JointNormal(),
        CarriedForward(2025.0, EARLIER),
    ],
    ids=lambda filling: type(filling).__name__,
)
def test_a_replicate_with_drawn_fillings_is_what_build_makes_of_them(filling: Any) -> None:
    values = gappy()
    spec, panel = made(values, Impute(filling), Treat(2)), panel_of(values)
    engine, replicates = make_engine(spec, panel, SAMPLED, seed=3), np.arange(12)

    ours = drawn(engine, 12)

    noise = np.empty((12, int(np.isnan(values).sum())))
    engine.streams.fill_normals(replicates, NOISE, noise)
    for one, scores in zip(noise, ours, strict=True):
        moved = np.zeros(values.T.shape)
        moved[np.isnan(values.T)] = one
        by_place = dict(zip(engine.frame.places, moved.T, strict=True))
        steps = (spec.steps[0], Impute(Drawn(filling, by_place)), *spec.steps[2:])
        wanted = build(dataclasses.replace(spec, steps=steps), panel)
        np.testing.assert_allclose(scores, wanted.scores.of("index"), rtol=1e-11, atol=1e-11)
    assert len(np.unique(ours, axis=0)) == 12


def test_a_gap_of_two_jointly_normal_indicators_is_drawn_as_by_hand() -> None:
    """On x = 1 .. 4 the line through 2, 3, 5, 6 is 0.5 + 1.4 x, and 0.2 / 4 is left over.

    Where only y has a gap, the likeliest normal is that of the complete places: at x = 6 the mean
    is 8.9 and the variance 0.05.
    """
    values = np.array([[1.0, 2, 3, 4, 6], [2, 3, 5, 6, NAN]]).T
    engine = make_engine(*weighed(values, (0, 1), Impute(JointNormal())), SAMPLED, seed=4)

    found = drawn(engine, 20_000)[:, 4]

    noise = np.empty((20_000, 1))
    engine.streams.fill_normals(np.arange(20_000), NOISE, noise)
    np.testing.assert_allclose(found, 8.9 + np.sqrt(0.05) * noise[:, 0], rtol=1e-9)
    assert found.mean() == pytest.approx(8.9, abs=0.007)
    assert found.var() == pytest.approx(0.05, rel=0.04)


def test_two_gaps_of_one_place_are_drawn_together_as_by_hand() -> None:
    """Left over from y and z on x: sums of squares and products over the complete places."""
    x, y = np.array([1.0, 2, 3, 4, 5, 6]), np.array([2.0, 1, 4, 3, 6, 5])
    z = np.array([5.0, 3, 5, 2, 3, 1])
    left = np.stack([one - np.polyval(np.polyfit(x, one, 1), x) for one in (y, z)])
    values = np.append(np.stack([x, y, z], axis=1), [[8.0, NAN, NAN]], axis=0)
    engines = [
        make_engine(*weighed(values, weights, Impute(JointNormal())), SAMPLED, seed=4)
        for weights in ((0, 1, 0), (0, 0, 1))
    ]

    found = np.stack([drawn(engine, 20_000)[:, 6] for engine in engines])

    wanted = left @ left.T / 6
    np.testing.assert_allclose(np.cov(found), wanted, rtol=0.05)
    means = [np.polyval(np.polyfit(x, one, 1), 8.0) for one in (y, z)]
    np.testing.assert_allclose(found.mean(axis=1), means, atol=4 * np.sqrt(wanted.max() / 20_000))


@pytest.mark.parametrize("filling", [Mean(), JointNormal(), RowMean()])
def test_a_panel_without_gaps_is_drawn_as_if_nothing_were_filled(filling: Any) -> None:
    values = random_figures()
    panel = uncertain(values, values * 0.1)
    with_step, without = made(values, Impute(filling)), made(values)

    one, other, plain = (
        drawn(make_engine(spec, panel, Choices(sampling=sampling), seed=2), 50)
        for spec, sampling in (
            (with_step, Sampling()),
            (with_step, Sampling(imputed=False)),
            (without, Sampling()),
        )
    )

    assert one.tobytes() == other.tobytes() == plain.tobytes()


def test_a_filled_figure_stays_where_it_is_not_to_be_drawn() -> None:
    values = gappy()
    spec, panel = made(values, Impute(Mean())), panel_of(values)
    fixed = make_engine(spec, panel, Choices(sampling=Sampling(imputed=False)), seed=2)

    found = drawn(fixed, 20)

    wanted = build(spec, panel).scores.of("index")
    np.testing.assert_allclose(found, np.tile(wanted, (20, 1)), rtol=1e-12)


def test_a_gap_that_is_not_filled_is_not_drawn() -> None:
    values = gappy()
    engine = make_engine(made(values, Impute(NoFilling())), panel_of(values), SAMPLED, seed=2)

    assert engine.noise_numbers == 0
    assert len(np.unique(drawn(engine, 5), axis=0)) == 1


def test_a_filling_that_does_not_say_how_sure_it_is_stays_as_it_is() -> None:
    """One donor alone tells nothing of the spread."""
    values = np.array([[1.0, 2, 3, 4, NAN], [5, 6, 7, 8, 9]]).T
    groups = {"P3": "a", "P4": "a", "P0": "b"}
    spec, panel = weighed(values, (1, 0), Impute(GroupMean(groups)))

    found = drawn(make_engine(spec, panel, SAMPLED, seed=2), 10)

    assert (found[:, 4] == 4).all()


def test_a_filled_figure_is_drawn_on_the_scale_of_its_indicator() -> None:
    values = np.array([[2.0, 4, 6, NAN], [5, 6, 7, 8]]).T
    scales: dict[str, IntervalScale] = {"i0": Log(), "i1": Logit(10.0)}
    spec, panel = weighed(values, (1, 0), Impute(Mean()))
    engine = make_engine(spec, panel, Choices(sampling=Sampling(scales)), seed=2)

    found = drawn(engine, 2000)[:, 3]

    noise = np.empty((2000, 1))
    engine.streams.fill_normals(np.arange(2000), NOISE, noise)
    np.testing.assert_allclose(found, 4 * np.exp(noise[:, 0] * 2 / 4), rtol=1e-12)
    assert found.min() > 0


def test_a_draw_of_a_figure_that_is_filled_off_its_scale_fails_and_is_counted() -> None:
    """At x = 6 the line of y is below nought, where there are no logarithms."""
    values = np.array([[1.0, 2, 3, 4, 6], [9, 6, 5, 1, NAN]]).T
    spec, panel = weighed(values, (0, 1), Impute(JointNormal()))
    engine = make_engine(spec, panel, Choices(sampling=Sampling({"i1": Log()})), seed=2)

    found = simulate(engine, 30)

    assert found.failed == {"a filled value lies where the scale on which it is drawn has none": 30}


def test_a_scale_for_gaps_that_are_filled_after_the_treatment_is_refused() -> None:
    values = gappy()
    spec = made(values, Treat(2), Impute(Mean()))
    choices = Choices(sampling=Sampling({"i2": Log()}))

    with pytest.raises(NotImplementedError, match="Sampling of 'i2' on a scale of its own"):
        make_engine(spec, panel_of(values), choices, seed=1)
    assert make_engine(spec, panel_of(values), SAMPLED, seed=1).noise_numbers == 15


def test_gaps_are_part_of_what_sampling_is_to_blame_for() -> None:
    values = gappy(one_a_row=False)
    spec, panel = made(values, Impute(JointNormal())), panel_of(values)

    shares = shares_of_variance(make_engine(spec, panel, SAMPLED, seed=5), 400)

    assert shares.overall.total[0] == pytest.approx(1, abs=0.1)
    assert shares.ranks is not None
    assert shares.ranks.sampling.max() > 0


def test_one_thread_and_two_draw_the_same_fillings() -> None:
    values = gappy(one_a_row=False)
    panel = uncertain(values, values * 0.05)
    choices = Choices(weights=NoisyWeights(), inclusion=DropOne(), sampling=Sampling())
    engine = make_engine(made(values, Impute(JointNormal())), panel, choices, seed=5)

    one, two = (simulate(engine, 300, threads=threads) for threads in (1, 2))

    assert one.counts.tobytes() == two.counts.tobytes()
    assert one.failed_draws == 0


def test_figures_filled_from_others_are_filled_anew_where_one_is_left_out() -> None:
    """A replicate without an indicator is what `build` makes without it."""
    values = gappy()
    spec, panel = made(values, Impute(RowMean(by_component=False))), panel_of(values)
    engine = make_engine(spec, panel, Choices(inclusion=DropOne()), seed=5)
    numbers = engine.numbers(np.arange(6))

    found = engine.run(Runs(numbers, np.arange(6), NOISE)).scores

    for scores, weights in zip(found, engine.settle(numbers)[1], strict=True):
        gone = [
            code for code, one in zip(engine.frame.nodes, weights, strict=True) if np.isnan(one)
        ]
        other = dataclasses.replace(spec, hierarchy=spec.hierarchy.without(gone))
        np.testing.assert_allclose(scores, build(other, panel).scores.of("index"), rtol=1e-12)


def test_a_filled_figure_keeps_its_method_and_its_variance() -> None:
    values = np.array([[1.0, 2, 3, 4, 6], [2, 3, 5, 6, NAN]]).T
    spec, panel = weighed(values, (0, 1), Impute(JointNormal()))

    after = build(spec, panel).stage("impute")

    assert after.panel.errors[4, 1] ** 2 == pytest.approx(0.05)
    assert np.isnan(np.delete(after.panel.errors.ravel(), 9)).all()
    (flag,) = after.flags
    assert (flag.kind, flag.node, flag.place) == ("imputed", "i1", "P4")
    assert "joint normal distribution (EM)" in flag.words
