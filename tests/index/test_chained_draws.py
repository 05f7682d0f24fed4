"""Draws by the steps of `build`: the same answer as by kernels, and methods that have no kernel."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from placedex.index import (
    Aggregate,
    Equal,
    Geometric,
    Hierarchy,
    Impute,
    Mean,
    MinMax,
    Node,
    Rank,
    Scale,
    Screen,
    Spec,
    Treat,
    Weights,
    build,
)
from placedex.index.errors_from_intervals import Log, Logit
from placedex.index.fillings import GroupMedian, Median, RowMean
from placedex.index.frontier import BenefitOfTheDoubt
from placedex.index.kemeny import KemenyYoung
from placedex.index.model_fillings import JointNormal, Regression
from placedex.index.normalisations import Unchanged, ZScore
from placedex.index.normalise import Normalise
from placedex.index.outranking import Copeland
from placedex.index.weighting import (
    Ahp,
    Budget,
    Critic,
    Entropy,
    PrincipalComponent,
    ToTarget,
)
from placedex.observations import Panel
from tests.index.test_imputed_draws import gappy
from tests.index.test_monte_carlo import MEANS, SCALES, WINMAX, random_figures, uncertain
from tests.index.test_plan import indicators, made, panel_of

pytest.importorskip("numba")

from placedex.index.chained import Chain
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
from placedex.index.codes import FINE
from placedex.index.draws import Engine, in_order, make_engine, replicates
from placedex.index.monte_carlo import shares_of_variance, simulate
from placedex.index.plan import Compiled
from placedex.index.program import Block

NAN = float("nan")
FloatArray = np.typing.NDArray[np.float64]
POSITIVE = MinMax((1, 100))
GROUPS = {f"P{row}": "ab"[row % 2] for row in range(30)}
PAIRS = Ahp(("i0", "i2", "i4"), ((1.0, 2.0, 4.0), (0.5, 1.0, 2.0), (0.25, 0.5, 1.0)))
POINTS = Budget(("i1", "i3"), ((30.0, 70.0), (50.0, 50.0)))
EXPERTS = Experts(({"a": 3.0, "i0": 0.5}, {"b": 2.0}, {}), (0.5, 0.3, 0.2))
SCALED = Sampling({"i0": Log(), "i3": Logit(100.0)})


def errors(values: FloatArray, share: float = 0.1) -> Panel:
    return uncertain(values, np.where(np.isnan(values), NAN, share * np.abs(values)))


def blocks(engine: Engine, draws: int) -> list[Block]:
    return list(in_order(engine, replicates(engine, draws), threads=1))


def joined(engine: Engine, draws: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    found = blocks(engine, draws)
    columns = ("scores", "ranks", "faults")
    scores, ranks, faults = (np.concatenate([getattr(b, c) for b in found]) for c in columns)
    return scores, ranks, faults


@pytest.mark.parametrize(
    ("steps", "choices"),
    [
        ((Treat(2),), Choices((WINMAX, SCALES), NoisyWeights(0.25), DropOne(), Sampling())),
        ((POSITIVE,), Choices((MEANS,), EXPERTS, IncludeEach(0.7), SCALED)),
        ((Normalise(ZScore()), Equal()), Choices(weights=NoisyWeights(0.5), inclusion=DropOne())),
        ((Aggregate(Copeland()), Rank(decimals=1)), Choices(inclusion=DropOne(("i1", "i3")))),
        (
            (Impute(Mean()), Treat(2), Aggregate(at_least=0.4, complete=("index",))),
            Choices(weights=NoisyWeights(levels={2: 0.3}), inclusion=DropOne(), sampling=SCALED),
        ),
        ((Impute(Median()), Screen(places=0.7)), Choices(sampling=Sampling())),
        ((Screen(indicators=0.8), Impute(GroupMedian(GROUPS))), Choices(sampling=Sampling())),
        ((Impute(RowMean()),), Choices(inclusion=DropOne(), sampling=SCALED)),
        ((Impute(Regression()),), Choices(inclusion=DropOne(("i3", "i4")), sampling=Sampling())),
        (
            (Impute(Regression(("i0", "i1"))),),
            Choices(inclusion=DropOne(), sampling=Sampling()),
        ),
        ((Impute(JointNormal()),), Choices(inclusion=DropOne(), sampling=Sampling())),
        ((Impute(JointNormal()),), Choices(sampling=Sampling(imputed=False))),
        (
            (Weights(nodes={"a": PAIRS, "b": POINTS}),),
            Choices(weights=NoisyWeights(0.2), inclusion=DropOne()),
        ),
        (
            (),
            Choices(
                (
                    Choice(
                        "screen",
                        (Alternative("as it is"), Alternative("equal", (Equal(),))),
                        (0.7, 0.3),
                    ),
                )
            ),
        ),
    ],
)
def test_steps_give_the_ranks_and_scores_of_kernels_from_the_same_seed(
    steps: tuple[Any, ...], choices: Choices
) -> None:
    """Two gaps in a row too, so that those of one place move together."""
    values = gappy(one_a_row=False) if any(step.verb == "impute" for step in steps) else None
    figures = random_figures() if values is None else values
    spec, panel = made(figures, *steps), errors(figures, 0.05)
    one = make_engine(spec, panel, choices, seed=11)
    other = make_engine(spec, panel, choices, seed=11, kernels=False)
    draws = 60

    scores, ranks, faults = joined(one, draws)
    our_scores, our_ranks, our_faults = joined(other, draws)

    assert isinstance(one.workings, Compiled)
    assert isinstance(other.workings, Chain)
    assert (faults[:, 0] == FINE).mean() > 0.6
    np.testing.assert_array_equal(our_faults[:, 0] == FINE, faults[:, 0] == FINE)
    np.testing.assert_allclose(our_scores, scores, rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(our_ranks, ranks)
    np.testing.assert_array_equal(other.ranks, one.ranks)


def flat(values: FloatArray, *steps: Any) -> Spec:
    """An index of figures as they are, from 0 to 100, right under it."""
    columns = values.shape[1]
    nodes = [Node("index", "Index", None)]
    nodes += [Node(f"i{one}", f"I{one}", "index", goalposts=(0.0, 100.0)) for one in range(columns)]
    return Spec("made", "Made up", Hierarchy(tuple(nodes)), _steps(columns, steps))


def _steps(columns: int, steps: tuple[Any, ...]) -> tuple[Any, ...]:
    usual = (Scale(indicators(columns)), MinMax((0, 100)), Equal(), Aggregate(), Rank())
    exchanged = {step.verb: step for step in steps}
    return tuple(exchanged.get(step.verb, step) for step in usual)


def test_the_benefit_of_the_doubt_is_drawn_to_ranks_worked_by_hand() -> None:
    """A and B lead on one part each and are level at 100. C is (45, 60): under the weights that
    suit it best, A (80, 20) and B (40, 75) bind: the line through both gives its score.

    With equal weights A and C and B are 50, 52.5 and 57.5.
    """
    values = np.array([[80.0, 20.0], [40.0, 75.0], [45.0, 60.0]])
    doubt = Alternative("doubt", (Aggregate(BenefitOfTheDoubt()),))
    choices = Choices((Choice("mean", (Alternative("arithmetic"), doubt), (0.5, 0.5)),))
    engine = make_engine(flat(values), panel_of(values), choices, seed=4)

    scores, ranks, _ = joined(engine, 50)
    methods = engine.moves.methods(engine.numbers(np.arange(50)))

    # 80 u + 20 v = 1 and 40 u + 75 v = 1 give u = 55/5200 and v = 40/5200.
    assert set(methods.tolist()) == {0, 1}
    assert scores[methods == 1][0] == pytest.approx([100, 100, 100 * (45 * 55 + 60 * 40) / 5200])
    assert scores[methods == 0][0] == pytest.approx([50, 57.5, 52.5])
    assert ranks[methods == 1][0].tolist() == [1, 1, 3]
    assert ranks[methods == 0][0].tolist() == [3, 1, 2]


def test_a_kemeny_order_is_drawn_to_ranks_worked_by_hand() -> None:
    """A beats B on two parts of three, B beats C on two and A beats C on two."""
    values = np.array([[90.0, 80.0, 10.0], [50.0, 60.0, 90.0], [10.0, 70.0, 50.0]])
    order = Aggregate(KemenyYoung())
    engine = make_engine(
        flat(values, order), panel_of(values), Choices(inclusion=DropOne()), seed=2
    )

    scores, ranks, _ = joined(engine, 40)
    dropped = (engine.numbers(np.arange(40))[:, 0] * 3).astype(int)

    # Without i2, i0 says A B C and i1 says A C B: A is first, and B and C are level after it.
    # Without i1: A B C and B C A: B is before C; A is level with both.
    assert engine.ranks.tolist() == [1, 2, 3]
    assert ranks[dropped == 2][0].tolist() == [1, 2, 2]
    assert scores[dropped == 1][0, 1] > scores[dropped == 1][0, 2]


@pytest.mark.parametrize(
    "way",
    [
        Entropy(),
        Critic(),
        PrincipalComponent(),
        ToTarget(),
        ToTarget({"i0": 2.0, "i1": 1.0, "i2": 1.5}),
    ],
    ids=lambda way: type(way).__name__,
)
@pytest.mark.parametrize("nodes", [True, False])
def test_weights_that_look_at_figures_are_found_anew_from_the_drawn_ones(
    way: Any, nodes: bool
) -> None:
    """A replicate is what `build` makes of its drawn figures, without the indicator left out."""
    rng = np.random.default_rng(2)
    values = np.round(50 + 8 * rng.normal(size=(12, 1)) + 5 * rng.normal(size=(12, 3)), 2)
    step = Weights(nodes={"index": way}) if nodes else Weights(way)
    spec, panel = flat(values, step), errors(values)
    engine = make_engine(spec, panel, Choices(sampling=Sampling()), seed=5)

    scores, ranks, faults = joined(engine, 8)

    noise = np.empty((8, values.size))
    engine.streams.fill_normals(np.arange(8), 1, noise)
    weights = set()
    for one, moves in enumerate(noise):
        moved = (values.T + (0.1 * values.T) * moves.reshape(values.T.shape)).T
        wanted = build(spec, panel_of(moved))
        weights.add(wanted.hierarchy["i0"].weight)
        np.testing.assert_allclose(scores[one], wanted.scores.of("index"), rtol=1e-9)
        np.testing.assert_array_equal(ranks[one], wanted.ranks.of("index"))
    assert isinstance(engine.workings, Chain)
    assert not faults[:, 0].any()
    assert len(weights) == 8


@pytest.mark.parametrize(
    "steps",
    [
        (Weights(Entropy()),),
        (Weights(Critic(), {"a": Budget(("i0", "i2", "i4"), ((1.0, 2.0, 3.0),))}),),
        (Weights(ToTarget(), {"index": Equal()}),),
        (Aggregate(BenefitOfTheDoubt()),),
        (Aggregate(nodes={"index": KemenyYoung(), "a": Geometric()}), POSITIVE),
        (Aggregate(nodes={"a": BenefitOfTheDoubt(0.1, 0.8)}), Weights(nodes={"b": Critic()})),
    ],
)
def test_each_alternative_without_a_kernel_is_drawn_as_it_is_built_with_what_is_left_out(
    steps: tuple[Any, ...],
) -> None:
    values = random_figures(10)
    plain = made(values)
    alternatives = (Alternative("plain"), Alternative("other", steps))
    choices = Choices((Choice("method", alternatives),), inclusion=DropOne())
    spec = made(values, Equal()) if any(step.verb == "weight" for step in steps) else plain
    engine = make_engine(spec, panel_of(values), choices, seed=3)

    scores, ranks, faults = joined(engine, 24)

    numbers = engine.numbers(np.arange(24))
    for one, method in enumerate(engine.moves.methods(numbers).tolist()):
        dropped = f"i{int(numbers[one, 1] * 5)}"
        other = alternatives[method].within(spec)
        hierarchy = other.hierarchy.without((dropped,))
        within = tuple(
            step.within(hierarchy) if hasattr(step, "within") else step for step in other.steps
        )
        wanted = build(
            dataclasses.replace(other, hierarchy=hierarchy, steps=within), panel_of(values)
        )
        np.testing.assert_allclose(scores[one], wanted.scores.of("index"), rtol=1e-9, atol=1e-9)
        np.testing.assert_array_equal(ranks[one], wanted.ranks.of("index"))
    assert not faults[:, 0].any()


def test_noise_moves_weights_after_they_are_found_from_the_figures() -> None:
    values = random_figures(12, 2)
    spec = flat(values, Weights(Entropy()))
    engine = make_engine(spec, panel_of(values), Choices(weights=NoisyWeights(0.4)), seed=6)
    found = build(spec, panel_of(values))

    scores, _, _ = joined(engine, 5)

    numbers = engine.numbers(np.arange(5))
    weights = np.array([found.hierarchy[code].weight for code in ("i0", "i1")])
    points = np.column_stack([found.points.of("i0"), found.points.of("i1")])
    for one, drawn in zip(scores, numbers, strict=True):
        moved = weights * (1 + 0.4 * (2 * drawn - 1))
        np.testing.assert_allclose(one, points @ moved / moved.sum(), rtol=1e-12)


def test_a_draw_in_which_parts_pull_against_each_other_is_counted_with_its_reason() -> None:
    """Three parts that hardly go together: the first component often has loadings of both signs."""
    rng = np.random.default_rng(4)
    values = 50 + 10 * rng.normal(size=(15, 1)) + 12 * rng.normal(size=(15, 3))
    spec, panel = flat(values, Weights(PrincipalComponent())), errors(values, 0.15)
    engine = make_engine(spec, panel, Choices(sampling=Sampling()), seed=1)

    _, ranks, faults = joined(engine, 300)
    found = simulate(engine, 300, threads=1)
    shares = shares_of_variance(engine, 100, threads=1)

    failed = int((faults[:, 0] != FINE).sum())
    assert 10 < failed < 290
    assert (ranks[faults[:, 0] != FINE] == 0).all()
    assert (ranks[faults[:, 0] == FINE] > 0).all()
    [(why, count)] = found.failed.items()
    assert why == (
        "step weight, node 'index': the loadings of the first principal component have both signs"
    )
    assert count == found.failed_draws == failed
    assert found.counts.sum() == 15 * (300 - failed)
    assert shares.overall.points_failed > 0


def test_the_same_seed_gives_the_same_bytes_on_one_thread_or_many() -> None:
    rng = np.random.default_rng(3)
    turned = np.array([1, -1, 1, 1, -1])
    values = 50 + turned * (8 * rng.normal(size=(9, 1)) + 4 * rng.normal(size=(9, 5)))
    spec = made(values, Weights(nodes={"a": PrincipalComponent(), "b": Critic()}))
    choices = Choices((MEANS,), NoisyWeights(), DropOne(), Sampling())

    one, many, other = (make_engine(spec, errors(values), choices, seed=seed) for seed in (8, 8, 9))
    first, second = simulate(one, 600, threads=1), simulate(many, 600, threads=3)

    assert first.counts.tobytes() == second.counts.tobytes()
    assert first.mean_rank.tobytes() == second.mean_rank.tobytes()
    assert first.failed == second.failed
    assert list(first.failed) == list(second.failed)
    assert simulate(other, 600, threads=1).counts.tobytes() != first.counts.tobytes()
    shares = [shares_of_variance(engine, 60, threads=n) for engine, n in ((one, 1), (many, 3))]
    assert shares[0].overall.first.tobytes() == shares[1].overall.first.tobytes()
    assert shares[0].overall.total_bounds.tobytes() == shares[1].overall.total_bounds.tobytes()


def test_reasons_that_differ_in_their_numbers_alone_are_counted_together() -> None:
    """Drawn below nought, a figure is told by entropy; each draw has another one."""
    values = np.array([[3.0, 40.0], [2.0, 60.0], [9.0, 20.0]])
    spec = flat(values, Normalise(Unchanged()), Weights(Entropy()))
    engine = make_engine(spec, errors(values, 0.9), Choices(sampling=Sampling()), seed=1)

    _, _, faults = joined(engine, 100)
    [(why, count)] = simulate(engine, 100, threads=1).failed.items()
    first = next(block.words[0] for block in blocks(engine, 100))

    assert why == first
    assert why.startswith("step weight, node 'index': a value is -")
    assert count == (faults[:, 0] != FINE).sum() > 10


def test_a_kemeny_order_of_too_many_places_is_refused_with_what_a_draw_would_take() -> None:
    values = random_figures(61)
    spec = made(values, Aggregate(nodes={"index": KemenyYoung()}))

    with pytest.raises(
        NotImplementedError,
        match=r"node 'index': a Kemeny-Young order of 61 places takes about 1 s, so that 1,000",
    ):
        make_engine(spec, panel_of(values), Choices(inclusion=DropOne()), seed=1)
